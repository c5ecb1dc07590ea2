"""What leaves: messages, every try of each, and the ways out."""

import sqlalchemy as sa

from storage.columns import Id, Utc, Words
from storage.tables.base import WAITING, may, metadata, must

outbox = sa.Table(
    "outbox",
    metadata,
    must("id", Id, primary_key=True),
    must("kind", Words),
    must("urgency", sa.Integer),
    must("channel", Words),
    may("digest", sa.BigInteger, sa.ForeignKey("digests.id"), index=True),
    must("message_id", Words, unique=True),
    must("sender", Words),
    must("recipient", Words),
    must("state", Words),
    must("attempts", sa.Integer),
    may("next_attempt_at", Utc),
    may("expires_at", Utc),
    may("last_error", Words),
    may("settled_at", Utc),
    may("lease_owner", Words),
    may("lease_until", Utc),
    must("mail", sa.LargeBinary),
    sa.CheckConstraint("kind IN ('digest', 'alert', 'confirmation', 'operator')", name="kind"),
    sa.CheckConstraint("state IN ('queued', 'accepted', 'failed', 'uncertain', 'suppressed')", name="state"),
    sa.CheckConstraint(
        "(state IN ('queued', 'uncertain')) = (next_attempt_at IS NOT NULL)",
        name="waiting_has_a_next_attempt",
    ),
)
sa.Index(
    "ix_outbox_waiting",  # in the order in which a route takes them
    outbox.c.channel,
    outbox.c.urgency,
    outbox.c.next_attempt_at,
    outbox.c.id,
    sqlite_where=WAITING,
    postgresql_where=WAITING,
)

attempts = sa.Table(  # only ever added to
    "attempts",
    metadata,
    must("id", Id, primary_key=True),
    must("delivery", sa.BigInteger, sa.ForeignKey("outbox.id"), index=True),
    must("channel", Words),
    must("at", Utc),
    must("seconds", sa.Float),
    must("outcome", Words),
    must("phase", Words),
    must("status", Words),
    must("said", Words),
    sa.CheckConstraint("outcome IN ('accepted', 'waiting', 'uncertain', 'failed')", name="outcome"),
    sa.Index("ix_attempts_channel", "channel", "at"),  # how many in the last minute
)

routes = sa.Table(
    "routes",
    metadata,
    must("name", Words, primary_key=True),
    must("failures", sa.Integer),
    must("refusals", sa.Integer),
    may("refused_since", Utc),
    must("closings", sa.Integer),
    may("shut_until", Utc),
    must("problem", Words),
    may("problem_since", Utc),
)

suppressions = sa.Table(
    "suppressions",
    metadata,
    must("address", Words, primary_key=True),
    must("reason", Words),
    must("at", Utc),
    must("said", Words),
    may("delivery", sa.BigInteger, sa.ForeignKey("outbox.id"), index=True),
    must("channel", Words),
    sa.CheckConstraint("reason IN ('refused', 'bounced', 'often-bounced', 'asked')", name="reason"),
)

erased = sa.Table(  # what is left of addresses: see newsdesk.leaving
    "erased",
    metadata,
    must("trace", Words, primary_key=True),
    must("at", Utc),
)

bounces = sa.Table(  # only ever added to
    "bounces",
    metadata,
    must("id", Id, primary_key=True),
    must("key", Words, unique=True),
    must("kind", Words),
    must("at", Utc),
    may("address", Words),
    may("delivery", sa.BigInteger, sa.ForeignKey("outbox.id"), index=True),
    must("status", Words),
    must("said", Words),
    sa.CheckConstraint("kind IN ('hard', 'soft', 'delayed')", name="kind"),
    sa.Index("ix_bounces_address", "address", "at"),  # how many lately
)
