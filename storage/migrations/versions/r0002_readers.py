"""The first tables: what is watched, what was written, what happened.

Column types are spelled out here, not taken from storage.columns: a migration says what was laid then,
whatever the code has become since.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("story", sa.BigInteger(), sa.ForeignKey("stories.id"), nullable=True),
        sa.Column("former", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('together', 'apart', 'relevant', 'irrelevant')", name="kind"),
    )
    op.create_index("ix_evidence_story", "evidence", ["story"])
    op.create_table(
        "evidence_articles",
        sa.Column("evidence", sa.BigInteger(), sa.ForeignKey("evidence.id"), primary_key=True),
        sa.Column("article", sa.BigInteger(), sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("other", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_evidence_articles_article", "evidence_articles", ["article"])
    op.create_table(
        "keys",
        sa.Column("id", ID, primary_key=True),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "routes",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("refused_since", MOMENT, nullable=True),
        sa.Column("closings", sa.Integer(), nullable=False),
        sa.Column("shut_until", MOMENT, nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("problem_since", MOMENT, nullable=True),
    )
    op.create_table(
        "slots",
        sa.Column("id", ID, primary_key=True),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("covers_from", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("completed_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('open', 'complete', 'merged')", name="state"),
        sa.UniqueConstraint("cadence", "zone", "at", "local_date"),
    )
    op.create_table(
        "subscribers",
        sa.Column("id", ID, primary_key=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.CheckConstraint("(state = 'erased') = (address IS NULL)", name="erased_has_no_address"),
        sa.CheckConstraint("state IN ('pending', 'active', 'left', 'erased')", name="state"),
        sa.UniqueConstraint("address"),
    )
    op.create_table(
        "consents",
        sa.Column("id", ID, primary_key=True),
        sa.Column("subscriber", sa.BigInteger(), sa.ForeignKey("subscribers.id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
    )
    op.create_index("ix_consents_subscriber", "consents", ["subscriber"])
    op.create_table(
        "subscriptions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("subscriber", sa.BigInteger(), sa.ForeignKey("subscribers.id"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("send_empty", sa.Boolean(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
    )
    op.create_index("ix_subscriptions_bell", "subscriptions", ["cadence", "zone", "at"])
    op.create_index(
        "ix_subscriptions_name",
        "subscriptions",
        ["subscriber", "name"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "alerts",
        sa.Column("subscription", sa.BigInteger(), sa.ForeignKey("subscriptions.id"), primary_key=True),
        sa.Column("story", sa.BigInteger(), sa.ForeignKey("stories.id"), primary_key=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
    )
    op.create_index("ix_alerts_subscription", "alerts", ["subscription", "told_at"])
    op.create_index(
        "ix_alerts_untold",
        "alerts",
        ["raised_at"],
        sqlite_where=sa.text("told_at IS NULL"),
        postgresql_where=sa.text("told_at IS NULL"),
    )
    op.create_table(
        "digests",
        sa.Column("id", ID, primary_key=True),
        sa.Column("slot", sa.BigInteger(), sa.ForeignKey("slots.id"), nullable=True),
        sa.Column("subscription", sa.BigInteger(), sa.ForeignKey("subscriptions.id"), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("covers_from", sa.Date(), nullable=True),
        sa.Column("frozen_at", MOMENT, nullable=False),
        sa.Column("unseen", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.UniqueConstraint("subscription", "local_date"),
    )
    op.create_index("ix_digests_slot", "digests", ["slot"])
    op.create_table(
        "digest_items",
        sa.Column("digest", sa.BigInteger(), sa.ForeignKey("digests.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("story", sa.BigInteger(), sa.ForeignKey("stories.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("digest", sa.BigInteger(), sa.ForeignKey("digests.id"), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("mail", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('digest', 'alert', 'confirmation', 'operator')", name="kind"),
        sa.CheckConstraint(
            "state IN ('queued', 'accepted', 'failed', 'uncertain', 'suppressed')", name="state"
        ),
        sa.CheckConstraint(
            "(state IN ('queued', 'uncertain')) = (next_attempt_at IS NOT NULL)",
            name="waiting_has_a_next_attempt",
        ),
        sa.UniqueConstraint("message_id"),
    )
    op.create_index("ix_outbox_digest", "outbox", ["digest"])
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["channel", "urgency", "next_attempt_at", "id"],
        sqlite_where=sa.text("state IN ('queued', 'uncertain')"),
        postgresql_where=sa.text("state IN ('queued', 'uncertain')"),
    )
    op.create_table(
        "attempts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("delivery", sa.BigInteger(), sa.ForeignKey("outbox.id"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.CheckConstraint("outcome IN ('accepted', 'waiting', 'uncertain', 'failed')", name="outcome"),
    )
    op.create_index("ix_attempts_channel", "attempts", ["channel", "at"])
    op.create_index("ix_attempts_delivery", "attempts", ["delivery"])
    op.create_table(
        "bounces",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("delivery", sa.BigInteger(), sa.ForeignKey("outbox.id"), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('hard', 'soft', 'delayed')", name="kind"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_bounces_address", "bounces", ["address", "at"])
    op.create_index("ix_bounces_delivery", "bounces", ["delivery"])
    op.create_table(
        "suppressions",
        sa.Column("address", sa.Text(), primary_key=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("delivery", sa.BigInteger(), sa.ForeignKey("outbox.id"), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.CheckConstraint("reason IN ('refused', 'bounced', 'often-bounced', 'asked')", name="reason"),
    )
    op.create_index("ix_suppressions_delivery", "suppressions", ["delivery"])
    op.create_table(
        "erased",
        sa.Column("trace", sa.Text(), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "told",
        sa.Column("subscriber", sa.BigInteger(), sa.ForeignKey("subscribers.id"), primary_key=True),
        sa.Column("story", sa.BigInteger(), sa.ForeignKey("stories.id"), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=True),
    )
