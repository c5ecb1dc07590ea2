"""What is let go after its time, a batch at a time so that no writer has to wait long for its turn.

Never let go are the addresses and keys by which something is known, nor titles, facts and snippets: a story
that was told must not come back as new because it was forgotten.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, select, update

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

    def portraits(self, before: datetime) -> int:
        """What articles fetched earlier dwell on: no story takes anything in any more after so long."""
        portraits = tables.portraits
        old = _batch(select(portraits.c.article).where(portraits.c.fetched_at < before))
        return self._db.execute(delete(portraits).where(portraits.c.article.in_(old))).rowcount

    def tries(self, before: datetime) -> int:
        """Earlier tries of messages. What became of each stays on its message."""
        return self._first(tables.attempts, before)

    def bounces(self, before: datetime) -> int:
        """What came back earlier. An address that is parked for it stays so."""
        return self._first(tables.bounces, before)

    def outages(self, before: datetime) -> int:
        """Our own outages that ended earlier."""
        outages = tables.outages
        return self._db.execute(delete(outages).where(outages.c.ended_at < before)).rowcount

    def bulletins(self, before: datetime) -> int:
        """When the operator was written to, earlier. The messages themselves stay with the others."""
        bulletins = tables.bulletins
        return self._db.execute(delete(bulletins).where(bulletins.c.at < before)).rowcount

    def visits(self, before: datetime) -> int:
        """The ledger's lines of earlier visits."""
        return self._first(tables.visits, before)

    def manners(self, before: datetime) -> int:
        """What robots.txt said, who asked us to wait, when a domain may be asked: if over earlier."""
        ends = (tables.robots.c.expires_at, tables.holds.c.until, tables.domains.c.next_at)
        return sum(self._db.execute(delete(each.table).where(each < before)).rowcount for each in ends)

    def presences(self, before: datetime, prefix: str) -> int:
        """The leases of this prefix that ran out earlier: each process has one of its own name. All others
        stay, for their fences must never count from the beginning again."""
        leases = tables.leases
        gone = leases.c.name.startswith(prefix, autoescape=True), leases.c.until < before
        return self._db.execute(delete(leases).where(*gone)).rowcount

    def _first(self, table: Table, before: datetime) -> int:
        """Rows of earlier moments. They were written in the order of time: the first are old."""
        first = _batch(select(table.c.id, table.c.at).order_by(table.c.id)).subquery()
        old = select(first.c.id).where(first.c.at < before)
        return self._db.execute(delete(table).where(table.c.id.in_(old))).rowcount


def _batch(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return asked.limit(BATCH)
