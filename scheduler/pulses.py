"""When each job was last rung for, how it went, and whether it has fallen silent."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

AT_WORK = timedelta(minutes=30)  # a crawl ends itself after 15
_SLACK = timedelta(minutes=2)
_RINGS = 3


@dataclass(frozen=True, slots=True)
class Pulse:
    """One job. `since` is when it began its work, while it is at work; `error` is of the last run."""

    name: str
    every: timedelta
    expected: datetime
    since: datetime | None = None
    ended_at: datetime | None = None
    succeeded_at: datetime | None = None
    seconds: float = 0.0
    error: str = ""

    def begun(self, now: datetime) -> "Pulse":
        return replace(self, since=now)

    def ended(self, now: datetime, error: str = "") -> "Pulse":
        """`error` is why the run failed; empty when it did not."""
        assert self.since is not None
        return replace(
            self,
            since=None,
            ended_at=now,
            expected=now + self.every,
            succeeded_at=self.succeeded_at if error else now,
            seconds=(now - self.since).total_seconds(),
            error=error,
        )

    def silent(self, now: datetime) -> str:
        """Why it counts as silent: it was not rung for, or has not come back. Empty when all is well."""
        if self.since is not None:
            return f"at work since {self.since:%H:%M:%S} UTC" if now - self.since > AT_WORK else ""
        late = now - self.expected > _RINGS * self.every + _SLACK
        return f"not rung for since {self.expected:%Y-%m-%d %H:%M:%S} UTC" if late else ""
