"""Reports that change their story, and what readers were told of it, which goes with them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from newsdesk.evidence import Known
from newsdesk.model import Assessment
from storage import tables
from storage.rows import columns, insert, write


class Regrouping:
    """`tx.regrouping`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def judged(self, article: int, assessment: Assessment) -> None:
        """Puts what is made of an article now in the place of what was made of it before."""
        articles = tables.articles
        row = columns(assessment)
        self._db.execute(update(articles).where(articles.c.id == article).values(row))

    def leave(self, story: int, articles: Collection[int]) -> None:
        """Takes articles out of a story. One that has none left is told to nobody any more."""
        member = tables.story_articles
        gone = delete(member).where(member.c.story == story, member.c.article.in_(articles))
        self._db.execute(gone)

    def enter(self, story: int, articles: Mapping[int, str]) -> None:
        """Puts articles into a story, each with the reason it is there, also when it was there already."""
        new = insert(self._db, tables.story_articles)
        newest = new.on_conflict_do_update(
            index_elements=["story", "article"], set_={"why": new.excluded.why}
        )
        write(self._db, newest, [{"story": story, "article": n, "why": why} for n, why in articles.items()])

    def told(self, story: int) -> dict[int, Known]:
        """By subscriber, what each was told of a story."""
        told = tables.told
        rows = self._db.execute(select(told).where(told.c.story == story))
        return {row.subscriber: Known(row.version, row.shown) for row in rows}

    def know(self, story: int, known: Mapping[int, Known]) -> None:
        """Writes what each of these subscribers knows of a story."""
        new = insert(self._db, tables.told)
        newest = new.on_conflict_do_update(
            index_elements=["subscriber", "story"],
            set_={"version": new.excluded.version, "shown": new.excluded.shown},
        )
        rows = [
            {"subscriber": subscriber, "story": story, "version": each.version, "shown": each.shown}
            for subscriber, each in known.items()
        ]
        write(self._db, newest, rows)

    def alerted(self, former: int, story: int, *, subscribers: Iterable[int], now: datetime) -> None:
        """Notes that whoever of these was alerted of the former story was alerted of the other too."""
        alerts, subscriptions = tables.alerts, tables.subscriptions
        mine = select(subscriptions.c.id).where(subscriptions.c.subscriber.in_(list(subscribers)))
        asked = select(alerts).where(
            alerts.c.story == former, alerts.c.told_at.is_not(None), alerts.c.subscription.in_(mine)
        )
        rows = [{**row, "story": story} for row in self._db.execute(asked).mappings()]
        told = insert(self._db, alerts).on_conflict_do_update(
            index_elements=["subscription", "story"], set_={"told_at": now}, where=alerts.c.told_at.is_(None)
        )
        write(self._db, told, rows)

    def forget_waiting(self, story: int) -> None:
        """Lets go the alerts that wait to tell of a story as it was."""
        alerts = tables.alerts
        self._db.execute(delete(alerts).where(alerts.c.story == story, alerts.c.told_at.is_(None)))
