"""The messages that wait to leave and what became of each.

A message is marked as accepted only after the server said so. A sender that dies between the two leaves a
lease that runs out, and the same bytes with the same Message-ID are sent again: twice at worst, never lost.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from newsdesk.model import Delivery
from storage import tables
from storage.rows import noun

Deliveries = list[Delivery]  # inside the class, `list` is the question of that name


class Outbox:
    """`tx.outbox`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def claim(self, *, now: datetime, until: datetime, limit: int, owner: str) -> Deliveries:
        """The messages whose time has come and that nobody holds, longest due first; held `until` then.

        `attempts` counts the attempts that were noted, not this one. Leave the transaction before sending.
        """
        outbox = tables.outbox
        due = (
            select(outbox.c.id)
            .where(tables.WAITING, outbox.c.next_attempt_at <= now)
            .where(or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now))
            .order_by(outbox.c.next_attempt_at, outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        taken = self._db.execute(
            update(outbox)
            .where(outbox.c.id.in_(select(due.c.id)))
            .values(lease_owner=owner, lease_until=until)
            .returning(outbox)
        )
        rows = sorted(taken.mappings(), key=lambda row: (row["next_attempt_at"], row["id"]))
        return [noun(Delivery, row) for row in rows]

    def accepted(self, delivery: int, *, now: datetime) -> None:
        """The server took the message. That is final, whatever anybody notes later."""
        self._close(delivery, tables.outbox.c.state != "accepted", state="accepted", settled_at=now)

    def retry(self, delivery: int, *, at: datetime, error: str, uncertain: bool = False) -> None:
        """The attempt failed, the next is due `at`. `uncertain`: the server may have the message even so."""
        state = "uncertain" if uncertain else "queued"
        self._close(delivery, tables.WAITING, state=state, next_attempt_at=at, last_error=error)

    def failed(self, delivery: int, *, error: str, now: datetime) -> None:
        """The message will not be tried again."""
        self._close(delivery, tables.WAITING, state="failed", last_error=error, settled_at=now)

    def waiting(self) -> dict[str, int]:
        """How many messages are in each state."""
        outbox = tables.outbox
        asked = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
        return {row.state: row.number for row in self._db.execute(asked)}

    def list(self, limit: int) -> Deliveries:
        """The latest messages, newest first."""
        asked = select(tables.outbox).order_by(tables.outbox.c.id.desc()).limit(limit)
        return [noun(Delivery, row) for row in self._db.execute(asked).mappings()]

    def _close(self, delivery: int, condition: Any, **values: Any) -> None:
        outbox = tables.outbox
        one_more = {"attempts": outbox.c.attempts + 1, "lease_owner": None, "lease_until": None}
        self._db.execute(
            update(outbox)
            .where(outbox.c.id == delivery, condition)
            .values({"next_attempt_at": None} | one_more | values)
        )
