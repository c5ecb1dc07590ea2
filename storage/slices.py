"""A part of the archive, to be laid into an empty database: there rules can be tried without a risk."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from newsdesk.text import fingerprint
from storage import tables
from storage.rows import batches, write

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

# In the order in which their rows refer to one another.
_LAID = (
    "articles",
    "portraits",
    "stories",
    "story_councils",
    "story_articles",
    "evidence",
    "evidence_articles",
)
_NOTHING = fingerprint("")


class Slices:
    """`tx.slices`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def published(self, since: datetime) -> list[int]:
        """The articles published at `since` or later; fetched, where no date is known."""
        articles = tables.articles
        when = func.coalesce(articles.c.published, articles.c.fetched_at)
        return [*self._db.scalars(select(articles.c.id).where(when >= since).order_by(articles.c.id))]

    def textless(self, articles: Collection[int]) -> set[int]:
        """Those of these articles whose text was let go after its time."""
        asked = tables.articles.c
        return {
            each
            for batch in batches(articles)
            for each in self._db.scalars(
                select(asked.id).where(asked.id.in_(batch), asked.text == "", asked.fingerprint != _NOTHING)
            )
        }

    def cut(self, articles: Collection[int], *, stories_since: datetime) -> Rows:
        """These articles, the stories last reported at `stories_since` or later, and all they refer to."""
        stories, member = tables.stories, tables.story_articles
        told = {*self._db.scalars(select(stories.c.id).where(stories.c.last_seen >= stories_since))}
        told |= set(self._of(member.c.story, member.c.article, articles))
        wanted = {*articles, *self._of(member.c.article, member.c.story, told)}
        fresh = wanted
        while fresh:  # a copy refers to its original
            fresh = (
                set(self._of(tables.articles.c.duplicate_of, tables.articles.c.id, fresh)) - wanted - {None}
            )
            wanted |= fresh
        said = tables.evidence_articles
        rows = {
            "articles": self._rows("articles", "id", wanted),
            "portraits": self._rows("portraits", "article", wanted),
            "stories": self._rows("stories", "id", told),
            "story_councils": self._rows("story_councils", "story", told),
            "story_articles": self._rows("story_articles", "story", told),
            "evidence": self._rows("evidence", "id", set(self._of(said.c.evidence, said.c.article, wanted))),
            "evidence_articles": self._rows("evidence_articles", "article", wanted),
        }
        rows["evidence"] = [each | {"story": None} for each in rows["evidence"]]
        rows["articles"].sort(key=lambda each: each["id"])  # originals before their copies
        return rows

    def lay(self, rows: Rows) -> None:
        """Writes a slice into an empty database."""
        for name in _LAID:
            write(self._db, tables.metadata.tables[name].insert(), rows[name])

    def _of(self, column: Any, key: Any, values: Collection[int]) -> list[Any]:
        return [
            each
            for batch in batches(values)
            for each in self._db.scalars(select(column).where(key.in_(batch)))
        ]

    def _rows(self, name: str, key: str, values: Collection[int]) -> list[dict[str, Any]]:
        table = tables.metadata.tables[name]
        return [
            dict(row)
            for batch in batches(values)
            for row in self._db.execute(select(table).where(table.c[key].in_(batch))).mappings()
        ]
