"""What was asked for. A search is kept as its query string; ids stay the same however often it is edited."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, func, not_, or_, select, update

from newsdesk.errors import StoreError
from newsdesk.kinds import Cadence
from newsdesk.readers import Subscription
from newsdesk.searches import Search
from newsdesk.slots import Bell, Slot
from storage import tables
from storage.rows import insert

Listed = list[Subscription]
_LIVE = tables.subscriptions.c.ended_at.is_(None)
_ACTIVE = and_(_LIVE, tables.subscriptions.c.since.is_not(None))


class Subscriptions:
    """`tx.subscriptions`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, subscription: Subscription) -> int:
        """Stores a new one and says its id. Raises StoreError when its subscriber has one of that name."""
        subscriptions = tables.subscriptions
        added: int | None = self._db.scalar(
            insert(self._db, subscriptions)
            .values(_row(subscription))
            .on_conflict_do_nothing()
            .returning(subscriptions.c.id)
        )
        if added is None:
            said = f'{subscription.address} has a subscription called "{subscription.name}" already'
            raise StoreError(said)
        return added

    def save(self, subscription: Subscription) -> None:
        """Writes it as it now is. Raises StoreError when its id is unknown."""
        subscriptions = tables.subscriptions
        changed = self._db.execute(
            update(subscriptions).where(subscriptions.c.id == subscription.id).values(_row(subscription))
        )
        if changed.rowcount != 1:
            raise StoreError(f"there is no subscription {subscription.id}")

    def get(self, subscription: int) -> Subscription | None:
        return next(iter(self._listed(_asked().where(tables.subscriptions.c.id == subscription))), None)

    def list(self, *, subscriber: int | None = None, ended: bool = False) -> Listed:
        """Those that are live (with `ended` all), of one subscriber or of everyone, the oldest first."""
        asked = _asked() if ended else _asked().where(_LIVE)
        if subscriber is not None:
            asked = asked.where(tables.subscriptions.c.subscriber == subscriber)
        return self._listed(asked)

    def instant(self) -> Listed:
        """Those that are told at once."""
        return self._listed(_asked().where(_ACTIVE, tables.subscriptions.c.cadence == Cadence.INSTANT))

    def bells(self) -> dict[Bell, datetime]:
        """Every bell that somebody waits for, with when the first of them began to."""
        asked = tables.subscriptions.c
        key = (asked.cadence, asked.zone, asked.at, asked.weekday)
        first = func.min(asked.since).label("since")
        rows = self._db.execute(select(*key, first).where(_ACTIVE).group_by(*key))
        return {
            Bell(row.cadence, row.zone, row.at, row.weekday): row.since
            for row in rows
            if row.cadence is not Cadence.INSTANT
        }

    def waiting(self, slot: Slot, *, limit: int) -> Listed:
        """The subscriptions of a slot that have no digest of its date yet, a few at a time."""
        return self._listed(_members(_asked(), slot).where(_undrawn(slot)).limit(limit))

    def expected(self, slot: Slot) -> int:
        """How many digests a slot has yet to draw."""
        asked = _members(select(func.count()).select_from(tables.subscriptions), slot)
        expected: int = self._db.scalars(asked.where(_undrawn(slot))).one()
        return expected

    def _listed(self, asked: Select[*tuple[Any, ...]]) -> Listed:
        return [_noun(row) for row in self._db.execute(asked).mappings()]


def _asked() -> Select[*tuple[Any, ...]]:
    subscriptions, subscribers = tables.subscriptions, tables.subscribers
    return (
        select(subscriptions, subscribers.c.address)
        .join(subscribers, subscribers.c.id == subscriptions.c.subscriber)
        .order_by(subscriptions.c.id)
    )


def _members(asked: Select[*tuple[Any, ...]], slot: Slot) -> Select[*tuple[Any, ...]]:
    """Who waits for this slot: of its bell, live and begun when it was due."""
    is_, bell = tables.subscriptions.c, slot.bell
    of_its_weekday = or_(is_.cadence != Cadence.WEEKLY, is_.weekday == slot.local_date.weekday())
    return asked.where(
        is_.cadence == bell.cadence, is_.zone == bell.zone, is_.at == bell.at, of_its_weekday
    ).where(_LIVE, is_.since <= slot.due_at)


def _undrawn(slot: Slot) -> Any:
    digests = tables.digests
    drawn = (
        select(digests.c.id)
        .where(digests.c.subscription == tables.subscriptions.c.id)
        .where(digests.c.local_date == slot.local_date)
        .exists()
    )
    return not_(drawn)


def _noun(row: RowMapping) -> Subscription:
    return Subscription(
        id=row["id"],
        subscriber=row["subscriber"],
        address=row["address"] or "",
        name=row["name"],
        search=Search.stored(row["search"]),
        bell=Bell(row["cadence"], row["zone"], row["at"], row["weekday"]),
        channel=row["channel"],
        send_empty=row["send_empty"],
        rules=row["rules"],
        quiet=row["quiet"],
        since=row["since"],
        ended_at=row["ended_at"],
    )


def _row(subscription: Subscription) -> dict[str, Any]:
    bell = subscription.bell
    return {
        "subscriber": subscription.subscriber,
        "name": subscription.name,
        "search": str(subscription.search),
        "cadence": bell.cadence,
        "zone": bell.zone,
        "at": bell.at,
        "weekday": bell.weekday,
        "channel": subscription.channel,
        "send_empty": subscription.send_empty,
        "rules": subscription.rules,
        "quiet": subscription.quiet,
        "since": subscription.since,
        "ended_at": subscription.ended_at,
    }
