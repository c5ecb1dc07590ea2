"""The messages that wait to leave and what became of each.

A message is marked as accepted only after the server said so. A sender that dies between the two leaves a
lease that runs out, and the same bytes with the same Message-ID are sent again: twice at worst, never lost.
One that was merely held up may wake when another has taken its messages over: whatever it notes but a
server's yes must be signed with the name by which it claimed, and counts only while that still stands.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, update

from newsdesk.deliveries import LASTS, URGENCY
from newsdesk.model import Delivery
from storage import tables
from storage.rows import columns, insert, noun, write

Deliveries = list[Delivery]  # inside the class, `list` is the question of that name


class Outbox:
    """`tx.outbox`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def queue(self, deliveries: Sequence[Delivery], *, now: datetime) -> None:
        """Messages that belong to no digest. One whose Message-ID is known already is left as it is."""
        once = insert(self._db, tables.outbox).on_conflict_do_nothing(index_elements=["message_id"])
        write(self._db, once, [queued(each, now) for each in deliveries])

    def due(self, *, now: datetime) -> dict[str, int]:
        """By channel, how many messages could be sent now. What is yet to be given up is among them."""
        outbox = tables.outbox
        asked = select(outbox.c.channel, func.count().label("number")).where(*_free(now))
        return {row.channel: row.number for row in self._db.execute(asked.group_by(outbox.c.channel))}

    def claim(self, channel: str, *, now: datetime, until: datetime, limit: int, owner: str) -> Deliveries:
        """A channel's messages whose time has come and that nobody holds; held `until` then.

        The most urgent come first, and of those the longest due. `attempts` counts the attempts that were
        noted, not this one. `owner` names one sender and nobody else, not even its process at another time.
        Leave the transaction before sending.
        """
        outbox = tables.outbox
        due = (
            select(outbox.c.id)
            .where(outbox.c.channel == channel, *_free(now))
            .order_by(outbox.c.urgency, outbox.c.next_attempt_at, outbox.c.id)
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
        rows = sorted(taken.mappings(), key=lambda row: (row["urgency"], row["next_attempt_at"], row["id"]))
        return [noun(Delivery, row) for row in rows]

    def renew(self, deliveries: Sequence[int], *, owner: str, until: datetime) -> set[int]:
        """Holds them longer; says which of them are still the owner's. The others are nobody's to send now.

        A lease that ran out and that nobody wanted is still its last holder's.
        """
        outbox = tables.outbox
        ours = update(outbox).where(
            outbox.c.id.in_(deliveries), outbox.c.lease_owner == owner, tables.WAITING
        )
        return {*self._db.scalars(ours.values(lease_until=until).returning(outbox.c.id))}

    def release(self, deliveries: Sequence[int], *, owner: str) -> None:
        """What was claimed and not tried is free again."""
        outbox = tables.outbox
        ours = update(outbox).where(outbox.c.id.in_(deliveries), outbox.c.lease_owner == owner)
        self._db.execute(ours.values(lease_owner=None, lease_until=None))

    def accepted(self, *deliveries: int, now: datetime) -> None:
        """The server took these messages. That is final, whatever anybody notes later."""
        write(self._db, _ACCEPTED, [{"delivery": each, "now": now} for each in deliveries])

    def retry(self, delivery: int, *, owner: str, at: datetime, error: str, uncertain: bool = False) -> None:
        """The attempt failed, the next is due `at`. `uncertain`: the server may have the message even so."""
        state = "uncertain" if uncertain else "queued"
        self._close(delivery, owner, state=state, next_attempt_at=at, last_error=error)

    def wait(self, delivery: int, *, owner: str, at: datetime, error: str) -> None:
        """The route failed, which is no attempt of this message: it waits as it did, until `at`."""
        attempts = tables.outbox.c.attempts
        self._close(delivery, owner, attempts=attempts, next_attempt_at=at, last_error=error)

    def failed(self, delivery: int, *, owner: str, error: str, now: datetime) -> None:
        """The message will not be tried again."""
        self._close(delivery, owner, state="failed", last_error=error, settled_at=now)

    def suppressed(self, delivery: int, *, owner: str, why: str, now: datetime) -> None:
        """The message is held back for good, without an attempt."""
        attempts = tables.outbox.c.attempts
        self._close(delivery, owner, state="suppressed", attempts=attempts, last_error=why, settled_at=now)

    def expire(self, *, now: datetime) -> int:
        """Gives up what nobody holds and whose time is over; says how many."""
        outbox = tables.outbox
        last = func.coalesce("; at last: " + outbox.c.last_error, "")
        return self._db.execute(
            update(outbox)
            .where(*_late(now))
            .values(
                state="failed",
                last_error="not accepted before its time was over" + last,
                settled_at=now,
                next_attempt_at=None,
            )
        ).rowcount

    def late(self, *, now: datetime) -> bool:
        """Whether there is anything to be given up."""
        return self._db.execute(select(tables.outbox.c.id).where(*_late(now)).limit(1)).first() is not None

    def reopen(self, channel: str, *, since: datetime, at: datetime) -> int:
        """What failed on this channel `since` then was the route's fault and waits again; says how many."""
        outbox = tables.outbox
        asked = update(outbox).where(
            outbox.c.channel == channel,
            outbox.c.state == "failed",
            outbox.c.settled_at >= since,
            outbox.c.expires_at > at,
        )
        return self._db.execute(asked.values(state="queued", settled_at=None, next_attempt_at=at)).rowcount

    def resend(self, *, deliveries: Sequence[int] | None = None, now: datetime) -> Deliveries:
        """Queues what failed or was held back once more, the same bytes; all of it, or only these ids.

        What has no bytes any more stays closed. It is then tried for as long as a new message would be.
        """
        outbox = tables.outbox
        closed = outbox.c.state.in_(["failed", "suppressed"]), func.length(outbox.c.mail) > 0
        asked = select(outbox).where(*closed).order_by(outbox.c.id)
        if deliveries is not None:
            asked = asked.where(outbox.c.id.in_(deliveries))
        found = [noun(Delivery, row) for row in self._db.execute(asked).mappings()]
        for each in found:
            again = update(outbox).where(outbox.c.id == each.id)
            new = {"state": "queued", "next_attempt_at": now, "expires_at": now + LASTS[each.kind]}
            self._db.execute(again.values(new | {"settled_at": None, "attempts": 0}))
        return found

    def get(self, delivery: int) -> Delivery | None:
        return self._one(tables.outbox.c.id == delivery)

    def of(self, message_id: str) -> Delivery | None:
        """The message of this Message-ID."""
        return self._one(tables.outbox.c.message_id == message_id)

    def unsettled(self, limit: int) -> Deliveries:
        """What waits or failed, the latest first."""
        asked = select(tables.outbox).where(tables.outbox.c.state.in_(["queued", "uncertain", "failed"]))
        rows = self._db.execute(asked.order_by(tables.outbox.c.id.desc()).limit(limit)).mappings()
        return [noun(Delivery, row) for row in rows]

    def waiting(self) -> dict[str, int]:
        """How many messages are in each state."""
        outbox = tables.outbox
        asked = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
        return {row.state: row.number for row in self._db.execute(asked)}

    def list(self, limit: int) -> Deliveries:
        """The latest messages, newest first."""
        asked = select(tables.outbox).order_by(tables.outbox.c.id.desc()).limit(limit)
        return [noun(Delivery, row) for row in self._db.execute(asked).mappings()]

    def forget(self, address: str, *, now: datetime) -> None:
        """Whatever waits for this address is closed, and no message keeps the address or what it said.

        Nor does what servers said of it: they repeat addresses.
        """
        outbox, attempts = tables.outbox, tables.attempts
        theirs = func.lower(outbox.c.recipient) == address.lower()
        closed = {"state": "failed", "last_error": "its reader was erased", "settled_at": now}
        unheld = {"next_attempt_at": None, "lease_owner": None, "lease_until": None}
        self._db.execute(update(outbox).where(theirs, tables.WAITING).values(closed | unheld))
        tried = attempts.c.delivery.in_(select(outbox.c.id).where(theirs))
        self._db.execute(update(attempts).where(tried).values(said=""))
        known = outbox.c.last_error.like(f"%{address}%")
        self._db.execute(update(outbox).where(theirs, known).values(last_error=""))
        self._db.execute(update(outbox).where(theirs).values(recipient="", mail=b""))

    def give_up(self, day: date, *, why: str, now: datetime) -> int:
        """Closes what waits for digests of this local date and before; says how many."""
        outbox, digests = tables.outbox, tables.digests
        old = select(digests.c.id).where(digests.c.local_date <= day)
        asked = update(outbox).where(tables.WAITING, outbox.c.digest.in_(old))
        closed = {"state": "failed", "last_error": why, "settled_at": now}
        unheld = {"next_attempt_at": None, "lease_owner": None, "lease_until": None}
        return self._db.execute(asked.values(closed | unheld)).rowcount

    def _one(self, condition: Any) -> Delivery | None:
        row = self._db.execute(select(tables.outbox).where(condition)).mappings().first()
        return noun(Delivery, row) if row else None

    def _close(self, delivery: int, owner: str, **values: Any) -> None:
        """Unless another has taken it over meanwhile: then what becomes of it is theirs to say."""
        outbox = tables.outbox
        one_more = {"attempts": outbox.c.attempts + 1, "lease_owner": None, "lease_until": None}
        ours = update(outbox).where(outbox.c.id == delivery, outbox.c.lease_owner == owner, tables.WAITING)
        self._db.execute(ours.values({"next_attempt_at": None} | one_more | values))


# Made once: for the one question that is asked for every message, putting it together would take longest.
_ACCEPTED = (
    update(tables.outbox)
    .where(tables.outbox.c.id == bindparam("delivery"), tables.outbox.c.state != "accepted")
    .values(
        state="accepted",
        settled_at=bindparam("now"),
        attempts=tables.outbox.c.attempts + 1,
        next_attempt_at=None,
        lease_owner=None,
        lease_until=None,
    )
)


def _unheld(now: datetime) -> tuple[Any, ...]:
    return (or_(tables.outbox.c.lease_until.is_(None), tables.outbox.c.lease_until <= now),)


def _late(now: datetime) -> tuple[Any, ...]:
    return (tables.WAITING, tables.outbox.c.expires_at <= now, *_unheld(now))


def _free(now: datetime) -> tuple[Any, ...]:
    return (tables.WAITING, tables.outbox.c.next_attempt_at <= now, *_unheld(now))


def queued(delivery: Delivery, now: datetime, *, digest: int | None = None) -> dict[str, Any]:
    """The row of a message that is to leave as soon as may be, or at its own next_attempt_at."""
    return columns(delivery, "id", "state", "attempts", "last_error") | {
        "digest": digest,
        "urgency": URGENCY[delivery.kind],
        "state": "queued",
        "attempts": 0,
        "next_attempt_at": delivery.next_attempt_at or now,
        "expires_at": delivery.expires_at or now + LASTS[delivery.kind],
    }
