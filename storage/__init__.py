"""What is remembered, in SQLite or PostgreSQL: `Store.open(url)`, then transactions that ask and tell."""

from storage.alerts import StoredAlert
from storage.articles import Revision, StoredArticle
from storage.digests import StoredDigest
from storage.leads import LeadRow, Outcome
from storage.slots import StoredSlot
from storage.sources import VisitRow
from storage.store import Store, Transaction

__all__ = [
    "LeadRow",
    "Outcome",
    "Revision",
    "Store",
    "StoredAlert",
    "StoredArticle",
    "StoredDigest",
    "StoredSlot",
    "Transaction",
    "VisitRow",
]
