"""A route is shut for what is wrong with the route, and never for good."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from newsdesk.routes import SWEEP, TRIPS, RouteState

NOW = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)
WELL = RouteState("email")
MINUTE = timedelta(minutes=1)


def test_a_route_that_cannot_be_reached_is_shut_at_once_and_longer_each_time() -> None:
    state, pauses = WELL, []
    for _ in range(7):
        state = state.failed("no answer", NOW, reached=False)
        assert state.shut_until is not None
        pauses.append((state.shut_until - NOW) // MINUTE)
    assert pauses == [1, 2, 4, 8, 15, 15, 15]
    assert state.accepted() == WELL


def test_a_broken_connection_is_forgiven_until_it_is_the_third_in_a_row() -> None:
    state = WELL.failed("broke", NOW, reached=True).failed("broke", NOW, reached=True)
    assert not state.is_shut(NOW)
    assert state.failed("broke", NOW, reached=True).is_shut(NOW)
    assert not state.accepted().failed("broke", NOW, reached=True).is_shut(NOW)
    assert TRIPS == 3


def test_a_route_waits_as_long_as_it_is_asked_to() -> None:
    state = WELL.failed("429", NOW, reached=False, wait=timedelta(hours=1))
    assert state.shut_until == NOW + timedelta(hours=1)


def test_refusals_of_everybody_shut_the_route_and_say_since_when() -> None:
    state = WELL
    for n in range(SWEEP - 1):
        state = state.refused("554 no", NOW + n * MINUTE)
    assert (state.problem, state.refused_since) == ("", NOW)
    state = state.refused("554 no", NOW + SWEEP * MINUTE)
    assert state.is_shut(NOW + SWEEP * MINUTE)
    assert "554 no" in state.problem


happenings = st.sampled_from(["accepted", "failed", "broken", "refused"])


@given(st.lists(happenings))
def test_whatever_happened_an_acceptance_heals_and_nothing_is_shut_for_more_than_a_quarter_of_an_hour(
    happened: list[str],
) -> None:
    state = WELL
    for each in happened:
        match each:
            case "accepted":
                state = state.accepted()
                assert state == WELL
            case "refused":
                state = state.refused("no", NOW)
            case _:
                state = state.failed("away", NOW, reached=each == "broken")
        assert bool(state.problem) == (state.shut_until is not None) == (state.closings > 0)
        assert state.shut_until is None or NOW < state.shut_until <= NOW + timedelta(minutes=15)
