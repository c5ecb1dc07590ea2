"""Articles with their assessments, the addresses they were seen at, and their earlier versions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from newsdesk.errors import StoreError
from newsdesk.model import Article, Assessment
from storage import tables
from storage.rows import batches, columns, insert, noun, write


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article, what was made of it, and where it went.

    `why` says why it counts as new or as a copy; `why_story` why it stands in its story. `sketch` holds the
    sampled shingles of its text.
    """

    id: int
    article: Article
    assessment: Assessment
    title_key: int
    fingerprint: int
    sketch: frozenset[int]
    duplicate_of: int | None
    why: str
    story: int | None
    why_story: str

    @property
    def sketch_size(self) -> int:
        return len(self.sketch)


@dataclass(frozen=True, slots=True)
class Revision:
    """An article as it was `before` a change, what changed, and whether that matters to a reader."""

    id: int
    article: int
    noticed_at: datetime
    changed: str
    diff: str
    matters: bool
    before: Article


class Articles:
    """`tx.articles`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def by_address(self, keys: Iterable[int]) -> int | None:
        """The article that was seen at one of these addresses; the oldest when there are several."""
        addresses = tables.addresses
        asked = select(func.min(addresses.c.article)).where(addresses.c.key.in_(set(keys)))
        found: int | None = self._db.scalar(asked)
        return found

    def same_title(self, source_or_outlet: str, title_key: int, *, since: datetime) -> list[int]:
        """Articles of that source or outlet with that title, fetched at `since` or later, oldest first."""
        articles = tables.articles
        asked = select(articles.c.id).where(
            articles.c.title_key == title_key,
            or_(articles.c.source == source_or_outlet, articles.c.outlet == source_or_outlet),
            articles.c.fetched_at >= since,
        )
        return list(self._db.scalars(asked.order_by(articles.c.id)))

    def near(self, sketch: frozenset[int], *, since: datetime, limit: int = 5) -> list[tuple[int, int]]:
        """Articles fetched at `since` or later that share sampled shingles, and how many, most first."""
        articles, shingles = tables.articles, tables.shingles
        shared = (
            select(shingles.c.article, func.count().label("number"))
            .where(shingles.c.hash.in_(sketch))
            .group_by(shingles.c.article)
            .subquery()
        )
        asked = (
            select(articles.c.id, shared.c.number)
            .join(shared, shared.c.article == articles.c.id)
            .where(articles.c.fetched_at >= since)
            .order_by(shared.c.number.desc(), articles.c.id)
        )
        return [(article, number) for article, number in self._db.execute(asked.limit(limit))]

    def family(self, original: int, *, limit: int) -> tuple[frozenset[int], ...]:
        """The sketches of an original and of what was found to be a copy of it, the oldest first."""
        asked = tables.articles.c
        own = or_(asked.id == original, asked.duplicate_of == original)
        return tuple(self._db.scalars(select(asked.sketch).where(own).order_by(asked.id).limit(limit)))

    def are_copies(self, of: int, former: Collection[int], why: str) -> None:
        """Makes originals, and whatever was a copy of theirs, copies of another."""
        articles = tables.articles
        for column in (articles.c.id, articles.c.duplicate_of):
            theirs = update(articles).where(column.in_(former))
            self._db.execute(theirs.values(duplicate_of=of, why=why))

    def get(self, article: int) -> StoredArticle:
        """One article with all that is known of it. Raises StoreError when there is none of this id."""
        row = self._row(article)
        member = tables.story_articles
        place = self._db.execute(
            select(member.c.story, member.c.why)
            .where(member.c.article == article)
            .order_by(member.c.story)
            .limit(1)
        ).first()
        story, why_story = place or (None, "")
        return noun(
            StoredArticle,
            row,
            article=noun(Article, row),
            assessment=noun(Assessment, row),
            story=story,
            why_story=why_story,
        )

    def texts(self, articles: Iterable[int]) -> list[str]:
        """The texts of these articles, in no order."""
        asked = tables.articles.c
        return [
            text
            for batch in batches(articles)
            for text in self._db.scalars(select(asked.text).where(asked.id.in_(batch)))
        ]

    def add(
        self,
        article: Article,
        assessment: Assessment,
        *,
        keys: Iterable[int],
        title_key: int,
        fingerprint: int,
        sketch: frozenset[int],
        duplicate_of: int | None,
        why: str,
    ) -> int:
        """Stores an article with its addresses and says its id. An address that is another's stays theirs."""
        row = columns(article) | columns(assessment)
        row |= {"title_key": title_key, "fingerprint": fingerprint, "sketch": sketch}
        row |= {"duplicate_of": duplicate_of, "why": why}
        added: int = self._db.scalars(tables.articles.insert().returning(tables.articles.c.id), row).one()
        self.sighted(added, keys)
        self._sample(added, sketch)
        return added

    def sighted(self, article: int, keys: Iterable[int]) -> None:
        """Notes that the article was seen at these addresses too."""
        unless_known = insert(self._db, tables.addresses).on_conflict_do_nothing(index_elements=["key"])
        write(self._db, unless_known, [{"key": each, "article": article} for each in sorted(set(keys))])

    def revise(
        self,
        article: int,
        now_reads: Article,
        assessment: Assessment,
        *,
        keys: Iterable[int],
        title_key: int,
        fingerprint: int,
        sketch: frozenset[int],
        changed: str,
        diff: str,
        matters: bool,
    ) -> None:
        """Puts a new version in the place of the old one, which goes to the revisions."""
        old = self._row(article)
        before = {"article": article, "noticed_at": now_reads.fetched_at, "before": noun(Article, old)}
        self._db.execute(
            tables.revisions.insert(), before | {"changed": changed, "diff": diff, "matters": matters}
        )
        row: dict[str, Any] = columns(now_reads) | columns(assessment)
        row |= {"title_key": title_key, "fingerprint": fingerprint, "sketch": sketch}
        self._db.execute(update(tables.articles).where(tables.articles.c.id == article).values(row))
        self.sighted(article, keys)
        shingles = tables.shingles
        self._db.execute(
            delete(shingles).where(shingles.c.hash.in_(old["sketch"] - sketch), shingles.c.article == article)
        )
        self._sample(article, sketch - old["sketch"])

    def revisions(self, article: int) -> list[Revision]:
        """The article's earlier versions, oldest first."""
        revisions = tables.revisions
        asked = select(revisions).where(revisions.c.article == article).order_by(revisions.c.id)
        return [noun(Revision, row) for row in self._db.execute(asked).mappings()]

    def _row(self, article: int) -> dict[str, Any]:
        row = (
            self._db.execute(select(tables.articles).where(tables.articles.c.id == article))
            .mappings()
            .first()
        )
        if row is None:
            raise StoreError(f"there is no article {article}")
        return dict(row)

    def _sample(self, article: int, sketch: frozenset[int]) -> None:
        write(
            self._db,
            tables.shingles.insert(),
            [{"hash": each, "article": article} for each in sorted(sketch)],
        )
