"""From the bytes of a listing to its leads: one reader per form, chosen by the source's declaration."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from crawlers.families import FAMILIES, sign
from crawlers.readers.committees import read_committee
from crawlers.readers.evergreen import read_evergreen
from crawlers.readers.feeds import read_feed
from crawlers.readers.govuk import content_address, read_govuk
from crawlers.readers.listings import read_listing_page
from crawlers.readers.newsrooms import read_newsroom
from crawlers.readers.ofsted import read_provider
from crawlers.readers.reading import Reading, proposed
from crawlers.readers.sitemaps import read_sitemap
from newsdesk.errors import Drifted, Unreadable
from newsdesk.model import Lead, Page, Source

__all__ = ["NEWSROOMS", "READERS", "Reading", "page_address", "read_listing"]

_OWN: Mapping[str, Callable[[Source, Page], Reading]] = {
    "feed": read_feed,
    "sitemap": read_sitemap,
    "listing": read_listing_page,
    "evergreen": read_evergreen,
    "committee": read_committee,
    "govuk": read_govuk,
    "ofsted": read_provider,
}
# The families whose listings one reader knows from the table.
NEWSROOMS = tuple(sorted(each.reader for each in FAMILIES.values() if each.reader not in _OWN))
READERS = MappingProxyType({**_OWN, **dict.fromkeys(NEWSROOMS, read_newsroom)})


def read_listing(source: Source, page: Page) -> Reading:
    """The leads of a listing, in its own order.

    Drifted when it shows no candidate at all: "parsed no candidates" is never "nothing new". Blocked when a
    challenge, consent, login or maintenance page came instead. A page that bears the signs of another family
    of systems than its declaration says is read, with a warning that proposes what to declare.
    """
    try:
        reading = READERS[source.reader](source, page)
    except (Drifted, Unreadable) as error:
        proposal = _proposal(source, page)
        raise Drifted(f"{error.reason}; {proposal}" if proposal else error.reason) from error
    if source.reader in NEWSROOMS and (proposal := _proposal(source, page)):
        return replace(reading, warnings=(*reading.warnings, proposal))
    return reading


def page_address(source: Source, lead: Lead) -> str:
    """Where what stands behind a lead is fetched from: its own address, or GOV.UK's content API for it."""
    return content_address(lead.url) if source.pages == "govuk" else lead.url


def _proposal(source: Source, page: Page) -> str | None:
    """What to declare instead, where a page bears the signs of a family that its source does not name."""
    if source.reader not in (*NEWSROOMS, "listing", "committee"):
        return None
    moved = sign(page)
    if moved is None or moved.reader == source.reader:
        return None
    return proposed(moved, page.final_url)
