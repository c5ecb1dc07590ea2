"""The first tables.

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
    op.create_table(
        "digests",
        sa.Column("id", ID, primary_key=True),
        sa.Column("subscription", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("frozen_at", MOMENT, nullable=False),
        sa.Column("unseen", sa.Text(), nullable=False),
        sa.UniqueConstraint("subscription", "local_date"),
    )
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
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
    )
    op.create_table(
        "stories",
        sa.Column("id", ID, primary_key=True),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("judgements", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=True),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_seen <= last_seen", name="first_before_last"),
    )
    op.create_index("ix_stories_last_seen", "stories", ["last_seen"])
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
    )
    op.create_index("ix_visits_source", "visits", ["source", "at"])
    op.create_table(
        "addresses",
        sa.Column("key", ID, primary_key=True, autoincrement=False),
        sa.Column("article", sa.BigInteger(), sa.ForeignKey("articles.id"), nullable=False),
    )
    op.create_table(
        "digest_items",
        sa.Column("digest", sa.BigInteger(), sa.ForeignKey("digests.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("story", sa.BigInteger(), sa.ForeignKey("stories.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Boolean(), nullable=False),
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
        sa.CheckConstraint("(state = 'pending') = (settled_at IS NULL)", name="settled_or_pending"),
        sa.CheckConstraint("state IN ('pending', 'kept', 'dropped', 'duplicate', 'failed')", name="state"),
        sa.UniqueConstraint("source", "key"),
        sa.CheckConstraint(
            "(state = 'pending') = (next_attempt_at IS NOT NULL)", name="pending_has_a_next_attempt"
        ),
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
        "outbox",
        sa.Column("id", ID, primary_key=True),
        sa.Column("digest", sa.BigInteger(), sa.ForeignKey("digests.id"), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("mail", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("message_id"),
        sa.CheckConstraint("state IN ('queued', 'accepted', 'failed', 'uncertain')", name="state"),
        sa.CheckConstraint(
            "(state IN ('queued', 'uncertain')) = (next_attempt_at IS NOT NULL)",
            name="waiting_has_a_next_attempt",
        ),
    )
    op.create_index("ix_outbox_digest", "outbox", ["digest"])
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["next_attempt_at"],
        sqlite_where=sa.text("state IN ('queued', 'uncertain')"),
        postgresql_where=sa.text("state IN ('queued', 'uncertain')"),
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
        "told",
        sa.Column("subscription", sa.Text(), primary_key=True),
        sa.Column("story", sa.BigInteger(), sa.ForeignKey("stories.id"), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )
