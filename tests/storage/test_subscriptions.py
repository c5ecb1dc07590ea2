"""Who asked for what: kept, found again, and one of a name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from newsdesk.errors import StoreError
from newsdesk.kinds import Cadence, Event
from newsdesk.model import Digest
from newsdesk.readers import MORNING, Consent, Subscription
from newsdesk.searches import Search
from newsdesk.slots import LONDON, Bell, Slot
from storage import Store
from tests.storage.made import NOW, reader

MONDAY = date(2026, 3, 2)
SLOT = Slot(MORNING, MONDAY, MONDAY)


def live(store: Store) -> list[Subscription]:
    with store.read() as tx:
        return tx.subscriptions.list()


def test_a_subscription_comes_back_as_it_was(store: Store) -> None:
    search = Search(councils=frozenset({"leeds"}), events=frozenset({Event.STRIKE}), query='"a b" OR c')
    friday = Bell(Cadence.WEEKLY, LONDON, "06:30", 4)
    asked = reader(store, search=search, bell=friday, send_empty=True, channel="team-room")
    assert live(store) == [asked]


def test_an_address_is_one_subscriber_however_it_is_written(store: Store) -> None:
    assert reader(store, "A@Example.org").subscriber == reader(store, "a@example.org", "second").subscriber


def test_a_name_is_taken_until_its_subscription_has_ended(store: Store) -> None:
    asked = reader(store)
    with pytest.raises(StoreError, match='has a subscription called "team" already'):
        reader(store)
    with store.begin() as tx:
        tx.subscriptions.save(replace(asked, ended_at=NOW))
    again = reader(store)
    assert live(store) == [again]
    with store.read() as tx:
        assert [each.id for each in tx.subscriptions.list(ended=True)] == [asked.id, again.id]


def test_the_bells_that_somebody_waits_for_are_rung(store: Store) -> None:
    first, second = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 2, 2, tzinfo=UTC)
    reader(store, since=second)
    reader(store, "b@example.org", since=first)
    reader(store, "pending@example.org", since=None, bell=Bell(Cadence.DAILY, LONDON, "08:00"))
    reader(store, "at-once@example.org", bell=Bell(Cadence.INSTANT, LONDON, "07:00"))
    with store.read() as tx:
        assert tx.subscriptions.bells() == {MORNING: first}


def test_a_slot_is_for_those_who_had_begun_and_have_no_digest_yet(store: Store) -> None:
    asked, second = reader(store), reader(store, "b@example.org")
    reader(store, "late@example.org", since=SLOT.due_at + timedelta(seconds=1))
    reader(store, "pending@example.org", since=None)
    reader(store, "ended@example.org", ended_at=NOW)
    reader(store, "friday@example.org", bell=Bell(Cadence.WEEKLY, LONDON, "07:00", 4))
    with store.begin() as tx:
        assert tx.subscriptions.expected(SLOT) == 2
        assert tx.subscriptions.waiting(SLOT, limit=1) == [asked]
        empty = Digest(asked.id, asked.name, MONDAY, ())
        tx.digests.freeze(empty, [], subscriber=asked.subscriber, now=NOW)
        assert tx.subscriptions.waiting(SLOT, limit=9) == [second]


def test_slots_are_planned_once_and_closed(store: Store) -> None:
    merged = Slot(MORNING, MONDAY - timedelta(days=1), MONDAY - timedelta(days=1), merged=True)
    for _ in range(2):
        with store.begin() as tx:
            tx.slots.plan([merged, SLOT])
    with store.begin() as tx:
        (opened,) = tx.slots.open()
        assert (opened.slot.local_date, opened.slot.due_at) == (MONDAY, SLOT.due_at)
        assert sorted(tx.slots.dates(MORNING, since=MONDAY)) == [MONDAY]
        tx.slots.close(opened.id, state="complete", now=NOW)
        assert tx.slots.open() == []
        assert [each.state for each in tx.slots.latest(5)] == ["complete", "merged"]


def test_the_record_of_consent_only_grows(store: Store) -> None:
    asked = reader(store)
    with store.begin() as tx:
        for kind in (Consent.REQUESTED, Consent.CONFIRMED):
            tx.subscribers.note(asked.subscriber, kind, at=NOW, wording="these words", source="a page")
    with store.read() as tx:
        assert [each.kind for each in tx.subscribers.consents(asked.subscriber)] == ["requested", "confirmed"]
