"""What was written: articles, their addresses, and what they are known by."""

import sqlalchemy as sa

from newsdesk import model
from storage.columns import Hashes, Id, Json, Named, Utc, Words
from storage.tables.base import may, metadata, must

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
    may("inspector", Json(model.Inspector)),
    may("outcome", Named(model.Outcome)),
    must("coming", Json(tuple[model.Coming, ...])),
    must("topics", Json(tuple[str, ...])),
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
    sa.Index("ix_articles_original", "duplicate_of"),
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

# What a relevant article dwells on; the latest of a fortnight say which words are rare in these days.
portraits = sa.Table(
    "portraits",
    metadata,
    must("article", sa.BigInteger, sa.ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    must("fetched_at", Utc),
    must("words", Json(dict[str, float])),
    sa.Index("ix_portraits_fetched_at", "fetched_at"),
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
