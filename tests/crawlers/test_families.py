"""By which signs a page shows the family of systems that made it."""

import json
from pathlib import Path

import pytest

from crawlers.families import FAMILIES, sign
from crawlers.readers import NEWSROOMS, READERS, read_listing
from newsdesk.errors import Drifted
from tests.crawlers.examples import ADDRESS, a_page, a_source

PAGES = Path(__file__).parent / "pages"
NEWS = "<main><h1>News</h1>{}</main>"


def a_recorded_page(family: str) -> tuple[bytes, str]:
    folder = PAGES / f"family-{family}"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    return (folder / "page.html").read_bytes(), expected["source"]["url"]


@pytest.mark.parametrize("family", NEWSROOMS)
def test_every_family_has_a_page_that_bears_its_sign(family: str) -> None:
    body, url = a_recorded_page(family)
    found = sign(a_page(body, url=url))
    assert found
    assert (found.name, found.reader) == (family, family)


@pytest.mark.parametrize(
    ("html", "url", "family"),
    [
        ("<div id='modgov'><h1 class='mgMainTitleTxt'>Committees</h1></div>", ADDRESS, "modern-gov"),
        ("<p>Agenda</p>", "https://northmarch.moderngov.co.uk/mgWhatsNew.aspx", "modern-gov"),
        ("<p>A page</p>", "https://www.gov.uk/government/organisations/ofsted", "govuk"),
        ("<p>A council</p>", "https://reports.ofsted.gov.uk/provider/44/80474", "ofsted"),
        ("<meta name='generator' content='Drupal 10 (https://www.drupal.org)'><p>x</p>", ADDRESS, "drupal"),
        ("<script>window._spPageContextInfo={}</script><p>x</p>", ADDRESS, "sharepoint"),
        ("<a href='/news/article/12/a'>a</a><a href='/news/article/13/b'>b</a>", ADDRESS, "jadu"),
    ],
)
def test_a_family_is_known_by_generator_host_markup_or_addresses(html: str, url: str, family: str) -> None:
    found = sign(a_page(f"<html><body>{html}</body></html>", url=url))
    assert found
    assert found.name == family


@pytest.mark.parametrize(
    "html",
    [
        "<p>Council news</p>",
        "",
        # what other sites' pages and files look like says nothing about this one
        "<a href='https://northmarch.moderngov.co.uk/mgWhatsNew.aspx?a=1'>Committees</a>",
        "<img src='https://blog.example/wp-content/uploads/a.jpg'>",
        "<a href='https://content.govdelivery.com/accounts/UKX/bulletins/3e02ae1'>Our last bulletin</a>",
        "<p>We moved our site from Drupal to WordPress.</p>",
        "<a href='/news/article/12/a'>one story alone</a>",
    ],
)
def test_a_page_without_signs_of_its_own_has_no_family(html: str) -> None:
    assert sign(a_page(html)) is None


def test_every_family_names_a_reader_that_exists() -> None:
    assert {each.reader for each in FAMILIES.values()} <= set(READERS)


def test_a_site_that_moved_to_another_family_is_still_read_with_a_proposal() -> None:
    cards = "".join(
        f"<article class='post'><h2 class='entry-title'><a href='/story-{day}/'>Story of day {day}</a></h2>"
        f"<time datetime='2026-05-0{day}'>{day} May</time></article>"
        for day in (1, 2, 3)
    )
    page = a_page(
        f"<html><head><meta name='generator' content='WordPress 6'></head>{NEWS.format(cards)}</html>"
    )
    reading = read_listing(a_source(reader="goss"), page)
    assert len(reading.leads) == 3
    assert 'the page bears the signs of WordPress: try reader = "wordpress"' in reading.warnings[-1]
    assert read_listing(a_source(reader="wordpress"), page).warnings == ()


def test_a_listing_whose_selectors_fail_says_which_family_the_page_is_of() -> None:
    page = a_page("<html><head><meta name='generator' content='Drupal 10'></head><p>Nothing</p></html>")
    source = a_source(reader="listing", options={"item": "li.news"})
    with pytest.raises(Drifted, match=r"finds no item.*signs of Drupal: try reader = \"drupal\""):
        read_listing(source, page)
