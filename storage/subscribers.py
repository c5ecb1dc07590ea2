"""Who is told: addresses, and the growing record of what each agreed to."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from newsdesk.errors import StoreError
from newsdesk.readers import Consent, ConsentEvent, Subscriber
from storage import tables
from storage.rows import columns, insert, noun

Listed = list[Subscriber]


class Subscribers:
    """`tx.subscribers`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def known(self, address: str, *, now: datetime) -> Subscriber:
        """The subscriber of this address, a new and pending one where there is none. Case does not count."""
        subscribers = tables.subscribers
        once = insert(self._db, subscribers).on_conflict_do_nothing(index_elements=["address"])
        self._db.execute(once, {"address": address.lower(), "state": "pending", "created_at": now})
        found = self.of(address)
        assert found is not None
        return found

    def of(self, address: str) -> Subscriber | None:
        return self._one(tables.subscribers.c.address == address.lower())

    def get(self, subscriber: int) -> Subscriber | None:
        return self._one(tables.subscribers.c.id == subscriber)

    def list(self) -> Listed:
        """All of them, the erased too, in the order of their coming."""
        asked = select(tables.subscribers).order_by(tables.subscribers.c.id)
        return [noun(Subscriber, row) for row in self._db.execute(asked).mappings()]

    def save(self, subscriber: Subscriber) -> None:
        """Writes the subscriber as it now is. Raises StoreError when its id is unknown."""
        subscribers = tables.subscribers
        changed = self._db.execute(
            update(subscribers).where(subscribers.c.id == subscriber.id).values(columns(subscriber, "id"))
        )
        if changed.rowcount != 1:
            raise StoreError(f"there is no subscriber {subscriber.id}")

    def note(
        self,
        subscriber: int,
        kind: Consent,
        *,
        at: datetime,
        wording: str,
        source: str,
        evidence: str = "",
    ) -> None:
        """Adds one line to the record of consent. Nothing in it is ever removed."""
        event = ConsentEvent(subscriber, kind, at, wording, source, evidence)
        self._db.execute(tables.consents.insert(), columns(event))

    def consents(self, subscriber: int) -> tuple[ConsentEvent, ...]:
        """The record of one subscriber, oldest first."""
        consents = tables.consents
        asked = select(consents).where(consents.c.subscriber == subscriber).order_by(consents.c.id)
        return tuple(noun(ConsentEvent, row) for row in self._db.execute(asked).mappings())

    def forget(self, subscriber: int, address: str) -> None:
        """Takes an erased address out of the evidence of its consent; nothing else of it is changed."""
        consents = tables.consents
        without = func.replace(consents.c.evidence, address, "…")
        self._db.execute(update(consents).where(consents.c.subscriber == subscriber).values(evidence=without))

    def _one(self, condition: object) -> Subscriber | None:
        row = self._db.execute(select(tables.subscribers).where(condition)).mappings().first()  # type: ignore[arg-type]
        return noun(Subscriber, row) if row else None
