"""Stories, the councils they are about, and the articles that report them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, delete, exists, select, update

from newsdesk.errors import StoreError
from newsdesk.model import CouncilRole, Placement, Report, Scope, Story
from storage import tables
from storage.rows import batches, columns, insert, noun, write

Ids = list[int]  # inside the class, `list` is the question of that name
Listed = list[Story]


class Stories:
    """`tx.stories`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def candidates(
        self, councils: Collection[str], *, since: datetime, until: datetime, limit: int = 50
    ) -> Listed:
        """Stories about one of these councils, in any role, that run into the time from `since` to `until`.

        Without councils, the national ones. Newest first.
        """
        stories = tables.stories
        asked = select(stories).where(stories.c.last_seen >= since, stories.c.first_seen <= until)
        asked = asked.where(_about(councils) if councils else stories.c.scope == Scope.NATIONAL, _alive())
        return self._stories(asked, limit)

    def found(self, story: Story, article: int, why: str) -> Story:
        """Stores a new story with its first article, and gives it back with its id and its report."""
        added: int = self._db.scalars(
            tables.stories.insert().returning(tables.stories.c.id), _row(story)
        ).one()
        self._set_councils(added, story.councils)
        self._add_report(added, article, why)
        return replace(story, id=added, reports=reports_of(self._db, [added])[added])

    def join(self, story: Story, article: int, why: str) -> None:
        """Writes the story as it now is, with one more article. An article that is in it already stays."""
        self.update(story)
        self._add_report(story.id, article, why)

    def update(self, story: Story) -> None:
        """Writes the story as it now is, but for its reports. Raises StoreError when its id is unknown."""
        stories = tables.stories
        if (
            self._db.execute(update(stories).where(stories.c.id == story.id).values(_row(story))).rowcount
            != 1
        ):
            raise StoreError(f"there is no story {story.id}")
        self._set_councils(story.id, story.councils)

    def get(self, story: int) -> Story | None:
        found = self._stories(select(tables.stories).where(tables.stories.c.id == story), limit=1)
        return found[0] if found else None

    def of_article(self, article: int) -> Ids:
        """The stories that the article reports, oldest first."""
        member = tables.story_articles
        asked = select(member.c.story).where(member.c.article == article).order_by(member.c.story)
        return [*self._db.scalars(asked)]

    def placements(self, article: int) -> tuple[Placement, ...]:
        """The stories that the article reports, oldest first, each with the reason it stands there."""
        member = tables.story_articles
        asked = select(member.c.story, member.c.why).where(member.c.article == article)
        return tuple(
            Placement(row.story, row.why) for row in self._db.execute(asked.order_by(member.c.story))
        )

    def list(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        council: str | None = None,
        limit: int | None = None,
    ) -> Listed:
        """Stories last reported from `since` to `until`, about a council in any role, newest first."""
        asked = select(tables.stories).where(_alive())
        if since is not None:
            asked = asked.where(tables.stories.c.last_seen >= since)
        if until is not None:
            asked = asked.where(tables.stories.c.last_seen <= until)
        if council is not None:
            asked = asked.where(_about([council]))
        return self._stories(asked, limit)

    def _stories(self, asked: Select[*tuple[Any, ...]], limit: int | None) -> Listed:
        newest_first = asked.order_by(tables.stories.c.last_seen.desc(), tables.stories.c.id.desc())
        return whole(self._db, self._db.execute(newest_first.limit(limit)).mappings().all())

    def _set_councils(self, story: int, councils: Iterable[CouncilRole]) -> None:
        listed = tables.story_councils
        self._db.execute(delete(listed).where(listed.c.story == story))
        rows = [{"story": story, "position": n, **columns(each)} for n, each in enumerate(councils)]
        write(self._db, listed.insert(), rows)

    def _add_report(self, story: int, article: int, why: str) -> None:
        once = insert(self._db, tables.story_articles).on_conflict_do_nothing(
            index_elements=["story", "article"]
        )
        self._db.execute(once, {"story": story, "article": article, "why": why})


def whole(connection: Connection, rows: Sequence[RowMapping]) -> Listed:
    """The stories that these rows of `stories` begin, in two more queries however many there are."""
    ids = [row["id"] for row in rows]
    councils, reports = councils_of(connection, ids), reports_of(connection, ids)
    return [noun(Story, row, councils=councils[row["id"]], reports=reports[row["id"]]) for row in rows]


def councils_of(connection: Connection, stories: Sequence[int]) -> defaultdict[int, tuple[CouncilRole, ...]]:
    """By story, its councils in their own order."""
    listed = tables.story_councils
    found: defaultdict[int, tuple[CouncilRole, ...]] = defaultdict(tuple)
    for batch in batches(stories):
        asked = select(listed).where(listed.c.story.in_(batch)).order_by(listed.c.story, listed.c.position)
        for row in connection.execute(asked).mappings():
            found[row["story"]] += (noun(CouncilRole, row),)
    return found


def reports_of(connection: Connection, stories: Sequence[int]) -> defaultdict[int, tuple[Report, ...]]:
    """By story, its reports in the order of their publication, each as its article now reads."""
    member, articles = tables.story_articles, tables.articles
    wanted = [articles.c[name] for name in ("url", "outlet", "kind", "title", "published", "fetched_at")]
    found: defaultdict[int, tuple[Report, ...]] = defaultdict(tuple)
    for batch in batches(stories):
        asked = (
            select(member.c.story, member.c.article, *wanted, articles.c.snippet, articles.c.duplicate_of)
            .join(articles, articles.c.id == member.c.article)
            .where(member.c.story.in_(batch))
        )
        for row in connection.execute(asked).mappings():
            found[row["story"]] += (noun(Report, row),)
    for story, reports in found.items():
        found[story] = tuple(sorted(reports, key=lambda each: (each.when, each.article)))
    return found


def _row(story: Story) -> dict[str, Any]:
    return columns(story, "id", "councils", "reports")


def _alive() -> ColumnElement[bool]:
    """Not those whose reports all went to another story, or turned out to be no news."""
    member = tables.story_articles
    return exists().where(member.c.story == tables.stories.c.id)


def _about(councils: Collection[str]) -> ColumnElement[bool]:
    listed = tables.story_councils
    return tables.stories.c.id.in_(select(listed.c.story).where(listed.c.council.in_(councils)))
