"""What became of every digest of a slot, counted from the rows themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, case, func, or_, select

from newsdesk.accounts import Account
from newsdesk.kinds import Cadence
from newsdesk.slots import Bell, Slot
from storage import tables
from storage.subscriptions import Subscriptions

Listed = list[Account]


class Accounts:
    """`tx.accounts`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def latest(self, limit: int, *, since: datetime | None = None) -> Listed:
        """The latest slots by their due time, newest first; those that were merged are not among them."""
        slots = tables.slots
        asked = select(slots).where(slots.c.state != "merged")
        if since is not None:
            asked = asked.where(or_(slots.c.due_at >= since, slots.c.state == "open"))
        rows = self._db.execute(asked.order_by(slots.c.due_at.desc(), slots.c.id.desc()).limit(limit)).all()
        counts = self._counts([row.id for row in rows])
        return [self._account(row, counts.get(row.id, {})) for row in rows]

    def _counts(self, slots: list[int]) -> dict[int, dict[str, int]]:
        """By slot, how many digests came to what."""
        digests, outbox = tables.digests, tables.outbox
        outcome = case(
            (digests.c.problem.is_not(None), "failed"),
            (outbox.c.id.is_(None), "empty"),
            (outbox.c.state.in_(["queued", "uncertain"]), "waiting"),
            else_=outbox.c.state,
        ).label("outcome")
        asked = (
            select(digests.c.slot, outcome, func.count().label("number"))
            .select_from(digests.outerjoin(outbox, outbox.c.digest == digests.c.id))
            .where(digests.c.slot.in_(slots))
            .group_by(digests.c.slot, outcome)
        )
        found: dict[int, dict[str, int]] = {}
        for row in self._db.execute(asked):
            found.setdefault(row.slot, {})[row.outcome] = row.number
        return found

    def _account(self, row: Row[Any], counts: dict[str, int]) -> Account:
        bell = Bell(row.cadence, row.zone, row.at, row.local_date.weekday())
        slot = Slot(bell, row.local_date, row.covers_from)
        undrawn = Subscriptions(self._db).expected(slot) if row.state == "open" else 0
        short = row.expected is not None and row.expected != sum(counts.values()) + undrawn
        excused = self._excused(row) if short else 0
        return Account(row.id, slot, row.state, row.expected, **counts, undrawn=undrawn, excused=excused)

    def _excused(self, slot: Row[Any]) -> int:
        """Whoever left, or was told by hand, between the first drawing and their own turn."""
        subscriptions, digests = tables.subscriptions, tables.digests
        drawn = and_(digests.c.subscription == subscriptions.c.id, digests.c.local_date == slot.local_date)
        left = and_(digests.c.id.is_(None), subscriptions.c.ended_at >= slot.begun_at)
        by_hand = and_(digests.c.slot.is_(None), digests.c.frozen_at >= slot.begun_at)
        asked = (
            select(func.count())
            .select_from(subscriptions.outerjoin(digests, drawn))
            .where(
                subscriptions.c.cadence == slot.cadence,
                subscriptions.c.zone == slot.zone,
                subscriptions.c.at == slot.at,
                or_(
                    subscriptions.c.cadence != Cadence.WEEKLY,
                    subscriptions.c.weekday == slot.local_date.weekday(),
                ),
                subscriptions.c.since <= slot.due_at,
                or_(left, by_hand),
            )
        )
        return self._db.scalars(asked).one()
