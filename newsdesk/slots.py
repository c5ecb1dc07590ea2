"""When digests are due. A slot is one ring of one bell: a cadence, a zone, a local time, and a local date.

Slots are rows, found out anew from the clock at every tick: a bell that rang twice, late or not at all
changes nothing. What was missed is told once, in one digest that says from which day on it tells.

Local times between 00:59 and 02:01 are refused: on clock-change nights they happen twice or never. At every
other time a local date has exactly one instant.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsdesk.errors import Mistake
from newsdesk.kinds import Cadence

LONDON = "Europe/London"
LATEST = 7  # days back in which a missed slot is still made good
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # as configured and printed, Monday 0
_FRIDAY = 4
_TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True, order=True)
class Bell:
    """When a subscription's digest is told: `at` is "07:00" in `zone`; `weekday` (Monday 0) if weekly."""

    cadence: Cadence
    zone: str
    at: str
    weekday: int = 0

    def rings(self, day: date) -> bool:
        """Whether there is a digest on this local date."""
        match self.cadence:
            case Cadence.DAILY:
                return True
            case Cadence.WEEKDAYS:
                return day.weekday() <= _FRIDAY
            case Cadence.WEEKLY:
                return day.weekday() == self.weekday
        return False  # alerts wait for no bell

    def instant(self, day: date) -> datetime:
        """When it rings on this local date, in UTC."""
        return datetime.combine(day, time.fromisoformat(self.at), ZoneInfo(self.zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Slot:
    """One ring. `covers_from` is the first local date of those it makes good: its own, when none was missed.

    A `merged` slot was missed, and a later one tells what it would have told.
    """

    bell: Bell
    local_date: date
    covers_from: date
    merged: bool = False

    @property
    def due_at(self) -> datetime:
        return self.bell.instant(self.local_date)


def bell(cadence: Cadence, at: str, *, zone: str = LONDON, weekday: int = 0) -> Bell:
    """A bell from what somebody wrote. Raises Mistake for a time that is none, or that clocks play with."""
    if not _TIME_OF_DAY.fullmatch(at):
        raise Mistake(f'{at!r} is no time of day: write it as "07:00"')
    if time(0, 59) <= time.fromisoformat(at) <= time(2, 1):
        raise Mistake(f"{at}: between 00:59 and 02:01 local time happens twice or never when clocks change")
    return Bell(cadence, zone, at, weekday if cadence is Cadence.WEEKLY else 0)


def hours(written: str) -> str:
    """Two times of day as "21:00-07:00". Raises Mistake for anything else."""
    parts = written.split("-")
    if len(parts) != 2 or not all(map(_TIME_OF_DAY.fullmatch, parts)) or parts[0] == parts[1]:
        raise Mistake(f'{written!r} are no hours: write them as "21:00-07:00"')
    return written


def missing(bell: Bell, known: Collection[date], *, since: datetime, now: datetime) -> list[Slot]:
    """The slots of a bell that should exist by now and do not, oldest first.

    `known` are the dates that there are; those of another weekday are not this bell's. The last one missing
    is to be told and covers the others. No slot is due before `since`, when somebody first asked for this
    bell. A clock that was ahead leaves slots that are yet to come: they count for nothing here.
    """
    days = [day for day in _past_days(bell, since, now) if day not in known]
    told = max((day for day in known if bell.rings(day) and bell.instant(day) <= now), default=date.min)
    late = [day for day in days if day > told]
    merged = [Slot(bell, day, day, merged=True) for day in days if day < told or day in late[:-1]]
    return [*merged, *(Slot(bell, day, late[0]) for day in late[-1:])]


def joined(earlier: Slot, later: Slot) -> Slot:
    """The later slot of a bell, which also tells what an earlier one was to tell and did not, a week back."""
    horizon = later.local_date - timedelta(days=LATEST)
    return replace(later, covers_from=min(later.covers_from, max(earlier.covers_from, horizon)))


def covered_from(slot: Slot, since: datetime, last: date | None) -> date:
    """The first of its dates that one reader is told of, who asked `since` then and was told `last`."""
    days = (slot.local_date - slot.covers_from).days
    for day in (slot.covers_from + timedelta(days=each) for each in range(days)):
        if slot.bell.rings(day) and slot.bell.instant(day) >= since and (last is None or day > last):
            return day
    return slot.local_date


def _past_days(bell: Bell, since: datetime, now: datetime) -> Iterable[date]:
    today = now.astimezone(ZoneInfo(bell.zone)).date()
    for back in range(LATEST, -1, -1):
        day = today - timedelta(days=back)
        if bell.rings(day) and since <= bell.instant(day) <= now:
            yield day
