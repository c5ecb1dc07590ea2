"""HTML listings, with selectors and without."""

import pytest

from crawlers.readers import read_listing
from newsdesk.errors import Drifted, Mistake
from tests.crawlers.examples import a_page, a_source


def a_card(number: int, date: str = "12 May 2024") -> str:
    return f"<div class='card'><a href='/news/{number}'><h3>Story number {number}</h3></a><p>{date}</p></div>"


def test_one_dated_link_is_not_yet_a_list() -> None:
    with pytest.raises(Drifted, match="no list of items"):
        read_listing(a_source(reader="listing"), a_page(f"<main>{a_card(1)}</main>"))


def test_links_without_a_date_are_not_taken_for_news() -> None:
    links = "".join(f"<li><a href='/service/{each}'>A service</a></li>" for each in range(9))
    with pytest.raises(Drifted):
        read_listing(a_source(reader="listing"), a_page(f"<main><ul>{links}</ul></main>"))


def test_the_list_in_the_page_goes_before_the_shorter_one_beside_it() -> None:
    beside = "<div class='box'><a href='/a'>An older story</a> 1 May 2024</div>" * 2
    cards = "".join(a_card(each) for each in range(1, 4))
    leads = read_listing(a_source(reader="listing"), a_page(f"<main>{beside}{cards}</main>")).leads
    assert [lead.url.rsplit("/", 1)[1] for lead in leads] == ["1", "2", "3"]


def test_a_date_selector_that_finds_nothing_is_a_warning() -> None:
    source = a_source(reader="listing", options={"item": ".card", "date": ".when"})
    reading = read_listing(source, a_page(f"<main>{a_card(1)}</main>"))
    assert reading.leads[0].published is None
    assert reading.warnings == ("the selector '.when' finds no date on any item",)


def test_a_selector_that_is_no_selector_is_the_operators_mistake() -> None:
    with pytest.raises(Mistake, match=r"options\.item"):
        read_listing(a_source(reader="listing", options={"item": "li[["}), a_page("<p>News</p>"))


def test_a_title_that_changes_changes_the_marker() -> None:
    source = a_source(reader="listing", options={"item": ".card"})
    before = read_listing(source, a_page(a_card(1))).leads[0]
    after = read_listing(source, a_page(a_card(1).replace("Story", "Corrected story"))).leads[0]
    assert before.url == after.url
    assert before.marker != after.marker
