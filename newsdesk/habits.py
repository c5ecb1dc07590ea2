"""The habit of a source: how many items a week of its brings, on which days and at which hours.

Learned from when its own items were published. What it was declared to bring counts as one more week, so a
source that has hardly been watched is believed to do what its declaration says. Days and hours are London's;
a bank holiday, and a day between Christmas and New Year, is a Sunday. No clock: times are passed in, aware.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from newsdesk.dates import local

LEARNT_FROM = timedelta(weeks=8)
PLAIN = 1.1  # variance over mean of a day's items, where too few days are known
_WEEK = timedelta(weeks=1)
_PRIOR_DAYS, _PRIOR_HOURS, _PRIOR_SPREAD = 7.0, 12.0, 10.0  # how many items, or days, "all alike" counts for
_LONGEST_LOOK = timedelta(days=400)
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Habit:
    """`weekly` items in an ordinary week, in these shares of its 7 days (Monday first) and 24 hours.

    `weeks` is how long it was watched for that, the declaration's week included. `spread` is the variance of
    a day's number over its mean: 1 where each item comes by itself, more where they come in bursts.
    """

    weekly: float
    weeks: float = 1.0
    days: tuple[float, ...] = (1 / 7,) * 7
    hours: tuple[float, ...] = (1 / 24,) * 24
    spread: float = PLAIN

    def on(self, day: date) -> float:
        """How many items that London day is expected to bring."""
        return self.weekly * self.days[weekday(day)]


Count = Callable[[Habit, datetime, datetime], float]  # how many items come between two moments


def declared(weekly: tuple[int, int]) -> Habit:
    """The habit of a source that was never watched: as declared, all days and hours alike."""
    return Habit(sum(weekly) / 2)


def learn(moments: Iterable[datetime], weekly: tuple[int, int], *, since: datetime, now: datetime) -> Habit:
    """The habit that items at these moments show, of a source watched `since` then."""
    begin = max(since, now - LEARNT_FROM)
    own = [local(each) for each in moments if begin <= each <= now]
    weeks = (now - begin) / _WEEK
    stated = sum(weekly) / 2
    week = (len(own) + stated) / (weeks + 1)
    by_day, by_hour = Counter(weekday(each.date()) for each in own), Counter(each.hour for each in own)
    habit = Habit(
        weekly=week,
        weeks=weeks + 1,
        days=_shares([by_day[each] for each in range(7)], _PRIOR_DAYS),
        hours=_shares(_smoothed([by_hour[each] for each in range(24)]), _PRIOR_HOURS),
    )
    return Habit(habit.weekly, habit.weeks, habit.days, habit.hours, _spread(habit, own, begin, now))


def arrivals(leads: Iterable[tuple[datetime | None, datetime]], first_reading: datetime) -> list[datetime]:
    """When items came, from when each says it was published and when it was first seen.

    One that says nothing came when it was seen, unless that was the first reading: then nobody knows. One
    that is dated later than it was seen came when it was seen.
    """
    return [
        published if published is not None and published <= seen else seen
        for published, seen in leads
        if published is not None or seen > first_reading
    ]


def expected(habit: Habit, start: datetime, end: datetime) -> float:
    """How many items the habit brings between two moments; 0 where the second is not later."""
    first, last = local(max(start, end - _LONGEST_LOOK)), local(end)
    if first >= last:
        return 0.0
    begun = habit.on(first.date()) * _by(habit.hours, _hour(first))
    ended = habit.on(last.date()) * _by(habit.hours, _hour(last))
    days = _weekdays(first.date(), last.date())
    whole = habit.weekly * sum(share * days[at] for at, share in enumerate(habit.days))
    return whole * sum(habit.hours) - begun + ended


def until(
    habit: Habit, start: datetime, items: float, longest: timedelta, count: Count = expected
) -> timedelta:
    """How long it takes from `start` until so many items are expected, at most `longest`."""
    short, long = timedelta(), longest
    if count(habit, start, start + longest) <= items:
        return longest
    while long - short > timedelta(seconds=30):
        middle = short + (long - short) / 2
        if count(habit, start, start + middle) < items:
            short = middle
        else:
            long = middle
    return long


@lru_cache(4096)
def _weekdays(first: date, after: date) -> Counter[int]:
    """How many days of each kind there are from the first until the day before `after`."""
    return Counter(weekday(first + timedelta(days=at)) for at in range((after - first).days))


@lru_cache(4096)
def weekday(day: date) -> int:
    """0 for Monday to 6 for Sunday; a holiday is a Sunday."""
    return _SUNDAY if is_holiday(day) else day.weekday()


def is_holiday(day: date) -> bool:
    """A bank holiday in England, or a day from Christmas Eve to New Year, when town halls are shut."""
    return (day.month, day.day) >= (12, 24) or day in _bank_holidays(day.year)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # slow to load, and whoever only fetches pages needs no calendar

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def _shares(counts: Sequence[float], prior: float) -> tuple[float, ...]:
    total = sum(counts) + prior
    return tuple(round((each + prior / len(counts)) / total, 5) for each in counts)


def _smoothed(counts: Sequence[int]) -> list[float]:
    """An item at nine says something about eight and ten."""
    return [
        each / 2 + (counts[hour - 1] + counts[(hour + 1) % len(counts)]) / 4
        for hour, each in enumerate(counts)
    ]


def _spread(habit: Habit, own: Sequence[datetime], begin: datetime, now: datetime) -> float:
    """Over the whole days between, towards `PLAIN` while they are few."""
    found = Counter(each.date() for each in own)
    day, last, days, square, mean = local(begin).date() + timedelta(days=1), local(now).date(), 0, 0.0, 0.0
    while day < last:
        share = habit.on(day)
        days, square, mean = days + 1, square + (found[day] - share) ** 2, mean + share
        day += timedelta(days=1)
    measured = square / mean if mean > 0 else PLAIN
    return round(max(1.0, (measured * days + PLAIN * _PRIOR_SPREAD) / (days + _PRIOR_SPREAD)), 3)


def _hour(at: datetime) -> float:
    return at.hour + at.minute / 60 + at.second / 3600


def _by(hours: Sequence[float], hour: float) -> float:
    """The share of a day's items that have come by that hour."""
    whole = int(hour)
    rest = hours[whole] * (hour - whole) if whole < len(hours) else 0.0
    return sum(hours[:whole]) + rest
