"""When a source is due again, and what a visit leaves of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import log

import pytest
from hypothesis import given, strategies as st

from newsdesk.conditional import declaration
from newsdesk.errors import (
    Blocked,
    Drifted,
    Gone,
    Held,
    Mistake,
    PresswatchError,
    Refused,
    Unreachable,
)
from newsdesk.habits import Habit
from newsdesk.model import Kind, Listing, Problem, Source, SourceState, Trust, Wish
from newsdesk.rhythm import LONGEST, PAUSE, SHORTEST, after_visit, is_paused, next_visit, urgency

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAILY = (5, 9)
LEEDS = Source(
    name="leeds",
    outlet="Leeds",
    kind=Kind.COUNCIL,
    url="https://news.leeds.gov.uk/rss",
    reader="feed",
    weekly=DAILY,
    verified="invented for a test",
    verified_on=date(2026, 11, 22),
)
UNREACHABLE = Problem.of(Unreachable("no answer"))


def wait(
    state: SourceState,
    weekly: tuple[int, int] = DAILY,
    retry_after: float | None = None,
    fresh: float = 0.0,
    now: datetime = NOW,
) -> timedelta:
    return next_visit(state, weekly=weekly, now=now, retry_after=retry_after, fresh=fresh) - now


@pytest.mark.parametrize(
    ("weekly", "gap"),
    [
        ((7, 7), timedelta(days=1)),
        ((14, 28), timedelta(days=1) / 3),
        ((200, 200), timedelta(weeks=1) / 200),
        ((5000, 9000), timedelta(minutes=20) / log(2)),
    ],
)
def test_a_source_of_which_only_the_declaration_is_known_is_visited_after_half_its_median_gap(
    weekly: tuple[int, int], gap: timedelta
) -> None:
    half = gap * log(2) / 2
    assert half <= wait(SourceState("leeds"), weekly) + timedelta(seconds=31)
    assert wait(SourceState("leeds"), weekly) <= half * 1.1 + timedelta(seconds=31)


MIDNIGHT = datetime(2026, 11, 17, 0, 30, tzinfo=UTC)  # a Tuesday
OFFICE = Habit(
    35, 8, days=(0.2,) * 5 + (0.0, 0.0), hours=tuple(1 / 8 if 9 <= hour < 17 else 0.0 for hour in range(24))
)


def test_quiet_hours_are_slept_through() -> None:
    state = SourceState("leeds")
    woken = next_visit(state, weekly=DAILY, now=MIDNIGHT, habit=OFFICE)
    assert woken.hour == 9
    noon = MIDNIGHT.replace(hour=12)
    assert next_visit(state, weekly=DAILY, now=noon, habit=OFFICE) - noon < timedelta(minutes=30)


def test_no_quiet_is_longer_than_a_day() -> None:
    saturday = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert wait(SourceState("leeds"), now=saturday) <= LONGEST
    waited = next_visit(SourceState("leeds"), weekly=DAILY, now=saturday, habit=OFFICE) - saturday
    assert timedelta(hours=21) <= waited <= LONGEST


def test_a_short_list_is_looked_at_before_half_of_it_can_be_pushed_out() -> None:
    every_quarter = Habit(672)
    plain = next_visit(SourceState("leeds"), weekly=DAILY, now=NOW, habit=Habit(7), window=20)
    short = next_visit(SourceState("leeds"), weekly=DAILY, now=NOW, habit=every_quarter, window=1)
    assert plain - NOW > timedelta(hours=8)
    assert SHORTEST <= short - NOW < timedelta(minutes=12)


@pytest.mark.parametrize(
    ("error", "hours"),
    [(Unreachable("x"), 1), (Refused("x"), 1), (Drifted("x"), 1), (Blocked("x"), 2), (Gone("x"), 4)],
)
def test_what_failed_decides_how_long_it_is_left_alone(error: PresswatchError, hours: int) -> None:
    state = SourceState("leeds", failures=1, problem=Problem.of(error))
    assert timedelta(hours=hours) <= wait(state) <= timedelta(hours=hours * 1.1)
    assert wait(replace(state, failures=30)) >= timedelta(hours=21.6), "and daily in the end"


def test_the_most_urgent_may_hold_the_most_unseen_news() -> None:
    yesterday = SourceState("leeds", visited_at=NOW - timedelta(days=1))
    assert urgency(SourceState("new"), Habit(1), NOW) > urgency(yesterday, Habit(70), NOW)
    assert urgency(yesterday, Habit(70), NOW) == pytest.approx(10, rel=0.2)
    assert urgency(yesterday, Habit(70), NOW) > urgency(yesterday, Habit(7), NOW)


@pytest.mark.parametrize("weekly", [(0, 0), (0, 1), (1, 3)])
def test_a_slow_source_is_visited_once_a_day(weekly: tuple[int, int]) -> None:
    assert timedelta(hours=21.6) <= wait(SourceState("leeds"), weekly) <= timedelta(hours=24)


@pytest.mark.parametrize(("failures", "minutes"), [(1, 30), (2, 60), (3, 120), (4, 240), (5, 480), (6, 960)])
def test_a_failing_source_is_given_twice_as_long_each_time(failures: int, minutes: int) -> None:
    assert minutes <= wait(SourceState("leeds", failures=failures)) / timedelta(minutes=1) <= minutes * 1.1


@pytest.mark.parametrize("failures", [7, 12, 1000])
def test_a_source_that_failed_for_long_is_still_tried_every_day(failures: int) -> None:
    assert timedelta(hours=21.6) <= wait(SourceState("leeds", failures=failures)) <= timedelta(hours=24)


def test_the_servers_own_wish_is_honoured_up_to_a_day() -> None:
    failing = SourceState("leeds", failures=1)
    assert wait(failing, retry_after=3 * 3600) == timedelta(hours=3)
    assert wait(failing, retry_after=10**9) == LONGEST
    assert wait(failing, retry_after=float("inf")) == LONGEST
    for nothing in (0.0, -5.0, float("nan")):
        assert wait(failing, retry_after=nothing) == wait(failing)


def test_an_answer_that_stays_good_and_a_feed_that_asks_for_it_are_left_alone_for_that_time() -> None:
    busy = (400, 600)
    assert wait(SourceState("leeds"), busy, fresh=3600) == timedelta(hours=1)
    assert wait(SourceState("leeds", wish=Wish(seconds=7200)), busy, fresh=3600) == timedelta(hours=2)
    assert wait(SourceState("leeds", wish=Wish(seconds=10**9)), busy, fresh=10**9) == LONGEST
    slow = wait(SourceState("leeds"), (0, 1))
    assert wait(SourceState("leeds"), (0, 1), fresh=60) == slow, "what is asked rarely needs no telling"


def test_the_hours_and_days_that_a_feed_skips_are_skipped_if_that_ends_within_a_day() -> None:
    busy = (400, 600)
    night = SourceState("leeds", wish=Wish(hours=frozenset(range(12, 20))))
    assert NOW + wait(night, busy) == NOW.replace(hour=20)
    sunday = NOW + timedelta(hours=1)  # 22 November 2026 is one
    until_monday = SourceState("leeds", wish=Wish(days=frozenset({6})))
    assert sunday + wait(until_monday, busy, now=sunday) == datetime(2026, 11, 23, tzinfo=UTC)
    for_ever = SourceState("leeds", wish=Wish(days=frozenset(range(7))))
    assert wait(for_ever, busy) == LONGEST


def test_sources_are_spread_and_a_source_does_not_flicker_within_a_day() -> None:
    waits = {wait(SourceState(f"council-{number}")) for number in range(50)}
    assert len(waits) > 25
    later = NOW + timedelta(hours=3)
    state = SourceState("leeds")
    assert next_visit(state, weekly=DAILY, now=later) - later == wait(state)


@given(
    st.text(),
    st.integers(0, 10**6),
    st.tuples(st.integers(0, 10**5), st.integers(0, 10**5)),
    st.none() | st.floats(),
    st.floats(),
    st.builds(Wish, st.floats(), st.frozensets(st.integers(0, 23)), st.frozensets(st.integers(0, 6))),
)
def test_no_wait_is_shorter_than_ten_minutes_or_longer_than_a_day(
    name: str,
    failures: int,
    weekly: tuple[int, int],
    retry_after: float | None,
    fresh: float,
    wish: Wish,
) -> None:
    state = SourceState(name, failures=failures, wish=wish)
    assert SHORTEST <= wait(state, weekly, retry_after, fresh) <= LONGEST


# ---------------------------------------------------------------- after a visit

FAILING = SourceState(
    "leeds",
    etag='"old"',
    last_modified="Thu, 03 Aug 2023 10:20:00 GMT",
    body_hash="aa",
    hold_until=NOW,
    failures=3,
    problem=UNREACHABLE,
    problem_since=NOW - timedelta(days=1),
)


def after(listing: Listing, state: SourceState = FAILING) -> SourceState:
    return after_visit(state, listing, source=LEEDS, now=NOW)


def test_a_good_visit_ends_the_problem_and_keeps_exactly_the_new_validators() -> None:
    state = after(Listing("leeds", etag='"new"', body_hash="bb", status=200))
    assert state == SourceState(
        "leeds",
        etag='"new"',
        last_modified=None,
        body_hash="bb",
        visited_at=NOW,
        next_visit_at=state.next_visit_at,
        declaration=declaration(LEEDS),
        trust=Trust(whole_at=NOW),
    )
    assert state.next_visit_at == next_visit(SourceState("leeds"), weekly=DAILY, now=NOW)


def test_not_modified_is_a_good_visit_and_keeps_the_validators_it_does_not_renew() -> None:
    state = after(Listing("leeds", not_modified=True, etag='"newer"', status=304))
    assert (state.etag, state.last_modified, state.body_hash) == ('"newer"', FAILING.last_modified, "aa")
    assert (state.failures, state.problem, state.problem_since, state.hold_until) == (0, None, None, None)


def test_a_listing_that_could_not_be_read_leaves_the_last_good_validators() -> None:
    state = after(
        Listing("leeds", problem=UNREACHABLE, etag='"of the broken body"', body_hash="cc", status=200)
    )
    assert (state.etag, state.last_modified, state.body_hash) == ('"old"', FAILING.last_modified, "aa")


def test_a_problem_is_counted_and_dates_from_the_first_failure() -> None:
    first = after(Listing("leeds", problem=UNREACHABLE), SourceState("leeds"))
    assert (first.failures, first.problem_since, first.visited_at) == (1, NOW, NOW)
    other = Problem.of(Gone("404", status=404))
    later = after_visit(first, Listing("leeds", problem=other), source=LEEDS, now=NOW + timedelta(hours=1))
    assert (later.failures, later.problem, later.problem_since) == (2, other, NOW)


@pytest.mark.parametrize("problem", [UNREACHABLE, Problem.of(Gone("404", status=404))])
def test_a_source_is_held_until_its_next_visit(problem: Problem) -> None:
    state = after(Listing("leeds", problem=problem))
    assert state.hold_until == state.next_visit_at
    assert state.next_visit_at is not None
    assert state.next_visit_at >= NOW + timedelta(hours=4)


def test_a_refusal_holds_as_long_as_the_server_asks() -> None:
    refused = Problem.of(Refused("slow down", status=429, retry_after=6 * 3600))
    assert after(Listing("leeds", problem=refused)).hold_until == NOW + timedelta(hours=6)


def test_a_mistake_of_the_operator_does_not_hold_the_source() -> None:
    state = after(Listing("leeds", problem=Problem.of(Mistake("no such reader"))))
    assert state.hold_until is None
    assert state.failures == 4


def test_a_feed_s_wish_stays_while_it_is_not_modified_and_goes_with_the_next_answer() -> None:
    state = after(Listing("leeds", status=200, wish=Wish(seconds=6000)), SourceState("leeds"))
    state = after(Listing("leeds", status=304, not_modified=True), state)
    assert state.wish == Wish(seconds=6000)
    assert after(Listing("leeds", status=200), state).wish is None


def test_what_was_not_asked_is_no_failure_and_waits_with_its_host() -> None:
    held = Problem.of(Held("not asked", status=429, retry_after=7 * 3600))
    state = after(Listing("leeds", problem=held), SourceState("leeds"))
    assert (state.failures, state.visited_at, state.problem) == (0, None, held)
    assert state.next_visit_at == state.hold_until == NOW + timedelta(hours=7)


GONE = Listing("leeds", problem=Problem.of(Gone("410", status=410)))


def test_gone_for_good_is_believed_on_the_second_day_and_then_looked_for_weekly() -> None:
    once = after(GONE, SourceState("leeds"))
    again = after_visit(once, GONE, source=LEEDS, now=NOW + timedelta(hours=1))
    assert (again.failures, is_paused(again)) == (2, False)
    tomorrow = NOW + timedelta(days=1)
    paused = after_visit(again, GONE, source=LEEDS, now=tomorrow)
    assert is_paused(paused)
    assert paused.next_visit_at == paused.hold_until == tomorrow + PAUSE
    back = after_visit(paused, Listing("leeds", status=200), source=LEEDS, now=tomorrow + PAUSE)
    assert (is_paused(back), back.gone_since, back.hold_until) == (False, None, None)


def test_only_410_pauses_a_source() -> None:
    missing = Listing("leeds", problem=Problem.of(Gone("404", status=404)))
    state = SourceState("leeds")
    for days in range(5):
        state = after_visit(state, missing, source=LEEDS, now=NOW + timedelta(days=days))
    assert not is_paused(state)
    after_an_outage = replace(after(GONE, SourceState("leeds")), problem=UNREACHABLE)
    assert not is_paused(replace(after_an_outage, visited_at=NOW + timedelta(days=3)))
