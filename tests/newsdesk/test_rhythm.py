"""When a source is due again, and what a visit leaves of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from newsdesk.errors import Gone, Mistake, Refused, Unreachable
from newsdesk.model import Listing, Problem, SourceState
from newsdesk.rhythm import LONGEST, SHORTEST, after_visit, next_visit

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAILY = (5, 9)
UNREACHABLE = Problem.of(Unreachable("no answer"))


def wait(state: SourceState, weekly: tuple[int, int] = DAILY, retry_after: float | None = None) -> timedelta:
    return next_visit(state, weekly=weekly, now=NOW, retry_after=retry_after) - NOW


@pytest.mark.parametrize(
    ("weekly", "least"),
    [
        ((7, 7), timedelta(hours=12)),
        ((14, 28), timedelta(hours=4)),
        ((400, 600), timedelta(minutes=10.08)),
        ((5000, 9000), timedelta(minutes=10)),
    ],
)
def test_a_healthy_source_is_visited_twice_for_each_item_it_brings(
    weekly: tuple[int, int], least: timedelta
) -> None:
    assert least <= wait(SourceState("leeds"), weekly) <= least * 1.1


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
)
def test_no_wait_is_shorter_than_ten_minutes_or_longer_than_a_day(
    name: str, failures: int, weekly: tuple[int, int], retry_after: float | None
) -> None:
    assert SHORTEST <= wait(SourceState(name, failures=failures), weekly, retry_after) <= LONGEST


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
    return after_visit(state, listing, weekly=DAILY, now=NOW)


def test_a_good_visit_ends_the_problem_and_keeps_exactly_the_new_validators() -> None:
    state = after(Listing("leeds", etag='"new"', body_hash="bb", status=200))
    assert state == SourceState(
        "leeds",
        etag='"new"',
        last_modified=None,
        body_hash="bb",
        visited_at=NOW,
        next_visit_at=state.next_visit_at,
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
    later = after_visit(first, Listing("leeds", problem=other), weekly=DAILY, now=NOW + timedelta(hours=1))
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
