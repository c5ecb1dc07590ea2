"""What a crawl's workers do when a place is only looked at: judge pages as sources, and follow nothing.

Used instead of `crawlers.parsers`. The items of a page travel as its leads, everything else as the first of
its warnings, which `heard` takes apart again.
"""

import json
from base64 import b64decode, b64encode
from typing import NamedTuple

from crawlers.discovery import Finding, examine
from crawlers.readers import Reading, page_address
from crawlers.walls import read_refusal
from newsdesk.errors import Unreadable
from newsdesk.model import Article, Lead, Listing, Page, Source

__all__ = ["heard", "page_address", "read_article", "read_listing", "read_refusal"]

_OURS = '{"url": '
KEEP = "keep"  # the option of a source whose page itself is wanted, too


class Heard(NamedTuple):
    """A finding that came back, and the page behind it where it was asked for."""

    finding: Finding
    content_type: str = ""
    body: bytes = b""


def read_listing(source: Source, page: Page) -> Reading:
    """The finding of a page. Raises Blocked when it is a wall."""
    found = examine(page)
    said = {
        "url": found.url,
        "reader": found.reader,
        "family": found.family,
        "outlet": found.outlet,
        "further": found.further,
        "options": dict(found.options),
        "content_type": page.content_type,
        "body": b64encode(page.body).decode() if KEEP in source.options else "",
    }
    return Reading(found.leads, (json.dumps(said), *found.notes))


def read_article(source: Source, lead: Lead, page: Page) -> Article:
    """Never asked for: nothing is followed."""
    raise Unreadable(f"{source.name}: {lead.url} was not to be read: {page.status}")


def heard(listing: Listing) -> Heard | None:
    """What a listing of such a crawl says; None when the page could not be had or judged."""
    ours = next((each for each in listing.warnings if each.startswith(_OURS)), None)
    if listing.problem or ours is None:
        return None
    said = json.loads(ours)
    finding = Finding(
        said["url"],
        said["reader"],
        said["family"],
        said["outlet"],
        listing.leads,
        tuple(said["further"]),
        tuple(each for each in listing.warnings if each is not ours),
        said["options"],
    )
    return Heard(finding, said["content_type"], b64decode(said["body"]))
