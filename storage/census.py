"""How many there are of what, in questions that stay quick however large the archive grows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, func, select

from storage import tables


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are; `deliveries` by state."""

    articles: int
    stories: int
    digests: int
    leads_waiting: int
    sources_in_trouble: int
    slots_open: int
    subscriptions: int
    deliveries: dict[str, int]


class Census:
    """`tx.census`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def counts(self) -> Counts:
        outbox, leads, sources = tables.outbox, tables.leads, tables.sources
        states = select(outbox.c.state, func.count().label("number")).group_by(outbox.c.state)
        return Counts(
            articles=self._all(tables.articles),
            stories=self._all(tables.stories),
            digests=self._all(tables.digests),
            leads_waiting=self._all(leads, tables.PENDING),
            sources_in_trouble=self._all(sources, sources.c.problem.is_not(None)),
            slots_open=self._all(tables.slots, tables.slots.c.state == "open"),
            subscriptions=self._all(tables.subscriptions, tables.LIVE),
            deliveries={row.state: row.number for row in self._db.execute(states)},
        )

    def is_blank(self) -> bool:
        """Whether nothing has happened in it yet: nothing visited, nothing read, nobody to tell."""
        found = (tables.visits, tables.articles, tables.subscribers)
        return not any(self._db.execute(select(each.c.id).limit(1)).first() for each in found)

    def newest(self) -> datetime | None:
        """When something last happened: a visit, a reading, a digest, a message."""
        visited, read = tables.visits.c.at, tables.articles.c.fetched_at
        moments = (visited, read, tables.digests.c.frozen_at, tables.outbox.c.settled_at)
        found = [self._db.scalar(select(func.max(each))) for each in moments]
        return max((each for each in found if each is not None), default=None)

    def _all(self, table: Table, *conditions: object) -> int:
        asked = select(func.count()).select_from(table).where(*conditions)  # type: ignore[arg-type]
        return self._db.scalars(asked).one()
