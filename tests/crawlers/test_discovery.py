"""What is found at an address, in which order, and how it would be declared."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from crawlers import registry
from crawlers.discovery import Finding, best, examine
from crawlers.proposals import declaration, weekly
from newsdesk import urls
from newsdesk.errors import Blocked, PresswatchError
from newsdesk.model import Lead
from tests.crawlers.examples import ADDRESS, a_feed, a_page

DAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
TODAY = date(2026, 11, 21)
ITEM = "<item><title>News</title><link>/news/1</link><pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate></item>"


def leads(*days_ago: float) -> tuple[Lead, ...]:
    return tuple(
        Lead(f"https://x.example/{number}", "News", published=DAY - timedelta(days=ago))
        for number, ago in enumerate(days_ago)
    )


def test_a_feed_is_found_as_one() -> None:
    found = examine(a_feed(ITEM))
    assert (found.reader, len(found.leads)) == ("feed", 1)


def test_a_page_names_its_family_its_name_and_where_else_to_look() -> None:
    html = (
        "<html><head><title>Home | Northmarch Council</title><meta name='generator' content='WordPress 6'>"
        "<link rel='alternate' type='application/rss+xml' href='/feed/'>"
        "<link rel='alternate' type='application/rss+xml' href='/comments/feed/'></head>"
        "<body><a href='/news/'>Latest news</a><a href='/bins'>Bins</a>"
        "<a href='https://elsewhere.example/rss'>RSS</a></body></html>"
    )
    found = examine(a_page(html, url="https://www.northmarch.gov.uk/"))
    assert (found.reader, found.family, found.outlet) == (None, "WordPress", "Northmarch Council")
    assert found.further == ("https://www.northmarch.gov.uk/feed/", "https://www.northmarch.gov.uk/news/")


def test_an_index_of_sitemaps_leads_to_the_one_of_news() -> None:
    body = (
        "<sitemapindex><sitemap><loc>https://x.example/news.xml</loc></sitemap>"
        "<sitemap><loc>https://x.example/pages.xml</loc><lastmod>2026-01-01</lastmod></sitemap></sitemapindex>"
    )
    found = examine(a_page(body, "text/xml"))
    assert (found.reader, found.further) == (None, ("https://x.example/news.xml",))


def test_of_a_whole_site_s_sitemap_only_the_news_is_proposed() -> None:
    places = ["bins", "news/hub-opens", "news/letter-published", "schools/term-dates"]
    inner = "".join(f"<url><loc>https://www.northmarch.gov.uk/{each}</loc></url>" for each in places)
    found = examine(a_page(f"<urlset>{inner}</urlset>", "text/xml"))
    assert (found.reader, dict(found.options), len(found.leads)) == ("sitemap", {"path": "/news/"}, 2)


def test_a_page_of_gov_uk_leads_to_its_answer_in_the_content_api() -> None:
    page = a_page("<html><p>Notices</p></html>", url="https://www.gov.uk/government/collections/notices")
    assert "https://www.gov.uk/api/content/government/collections/notices" in examine(page).further


def test_a_wall_is_no_place_to_watch() -> None:
    with pytest.raises(Blocked):
        examine(a_page("<html><title>Just a moment...</title></html>"))


def test_what_is_stated_goes_before_what_is_guessed() -> None:
    feed, newsroom, listing, sitemap, nothing = (
        Finding(f"https://x.example/{reader}", reader, leads=leads(*range(count)))
        for reader, count in (("feed", 2), ("jadu", 9), ("listing", 9), ("sitemap", 99), (None, 0))
    )
    assert best([nothing, sitemap, listing, newsroom, feed]) == [feed, newsroom, listing, sitemap]


@pytest.mark.parametrize(
    ("days_ago", "normal"),
    [
        ((), (0, 1)),
        ((0,), (0, 1)),
        ((0, 1, 2), (0, 21)),  # one a day for two days says little: twice that rate
        ((0, 0, 0), (0, 42)),
        (range(29), (3, 14)),  # one a day for four weeks
        ((0, 7, 14, 21), (0, 2)),  # one a week
        ((0, 60), (0, 2)),  # one in two months: a week may bring none
    ],
)
def test_the_rhythm_is_read_from_the_dates(days_ago: tuple[int, ...], normal: tuple[int, int]) -> None:
    assert weekly(leads(*days_ago)) == normal


@settings(max_examples=60)
@given(st.lists(st.floats(0, 400), max_size=40))
def test_a_rhythm_is_always_one_that_may_be_declared(days_ago: list[float]) -> None:
    low, high = weekly(leads(*days_ago))
    assert 0 <= low <= high
    assert high >= 1


def test_a_declaration_can_be_saved_and_loaded_as_it_is(tmp_path: Path) -> None:
    found = Finding("https://www.northmarch.gov.uk/rss/news", "feed", leads=leads(1, 2, 3))
    text = declaration(found, today=TODAY, outlet='The "March" \\ Council\n')
    (tmp_path / "found.toml").write_text(text, encoding="utf-8")
    source = registry.load(tmp_path)["northmarch"]
    assert (source.url, source.reader, source.kind) == (found.url, "feed", "council")
    assert source.outlet == 'The "March" \\ Council\n'
    assert source.verified_on == TODAY


@pytest.mark.parametrize(
    ("url", "reader", "pages"),
    [
        ("https://www.gov.uk/government/organisations/ofsted.atom", "feed", "govuk"),
        ("https://x.example/visits", "evergreen", "none"),
        ("https://x.example/feed", "feed", None),
    ],
)
def test_what_follows_an_item_is_declared_where_it_is_not_its_page(
    url: str, reader: str, pages: str | None
) -> None:
    (stated,) = tomllib.loads(declaration(Finding(url, reader), today=TODAY))["source"]
    assert stated.get("pages") == pages


def test_options_that_were_found_are_declared() -> None:
    found = Finding("https://x.example/sitemap.xml", "sitemap", options={"path": "/news/"})
    (stated,) = tomllib.loads(declaration(found, today=TODAY))["source"]
    assert stated["options"] == {"path": "/news/"}


SCRAPS = st.lists(
    st.sampled_from(
        [
            "<html>",
            "<title>News | X</title>",
            "<a href='/rss/news'>RSS</a>",
            "<a href='/news/article/1/a'>One</a> 1 May 2026",
            "<a href='/news/article/2/b'>Two</a> 2 May 2026",
            "<li>",
            "</li>",
            "<link rel=alternate type='application/rss+xml' href='//['>",
            "<urlset><url><loc>https://x.example/news/a</loc></url>",
            "<rss version='2.0'><channel><item><link>/a</link></item>",
            '{"results": [{}]}',
            "<meta name=generator content=WordPress>",
        ]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=100, deadline=None)
@given(SCRAPS | st.text(max_size=80), st.sampled_from(["text/html", "text/xml", "application/json", ""]))
def test_any_page_is_judged_or_refused_with_an_error_of_the_house(text: str, content_type: str) -> None:
    try:
        found = examine(a_page(text.encode("utf-8", "replace"), content_type))
    except PresswatchError:
        return
    assert bool(found.reader) == bool(found.leads)
    assert ADDRESS not in found.further
    assert all(urls.canonical(each) == each for each in found.further)
