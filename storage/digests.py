"""Which stories a subscription has still to be told, and the digests that told them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, or_, select

from newsdesk.model import Delivery, Digest, Story
from storage import tables
from storage.rows import insert, write
from storage.stories import whole


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """A digest as it was frozen. `items` counts its stories; `deliveries` counts its messages by state."""

    id: int
    subscription: str
    local_date: date
    frozen_at: datetime
    items: int
    deliveries: dict[str, int]


class Digests:
    """`tx.digests`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def undelivered(
        self, subscription: str, *, since: datetime, until: datetime
    ) -> list[tuple[Story, int | None]]:
        """Stories last reported from `since` to `until` that the subscription was not told as they now are.

        With each the version it was told, None when it was never told of it. Newest first.
        """
        stories, told = tables.stories, tables.told
        this_reader = and_(told.c.story == stories.c.id, told.c.subscription == subscription)
        asked = (
            select(stories, told.c.version.label("version_told"))
            .outerjoin(told, this_reader)
            .where(stories.c.last_seen >= since, stories.c.last_seen <= until)
            .where(or_(told.c.version.is_(None), told.c.version < stories.c.version))
            .order_by(stories.c.last_seen.desc(), stories.c.id.desc())
        )
        rows = self._db.execute(asked).mappings().all()
        return [(story, row["version_told"]) for story, row in zip(whole(self._db, rows), rows, strict=True)]

    def freeze(self, digest: Digest, mails: Sequence[Delivery], *, now: datetime) -> int | None:
        """Stores a digest, what it tells and the messages that carry it; says its id.

        None, and nothing is written, when the subscription has its digest of that local date already.
        """
        digests = tables.digests
        frozen: int | None = self._db.scalar(
            insert(self._db, digests)
            .values(subscription=digest.subscription, local_date=digest.local_date)
            .values(frozen_at=now, unseen=digest.unseen)
            .on_conflict_do_nothing(index_elements=["subscription", "local_date"])
            .returning(digests.c.id)
        )
        if frozen is not None:
            self._write_items(frozen, digest)
            self._queue(frozen, mails, now)
        return frozen

    def get(self, subscription: str, local_date: date) -> StoredDigest | None:
        digests, items, outbox = tables.digests, tables.digest_items, tables.outbox
        asked = select(digests).where(
            digests.c.subscription == subscription, digests.c.local_date == local_date
        )
        row = self._db.execute(asked).mappings().first()
        if row is None:
            return None
        states = (
            select(outbox.c.state, func.count().label("number"))
            .where(outbox.c.digest == row["id"])
            .group_by(outbox.c.state)
        )
        return StoredDigest(
            id=row["id"],
            subscription=subscription,
            local_date=local_date,
            frozen_at=row["frozen_at"],
            items=self._db.scalars(select(func.count()).where(items.c.digest == row["id"])).one(),
            deliveries={row.state: row.number for row in self._db.execute(states)},
        )

    def _write_items(self, frozen: int, digest: Digest) -> None:
        rows = [
            {"digest": frozen, "position": n, "story": item.story.id, "version": item.story.version}
            | {"updated": item.updated}
            for n, item in enumerate(digest.items)
        ]
        write(self._db, tables.digest_items.insert(), rows)
        note = insert(self._db, tables.told)
        unless_told_more = note.on_conflict_do_update(
            index_elements=["subscription", "story"],
            set_={"version": note.excluded.version},
            where=tables.told.c.version < note.excluded.version,
        )
        told = [
            {"subscription": digest.subscription, "story": row["story"], "version": row["version"]}
            for row in rows
        ]
        write(self._db, unless_told_more, told)

    def _queue(self, frozen: int, mails: Sequence[Delivery], now: datetime) -> None:
        rows = [
            {
                "digest": frozen,
                "message_id": mail.message_id,
                "sender": mail.sender,
                "recipient": mail.recipient,
            }
            | {
                "mail": mail.mail,
                "state": "queued",
                "attempts": 0,
                "next_attempt_at": mail.next_attempt_at or now,
            }
            for mail in mails
        ]
        write(self._db, tables.outbox.insert(), rows)
