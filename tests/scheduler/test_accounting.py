"""The books of a slot, kept by rows: they hold whatever happens in between."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from newsdesk.accounts import Account
from newsdesk.deliveries import Suppression
from newsdesk.errors import DeliveryError
from newsdesk.readers import MAIL, MORNING
from notifications.channels import Route
from scheduler import accounting, digesting, explaining, sending, subscribing
from scheduler.filing import file
from scheduler.house import House
from scheduler.planning import plan
from storage import Store
from tests.scheduler.houses import LETTER, REPORT, Clock, Sink, article, house, reader

FRIDAY = date(2026, 3, 6)
SEVEN = MORNING.instant(FRIDAY)
BEFORE = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
LATER = timedelta(minutes=20)


class Picky(Sink):
    """Refuses one reader for good, and another for now."""

    def send(self, delivery: object) -> str:
        recipient = getattr(delivery, "recipient", "")
        if recipient == "gone@c.example":
            raise DeliveryError("550 nobody", permanent=True, fault="address", phase="rcpt")
        if recipient == "later@c.example":
            raise DeliveryError("451 later", permanent=False)
        return super().send(delivery)  # type: ignore[arg-type]


@pytest.fixture
def home(store: Store, clock: Clock) -> House:
    home = house(store, clock, routes={MAIL: Route(lambda: Picky())})
    reader(home, "one@a.example")
    reader(home, "gone@c.example")
    reader(home, "later@c.example")
    reader(home, "strikes@d.example", search="event=strike")
    once = replace(home, routes={"desk": Route(Sink)})  # a channel that somebody has taken out since
    reader(once, "chat@e.example", channel="desk")
    reader(home, "parked@f.example")
    for each in (LETTER, REPORT):
        file(home, article(each))
    return home


def account(home: House) -> Account:
    with home.store.read() as tx:
        (found,) = tx.accounts.latest(5)
    return found


def test_every_digest_is_counted_once_from_the_first_moment_to_the_last(home: House, clock: Clock) -> None:
    with home.store.begin() as tx:
        tx.suppressions.park(_parked())
    clock.at = SEVEN
    plan(home)
    assert (account(home).expected, account(home).undrawn) == (None, 6)
    digesting.draw_due(home)
    drawn = account(home)
    assert (drawn.expected, drawn.empty, drawn.failed, drawn.open) == (6, 1, 1, 4)
    sending.send(home)
    sent = account(home)
    assert sent.equation == "6 expected = 1 accepted + 1 empty + 1 suppressed + 2 failed + 1 open"
    clock.at = SEVEN + LATER
    assert [line.partition(": ")[2] for line in accounting.watch(home)] == [
        "1 still wait, 20 minutes after its time",
        "2 failed",
    ]


def test_whoever_leaves_while_the_slot_is_drawn_is_excused(home: House, clock: Clock) -> None:
    clock.at = SEVEN
    plan(home)
    with home.store.begin() as tx:
        (slot,) = tx.slots.open()
        tx.slots.begin(slot.id, expected=tx.subscriptions.expected(slot.slot), now=clock())
        first, second = tx.subscriptions.list()[:2]
    subscribing.end(home, first.id, source="a test")
    digesting.draw(home, second, FRIDAY, until=SEVEN)
    digesting.draw_due(home)
    found = account(home)
    assert (found.expected, found.excused, found.adds_up) == (6, 2, True)


def test_a_slot_that_nobody_planned_or_drew_is_late(home: House, clock: Clock) -> None:
    clock.at = SEVEN + LATER
    assert [line.partition(": ")[2] for line in accounting.watch(home)] == [
        "was not planned, 20 minutes after its time"
    ]
    plan(home)
    (line,) = accounting.watch(home)
    assert line.endswith("6 not drawn, 20 minutes after its time")


def test_a_digest_that_could_not_be_written_is_told_the_next_day(home: House, clock: Clock) -> None:
    clock.at = SEVEN
    digesting.draw_due(home)
    with home.store.read() as tx:
        (chat,) = [each for each in tx.subscriptions.list() if each.channel == "desk"]
    (held,) = explaining.history(home, chat, limit=5)
    assert held.problem is not None
    assert "no channel is called 'desk'" in held.problem
    assert (held.stories, held.messages) == ((), ())
    clock.at += timedelta(days=1)
    sink = Sink()
    mended = house(home.store, clock, routes={MAIL: Route(Sink), "desk": Route(lambda: sink, "brief")})
    digesting.draw_due(mended)
    sending.send(mended)
    assert [each.recipient for each in sink.taken] == ["chat@e.example"]


def test_why_names_the_digest_the_reasons_and_what_stands_in_the_way(home: House, clock: Clock) -> None:
    with home.store.read() as tx:
        one, *_, strikes, _, _ = tx.subscriptions.list()
        story = min(each.id for each in tx.stories.list())
    assert explaining.why(home, one, story).reasons[-1] == "and it waits for the next digest"
    clock.at = SEVEN
    digesting.draw_due(home)
    told = explaining.why(home, one, story)
    assert told.wanted
    assert [each.local_date for each in told.held] == [FRIDAY]
    not_told = explaining.why(home, strikes, story)
    assert (not_told.wanted, not_told.held) == (False, ())
    assert not_told.reasons[0].startswith("not about strike")


def _parked() -> Suppression:
    return Suppression("parked@f.example", "bounced", BEFORE)
