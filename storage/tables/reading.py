"""Who is told: subscribers, what they asked for, and what each was told."""

import sqlalchemy as sa

from newsdesk import model
from newsdesk.kinds import Cadence, Rule
from newsdesk.readers import Consent
from storage.columns import Id, Json, Named, Utc, Words
from storage.tables.base import LIVE, UNTOLD, may, metadata, must

keys = sa.Table(
    "keys",
    metadata,
    must("id", Id, primary_key=True),
    must("secret", Words),
    must("created_at", Utc),
)

subscribers = sa.Table(
    "subscribers",
    metadata,
    must("id", Id, primary_key=True),
    may("address", Words, unique=True),
    must("state", Words),
    must("created_at", Utc),
    may("confirmed_at", Utc),
    may("left_at", Utc),
    sa.CheckConstraint("state IN ('pending', 'active', 'left', 'erased')", name="state"),
    sa.CheckConstraint("(state = 'erased') = (address IS NULL)", name="erased_has_no_address"),
)

consents = sa.Table(  # only ever added to
    "consents",
    metadata,
    must("id", Id, primary_key=True),
    must("subscriber", sa.BigInteger, sa.ForeignKey("subscribers.id"), index=True),
    must("kind", Named(Consent)),
    must("at", Utc),
    must("wording", Words),
    must("source", Words),
    must("evidence", Words),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    must("id", Id, primary_key=True),
    must("subscriber", sa.BigInteger, sa.ForeignKey("subscribers.id")),
    must("name", Words),
    must("search", Words),
    must("cadence", Named(Cadence)),
    must("zone", Words),
    must("at", Words),
    must("weekday", sa.Integer),
    must("channel", Words),
    must("send_empty", sa.Boolean),
    must("rules", Json(frozenset[Rule])),
    must("quiet", Words),
    may("since", Utc),
    may("ended_at", Utc),
    sa.Index("ix_subscriptions_bell", "cadence", "zone", "at"),
)
sa.Index(
    "ix_subscriptions_name",
    subscriptions.c.subscriber,
    subscriptions.c.name,
    unique=True,
    sqlite_where=LIVE,
    postgresql_where=LIVE,
)

slots = sa.Table(
    "slots",
    metadata,
    must("id", Id, primary_key=True),
    must("cadence", Named(Cadence)),
    must("zone", Words),
    must("at", Words),
    must("local_date", sa.Date),
    must("due_at", Utc),
    must("covers_from", sa.Date),
    must("state", Words),
    may("begun_at", Utc),
    may("expected", sa.Integer),
    may("completed_at", Utc),
    sa.UniqueConstraint("cadence", "zone", "at", "local_date"),
    sa.CheckConstraint("state IN ('open', 'complete', 'merged')", name="state"),
)

digests = sa.Table(
    "digests",
    metadata,
    must("id", Id, primary_key=True),
    may("slot", sa.BigInteger, sa.ForeignKey("slots.id"), index=True),
    must("subscription", sa.BigInteger, sa.ForeignKey("subscriptions.id")),
    must("local_date", sa.Date),
    may("covers_from", sa.Date),
    must("frozen_at", Utc),
    must("unseen", Json(tuple[model.Unseen, ...])),
    may("problem", Words),
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

# By subscriber, not by subscription: whoever asked twice is told once.
told = sa.Table(
    "told",
    metadata,
    must("subscriber", sa.BigInteger, sa.ForeignKey("subscribers.id"), primary_key=True),
    must("story", sa.BigInteger, sa.ForeignKey("stories.id"), primary_key=True),
    must("version", sa.Integer),
    may("shown", Json(model.Shown)),
)

alerts = sa.Table(
    "alerts",
    metadata,
    must("subscription", sa.BigInteger, sa.ForeignKey("subscriptions.id"), primary_key=True),
    must("story", sa.BigInteger, sa.ForeignKey("stories.id"), primary_key=True),
    must("why", Json(tuple[str, ...])),
    must("raised_at", Utc),
    may("told_at", Utc),
    sa.Index("ix_alerts_subscription", "subscription", "told_at"),
)
sa.Index("ix_alerts_untold", alerts.c.raised_at, sqlite_where=UNTOLD, postgresql_where=UNTOLD)
