"""Who is left alone, and for how long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from newsdesk.errors import Blocked, Gone, Refused, Unreachable
from newsdesk.holds import REMEMBERED, held, is_earned, over
from newsdesk.model import Problem
from newsdesk.rhythm import FIRST_RETRY, LONGEST

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NEWS, WWW, DOMAIN = "news.northmarch.gov.uk", "www.northmarch.gov.uk", "northmarch.gov.uk"
BUSY = Problem.of(Refused("too often", status=429))
FIRST = held(NEWS, DOMAIN, BUSY, [], NOW)


@pytest.mark.parametrize(
    ("problem", "for_a_listing", "for_a_page"),
    [
        (Refused("too often", status=429), True, True),
        (Blocked("a challenge page came", status=429), True, True),
        (Refused("in trouble", status=503), True, False),
        (Refused("in trouble", status=503, retry_after=60), True, True),
        (Refused("not for us", status=403), False, False),
        (Refused("in trouble", status=500), False, False),
        (Gone("gone", status=410), False, False),
        (Unreachable("no answer"), False, False),
    ],
)
def test_a_refusal_speaks_for_its_host_when_it_asks_us_to_wait(
    problem: Refused, for_a_listing: bool, for_a_page: bool
) -> None:
    said = Problem.of(problem)
    assert is_earned(said, listing=True) == for_a_listing
    assert is_earned(said, listing=False) == for_a_page


def test_at_first_only_the_host_is_held() -> None:
    assert over(NEWS, DOMAIN, [FIRST], NOW) == FIRST
    assert over(WWW, DOMAIN, [FIRST], NOW) is None
    assert over(NEWS, DOMAIN, [FIRST], FIRST.until) is None
    assert FIRST.until == NOW + FIRST_RETRY


def test_on_repetition_the_domain_is_held_and_for_longer() -> None:
    again = held(NEWS, DOMAIN, BUSY, [FIRST], FIRST.until + timedelta(hours=20))
    assert (again.strikes, again.until - again.since) == (2, 2 * FIRST_RETRY)
    assert over(WWW, DOMAIN, [again], again.since) == again
    assert over("www.eastholme.gov.uk", "eastholme.gov.uk", [again], again.since) is None


def test_a_second_host_of_a_domain_that_refuses_holds_all_of_it() -> None:
    other = held(WWW, DOMAIN, BUSY, [FIRST], NOW + timedelta(minutes=1))
    assert (other.strikes, other.wide) == (1, True)
    assert over("democracy.northmarch.gov.uk", DOMAIN, [FIRST, other], NOW + timedelta(minutes=2)) == other


def test_what_was_long_ago_is_forgotten() -> None:
    later = held(NEWS, DOMAIN, BUSY, [FIRST], FIRST.until + REMEMBERED)
    assert (later.strikes, later.wide) == (1, False)


def test_the_servers_own_wish_is_kept_up_to_a_day() -> None:
    def until(seconds: float) -> timedelta:
        return held(NEWS, DOMAIN, replace(BUSY, retry_after=seconds), [], NOW).until - NOW

    assert until(3 * 3600) == timedelta(hours=3)
    assert until(5) == FIRST_RETRY
    assert until(10**9) == LONGEST


@given(st.lists(st.tuples(st.floats(0, 10**6), st.none() | st.floats(0, 10**12)), max_size=30))
def test_nothing_is_held_for_more_than_a_day(refusals: list[tuple[float, float | None]]) -> None:
    at, hold = NOW, FIRST
    for later, wish in refusals:
        at += timedelta(seconds=later)
        hold = held(NEWS, DOMAIN, replace(BUSY, retry_after=wish), [hold], at)
        assert FIRST_RETRY <= hold.until - at <= LONGEST
