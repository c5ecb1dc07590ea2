"""Addresses that take no mail, the bounces that told of them, and the traces of those that were erased."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from newsdesk.deliveries import Bounce, Suppression
from storage import tables
from storage.rows import batches, columns, insert, noun

Listed = list[Suppression]


class Suppressions:
    """`tx.suppressions`. The case of an address does not count."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def park(self, suppression: Suppression) -> None:
        """Nothing but confirmations is sent there from now on. What it was first parked for stays."""
        row = columns(suppression) | {"address": suppression.address.lower()}
        once = insert(self._db, tables.suppressions).on_conflict_do_nothing(index_elements=["address"])
        self._db.execute(once, row)

    def among(self, addresses: Iterable[str]) -> dict[str, Suppression]:
        """Those of these addresses that are parked, in lower case."""
        suppressions = tables.suppressions
        found: dict[str, Suppression] = {}
        for batch in batches({each.lower() for each in addresses}):
            rows = self._db.execute(select(suppressions).where(suppressions.c.address.in_(batch)))
            found |= {row["address"]: noun(Suppression, row) for row in rows.mappings()}
        return found

    def list(self) -> Listed:
        """All of them, the latest first."""
        asked = select(tables.suppressions).order_by(tables.suppressions.c.at.desc())
        return [noun(Suppression, row) for row in self._db.execute(asked).mappings()]

    def release(self, address: str) -> bool:
        """Mail may go there again; whether it was parked."""
        suppressions = tables.suppressions
        gone = self._db.execute(delete(suppressions).where(suppressions.c.address == address.lower()))
        return gone.rowcount == 1

    def lift(self, channel: str, *, since: datetime) -> None:
        """What was learnt from refusals on this channel `since` then was wrong."""
        suppressions = tables.suppressions
        self._db.execute(
            delete(suppressions).where(
                suppressions.c.channel == channel,
                suppressions.c.reason == "refused",
                suppressions.c.at >= since,
            )
        )

    def forget(self, address: str) -> None:
        """Nothing here keeps this address any more, nor what was said of it."""
        bounces = tables.bounces
        theirs = bounces.c.address == address.lower()
        self.release(address)
        self._db.execute(update(bounces).where(theirs).values(address=None, said=""))

    def remember(self, trace: str, *, now: datetime) -> None:
        """Keeps the trace of an address that was erased."""
        once = insert(self._db, tables.erased).on_conflict_do_nothing(index_elements=["trace"])
        self._db.execute(once, {"trace": trace, "at": now})

    def erased_at(self, traces: Iterable[str]) -> datetime | None:
        """When the address was erased that one of these is the trace of."""
        erased = tables.erased
        found: datetime | None = self._db.scalar(
            select(erased.c.at).where(erased.c.trace.in_(list(traces))).limit(1)
        )
        return found

    def welcome(self, traces: Iterable[str]) -> None:
        """The address of these traces came back of its own will."""
        self._db.execute(delete(tables.erased).where(tables.erased.c.trace.in_(list(traces))))

    def note(self, bounce: Bounce) -> bool:
        """Keeps a bounce. False, and nothing is written, when it is known."""
        bounces = tables.bounces
        once = insert(self._db, bounces).on_conflict_do_nothing(index_elements=["key"])
        added = self._db.scalar(once.values(columns(bounce)).returning(bounces.c.id))
        return added is not None

    def soft(self, address: str, *, since: datetime) -> int:
        """How many passing troubles an address has had since then."""
        bounces = tables.bounces
        asked = select(func.count()).where(
            bounces.c.address == address.lower(), bounces.c.kind == "soft", bounces.c.at > since
        )
        return self._db.scalars(asked).one()

    def bounces(self, delivery: int) -> tuple[Bounce, ...]:
        """What came back of one message, in the order of its coming."""
        bounces = tables.bounces
        asked = select(bounces).where(bounces.c.delivery == delivery).order_by(bounces.c.id)
        return tuple(noun(Bounce, row) for row in self._db.execute(asked).mappings())
