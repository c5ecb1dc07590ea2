"""Which stories a subscriber has still to be told, and the digests that told them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from newsdesk.digests import showing
from newsdesk.model import Delivery, Digest, Shown, Story
from storage import tables
from storage.columns import Json, Words
from storage.outbox import queued
from storage.rows import batches, insert, noun, write


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """A digest as it was frozen. `items` counts its stories; `deliveries` counts its messages by state."""

    id: int
    slot: int | None
    subscription: int
    local_date: date
    frozen_at: datetime
    items: int
    deliveries: dict[str, int]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A digest to be stored with its messages; `problem` says why it has none though there was news."""

    digest: Digest
    subscriber: int
    mails: Sequence[Delivery]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A digest as its reader may ask about it. `stories` are (id, headline, updated)."""

    id: int
    local_date: date
    frozen_at: datetime
    problem: str | None
    stories: tuple[tuple[int, str, bool], ...]
    messages: tuple[Delivery, ...]


Listed = list[Held]
_SHOWN = Json(Shown)


class Digests:
    """`tx.digests`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def told(self, subscribers: Iterable[int]) -> dict[int, dict[int, int]]:
        """By subscriber, which version of which story each was told."""
        told = tables.told
        found: dict[int, dict[int, int]] = {each: {} for each in subscribers}
        for batch in batches(found):
            asked = select(told.c.subscriber, told.c.story, told.c.version)
            for row in self._db.execute(asked.where(told.c.subscriber.in_(batch))):
                found[row.subscriber][row.story] = row.version
        return found

    def shown(self, subscribers: Iterable[int], stories: Collection[int]) -> dict[int, dict[int, Shown]]:
        """By subscriber, what each saw of which of these stories when last told of it."""
        told = tables.told
        found: dict[int, dict[int, Shown]] = {each: {} for each in subscribers}
        for batch in batches(found if stories else ()):
            asked = select(told.c.subscriber, told.c.story, told.c.shown).where(told.c.shown.is_not(None))
            mine = asked.where(told.c.subscriber.in_(batch), told.c.story.in_(stories))
            for row in self._db.execute(mine):
                found[row.subscriber][row.story] = row.shown
        return found

    def freeze(
        self,
        digest: Digest,
        mails: Sequence[Delivery],
        *,
        subscriber: int,
        now: datetime,
        slot: int | None = None,
    ) -> int | None:
        """Stores a digest, what it tells the subscriber and the messages that carry it; says its id.

        None, and nothing is written, when the subscription has its digest of that local date already.
        """
        frozen = self.freeze_all([Frozen(digest, subscriber, mails)], slot=slot, now=now)
        return frozen.get(digest.subscription)

    def freeze_all(self, digests: Sequence["Frozen"], *, slot: int | None, now: datetime) -> dict[int, int]:
        """The same for many, of one slot or of none; says the ids by subscription."""
        once = insert(self._db, tables.digests).on_conflict_do_nothing(
            index_elements=["subscription", "local_date"]
        )
        made = once.returning(tables.digests.c.subscription, tables.digests.c.id)
        rows = [_row(each, slot, now) for each in digests]
        ids = {row.subscription: row.id for row in self._db.execute(made, rows)} if rows else {}
        new = [(ids[each.digest.subscription], each) for each in digests if each.digest.subscription in ids]
        write(self._db, tables.digest_items.insert(), [row for each in new for row in _items(*each)])
        self._tell((each.subscriber, item.story) for _, each in new for item in each.digest.items)
        mails = [queued(mail, now, digest=number) for number, each in new for mail in each.mails]
        write(self._db, tables.outbox.insert(), mails)
        return ids

    def last_before(self, day: date, subscriptions: Iterable[int]) -> dict[int, date]:
        """By subscription, the local date of its latest digest before that day; those without have none."""
        digests = tables.digests
        asked = (
            select(digests.c.subscription, func.max(digests.c.local_date).label("last"))
            .where(digests.c.local_date < day)
            .group_by(digests.c.subscription)
        )
        return {
            row.subscription: row.last
            for batch in batches(subscriptions)
            for row in self._db.execute(asked.where(digests.c.subscription.in_(batch)))
        }

    def all_of(self, subscription: int) -> list[tuple[date, list[int]]]:
        """Every digest of a subscription, oldest first: its local date, and the stories it told."""
        digests, items = tables.digests, tables.digest_items
        asked = (
            select(digests.c.local_date, items.c.story)
            .outerjoin(items, items.c.digest == digests.c.id)
            .where(digests.c.subscription == subscription)
            .order_by(digests.c.local_date, items.c.position)
        )
        found: dict[date, list[int]] = {}
        for row in self._db.execute(asked):
            found.setdefault(row.local_date, []).extend([row.story] if row.story is not None else [])
        return [*found.items()]

    def get(self, subscription: int, local_date: date) -> StoredDigest | None:
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
            slot=row["slot"],
            subscription=subscription,
            local_date=local_date,
            frozen_at=row["frozen_at"],
            items=self._db.scalars(select(func.count()).where(items.c.digest == row["id"])).one(),
            deliveries={row.state: row.number for row in self._db.execute(states)},
        )

    def of(self, subscription: int, *, limit: int, story: int | None = None) -> Listed:
        """The latest digests of a subscription, newest first; with `story` those that held it."""
        digests, items = tables.digests, tables.digest_items
        asked = select(digests).where(digests.c.subscription == subscription)
        if story is not None:
            asked = asked.where(digests.c.id.in_(select(items.c.digest).where(items.c.story == story)))
        rows = self._db.execute(asked.order_by(digests.c.local_date.desc()).limit(limit)).all()
        return [
            Held(
                row.id,
                row.local_date,
                row.frozen_at,
                row.problem,
                self._stories(row.id),
                self._messages(row.id),
            )
            for row in rows
        ]

    def _stories(self, digest: int) -> tuple[tuple[int, str, bool], ...]:
        items, stories = tables.digest_items, tables.stories
        asked = (
            select(items.c.story, stories.c.headline, items.c.updated)
            .join(stories, stories.c.id == items.c.story)
            .where(items.c.digest == digest)
            .order_by(items.c.position)
        )
        return tuple((row.story, row.headline, row.updated) for row in self._db.execute(asked))

    def _messages(self, digest: int) -> tuple[Delivery, ...]:
        asked = select(tables.outbox).where(tables.outbox.c.digest == digest).order_by(tables.outbox.c.id)
        return tuple(noun(Delivery, row) for row in self._db.execute(asked).mappings())

    def tell(self, subscriber: int, stories: Iterable[Story]) -> None:
        """Notes that a subscriber was told of these stories as they now are, by other means than a digest."""
        self._tell((subscriber, each) for each in stories)

    def _tell(self, told: Iterable[tuple[int, Story]]) -> None:
        """Notes the latest version of each story that somebody was told."""
        note = insert(self._db, tables.told).values(shown=bindparam("written", type_=Words()))
        unless_told_more = note.on_conflict_do_update(
            index_elements=["subscriber", "story"],
            set_={"version": note.excluded.version, "shown": note.excluded.shown},
            where=tables.told.c.version < note.excluded.version,
        )
        shown: dict[int, str] = {}  # by story: written once, however many are told of it
        rows = []
        for subscriber, story in told:
            if story.id not in shown:
                shown[story.id] = _SHOWN.written(showing(story))
            row = {"subscriber": subscriber, "story": story.id, "version": story.version}
            rows.append(row | {"written": shown[story.id]})
        write(self._db, unless_told_more, rows)


def _row(each: "Frozen", slot: int | None, now: datetime) -> dict[str, Any]:
    digest = each.digest
    return {
        "subscription": digest.subscription,
        "local_date": digest.local_date,
        "slot": slot,
        "frozen_at": now,
        "unseen": digest.unseen,
        "covers_from": digest.covers_from,
        "problem": each.problem,
    }


def _items(frozen: int, each: "Frozen") -> list[dict[str, Any]]:
    return [
        {"digest": frozen, "position": n, "story": item.story.id, "version": item.story.version}
        | {"updated": item.updated}
        for n, item in enumerate(each.digest.items)
    ]
