"""Slots: each local date once, whatever clocks do."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from newsdesk.errors import Mistake
from newsdesk.kinds import Cadence
from newsdesk.slots import LATEST, Bell, Slot, bell as asked_for, covered_from, joined, missing
from tests.newsdesk.clocks import BELLS, DAY, NIGHTS, History, Span, histories, left_out, told_twice

LONDON = "Europe/London"
MORNING = Bell(Cadence.DAILY, LONDON, "07:00")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def days(found: list[Slot]) -> list[tuple[str, str, bool]]:
    return [(f"{each.local_date:%d}", f"{each.covers_from:%d}", each.merged) for each in found]


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def test_todays_slot_is_there_from_its_time_on_and_once() -> None:
    known = {date(2026, 3, each) for each in range(3, 11)}
    assert missing(MORNING, known, since=LONG_AGO, now=at(11, 6)) == []
    assert days(missing(MORNING, known, since=LONG_AGO, now=at(11, 7))) == [("11", "11", False)]
    assert missing(MORNING, known | {date(2026, 3, 11)}, since=LONG_AGO, now=at(11, 23)) == []


def test_days_that_were_missed_are_told_in_one_digest() -> None:
    known = {date(2026, 3, each) for each in range(1, 9)}
    found = missing(MORNING, known, since=LONG_AGO, now=at(11))
    assert days(found) == [("09", "09", True), ("10", "10", True), ("11", "09", False)]


def test_nobody_is_told_of_days_before_they_asked() -> None:
    assert days(missing(MORNING, (), since=at(10, 9), now=at(11))) == [("11", "11", False)]


def test_a_clock_that_was_ahead_costs_no_day_its_digest() -> None:
    ahead = {date(2026, 3, each) for each in range(4, 11)} | {date(2026, 3, 13)}
    assert days(missing(MORNING, ahead, since=LONG_AGO, now=at(11))) == [("11", "11", False)]


@pytest.mark.parametrize(
    ("bell", "expected"),
    [
        (Bell(Cadence.WEEKDAYS, LONDON, "07:00"), ["05", "06", "09", "10", "11"]),
        (Bell(Cadence.WEEKLY, LONDON, "07:00", weekday=4), ["06"]),
        (Bell(Cadence.INSTANT, LONDON, "07:00"), []),
    ],
)
def test_other_cadences(bell: Bell, expected: list[str]) -> None:
    found = missing(bell, (), since=LONG_AGO, now=at(11))
    assert [day for day, _, _ in days(found) if day >= "05"] == expected


@pytest.mark.parametrize(
    ("day", "utc_hour"), [(date(2026, 3, 28), 7), (date(2026, 3, 29), 6), (date(2026, 10, 25), 7)]
)
def test_seven_in_the_morning_on_the_days_when_clocks_change(day: date, utc_hour: int) -> None:
    assert MORNING.instant(day) == datetime(day.year, day.month, day.day, utc_hour, tzinfo=UTC)


def test_a_slot_of_another_weekday_is_not_this_bells() -> None:
    mondays, friday = Bell(Cadence.WEEKLY, LONDON, "07:00", weekday=0), date(2026, 3, 13)
    assert days(missing(mondays, {friday}, since=LONG_AGO, now=at(13))) == [("09", "09", False)]


@pytest.mark.parametrize(("time", "refused"), [("00:58", False), ("01:30", True), ("02:30", False)])
def test_nobody_may_ask_for_the_hour_that_clocks_play_with(time: str, refused: bool) -> None:
    with pytest.raises(Mistake, match="twice or never") if refused else nullcontext():
        asked_for(Cadence.DAILY, time)


@pytest.mark.parametrize("name", ["daily", "after clocks change", "while clocks change"])
def test_no_hour_of_a_day_has_two_instants_or_none(name: str) -> None:
    for night in NIGHTS:
        instants = [BELLS[name].instant(night + each * DAY) for each in range(-2, 3)]
        gaps = {after - before for before, after in pairwise(instants)}
        assert gaps <= {timedelta(hours=23), DAY, timedelta(hours=25)}


class Book:
    """Slots and digests of several readers by the rules alone, as planner and drawing keep them."""

    def __init__(self, history: History) -> None:
        self.since = history.since
        self.slots: dict[tuple[Cadence, str], dict[date, Slot]] = {}
        self.open: dict[Bell, dict[date, Slot]] = {each: {} for each in BELLS.values()}
        self.told: dict[str, dict[date, Span]] = {name: {} for name in BELLS}

    def plan(self, now: datetime) -> None:
        for bell in self.open:
            rows = self.slots.setdefault((bell.cadence, bell.at), {})  # weekly ones of all weekdays together
            since = min(self.since[name] for name, each in BELLS.items() if each == bell)
            lately = [day for day in rows if day >= now.date() - (LATEST + 2) * DAY]
            for slot in missing(bell, lately, since=since, now=now):
                assert slot.local_date not in rows
                assert slot.due_at <= now
                rows[slot.local_date] = slot
                if not slot.merged:
                    self.open[bell][slot.local_date] = slot
            due = sorted(day for day, slot in self.open[bell].items() if slot.due_at <= now)
            for earlier, later in pairwise(due):
                self.open[bell][later] = joined(self.open[bell].pop(earlier), self.open[bell][later])

    def draw(self, now: datetime, *, half: bool) -> None:
        """With `half` it falls over when it has told every other reader."""
        for bell, slots in self.open.items():
            for day in [day for day, slot in slots.items() if slot.due_at <= now]:
                readers = [name for name, each in BELLS.items() if each == bell]
                for name in readers[:: 2 if half else 1]:
                    if self.since[name] <= slots[day].due_at:
                        self.told[name].setdefault(day, self.span(name, slots[day]))
                if not half:
                    del slots[day]

    def span(self, name: str, slot: Slot) -> Span:
        last = max((day for day in self.told[name] if day < slot.local_date), default=None)
        return covered_from(slot, self.since[name], last), slot.local_date

    def promised(self, name: str) -> list[Span]:
        return [self.span(name, slot) for slot in self.open[BELLS[name]].values()]


@settings(max_examples=2_000, derandomize=True, deadline=None)
@given(history=histories())
def test_whatever_the_clock_does_each_reader_and_day_has_one_digest(history: History) -> None:
    book = Book(history)
    for number, tick in enumerate(history.ticks):
        book.plan(tick.now)
        if not tick.falls_over or number % 2:
            book.draw(tick.now, half=tick.falls_over)
        for name, bell in BELLS.items() if not tick.falls_over else ():
            told = [*book.told[name].values(), *book.promised(name)]
            assert not left_out(bell, history.since[name], told, history.ticks[: number + 1])
    for name, bell in BELLS.items():
        assert not told_twice(bell, book.told[name].values())
    assert not book.told["at once"]
