"""Listings of known families, beyond their recorded shapes (those are under pages/)."""

import pytest
from hypothesis import given, settings, strategies as st

from crawlers.readers import NEWSROOMS, read_listing
from newsdesk.errors import Drifted
from tests.crawlers.examples import a_feed, a_page, a_source


def a_story(number: int, date: str = "12 May 2026") -> str:
    link = f"/news/article/{number}/story_{number}"
    return f"<li><h2><a href='{link}'>Story {number}</a></h2><p>{date}</p><a href='{link}'>Read more</a></li>"


def stories(*numbers: int, around: str = "<main><ul>{}</ul></main>") -> str:
    return around.format("".join(map(a_story, numbers)))


PAGERS = st.lists(
    st.sampled_from(
        [
            "<a href='?page=2'>2</a>",
            "<a href='/news?p=3'>Next</a>",
            "<a href='/news/page/4/'>Older posts</a>",
            "<a href='/news.aspx?Main_List_GoToPage=5'>5</a>",
            "<a rel='next' href='/news/article/99/next_page'>»</a>",
            "<ul class='pager'><li><a href='/news/article/98/x'>Story</a></li></ul>",
            "<nav class='pagination'><a href='/news/article/97/x'>6</a></nav>",
            "<a href='/news/article/96/x'>Show more news</a>",
            "<a href='/news/article/95/x'>12</a>",
        ]
    ),
    max_size=6,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(before=PAGERS, after=PAGERS)
def test_links_that_turn_pages_are_never_items(before: str, after: str) -> None:
    html = f"<main>{before}<ul>{a_story(1)}{a_story(2)}</ul>{after}</main>"
    leads = read_listing(a_source(reader="jadu"), a_page(html)).leads
    assert [lead.title for lead in leads] == ["Story 1", "Story 2"]


def test_an_item_takes_its_own_date_and_no_neighbours() -> None:
    undated = "<li><h2><a href='/news/article/2/b'>Without a date</a></h2></li>"
    html = f"<main><ul>{a_story(1)}{undated}{a_story(3, '9 May 2026')}</ul></main>"
    leads = read_listing(a_source(reader="jadu"), a_page(html)).leads
    assert [lead.published_printed for lead in leads] == ["12 May 2026", None, "9 May 2026"]


def test_the_order_is_that_of_the_page() -> None:
    leads = read_listing(a_source(reader="jadu"), a_page(stories(3, 1, 2))).leads
    assert [lead.title for lead in leads] == ["Story 3", "Story 1", "Story 2"]


@pytest.mark.parametrize(
    "around", ["<nav>{}</nav>", "<footer>{}</footer>", "<div role='navigation'>{}</div>"]
)
def test_menus_and_footers_hold_no_news(around: str) -> None:
    with pytest.raises(Drifted):
        read_listing(a_source(reader="jadu"), a_page(stories(1, 2, around=around)))


@pytest.mark.parametrize("family", NEWSROOMS)
def test_a_feed_under_the_address_of_a_listing_is_read_as_one(family: str) -> None:
    feed = a_feed("<item><title>News</title><link>/news/1</link></item>")
    assert read_listing(a_source(reader=family), feed).leads[0].title == "News"


@pytest.mark.parametrize("family", NEWSROOMS)
def test_a_page_without_news_has_drifted(family: str) -> None:
    with pytest.raises(Drifted):
        read_listing(a_source(reader=family), a_page("<main><p>Nothing to see.</p></main>"))


def test_a_title_that_changes_changes_the_marker_and_not_the_address() -> None:
    before = read_listing(a_source(reader="jadu"), a_page(stories(1, 2))).leads[0]
    after = read_listing(a_source(reader="jadu"), a_page(stories(1, 2).replace("Story 1", "Tale 1"))).leads[0]
    assert before.url == after.url
    assert before.marker != after.marker
