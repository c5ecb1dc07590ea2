"""What an operator said, which no rule undoes."""

import sqlalchemy as sa

from newsdesk import model
from storage.columns import Id, Json, Utc, Words
from storage.tables.base import may, metadata, must

evidence = sa.Table(  # only ever added to
    "evidence",
    metadata,
    must("id", Id, primary_key=True),
    must("kind", Words),
    must("at", Utc),
    must("by", Words),
    must("why", Words),
    may("story", sa.BigInteger, sa.ForeignKey("stories.id"), index=True),
    must("former", Json(tuple[int, ...])),
    may("item", Json(model.Article)),
    sa.CheckConstraint("kind IN ('together', 'apart', 'relevant', 'irrelevant')", name="kind"),
)

evidence_articles = sa.Table(
    "evidence_articles",
    metadata,
    must("evidence", sa.BigInteger, sa.ForeignKey("evidence.id"), primary_key=True),
    must("article", sa.BigInteger, sa.ForeignKey("articles.id"), primary_key=True, index=True),
    must("other", sa.Boolean),
)
