"""Slots: each local date once, whatever clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from newsdesk.kinds import Cadence
from newsdesk.slots import Bell, Slot, missing

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


@settings(max_examples=400)
@given(
    start=st.sampled_from([datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 10, 18, tzinfo=UTC)]),
    steps=st.lists(st.timedeltas(timedelta(days=-1), timedelta(days=14)), max_size=30),
)
def test_whatever_the_clock_does_no_day_has_two_slots_and_none_is_lost(
    start: datetime, steps: list[timedelta]
) -> None:
    now = since = start
    slots: dict[date, Slot] = {}
    for step in steps:
        now += step
        for slot in missing(MORNING, slots, since=since, now=now):
            assert slot.local_date not in slots
            assert slot.due_at <= now
            slots[slot.local_date] = slot
        told = [each for each in slots.values() if not each.merged]
        for slot in (each for each in slots.values() if each.merged):
            assert any(each.local_date > slot.local_date for each in told)
