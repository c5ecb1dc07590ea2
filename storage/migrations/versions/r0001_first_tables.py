"""The first tables: what is watched, what was written, what happened.

Column types are spelled out here, not taken from storage.columns: a migration says what was laid then,
whatever the code has become since.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", ID, primary_key=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=True),
        sa.Column("published", MOMENT, nullable=True),
        sa.Column("published_printed", sa.Text(), nullable=True),
        sa.Column("updated", MOMENT, nullable=True),
        sa.Column("updated_printed", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("home", sa.Text(), nullable=True),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("winners", sa.Text(), nullable=False),
        sa.Column("relevant", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("councils", sa.Text(), nullable=False),
        sa.Column("judgements", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=True),
        sa.Column("inspector", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("coming", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("event_sentence", sa.Text(), nullable=False),
        sa.Column("snippet", sa.Text(), nullable=False),
        sa.Column("title_key", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.BigInteger(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("duplicate_of", sa.BigInteger(), sa.ForeignKey("articles.id"), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("duplicate_of <> id", name="duplicate_of_another"),
    )
    op.create_index("ix_articles_title", "articles", ["title_key"])
    op.create_index("ix_articles_original", "articles", ["duplicate_of"])
    op.create_table(
        "addresses",
        sa.Column("key", ID, primary_key=True, autoincrement=False),
        sa.Column("article", sa.BigInteger(), sa.ForeignKey("articles.id"), nullable=False),
    )
    op.create_table(
        "bulletins",
        sa.Column("message_id", sa.Text(), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "concerns",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("missed", sa.Text(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("over_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("again", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "conditions",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("level", sa.Text(), primary_key=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("person", sa.Boolean(), nullable=False),
        sa.Column("ill", sa.Boolean(), nullable=False),
        sa.Column("openings", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'flapping', 'fixed')", name="state"),
    )
    op.create_table(
        "domains",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("next_at", MOMENT, nullable=False),
    )
    op.create_table(
        "holds",
        sa.Column("host", sa.Text(), primary_key=True),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("strikes", sa.Integer(), nullable=False),
        sa.Column("wide", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
    )
    op.create_table(
        "leads",
        sa.Column("id", ID, primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("guid_key", sa.BigInteger(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("published_printed", sa.Text(), nullable=True),
        sa.Column("published", MOMENT, nullable=True),
        sa.Column("updated", MOMENT, nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("marker", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("article", sa.BigInteger(), sa.ForeignKey("articles.id"), nullable=True),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=True),
        sa.Column("tried_at", MOMENT, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'pending') = (next_attempt_at IS NOT NULL)", name="pending_has_a_next_attempt"
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'kept', 'dropped', 'duplicate', 'failed', 'held')", name="state"
        ),
        sa.CheckConstraint("(state = 'pending') = (settled_at IS NULL)", name="settled_or_pending"),
        sa.UniqueConstraint("source", "key"),
    )
    op.create_index("ix_leads_article", "leads", ["article"])
    op.create_index("ix_leads_guid", "leads", ["source", "guid_key"])
    op.create_index("ix_leads_key", "leads", ["key"])
    op.create_index(
        "ix_leads_pending",
        "leads",
        ["source", "next_attempt_at"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "outages",
        sa.Column("id", ID, primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("hosts", sa.Text(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
    )
    op.create_table(
        "portraits",
        sa.Column(
            "article", sa.BigInteger(), sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False
        ),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_index("ix_portraits_fetched_at", "portraits", ["fetched_at"])
    op.create_table(
        "profiles",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("profile", sa.Text(), nullable=False),
    )
    op.create_table(
        "revisions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("article", sa.BigInteger(), sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("noticed_at", MOMENT, nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("diff", sa.Text(), nullable=False),
        sa.Column("matters", sa.Boolean(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
    )
    op.create_index("ix_revisions_article", "revisions", ["article"])
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text(), primary_key=True),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "shingles",
        sa.Column("hash", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("article", sa.BigInteger(), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sources",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("visited_at", MOMENT, nullable=True),
        sa.Column("next_visit_at", MOMENT, nullable=True),
        sa.Column("hold_until", MOMENT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("problem_since", MOMENT, nullable=True),
        sa.Column("declaration", sa.Text(), nullable=True),
        sa.Column("gone_since", MOMENT, nullable=True),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("move", sa.Text(), nullable=True),
        sa.Column("trust", sa.Text(), nullable=True),
    )
    op.create_table(
        "stories",
        sa.Column("id", ID, primary_key=True),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("judgements", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("coming", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_seen <= last_seen", name="first_before_last"),
    )
    op.create_index("ix_stories_last_seen", "stories", ["last_seen"])
    op.create_table(
        "story_articles",
        sa.Column("story", sa.BigInteger(), sa.ForeignKey("stories.id"), primary_key=True),
        sa.Column("article", sa.BigInteger(), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("why", sa.Text(), nullable=False),
    )
    op.create_index("ix_story_articles_article", "story_articles", ["article"])
    op.create_table(
        "story_councils",
        sa.Column("story", sa.BigInteger(), sa.ForeignKey("stories.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("council", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
    )
    op.create_index("ix_story_councils_council", "story_councils", ["council", "story"])
    op.create_table(
        "visits",
        sa.Column("id", ID, primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("not_modified", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("rolled", sa.Boolean(), nullable=False),
        sa.Column("spared", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_visits_source", "visits", ["source", "at"])
