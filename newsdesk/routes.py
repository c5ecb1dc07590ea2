"""When a way out is shut for a while: what is wrong with the way must not be held against the messages."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

TRIPS = 3  # failures in a row that shut a route; one that cannot even be reached is shut at once
SWEEP = 5  # messages in a row refused for good: that is the relay speaking of us, not of five readers
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class RouteState:
    """How a route is doing. Anything accepted makes it well again.

    `failures` and `refusals` (final ones, since `refused_since`) are counted in a row. `shut_until`, after
    having been shut `closings` times in a row, nothing is tried; then a few messages are, to see. While there
    is a `problem` no refusal is final.
    """

    name: str
    failures: int = 0
    refusals: int = 0
    refused_since: datetime | None = None
    closings: int = 0
    shut_until: datetime | None = None
    problem: str = ""
    problem_since: datetime | None = None

    def is_shut(self, now: datetime) -> bool:
        return self.shut_until is not None and now < self.shut_until

    def accepted(self) -> "RouteState":
        return RouteState(self.name)

    def failed(
        self, reason: str, now: datetime, *, reached: bool, wait: timedelta = timedelta(0)
    ) -> "RouteState":
        """The route itself failed, before (`reached` is false) or after it had answered at all."""
        failures = self.failures + 1
        if reached and failures < TRIPS:
            return replace(self, failures=failures)
        return self._shut(reason, now, wait)

    def refused(self, reason: str, now: datetime) -> "RouteState":
        """A message was refused for good."""
        refusals = self.refusals + 1
        if refusals < SWEEP:
            return replace(self, refusals=refusals, refused_since=self.refused_since or now)
        return self._shut(f"refused for good {refusals} times in a row, at last: {reason}", now)

    def _shut(self, reason: str, now: datetime, wait: timedelta = timedelta(0)) -> "RouteState":
        pause = max(wait, min(_FIRST * (1 << min(self.closings, 10)), _LONGEST))
        return RouteState(
            self.name,
            closings=self.closings + 1,
            shut_until=now + pause,
            problem=reason,
            problem_since=self.problem_since or now,
        )
