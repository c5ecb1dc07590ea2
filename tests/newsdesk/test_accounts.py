"""Every digest that was expected is accounted for, and whoever must know is told, and nobody else."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, strategies as st

from newsdesk.accounts import LATE, Account, troubles
from newsdesk.readers import MORNING
from newsdesk.routes import RouteState
from newsdesk.slots import Slot

DAY = date(2026, 3, 6)
SLOT = Slot(MORNING, DAY, DAY)
SEVEN = SLOT.due_at
DONE = Account(1, SLOT, "complete", expected=5, accepted=3, empty=2)
SECOND = timedelta(seconds=1)


def test_a_slot_that_adds_up_is_no_news() -> None:
    assert DONE.equation == "5 expected = 3 accepted + 2 empty + 0 suppressed + 0 failed + 0 open"
    assert troubles([DONE], [], {}, SEVEN + 10 * LATE) == []
    assert troubles([replace(DONE, accepted=2, suppressed=1)], [], {}, SEVEN + 10 * LATE) == []


def test_a_slot_is_late_after_a_quarter_of_an_hour_and_not_before() -> None:
    begun = Account(1, SLOT, "open", expected=5, accepted=1, undrawn=3, waiting=1)
    assert troubles([begun], [], {}, SEVEN + LATE) == []
    undrawn, waiting = troubles([begun], [], {}, SEVEN + LATE + SECOND)
    assert undrawn.endswith("3 not drawn, 15 minutes after its time")
    assert waiting.endswith("1 still wait, 15 minutes after its time")
    (missing,) = troubles([], [SLOT], {}, SEVEN + LATE + SECOND)
    assert (
        missing
        == "daily digest of 2026-03-06 07:00 Europe/London: was not planned, 15 minutes after its time"
    )


def test_what_failed_does_not_add_up_or_cannot_leave_is_told_at_once() -> None:
    assert troubles([replace(DONE, accepted=2, failed=1)], [], {}, SEVEN) == [
        "daily digest of 2026-03-06 07:00 Europe/London: 1 failed"
    ]
    (short,) = troubles([replace(DONE, accepted=2)], [], {}, SEVEN)
    assert "does not add up: 5 expected ≠ 2 accepted + 2 empty" in short
    shut = RouteState("email").failed("no answer", SEVEN, reached=False)
    (route,) = troubles([], [], {"email": shut}, SEVEN)
    assert route == "email: nothing leaves since 06 Mar 07:00: no answer"


def test_whoever_left_meanwhile_is_excused() -> None:
    left = replace(DONE, accepted=2, excused=1)
    assert left.adds_up
    assert left.equation.startswith("5 expected - 1 excused = 2 accepted")


few = st.integers(0, 9)


@given(few, few, few, few, few, few, few, st.integers(-9, 9))
def test_it_adds_up_exactly_when_nobody_is_missing(
    accepted: int,
    empty: int,
    suppressed: int,
    failed: int,
    undrawn: int,
    waiting: int,
    excused: int,
    off: int,
) -> None:
    total = accepted + empty + suppressed + failed + undrawn + waiting + excused
    one = Account(
        1, SLOT, "open", total + off, accepted, empty, suppressed, failed, undrawn, waiting, excused
    )
    assert one.adds_up == (off == 0)
    assert any("add up" in line for line in troubles([one], [], {}, SEVEN)) == (off != 0)
