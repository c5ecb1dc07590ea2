"""What is let go after its time, a batch at a time so that no writer has to wait long for its turn.

Never let go are the addresses and keys by which something is known, nor titles, facts and snippets: a story
that was told must not come back as new because it was forgotten.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select, update

from storage import tables

BATCH = 500


class Retention:
    """`tx.retention`. Each command lets go one batch of what is older than `before`, and says how many."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def texts(self, before: datetime) -> int:
        """The texts of articles fetched earlier. A text that is gone differs from one that never was by its
        article's fingerprint."""
        articles = tables.articles
        old = _batch(select(articles.c.id).where(articles.c.fetched_at < before, articles.c.text != ""))
        return self._db.execute(update(articles).where(articles.c.id.in_(old)).values(text="")).rowcount

    def versions(self, before: datetime) -> int:
        """Earlier versions of articles, noticed earlier."""
        revisions = tables.revisions
        old = _batch(select(revisions.c.id).where(revisions.c.noticed_at < before))
        return self._db.execute(delete(revisions).where(revisions.c.id.in_(old))).rowcount

    def samples(self, before: datetime) -> int:
        """The shingles, by which copies are found, of articles fetched earlier."""
        articles, shingles = tables.articles, tables.shingles
        asked = select(articles.c.id, articles.c.sketch).where(
            articles.c.fetched_at < before, articles.c.sketch != frozenset()
        )
        old = self._db.execute(_batch(asked)).all()
        for article, sketch in old:  # by hash, for that is how they are found
            mine = shingles.c.article == article
            self._db.execute(delete(shingles).where(shingles.c.hash.in_(sketch), mine))
        ids = [article for article, _ in old]
        self._db.execute(update(articles).where(articles.c.id.in_(ids)).values(sketch=frozenset()))
        return len(old)

    def mails(self, before: datetime) -> int:
        """The bytes of messages that were accepted or given up earlier. Whom they went to stays."""
        outbox = tables.outbox
        old = _batch(select(outbox.c.id).where(outbox.c.settled_at < before, func.length(outbox.c.mail) > 0))
        return self._db.execute(update(outbox).where(outbox.c.id.in_(old)).values(mail=b"")).rowcount

    def visits(self, before: datetime) -> int:
        """The ledger's lines of earlier visits. They were written in the order of time: the first are old."""
        visits = tables.visits
        first = _batch(select(visits.c.id, visits.c.at).order_by(visits.c.id)).subquery()
        old = select(first.c.id).where(first.c.at < before)
        return self._db.execute(delete(visits).where(visits.c.id.in_(old))).rowcount

    def manners(self, before: datetime) -> int:
        """What robots.txt said, and who asked us to wait, where that was over earlier."""
        robots, holds = tables.robots, tables.holds
        gone = self._db.execute(delete(robots).where(robots.c.expires_at < before)).rowcount
        return gone + self._db.execute(delete(holds).where(holds.c.until < before)).rowcount


def _batch(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return asked.limit(BATCH)
