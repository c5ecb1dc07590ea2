"""Which slots there are. A slot that exists was planned once, whoever planned it and however often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection, RowMapping, select, update

from newsdesk.kinds import Cadence
from newsdesk.slots import Bell, Slot
from storage import tables
from storage.rows import insert

Dates = list[date]


@dataclass(frozen=True, slots=True)
class StoredSlot:
    """A slot with its id. An open one has digests yet to be drawn; a merged one is told by a later one."""

    id: int
    slot: Slot
    state: Literal["open", "complete", "merged"]
    completed_at: datetime | None


class Slots:
    """`tx.slots`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def dates(self, bell: Bell, *, since: date) -> Dates:
        """The local dates, from `since` on, whose slot of this bell exists."""
        slots = tables.slots
        asked = select(slots.c.local_date).where(
            slots.c.cadence == bell.cadence,
            slots.c.zone == bell.zone,
            slots.c.at == bell.at,
            slots.c.local_date >= since,
        )
        return [*self._db.scalars(asked)]

    def plan(self, slots: Sequence[Slot]) -> None:
        """Stores these slots; one that exists already stays as it is."""
        once = insert(self._db, tables.slots).on_conflict_do_nothing()
        for each in slots:
            self._db.execute(once, _row(each))

    def open(self) -> list[StoredSlot]:
        """The slots that are not complete, the earliest due first."""
        slots = tables.slots
        asked = select(slots).where(slots.c.state == "open").order_by(slots.c.due_at, slots.c.id)
        return [_stored(row) for row in self._db.execute(asked).mappings()]

    def latest(self, limit: int) -> list[StoredSlot]:
        """The latest slots by their due time, newest first."""
        slots = tables.slots
        asked = select(slots).order_by(slots.c.due_at.desc(), slots.c.id.desc()).limit(limit)
        return [_stored(row) for row in self._db.execute(asked).mappings()]

    def begin(self, slot: int, *, expected: int, now: datetime) -> None:
        """Its digests are being drawn: so many are expected. What was said first stays."""
        slots = tables.slots
        first = update(slots).where(slots.c.id == slot, slots.c.begun_at.is_(None))
        self._db.execute(first.values(begun_at=now, expected=expected))

    def cover(self, slot: int, *, since: date) -> None:
        """It tells of the days from this one on."""
        slots = tables.slots
        self._db.execute(update(slots).where(slots.c.id == slot).values(covers_from=since))

    def close(self, slot: int, *, state: Literal["complete", "merged"], now: datetime) -> None:
        """Nothing more will be drawn for this slot."""
        slots = tables.slots
        self._db.execute(update(slots).where(slots.c.id == slot).values(state=state, completed_at=now))


def _stored(row: RowMapping) -> StoredSlot:
    weekday = row["local_date"].weekday() if row["cadence"] is Cadence.WEEKLY else 0
    bell = Bell(row["cadence"], row["zone"], row["at"], weekday)
    merged = row["state"] == "merged"
    slot = Slot(bell, row["local_date"], row["covers_from"], merged)
    return StoredSlot(row["id"], slot, row["state"], row["completed_at"])


def _row(slot: Slot) -> dict[str, object]:
    return {
        "cadence": slot.bell.cadence,
        "zone": slot.bell.zone,
        "at": slot.bell.at,
        "local_date": slot.local_date,
        "due_at": slot.due_at,
        "covers_from": slot.covers_from,
        "state": "merged" if slot.merged else "open",
    }
