"""Whether a source has been quiet for longer than chance explains.

The next item of a source is late by so many expected items, counted in its own rhythm: a weekend costs a
weekday newsroom next to nothing. How often so long a silence comes by chance follows from a negative binomial
law: the rate is only known as well as the weeks that it was learned from allow (its posterior is a gamma),
and of items that come in bursts as many count as there are bursts.

Each item is followed by a silence that is put to this test, so the limit falls with their number: a healthy
source is accused less than once in 50 months. docs/health.md has the figures of `benchmarks.silence`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log, log1p

from newsdesk.habits import Habit, expected, until

A_MONTH = 0.015  # alarms of a healthy source in a month, if the law were the whole truth
LIKELIEST = 1e-3  # whatever its rate, a silence is never called strange that is more likely than this
LEAST_WEEKLY = 1.0  # below, weeks of silence are ordinary
SHORTEST = timedelta(days=1)
SUSPICIOUS = 0.01  # so unlikely that "not modified" is looked into
_WEEKS_A_MONTH = 4.35
_LONGEST = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Silence:
    """`expected` items did not come since then. `chance` is how likely that is of a healthy source."""

    since: datetime
    expected: float
    chance: float
    limit: float
    long: bool

    @property
    def strange(self) -> bool:
        return self.long and self.chance < self.limit


def silence(habit: Habit, since: datetime, now: datetime) -> Silence:
    """The silence of a source whose latest item came at `since`, as it was seen at `now`."""
    missed = expected(habit, since, now)
    long = now - since >= SHORTEST and tells(habit)
    return Silence(since, missed, chance(habit, missed), limit(habit), long)


def chance(habit: Habit, missed: float) -> float:
    """How likely a healthy source is silent while so many items are expected."""
    if habit.weekly <= 0:
        return 1.0
    seen = habit.weekly * habit.weeks
    return exp(-seen / habit.spread * log1p(missed / seen))


def limit(habit: Habit) -> float:
    """Below which likelihood a silence is strange."""
    silences = max(habit.weekly * _WEEKS_A_MONTH / habit.spread, 1e-9)
    return min(LIKELIEST, A_MONTH / silences)


def tells(habit: Habit) -> bool:
    """Whether the number of items can tell at all; where not, only the structure of its list can."""
    return habit.weekly >= LEAST_WEEKLY


def notices_after(habit: Habit, start: datetime) -> timedelta:
    """How long a source that dies at `start` goes unnoticed by its silence, at most a year."""
    seen = habit.weekly * habit.weeks
    missed = seen * (exp(-log(limit(habit)) / (seen / habit.spread)) - 1) if seen > 0 else 1e9
    return max(SHORTEST, until(habit, start, missed, _LONGEST))
