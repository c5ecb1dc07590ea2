"""Every table of the store on one page.

Names of sources and of subscriptions refer to declarations in files, not to rows, so no foreign key guards
them. Long text is never indexed: PostgreSQL refuses an index entry above 2.7 kB; a 64-bit hash is.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from newsdesk import model
from storage.columns import Hashes, Id, Json, Named, Utc, Words

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


# Written out, not bound, in the questions too: a database takes a partial index only for its very condition.
PENDING = sa.text("state = 'pending'")
WAITING = sa.text("state IN ('queued', 'uncertain')")


def must(
    name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], *rules: Any, **more: Any
) -> sa.Column[Any]:
    """A column that always holds something."""
    return sa.Column(name, kind, *rules, nullable=False, **more)


def may(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], *rules: Any, **more: Any) -> sa.Column[Any]:
    """A column that may hold nothing."""
    return sa.Column(name, kind, *rules, nullable=True, **more)


# ---------------------------------------------------------------- watching

sources = sa.Table(
    "sources",
    metadata,
    must("name", Words, primary_key=True),
    may("etag", Words),
    may("last_modified", Words),
    may("body_hash", Words),
    may("visited_at", Utc),
    may("next_visit_at", Utc),
    may("hold_until", Utc),
    must("failures", sa.Integer),
    may("problem", Json(model.Problem)),
    may("problem_since", Utc),
    may("lease_owner", Words),
    may("lease_until", Utc),
)

visits = sa.Table(
    "visits",
    metadata,
    must("id", Id, primary_key=True),
    must("source", Words),
    must("at", Utc),
    may("status", sa.Integer),
    must("not_modified", sa.Boolean),
    may("problem", Json(model.Problem)),
    must("found", sa.Integer),
    must("new", sa.Integer),
    must("size", sa.BigInteger),
    must("seconds", sa.Float),
    must("warnings", Json(tuple[str, ...])),
    sa.Index("ix_visits_source", "source", "at"),  # the latest of one source
)

robots = sa.Table(
    "robots",
    metadata,
    must("origin", Words, primary_key=True),
    must("fetched_at", Utc),
    must("expires_at", Utc),
    may("status", sa.Integer),
    must("body", sa.LargeBinary),
)

leads = sa.Table(
    "leads",
    metadata,
    must("id", Id, primary_key=True),
    must("source", Words),
    must("key", sa.BigInteger),
    may("guid_key", sa.BigInteger),
    must("url", Words),
    must("title", Words),
    may("guid", Words),
    may("published_printed", Words),
    may("published", Utc),
    may("updated", Utc),
    must("summary", Words),
    may("marker", Words),
    must("state", Words),
    must("reason", Words),
    must("attempts", sa.Integer),
    may("problem", Json(model.Problem)),
    may("article", sa.BigInteger, sa.ForeignKey("articles.id"), index=True),
    must("first_seen", Utc),
    must("last_seen", Utc),
    may("next_attempt_at", Utc),
    may("tried_at", Utc),
    may("settled_at", Utc),
    sa.UniqueConstraint("source", "key"),  # also finds which of a listing's leads are known
    sa.CheckConstraint("state IN ('pending', 'kept', 'dropped', 'duplicate', 'failed')", name="state"),
    sa.CheckConstraint(
        "(state = 'pending') = (next_attempt_at IS NOT NULL)", name="pending_has_a_next_attempt"
    ),
    sa.CheckConstraint("(state = 'pending') = (settled_at IS NULL)", name="settled_or_pending"),
    sa.Index("ix_leads_guid", "source", "guid_key"),
    sa.Index("ix_leads_key", "key"),  # what became of this address, whoever showed it
)
sa.Index(
    "ix_leads_pending",  # small however large the archive grows
    leads.c.source,
    leads.c.next_attempt_at,
    sqlite_where=PENDING,
    postgresql_where=PENDING,
)

# ---------------------------------------------------------------- what was written

articles = sa.Table(
    "articles",
    metadata,
    must("id", Id, primary_key=True),
    must("url", Words),
    must("outlet", Words),
    must("title", Words),
    must("fetched_at", Utc),
    may("source", Words),
    must("kind", Named(model.Kind)),
    may("canonical_url", Words),
    may("published", Utc),
    may("published_printed", Words),
    may("updated", Utc),
    may("updated_printed", Words),
    may("byline", Words),
    may("language", Words),
    must("media", Words),
    may("document", Json(model.OfficialDocument)),
    may("home", Words),
    must("covers", Json(tuple[str, ...])),
    must("winners", Json(dict[str, str])),
    must("relevant", sa.Boolean),
    must("score", sa.Float),
    must("reasons", Json(tuple[model.Reason, ...])),
    must("scope", Named(model.Scope)),
    must("event", Named(model.Event)),
    must("councils", Json(tuple[model.CouncilRole, ...])),
    must("judgements", Json(tuple[model.Judgement, ...])),
    may("visit", Json(model.Visit)),
    must("event_sentence", Words),
    must("snippet", Words),
    must("title_key", sa.BigInteger),
    must("fingerprint", sa.BigInteger),
    must("sketch", Hashes),
    may("duplicate_of", sa.BigInteger, sa.ForeignKey("articles.id")),
    must("why", Words),
    must("text", Words),  # last: SQLite reads a row from its front, and few questions want the text
    sa.CheckConstraint("duplicate_of <> id", name="duplicate_of_another"),
    sa.Index("ix_articles_title", "title_key"),
)

addresses = sa.Table(
    "addresses",
    metadata,
    must("key", Id, primary_key=True, autoincrement=False),
    must("article", sa.BigInteger, sa.ForeignKey("articles.id")),
)

# Rows are found by hash and removed by hash and article, so the primary key is the only index. A foreign
# key would cost PostgreSQL one more look-up for each of an article's 64 rows.
shingles = sa.Table(
    "shingles",
    metadata,
    must("hash", sa.BigInteger, primary_key=True, autoincrement=False),
    must("article", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

revisions = sa.Table(
    "revisions",
    metadata,
    must("id", Id, primary_key=True),
    must("article", sa.BigInteger, sa.ForeignKey("articles.id"), index=True),
    must("noticed_at", Utc),
    must("changed", Words),
    must("diff", Words),
    must("matters", sa.Boolean),
    must("before", Json(model.Article)),
)

# ---------------------------------------------------------------- what happened

stories = sa.Table(
    "stories",
    metadata,
    must("id", Id, primary_key=True),
    must("headline", Words),
    must("event", Named(model.Event)),
    must("scope", Named(model.Scope)),
    must("judgements", Json(tuple[model.Judgement, ...])),
    may("visit", Json(model.Visit)),
    must("first_seen", Utc),
    must("last_seen", Utc),
    must("words", Json(frozenset[str])),
    must("version", sa.Integer),
    sa.CheckConstraint("first_seen <= last_seen", name="first_before_last"),
    sa.Index("ix_stories_last_seen", "last_seen"),  # newest first, and open at a date
)

story_councils = sa.Table(
    "story_councils",
    metadata,
    must("story", sa.BigInteger, sa.ForeignKey("stories.id"), primary_key=True),
    must("position", sa.Integer, primary_key=True),
    must("council", Words),
    must("role", Named(model.Role)),
    must("sentence", Words),
    sa.Index("ix_story_councils_council", "council", "story"),
)

story_articles = sa.Table(
    "story_articles",
    metadata,
    must("story", sa.BigInteger, sa.ForeignKey("stories.id"), primary_key=True),
    must("article", sa.BigInteger, sa.ForeignKey("articles.id"), primary_key=True, index=True),
    must("why", Words),
)

# ---------------------------------------------------------------- who was told

digests = sa.Table(
    "digests",
    metadata,
    must("id", Id, primary_key=True),
    must("subscription", Words),
    must("local_date", sa.Date),
    must("frozen_at", Utc),
    must("unseen", Json(tuple[model.Unseen, ...])),
    sa.UniqueConstraint("subscription", "local_date"),  # the morning's bell may ring twice
)

digest_items = sa.Table(
    "digest_items",
    metadata,
    must("digest", sa.BigInteger, sa.ForeignKey("digests.id"), primary_key=True),
    must("position", sa.Integer, primary_key=True),
    must("story", sa.BigInteger, sa.ForeignKey("stories.id")),
    must("version", sa.Integer),
    must("updated", sa.Boolean),
)

told = sa.Table(
    "told",
    metadata,
    must("subscription", Words, primary_key=True),
    must("story", sa.BigInteger, sa.ForeignKey("stories.id"), primary_key=True),
    must("version", sa.Integer),
)

outbox = sa.Table(
    "outbox",
    metadata,
    must("id", Id, primary_key=True),
    must("digest", sa.BigInteger, sa.ForeignKey("digests.id"), index=True),
    must("message_id", Words, unique=True),
    must("sender", Words),
    must("recipient", Words),
    must("state", Words),
    must("attempts", sa.Integer),
    may("next_attempt_at", Utc),
    may("last_error", Words),
    may("settled_at", Utc),
    may("lease_owner", Words),
    may("lease_until", Utc),
    must("mail", sa.LargeBinary),
    sa.CheckConstraint("state IN ('queued', 'accepted', 'failed', 'uncertain')", name="state"),
    sa.CheckConstraint(
        "(state IN ('queued', 'uncertain')) = (next_attempt_at IS NOT NULL)",
        name="waiting_has_a_next_attempt",
    ),
)
sa.Index("ix_outbox_waiting", outbox.c.next_attempt_at, sqlite_where=WAITING, postgresql_where=WAITING)
