"""Our own network away, told from sources that are: when nobody at all answers, nobody is blamed.

A round in which not one host answered says more of us than of them. The first time a host is silent in such
a round it gets the benefit of the doubt and is asked again soon; with three silent hosts and none that
answers we were offline, and no source is the worse for it. An outage ends with the first host that answers.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

MANY = 3  # different hosts
MOST, OF_SO_MANY = 0.9, 10  # of a large round: a few answers from a cache of ours prove nothing
AGAIN = timedelta(minutes=10)
WORTH_TELLING = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Outage:
    """Rounds in which nobody answered. It is one of ours once it is `recognised`."""

    since: datetime
    hosts: frozenset[str] = frozenset()
    ended_at: datetime | None = None
    id: int = 0

    @property
    def recognised(self) -> bool:
        return len(self.hosts) >= MANY

    def lasted(self, now: datetime) -> timedelta:
        return (self.ended_at or now) - self.since


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a round says: the outage as it is now, if any, and the silent hosts that are not blamed."""

    outage: Outage | None
    spared: frozenset[str] = frozenset()


def judged(
    live: Outage | None, silent: frozenset[str], answered: frozenset[str], *, watched: int, now: datetime
) -> Verdict:
    """A round in which these hosts were silent and those answered. `watched` is how many hosts there are.

    Where fewer than three are watched at all, nothing can be told apart and nobody is spared.
    """
    asked = len(silent) + len(answered)
    if asked >= OF_SO_MANY and len(silent) >= MOST * asked:
        before = live or Outage(now)
        return Verdict(replace(before, hosts=before.hosts | silent), silent)
    if answered:
        return Verdict(replace(live, ended_at=now) if live else None)
    if not silent or watched < MANY:
        return Verdict(live)
    before = live or Outage(now)
    after = replace(before, hosts=before.hosts | silent)
    return Verdict(after, silent if after.recognised else silent - before.hosts)
