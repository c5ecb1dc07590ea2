"""Whether a source has been quiet for longer than chance explains.

The next item of a source is late by so many expected items, counted in its own rhythm: a weekend costs a
weekday newsroom next to nothing. How often so long a silence comes by chance follows from the number of items
of a day, which is negative binomial where they come in bursts: a day of mean m and spread s (variance over
mean) brings nothing with the likelihood s ** (-m / (s - 1)), which is exp(-m) where each comes by itself. The
rate is only known as well as the weeks that it was learned from allow: its posterior is a gamma; the spread
is taken to be a standard error more than was measured. While schools are shut, less than half of it counts.

Each day with items is followed by a silence that is put to this test, so the limit falls with their number.
A_MONTH was chosen so that healthy sources of all kinds together are accused less than once in 50 months;
docs/health.md has the figures of `benchmarks.silence`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, expm1, log, log1p, sqrt

from newsdesk.habits import Habit, expected, until

A_MONTH = 0.045  # alarms of a healthy source in a month, if the law were the whole truth
LIKELIEST = 4e-3  # whatever its rate, a silence is never called strange that is more likely than this
LEAST_WEEKLY = 1.0  # below, weeks of silence are ordinary
SHORTEST = timedelta(days=1)
QUIET = 0.4  # of its items a healthy source may bring while schools are shut, at the least
SUSPICIOUS = 0.01  # so unlikely that "not modified" is looked into
_WEEKS_A_MONTH = 4.35
_LONGEST = timedelta(days=365)
# Month and day on which the quiet weeks begin or end.
_TURNS = ((1, 4), (4, 1), (4, 15), (8, 1), (9, 1), (12, 20))


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
    missed = at_least(habit, since, now)
    long = now - since >= SHORTEST and tells(habit)
    return Silence(since, missed, chance(habit, missed), limit(habit), long)


def chance(habit: Habit, missed: float) -> float:
    """How likely a healthy source is silent while so many items are expected."""
    if habit.weekly <= 0:
        return 1.0
    seen = _bursts(habit, habit.weekly * habit.weeks)
    return exp(-seen * log1p(_bursts(habit, missed) / seen))


def limit(habit: Habit) -> float:
    """Below which likelihood a silence is strange."""
    days = sum(1 - exp(-_bursts(habit, habit.weekly * share)) for share in habit.days)
    return min(LIKELIEST, A_MONTH / max(days * _WEEKS_A_MONTH, 1e-9))


def _bursts(habit: Habit, items: float) -> float:
    """As how many items that come by themselves these count, when it is asked whether none comes."""
    excess = habit.spread * (1 + sqrt(2 / (habit.weeks * 7))) - 1  # it may well be so much more than measured
    return items * log1p(excess) / excess


def tells(habit: Habit) -> bool:
    """Whether the number of items can tell at all; where not, only the structure of its list can."""
    return habit.weekly >= LEAST_WEEKLY


def notices_after(habit: Habit, start: datetime) -> timedelta:
    """How long a source that dies at `start` goes unnoticed by its silence, at most a year."""
    seen = habit.weekly * habit.weeks
    missed = seen * expm1(-log(limit(habit)) / _bursts(habit, seen)) if seen > 0 else 1e9
    return max(SHORTEST, until(habit, start, missed, _LONGEST, at_least))


def at_least(habit: Habit, start: datetime, end: datetime) -> float:
    """How many items may be expected between two moments of a source that is as quiet as some are when
    schools are shut: in August, the first half of April, and from 20 December to 3 January."""
    total, at = 0.0, start
    while at < end:
        turn = min(_turn(at), end)
        total += expected(habit, at, turn) * (QUIET if _is_quiet(at) else 1.0)
        at = turn
    return total


def _is_quiet(at: datetime) -> bool:
    day = (at.month, at.day)
    return at.month == 8 or (4, 1) <= day < (4, 15) or day >= (12, 20) or day < (1, 4)


def _turn(at: datetime) -> datetime:
    """When schools next shut or open, by UTC days."""
    night = at.replace(hour=0, minute=0, second=0, microsecond=0)
    turns = (night.replace(month=month, day=day) for month, day in _TURNS)
    return next((each for each in turns if each > at), night.replace(year=at.year + 1, month=1, day=4))
