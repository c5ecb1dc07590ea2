"""Which slots should exist by now: the alarm clock's one question, asked of the rows at every tick."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from newsdesk.slots import LATEST, Bell, joined, missing
from scheduler.house import House
from storage import StoredSlot, Transaction


def plan(house: House) -> int:
    """Adds the slots that are due and not there yet, at most a week back; says how many. Idempotent.

    What was missed is merged into the latest slot. So is one that was left half done and has been overtaken:
    whoever had not been told by then is told by the later one.
    """
    now = house.clock()
    with house.store.begin(turn="plan") as tx:
        planned = 0
        for bell, since in tx.subscriptions.bells().items():
            known = tx.slots.dates(bell, since=(now - timedelta(days=LATEST + 2)).date())
            found = missing(bell, known, since=since, now=now)
            tx.slots.plan(found)
            planned += len(found)
        _merge(tx, [each for each in tx.slots.open() if each.slot.due_at <= now], now)
    return planned


def _merge(tx: Transaction, slots: Sequence[StoredSlot], now: datetime) -> None:
    """Of these open slots of each bell, the latest tells what all of them were to tell."""
    latest: dict[Bell, StoredSlot] = {}
    for each in sorted(slots, key=lambda one: one.slot.local_date):
        if earlier := latest.get(each.slot.bell):
            both = joined(earlier.slot, each.slot)
            tx.slots.close(earlier.id, state="merged", now=now)
            tx.slots.cover(each.id, since=both.covers_from)
            each = replace(each, slot=both)
        latest[each.slot.bell] = each
