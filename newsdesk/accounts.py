"""Does it add up? Each expected digest was accepted, empty, suppressed or failed, or is still open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.dates import local
from newsdesk.routes import RouteState
from newsdesk.slots import Slot

LATE = timedelta(minutes=15)  # after its time a reader notices


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one slot's digests, each of which is counted once.

    `expected` is how many there were to draw when the first was drawn, None before that. `undrawn` are yet to
    be drawn and `waiting` have messages that wait. `excused` left, or were told by hand, in the meantime.
    """

    id: int
    slot: Slot
    state: str
    expected: int | None
    accepted: int = 0
    empty: int = 0
    suppressed: int = 0
    failed: int = 0
    undrawn: int = 0
    waiting: int = 0
    excused: int = 0

    @property
    def open(self) -> int:
        return self.undrawn + self.waiting

    @property
    def adds_up(self) -> bool:
        found = self.accepted + self.empty + self.suppressed + self.failed + self.open
        return self.expected is None or self.expected - self.excused == found

    @property
    def equation(self) -> str:
        sign = "=" if self.adds_up else "≠"
        less = f" - {self.excused} excused" if self.excused else ""
        expected = self.undrawn if self.expected is None else self.expected
        return (
            f"{expected} expected{less} {sign} {self.accepted} accepted + {self.empty} empty"
            f" + {self.suppressed} suppressed + {self.failed} failed + {self.open} open"
        )


def troubles(
    accounts: Iterable[Account],
    missing: Sequence[Slot],
    routes: Mapping[str, RouteState],
    now: datetime,
) -> list[str]:
    """What the operator has to know, a line each. `missing` are slots that should have been planned."""
    found = [
        f"{_named(each)}: was not planned, {_minutes(each, now)} minutes after its time"
        for each in missing
        if now - each.due_at > LATE
    ]
    found += [line for each in accounts for line in _of(each, now)]
    found += [
        f"{each.name}: nothing leaves since {local(each.problem_since or now):%d %b %H:%M}: {each.problem}"
        for each in routes.values()
        if each.problem
    ]
    return found


def _of(account: Account, now: datetime) -> Iterable[str]:
    name = _named(account.slot)
    if account.slot.merged or account.state == "merged":
        return
    if not account.adds_up:
        yield f"{name}: does not add up: {account.equation}"
    late = now - account.slot.due_at > LATE
    if late and account.state == "open":
        yield f"{name}: {account.undrawn} not drawn, {_minutes(account.slot, now)} minutes after its time"
    if late and account.waiting:
        yield f"{name}: {account.waiting} still wait, {_minutes(account.slot, now)} minutes after its time"
    if account.failed:
        yield f"{name}: {account.failed} failed"


def _named(slot: Slot) -> str:
    return f"{slot.bell.cadence} digest of {slot.local_date} {slot.bell.at} {slot.bell.zone}"


def _minutes(slot: Slot, now: datetime) -> int:
    return (now - slot.due_at) // timedelta(minutes=1)
