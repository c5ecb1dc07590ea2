"""What is remembered, in SQLite or PostgreSQL: `Store.open(url)`, then transactions that ask and tell."""

from storage.articles import Revision, StoredArticle
from storage.digests import StoredDigest
from storage.leads import LeadRow, Outcome
from storage.sources import VisitRow
from storage.store import Store, Transaction

__all__ = [
    "LeadRow",
    "Outcome",
    "Revision",
    "Store",
    "StoredArticle",
    "StoredDigest",
    "Transaction",
    "VisitRow",
]
