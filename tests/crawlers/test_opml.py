"""Lists of feeds: what is taken from one, and that ours is one."""

import pytest
from hypothesis import given, strategies as st

from crawlers.opml import Outline, opml, outlines
from newsdesk.errors import Mistake
from tests.crawlers.examples import a_source


def a_list(*inner: str) -> bytes:
    return f"<opml version='2.0'><head/><body>{''.join(inner)}</body></opml>".encode()


def test_feeds_are_found_at_any_depth_and_each_once() -> None:
    feed = "<outline type='rss' text='March &amp; Vale' xmlUrl='https://x.example/feed/' htmlUrl='https://x.example'/>"
    same = "<outline text='Again' xmlUrl='http://www.x.example/feed'/>"
    body = a_list(f"<outline text='Councils'>{feed}</outline>", same, "<outline text='No feed'/>")
    assert outlines(body) == [Outline("March & Vale", "https://x.example/feed/", "https://x.example/")]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "/feed", ""])
def test_what_is_no_honest_address_is_left_out(link: str) -> None:
    assert outlines(a_list(f"<outline text='x' xmlUrl='{link}'/>")) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        b"<rss version='2.0'/>",
        b"<!DOCTYPE opml [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><opml><body/></opml>",
    ],
)
def test_what_is_no_list_is_the_operators_mistake(body: bytes) -> None:
    with pytest.raises(Mistake):
        outlines(body)


def test_our_own_list_can_be_read_again_and_holds_the_feeds_alone() -> None:
    feeds = [a_source(outlet='March "News" & <Views>', url="https://x.example/feed?a=1&b=2")]
    text = opml([*feeds, a_source(reader="listing", url="https://y.example/news")])
    assert outlines(text.encode()) == [Outline(feeds[0].outlet, feeds[0].url)]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_a_mistake(body: bytes) -> None:
    try:
        outlines(body)
    except Mistake:
        return
    assert b"opml" in body
