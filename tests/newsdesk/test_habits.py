"""What a source's week looks like, learnt from its own items."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from newsdesk.habits import Habit, arrivals, declared, expected, is_holiday, learn, until, weekday
from newsdesk.silence import QUIET, at_least, chance, limit, notices_after, silence, tells

MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def office(weeks: int, a_day: int = 2) -> list[datetime]:
    """So many items on each working day, between ten and four."""
    days = [MONDAY + number * DAY for number in range(7 * weeks) if number % 7 < 5]
    return [day + timedelta(hours=9 + 6 * each / a_day) for day in days for each in range(a_day)]


def test_a_source_that_was_hardly_watched_does_as_declared() -> None:
    habit = learn([], (5, 9), since=MONDAY, now=MONDAY)
    assert habit.weekly == 7
    assert habit.days == pytest.approx(declared((5, 9)).days, abs=1e-4)


def test_a_habit_is_learnt_from_its_own_items() -> None:
    end = MONDAY + 56 * DAY
    habit = learn(office(8), (1, 3), since=MONDAY, now=end)
    assert habit.weekly == pytest.approx(9.1, abs=0.2), "80 items in eight weeks, and two in the declared one"
    assert sum(habit.days[5:]) < 0.05
    assert sum(habit.hours[9:17]) > 0.75
    assert sum(habit.hours[:6]) < 0.1
    friday = MONDAY + 4 * DAY + 18 * HOUR
    assert expected(habit, friday, friday + 2 * DAY) < 0.6 < expected(habit, friday, friday + 4 * DAY)


def test_what_is_older_than_eight_weeks_is_forgotten() -> None:
    habit = learn(office(8), (7, 7), since=MONDAY, now=MONDAY + 130 * DAY)
    assert habit.weekly < 1


def test_items_in_bursts_are_known_as_such() -> None:
    even = [MONDAY + number * DAY for number in range(56)]
    bursts = [MONDAY + 8 * number * DAY + each * HOUR for number in range(7) for each in range(8)]
    now = MONDAY + 56 * DAY
    assert learn(even, (7, 7), since=MONDAY, now=now).spread < 1.1
    assert learn(bursts, (7, 7), since=MONDAY, now=now).spread > 3


def test_bank_holidays_and_the_days_after_christmas_are_sundays() -> None:
    assert [weekday(date(2026, 12, day)) for day in (23, 24, 25, 28, 30, 31)] == [2, 6, 6, 6, 6, 6]
    assert is_holiday(date(2027, 3, 26)), "Good Friday"
    assert weekday(date(2026, 8, 31)) == 6, "the summer bank holiday"
    assert not is_holiday(date(2026, 3, 17)), "Northern Ireland has its own"


def test_an_item_came_when_it_says_unless_that_cannot_be() -> None:
    seen = MONDAY + DAY
    leads = [(MONDAY, seen), (seen + DAY, seen), (None, seen), (None, MONDAY)]
    assert arrivals(leads, MONDAY) == [MONDAY, seen, seen]


moments = st.timedeltas(-500 * DAY, 500 * DAY).map(lambda after: MONDAY + after)
habit_s = st.builds(
    lambda weekly, days, hours: Habit(weekly, 8, _whole(days), _whole(hours)),
    st.floats(0.1, 500),
    st.lists(st.integers(0, 9), min_size=7, max_size=7),
    st.lists(st.integers(0, 9), min_size=24, max_size=24),
)


def _whole(shares: list[int]) -> tuple[float, ...]:
    return tuple((each + 0.1) / (sum(shares) + 0.1 * len(shares)) for each in shares)


@given(habit_s, moments, st.timedeltas(timedelta(), 30 * DAY), st.timedeltas(timedelta(), 30 * DAY))
def test_what_is_expected_adds_up(habit: Habit, start: datetime, one: timedelta, two: timedelta) -> None:
    whole = expected(habit, start, start + one + two)
    parts = expected(habit, start, start + one) + expected(habit, start + one, start + one + two)
    assert whole == pytest.approx(parts, rel=1e-6, abs=1e-6)
    assert expected(habit, start + one, start) <= 0.0 or one == timedelta()


@given(habit_s, moments, st.floats(0.01, 50))
def test_the_wait_for_so_many_items_is_as_long_as_they_take(
    habit: Habit, start: datetime, items: float
) -> None:
    took = until(habit, start, items, 10 * DAY)
    assert timedelta() < took <= 10 * DAY
    if took < 10 * DAY:
        assert expected(habit, start, start + took) >= items
        before = start + took - timedelta(minutes=1)
        assert expected(habit, start, max(before, start)) <= items


@given(habit_s, moments, st.timedeltas(HOUR, 60 * DAY), st.timedeltas(HOUR, 60 * DAY))
def test_a_longer_silence_is_never_likelier(
    habit: Habit, start: datetime, one: timedelta, more: timedelta
) -> None:
    assert silence(habit, start, start + one).chance >= silence(habit, start, start + one + more).chance


def test_a_source_of_one_item_a_day_is_missed_after_about_a_week() -> None:
    known = Habit(7, 8, spread=1.0)
    assert timedelta(days=6.5) < notices_after(known, MONDAY) < timedelta(days=9)
    assert not silence(known, MONDAY, MONDAY + 6 * DAY).strange
    assert silence(known, MONDAY, MONDAY + 9 * DAY).strange
    assert notices_after(Habit(7, 8, spread=2.5), MONDAY) > notices_after(known, MONDAY)


def test_bursts_make_a_silence_likelier_and_school_holidays_make_it_longer() -> None:
    even, bursts = Habit(7, 8, spread=1.0), Habit(7, 8, spread=2.5)
    assert chance(even, 7) < chance(bursts, 7) < 0.05
    august = datetime(2026, 8, 3, tzinfo=UTC)
    assert at_least(even, MONDAY, MONDAY + 7 * DAY) == pytest.approx(7, abs=0.01)
    assert at_least(even, august, august + 7 * DAY) == pytest.approx(7 * QUIET, abs=0.01)
    assert notices_after(even, august) > notices_after(even, MONDAY)


@pytest.mark.parametrize("day", [(3, 25), (4, 10), (7, 20), (8, 25), (12, 15), (12, 28), (1, 2)])
def test_a_fortnight_over_the_turn_of_a_season_counts_its_quiet_days(day: tuple[int, int]) -> None:
    habit, begin = Habit(7, 8), datetime(2026, *day, tzinfo=UTC)
    parts = sum(at_least(habit, begin + n * DAY, begin + (n + 1) * DAY) for n in range(14))
    assert at_least(habit, begin, begin + 14 * DAY) == pytest.approx(parts, abs=1e-6)
    assert QUIET * expected(habit, begin, begin + 14 * DAY) < parts < expected(habit, begin, begin + 14 * DAY)


def test_of_a_slow_source_the_volume_cannot_tell_and_says_so() -> None:
    slow = Habit(0.7, 8)
    assert not tells(slow)
    assert not silence(slow, MONDAY, MONDAY + 300 * DAY).strange
    assert chance(Habit(0.0), 10) == 1.0
    assert limit(Habit(700)) < limit(Habit(7))
