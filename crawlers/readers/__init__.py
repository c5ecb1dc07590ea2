"""From the bytes of a listing to its leads: one reader per format, chosen by the source's declaration."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from crawlers.readers.committees import read_committee
from crawlers.readers.feeds import read_feed
from crawlers.readers.govuk import content_address, read_govuk
from crawlers.readers.listings import read_listing_page
from crawlers.readers.ofsted import read_provider
from crawlers.readers.reading import Reading
from newsdesk.errors import Drifted, Unreadable
from newsdesk.model import Lead, Page, Source

__all__ = ["READERS", "Reading", "page_address", "read_listing"]

READERS: Mapping[str, Callable[[Source, Page], Reading]] = MappingProxyType(
    {
        "feed": read_feed,
        "listing": read_listing_page,
        "govuk": read_govuk,
        "ofsted": read_provider,
        "committee": read_committee,
    }
)


def read_listing(source: Source, page: Page) -> Reading:
    """The leads of a listing, in its own order.

    Drifted when it shows no candidate at all: "parsed no candidates" is never "nothing new". Blocked when a
    challenge, consent, login or maintenance page came instead.
    """
    try:
        return READERS[source.reader](source, page)
    except Unreadable as error:
        raise Drifted(error.reason) from error


def page_address(source: Source, lead: Lead) -> str:
    """Where what stands behind a lead is fetched from: its own address, or GOV.UK's content API for it."""
    return content_address(lead.url) if source.pages == "govuk" else lead.url
