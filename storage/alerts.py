"""Which story somebody is to be alerted of, and whether they were: once, whatever becomes of the story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from storage import tables
from storage.rows import insert, noun

Raised = list["StoredAlert"]


@dataclass(frozen=True, slots=True)
class StoredAlert:
    """One alert: `why` are the lines of the rules that fired. `told_at` is None while it waits."""

    subscription: int
    story: int
    why: tuple[str, ...]
    raised_at: datetime
    told_at: datetime | None


class Alerts:
    """`tx.alerts`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def raise_(self, subscription: int, story: int, why: Sequence[str], *, now: datetime) -> bool:
        """Notes that somebody is to be alerted; False when they are, or were, already."""
        once = insert(self._db, tables.alerts).on_conflict_do_nothing(
            index_elements=["subscription", "story"]
        )
        row = {"subscription": subscription, "story": story, "why": tuple(why), "raised_at": now}
        return self._db.execute(once, row).rowcount == 1

    def waiting(self) -> list[int]:
        """The subscriptions with an alert that waits, the one that waits longest first."""
        alerts = tables.alerts
        asked = select(alerts.c.subscription).where(tables.UNTOLD).group_by(alerts.c.subscription)
        return [*self._db.scalars(asked.order_by(func.min(alerts.c.raised_at), alerts.c.subscription))]

    def untold(self, subscription: int) -> Raised:
        """The alerts of a subscription that wait, the oldest first."""
        alerts = tables.alerts
        mine = select(alerts).where(tables.UNTOLD, alerts.c.subscription == subscription)
        asked = mine.order_by(alerts.c.raised_at, alerts.c.story)
        return [noun(StoredAlert, row) for row in self._db.execute(asked).mappings()]

    def all(self) -> Raised:
        """Every alert that was ever raised, the oldest first."""
        alerts = tables.alerts
        asked = select(alerts).order_by(alerts.c.raised_at, alerts.c.subscription, alerts.c.story)
        return [noun(StoredAlert, row) for row in self._db.execute(asked).mappings()]

    def told(self, subscription: int, stories: Sequence[int], *, now: datetime) -> None:
        alerts = tables.alerts
        mine = (alerts.c.subscription == subscription, alerts.c.story.in_(stories))
        self._db.execute(update(alerts).where(*mine).values(told_at=now))

    def told_since(self, subscription: int, since: datetime) -> int:
        """How many the subscription was told from `since` on."""
        alerts = tables.alerts
        asked = select(func.count()).where(alerts.c.subscription == subscription, alerts.c.told_at >= since)
        number: int = self._db.scalars(asked).one()
        return number
