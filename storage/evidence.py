"""What an operator said of articles and stories: only ever added to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from newsdesk.evidence import Evidence
from storage import tables
from storage.rows import batches, noun, write

Said = list[Evidence]


class Statements:
    """`tx.evidence`. Everything is given in the order it was said."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, said: Evidence) -> int:
        """Keeps a statement and says its id."""
        row = {name: getattr(said, name) for name in ("kind", "at", "by", "why", "story", "former", "item")}
        added: int = self._db.scalars(tables.evidence.insert().returning(tables.evidence.c.id), row).one()
        others = dict.fromkeys(said.others, True) | dict.fromkeys(said.articles, False)
        rows = [{"evidence": added, "article": each, "other": other} for each, other in others.items()]
        write(self._db, tables.evidence_articles.insert(), rows)
        return added

    def of(self, articles: Iterable[int]) -> Said:
        """Every statement about one of these articles."""
        member = tables.evidence_articles
        found: set[int] = set()
        for batch in batches(articles):
            found.update(self._db.scalars(select(member.c.evidence).where(member.c.article.in_(batch))))
        return [
            each
            for batch in batches(sorted(found))
            for each in self._said(select(tables.evidence).where(tables.evidence.c.id.in_(batch)))
        ]

    def labels(self) -> Said:
        """Every statement that an article is news of the topic, or is not."""
        labelled = tables.evidence.c.kind.in_(("relevant", "irrelevant"))
        return self._said(select(tables.evidence).where(labelled))

    def merged_into(self, story: int) -> int | None:
        """The story that took all reports of this one by the last merge, if one did."""
        merges = self._said(select(tables.evidence).where(tables.evidence.c.kind == "together"))
        return next((each.story for each in reversed(merges) if story in each.former), None)

    def _said(self, asked: Select[*tuple[Any, ...]]) -> Said:
        rows = self._db.execute(asked.order_by(tables.evidence.c.id)).mappings().all()
        mine, others = self._articles([row["id"] for row in rows])
        return [
            noun(Evidence, row, articles=tuple(mine[row["id"]]), others=tuple(others[row["id"]]))
            for row in rows
        ]

    def _articles(self, ids: Sequence[int]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        member = tables.evidence_articles
        mine: dict[int, list[int]] = defaultdict(list)
        others: dict[int, list[int]] = defaultdict(list)
        for batch in batches(ids):
            asked = select(member).where(member.c.evidence.in_(batch)).order_by(member.c.article)
            for row in self._db.execute(asked):
                (others if row.other else mine)[row.evidence].append(row.article)
        return mine, others
