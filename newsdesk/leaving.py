"""How long people are remembered who are not, or no longer, told anything, and what is left of them then.

Of an erased address a trace is left: a hash with the installation's own key. It tells that this address once
left, when somebody names it again, and cannot be turned back into one.
"""

import hmac
from datetime import datetime, timedelta

from newsdesk.readers import Subscriber

UNCONFIRMED = timedelta(days=7)  # an address that somebody typed, and nobody confirmed
GONE = timedelta(days=28)  # after the last subscription ended: time to notice a mistake
ASKED_A_DAY = 3  # confirmation mails to one address; more would be a bomb in somebody's mailbox


def forgotten(subscriber: Subscriber, now: datetime) -> bool:
    """Whether the address is to be erased now."""
    match subscriber.state:
        case "pending":
            return now - subscriber.created_at >= UNCONFIRMED
        case "left":
            return subscriber.left_at is not None and now - subscriber.left_at >= GONE
    return False


def trace(address: str, key: str) -> str:
    """What is left of an erased address. Case does not count."""
    return hmac.digest(key.encode(), f"presswatch erased {address.lower()}".encode(), "sha256").hex()
