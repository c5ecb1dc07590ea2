"""Who sends a mail, why its reader gets it, and how to change or stop that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from functools import lru_cache

from newsdesk.dates import english_date, local
from newsdesk.searches import Search
from newsdesk.text import clean_line
from notifications.links import Link, for_readers, ways_out
from notifications.wishes import what
from notifications.words import LINE, NAME, cut

NO_TRACKING = "No images, no tracking: nobody is told whether or when you read it, or what you open."


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a mail goes to its reader. `sender` is a mailbox; the addresses may be missing.

    `unsubscribe` are pages or mailto: addresses; `manage` is the page where the search can be changed.
    """

    sender: str = ""
    search: Search | None = None
    unsubscribe: tuple[str, ...] = ()
    manage: str = ""


@dataclass(frozen=True, slots=True)
class FooterView:
    """`links` are the ways to change and to stop, which also stand at the top of the mail."""

    sender: str
    because: str
    prepared: str
    links: tuple[Link, ...]
    no_tracking: str = NO_TRACKING


def footer(name: str, terms: Terms, councils: Mapping[str, str], now: datetime) -> FooterView:
    """The foot of a mail to the subscription of this name; `now` (aware) is when it was prepared."""
    asked = f": {cut(what(terms.search, councils), LINE)}" if terms.search is not None else ""
    manage = (Link("Change what you get", terms.manage),) if for_readers(terms.manage) else ()
    return FooterView(
        sender=_named(terms.sender),
        because=f"You subscribed to “{cut(clean_line(name), NAME)}”{asked}",
        prepared=f"{local(now):%H:%M} on {english_date(now)}",
        links=(*manage, *ways_out(terms.unsubscribe)),
    )


@lru_cache(maxsize=64)  # a house has one or two
def _named(sender: str) -> str:
    who, address = parseaddr(clean_line(sender))
    return f"{who} ({address})" if who and address else address or "Presswatch"
