"""What happened: stories, whom they are about, and who reports them."""

import sqlalchemy as sa

from newsdesk import model
from storage.columns import Id, Json, Named, Utc, Words
from storage.tables.base import may, metadata, must

stories = sa.Table(
    "stories",
    metadata,
    must("id", Id, primary_key=True),
    must("headline", Words),
    must("event", Named(model.Event)),
    must("scope", Named(model.Scope)),
    must("judgements", Json(tuple[model.Judgement, ...])),
    may("visit", Json(model.Visit)),
    may("outcome", Named(model.Outcome)),
    must("coming", Json(tuple[model.Coming, ...])),
    must("topics", Json(tuple[str, ...])),
    must("first_seen", Utc),
    must("last_seen", Utc),
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
