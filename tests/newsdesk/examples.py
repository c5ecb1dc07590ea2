"""A source made for the tests of the rules of watching."""

from dataclasses import replace
from datetime import date
from typing import Any

from newsdesk.model import Kind, Source

FEED = Source(
    name="northmarch-news",
    outlet="Northmarch Council",
    kind=Kind.COUNCIL,
    url="http://www.northmarch.gov.uk/rss",
    reader="feed",
    weekly=(5, 9),
    verified="invented for a test",
    verified_on=date(2026, 11, 22),
)


def a_source(**stated: Any) -> Source:
    return replace(FEED, **stated)
