"""When a feed asks to be left alone."""

import pytest

from crawlers.readers import read_listing
from crawlers.readers.wishes import wish
from newsdesk.model import Wish
from tests.crawlers.examples import a_page, a_source

ITEM = "<item><title>A</title><link>https://www.northmarch.gov.uk/a</link></item>"
SKIPS = "<skipHours><hour>0</hour><hour> 23 </hour><hour>24</hour></skipHours>"
DAYS = "<skipDays><day>Saturday</day><day>Sunday</day><day>Noday</day></skipDays>"


def channel(before: str = "", after: str = "", item: str = ITEM) -> bytes:
    return f"<rss version='2.0'><channel>{before}{item}{after}</channel></rss>".encode()


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (channel(), None),
        (channel("<ttl>60</ttl>"), Wish(3600)),
        (channel(after="<ttl>\n15 </ttl>"), Wish(900)),
        (channel("<ttl>often</ttl>"), None),
        (channel(SKIPS), Wish(hours=frozenset({0, 23}))),
        (channel(after=DAYS), Wish(days=frozenset({5, 6}))),
        (channel("<sy:updatePeriod> hourly </sy:updatePeriod>"), Wish(3600)),
        (
            channel("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"),
            Wish(6 * 3600),
        ),
        (channel("<sy:updatePeriod>now and then</sy:updatePeriod>"), None),
        (
            channel("<ttl>5</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0"),
            Wish(3600),
        ),
        (channel(item="<item><title><![CDATA[what <ttl>900</ttl> means]]></title></item>"), None),
        (b"", None),
    ],
)
def test_a_feed_asks_in_any_of_four_ways(body: bytes, wanted: Wish | None) -> None:
    assert wish(body) == wanted


def test_a_feed_s_wish_comes_with_its_items() -> None:
    reading = read_listing(a_source(), a_page(channel("<ttl>60</ttl>"), "application/rss+xml"))
    assert (len(reading.leads), reading.wish) == (1, Wish(3600))
