"""Newsrooms that live a year and then die, watched by the rule that the service uses."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from newsdesk import habits, silence

DAY = timedelta(days=1)
EVEN = (1 / 7,) * 7
OFFICE = (0.19, 0.2, 0.2, 0.19, 0.16, 0.03, 0.03)
_WARM, _LIVES, _DEAD = 56, 365, 60  # days: nothing is counted in the first, and nothing comes in the last
_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of newsroom: `spread` is the variance of a day's number over its mean.

    `holidays` is what is left of its rate while schools are shut (August, Easter and Christmas).
    """

    weekly: float
    days: tuple[float, ...] = EVEN
    spread: float = 1.0
    holidays: float = 0.6


@dataclass(frozen=True, slots=True)
class Result:
    """`alarms` of healthy sources in so many `months`; after how many days those that `died` were `found`."""

    kind: Kind
    alarms: int
    months: float
    died: int
    found: tuple[int, ...]

    @property
    def months_per_alarm(self) -> float:
        return self.months / self.alarms if self.alarms else float("inf")

    @property
    def days(self) -> float:
        return median(self.found) if self.found else float("inf")


def simulate(kind: Kind, sources: int, seed: int) -> Result:
    """That many newsrooms of a kind, each looked at every evening."""
    chance = random.Random(seed)
    alarms, found = 0, []
    for _ in range(sources):
        false, after = _life(kind, chance)
        alarms += false
        found += [after] if after else []
    months = sources * (_LIVES - _WARM) / _MONTH
    return Result(kind, alarms, months, sources, tuple(found))


def _life(kind: Kind, chance: random.Random) -> tuple[int, int | None]:
    """False alarms, and after how many days the death was found."""
    start = datetime(2026, 1, 5, tzinfo=UTC) + chance.randrange(365) * DAY
    came = list(items(kind, chance, start, _LIVES))
    declared = (int(kind.weekly * 0.5), int(kind.weekly * 1.5) + 1)
    habit, known, newest, said, alarms = habits.declared(declared), 0, start, False, 0
    for day in range(_WARM, _LIVES + _DEAD):
        now = start + day * DAY + timedelta(hours=18)
        before = known
        while known < len(came) and came[known] <= now:
            known += 1
        if known > before:
            newest, said = came[known - 1], False
            if day % 5 == 0 or before == 0:
                habit = habits.learn(came[:known], declared, since=start, now=now)
        if not said and silence.silence(habit, newest, now).strange:
            if day >= _LIVES:
                return alarms, day - _LIVES + 1
            said, alarms = True, alarms + 1
        elif said and day >= _LIVES:
            return alarms, day - _LIVES + 1
    return alarms, None


def items(kind: Kind, chance: random.Random, start: datetime, days: int) -> Iterator[datetime]:
    """When a newsroom's items come on so many days, in the order of time."""
    for number in range(days):
        day = start + number * DAY
        mean = kind.weekly * kind.days[habits.weekday(day.date())] * _rate(kind, day)
        if kind.spread > 1:
            mean = chance.gammavariate(mean / (kind.spread - 1), kind.spread - 1)
        hours = [min(23.9, max(0.0, chance.gauss(13, 3))) for _ in range(_poisson(mean, chance))]
        yield from sorted(day + timedelta(hours=each) for each in hours)


def _rate(kind: Kind, day: datetime) -> float:
    shut = day.month == 8 or (4, 1) <= (day.month, day.day) < (4, 15) or (day.month, day.day) >= (12, 20)
    return kind.holidays if shut else 1.0


def _poisson(mean: float, chance: random.Random) -> int:
    number, passed = 0, chance.expovariate(1)
    while passed < mean:
        number, passed = number + 1, passed + chance.expovariate(1)
    return number


def table(results: Sequence[Result]) -> Iterator[str]:
    """Lines for people."""
    yield "a week  days    spread  holidays  healthy months per alarm  found  after days (median)"
    for each in results:
        kind = each.kind
        days = "even" if kind.days == EVEN else "office"
        share = len(each.found) / each.died
        yield (
            f"{kind.weekly:6g}  {days:6}  {kind.spread:6g}  {kind.holidays:8g}  {each.months_per_alarm:24.0f}"
            f"  {share:5.0%}  {each.days:19.0f}"
        )
