"""What became of every candidate: one row each, one outcome each, and whether somebody was told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from newsdesk.model import Problem, Reason
from storage import tables
from storage.rows import noun

Candidates = list["Candidate"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lead and its outcome. `reasons` are those of the article that was read; `told` counts digests."""

    source: str
    first_seen: datetime
    state: str
    problem: Problem | None
    relevant: bool | None
    reasons: tuple[Reason, ...] | None
    told: int


class Ledger:
    """`tx.ledger`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def candidates(self, *, since: datetime, source: str | None = None) -> Candidates:
        """Those first seen from `since` on, in the order of their coming."""
        leads, articles = tables.leads, tables.articles
        member, items = tables.story_articles, tables.digest_items
        told = (
            select(func.count(items.c.digest.distinct()))
            .select_from(member.join(items, items.c.story == member.c.story))
            .where(member.c.article == leads.c.article)
            .scalar_subquery()
        )
        asked = (
            select(
                leads.c.source,
                leads.c.first_seen,
                leads.c.state,
                leads.c.problem,
                articles.c.relevant,
                articles.c.reasons,
                told.label("told"),
            )
            .outerjoin(articles, articles.c.id == leads.c.article)
            .where(leads.c.first_seen >= since)
            .order_by(leads.c.first_seen, leads.c.id)
        )
        if source is not None:
            asked = asked.where(leads.c.source == source)
        return [noun(Candidate, row) for row in self._db.execute(asked).mappings()]

    def known_again(self, *, since: datetime, source: str | None = None) -> dict[datetime, int]:
        """By visit, how many of the candidates it showed were known already."""
        visits = tables.visits
        asked = select(visits.c.at, (visits.c.found - visits.c.new).label("known")).where(
            visits.c.at >= since
        )
        if source is not None:
            asked = asked.where(visits.c.source == source)
        again: dict[datetime, int] = {}
        for row in self._db.execute(asked):
            again[row.at] = again.get(row.at, 0) + row.known
        return again

    def tellings(self, story: int) -> list[tuple[str, str]]:
        """Each digest that told a story: its local date, and the name of its subscription."""
        digests, items, asked_for = tables.digests, tables.digest_items, tables.subscriptions
        asked = (
            select(digests.c.local_date, asked_for.c.name)
            .join(items, items.c.digest == digests.c.id)
            .join(asked_for, asked_for.c.id == digests.c.subscription)
            .where(items.c.story == story)
            .order_by(digests.c.local_date, asked_for.c.name)
        )
        return [(row.local_date.isoformat(), row.name) for row in self._db.execute(asked)]
