"""When a digest is due: London mornings as instants, whatever the clock does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from newsdesk.dates import LONDON
from newsdesk.model import Subscription
from newsdesk.periods import cutoff, due

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # the nights on which the clock changes
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
# Times between 00:59 and 02:01 are refused by the configuration.
TIMES = st.integers(2 * 60 + 1, 24 * 60 - 1).map(lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}")
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)


def daily(at: str = "07:00", weekdays: frozenset[int] = frozenset(range(7))) -> Subscription:
    return Subscription("a", ("reader@example.org",), at=at, weekdays=weekdays)


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2026, 1, 15), "07:00", datetime(2026, 1, 15, 7, tzinfo=UTC)),
        (date(2026, 7, 15), "07:00", datetime(2026, 7, 15, 6, tzinfo=UTC)),
        (SPRING, "07:00", datetime(2026, 3, 29, 6, tzinfo=UTC)),
        (AUTUMN, "07:00", datetime(2026, 10, 25, 7, tzinfo=UTC)),
        (SPRING, "00:30", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        (AUTUMN, "00:30", datetime(2026, 10, 24, 23, 30, tzinfo=UTC)),
        (SPRING, "02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (AUTUMN, "02:30", datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
    ],
)
def test_a_cut_off_is_the_local_time_on_the_local_day(day: date, at: str, instant: datetime) -> None:
    assert cutoff(day, at) == instant


@pytest.mark.parametrize(("night", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 1), 24)])
def test_the_days_around_a_clock_change_are_shorter_or_longer(night: date, hours: int) -> None:
    assert cutoff(night, "07:00") - cutoff(night - timedelta(days=1), "07:00") == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 3, 4, 6, 59, tzinfo=UTC), date(2026, 3, 3)),
        (datetime(2026, 3, 4, 7, 0, tzinfo=UTC), date(2026, 3, 4)),
        (datetime(2026, 3, 4, 23, 59, tzinfo=UTC), date(2026, 3, 4)),
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), date(2026, 7, 1)),  # 7 o'clock in London
        (datetime(2026, 7, 1, 5, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 3, 29, 6, 0, tzinfo=UTC), SPRING),
        (datetime(2026, 10, 25, 6, 0, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 7, 0, tzinfo=UTC), AUTUMN),
    ],
)
def test_the_digest_of_a_day_is_due_from_its_cut_off(now: datetime, day: date) -> None:
    assert due(daily(), now) == day


def test_a_weekly_digest_is_due_on_its_day_and_missed_ones_within_a_week() -> None:
    mondays = daily(weekdays=frozenset({0}))
    assert due(mondays, datetime(2026, 3, 2, 7, tzinfo=UTC)) == date(2026, 3, 2)
    assert due(mondays, datetime(2026, 3, 8, 23, tzinfo=UTC)) == date(2026, 3, 2)
    assert due(mondays, datetime(2026, 3, 9, 6, tzinfo=UTC)) is None  # a week old is too old


@given(DAYS, TIMES)
def test_a_cut_off_shows_its_own_time_on_a_london_clock(day: date, at: str) -> None:
    local = cutoff(day, at).astimezone(LONDON)
    assert (local.date(), f"{local:%H:%M}") == (day, at)


@given(DAYS, TIMES)
def test_cut_offs_follow_one_another(day: date, at: str) -> None:
    gap = cutoff(day + timedelta(days=1), at) - cutoff(day, at)
    assert timedelta(hours=23) <= gap <= timedelta(hours=25)


@given(DAYS, TIMES, WEEKDAYS, st.integers(0, 24 * 60 - 1))
def test_what_is_due_has_been_cut_off_and_nothing_later_has(
    day: date, at: str, weekdays: frozenset[int], minutes: int
) -> None:
    now = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
    found = due(daily(at, weekdays), now)
    today = now.astimezone(LONDON).date()
    possible = [
        each
        for back in range(7)
        if (each := today - timedelta(days=back)).weekday() in weekdays and cutoff(each, at) <= now
    ]
    assert found == max(possible, default=None)
