"""Titles and dates, where what a page states and what it shows are not the same."""

from datetime import UTC, datetime

import pytest

from crawlers.markup import parse
from crawlers.metadata import Metadata, read_metadata
from newsdesk.model import Lead

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
ADDRESS = "https://www.northmarchcourier.co.uk/news/1"


def about(body: str, head: str = "") -> Metadata:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    return read_metadata(tree, Lead(ADDRESS, ""), ADDRESS, "", NOW)


def stated(title: str) -> str:
    return f"<meta property='og:title' content=\"{title}\">"


# ---------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("shown", "claimed", "title"),
    [
        (
            "Council told to improve",
            "Council told to improve | Northmarch Courier",
            "Council told to improve",
        ),
        ("Opinion Council told to improve", "Council told to improve", "Council told to improve"),
        ("Letters", "Council told to improve", "Council told to improve"),
        ("Council told to act fast", "Council must improve", "Council told to act fast"),
    ],
)
def test_the_headline_is_what_shown_and_stated_titles_share(shown: str, claimed: str, title: str) -> None:
    assert about(f"<h1>{shown}</h1>", stated(claimed)).title == title


def test_the_name_of_the_site_is_cut_off_a_stated_title() -> None:
    assert about("", stated("Council told to improve | NorthmarchCourier")).title == "Council told to improve"


def test_quotation_marks_are_taken_as_they_were_typed() -> None:
    data = '{"@type":"NewsArticle","headline":"Council\'s \'slow\' work"}'
    page = about("<h1>Council’s ‘slow’ work</h1>", f"<script type='application/ld+json'>{data}</script>")
    assert page.title == "Council's 'slow' work"


# ---------------------------------------------------------------- dates


def test_a_template_s_date_in_json_ld_goes_behind_the_date_that_is_shown() -> None:
    data = '{"@type":"Article","headline":"x","datePublished":"Aug 21, 2025"}'
    head = f"<script type='application/ld+json'>{data}</script>"
    page = about("<h1>Visit</h1><time class='published' datetime='2023-04-26T09:30'>26 April</time>", head)
    assert page.published == datetime(2023, 4, 26, 8, 30, tzinfo=UTC)


def test_several_dates_in_microdata_are_those_of_a_list() -> None:
    teasers = "".join(
        f"<div><span itemprop='datePublished'>2025-12-{day}</span></div>" for day in ("16", "11", "01")
    )
    page = about(f"<h1>Visit</h1><time pubdate datetime='2024-11-13'>13 November</time>{teasers}")
    assert page.published_printed == "2024-11-13"


def test_a_date_below_the_headline_goes_before_one_above_it() -> None:
    page = about(
        "<time datetime='2026-11-20'>Today</time><h1>Visit</h1><time datetime='2023-06-29'>June</time>"
    )
    assert page.published_printed == "2023-06-29"


def test_a_single_machine_date_keeps_its_time_and_zone() -> None:
    head = "<meta property='article:published_time' content='2023-08-02T06:00:00+01:00'>"
    assert about("<h1>Visit</h1>", head).published == datetime(2023, 8, 2, 5, tzinfo=UTC)
