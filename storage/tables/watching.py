"""Watching: sources, visits, how well they fare, and what their servers wish."""

from datetime import datetime

import sqlalchemy as sa

from newsdesk import model
from newsdesk.health import Level
from newsdesk.profiles import Profile
from storage.columns import Id, Json, Named, Utc, Words
from storage.tables.base import PENDING, may, metadata, must

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
    may("declaration", Words),
    may("gone_since", Utc),
    may("wish", Json(model.Wish)),
    may("move", Json(model.Move)),
    may("trust", Json(model.Trust)),
)

leases = sa.Table(
    "leases",
    metadata,
    must("name", Words, primary_key=True),
    must("owner", Words),
    must("until", Utc),
    must("fence", sa.BigInteger),  # counts the claims: only the latest may write
)

domains = sa.Table(
    "domains",
    metadata,
    must("name", Words, primary_key=True),
    must("next_at", Utc),
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
    must("rolled", sa.Boolean),
    must("spared", sa.Boolean),
    sa.Index("ix_visits_source", "source", "at"),  # the latest of one source
)

profiles = sa.Table(
    "profiles",
    metadata,
    must("source", Words, primary_key=True),
    must("profile", Json(Profile)),
)

conditions = sa.Table(
    "conditions",
    metadata,
    must("source", Words, primary_key=True),
    must("level", Named(Level), primary_key=True),
    must("state", Words),
    must("code", Words),
    must("reason", Words),
    must("evidence", Words),
    must("since", Utc),
    must("person", sa.Boolean),
    must("ill", sa.Boolean),
    must("openings", Json(tuple[datetime, ...])),
    sa.CheckConstraint("state IN ('open', 'flapping', 'fixed')", name="state"),
)

outages = sa.Table(
    "outages",
    metadata,
    must("id", Id, primary_key=True),
    must("since", Utc),
    must("hosts", Json(frozenset[str])),
    may("ended_at", Utc),
)

concerns = sa.Table(
    "concerns",
    metadata,
    must("key", Words, primary_key=True),
    must("what", Words),
    must("since", Utc),
    must("evidence", Words),
    must("remedy", Words),
    must("missed", Words),
    may("told_at", Utc),
    may("over_at", Utc),
    may("closed_at", Utc),
    must("again", sa.Boolean),
)

bulletins = sa.Table(  # only ever added to
    "bulletins",
    metadata,
    must("message_id", Words, primary_key=True),
    must("at", Utc),
)

holds = sa.Table(
    "holds",
    metadata,
    must("host", Words, primary_key=True),
    must("domain", Words),
    must("since", Utc),
    must("until", Utc),
    must("strikes", sa.Integer),
    must("wide", sa.Boolean),
    must("problem", Json(model.Problem)),
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
    sa.CheckConstraint(
        "state IN ('pending', 'kept', 'dropped', 'duplicate', 'failed', 'held')", name="state"
    ),
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
