"""What relevant articles dwell on, kept when they are filed: their text may be let go before their story."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from storage import tables
from storage.rows import batches, insert

Words = Mapping[str, float]


class Portraits:
    """`tx.portraits`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def keep(self, article: int, words: Words, *, fetched_at: datetime) -> None:
        """Notes what an article dwells on, in the place of what was noted of it before."""
        row = {"article": article, "fetched_at": fetched_at, "words": dict(words)}
        known = insert(self._db, tables.portraits).on_conflict_do_update(index_elements=["article"], set_=row)
        self._db.execute(known, row)

    def of(self, articles: Collection[int]) -> dict[int, Words]:
        """By article; one of which nothing was noted is absent."""
        listed = tables.portraits
        found: dict[int, Words] = {}
        for batch in batches(articles):
            asked = select(listed.c.article, listed.c.words).where(listed.c.article.in_(batch))
            found |= {row.article: row.words for row in self._db.execute(asked)}
        return found

    def recent(self, *, since: datetime, until: datetime, limit: int) -> list[Words]:
        """Those of the latest articles fetched from `since` to `until`, the latest first."""
        listed = tables.portraits
        asked = (
            select(listed.c.words)
            .where(listed.c.fetched_at >= since, listed.c.fetched_at <= until)
            .order_by(listed.c.fetched_at.desc(), listed.c.article.desc())
        )
        return [*self._db.scalars(asked.limit(limit))]
