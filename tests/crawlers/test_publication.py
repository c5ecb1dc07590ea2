"""Which day a page was published, where what it states, prints and is called by are not the same."""

from datetime import UTC, datetime

import pytest

from crawlers.markup import parse
from crawlers.metadata import Metadata, read_metadata
from newsdesk.model import Lead

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
SITE = "https://www.northmarchcourier.co.uk"
TEXT = f"<p>{'The council was told in plain words what inspectors had found in its offices. ' * 2}</p>"


def about(body: str, head: str = "", path: str = "/news/1", printed: str | None = None) -> Metadata:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    return read_metadata(tree, Lead(SITE + path, "", published_printed=printed), SITE + path, "", NOW)


def meta(name: str, value: str) -> str:
    return f"<meta property='{name}' content='{value}'>"


def data(text: str) -> str:
    return f"<script type='application/ld+json'>{text}</script>"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<p>Published: 3 August 2026</p>", "3 August 2026"),
        ("<p>Published on Monday, 3rd August 2026 at 10.20am</p>", "Monday, 3rd August 2026 at 10.20am"),
        ("<div>Posted 03/08/2026</div>", "03/08/2026"),
        ("<p>Last updated: 9 August 2026 | First published 3 August 2026</p>", "3 August 2026"),
        ("<p class='date'>Written: 2026-08-03 15:03 / Updated: 2026-08-09 15:30</p>", "2026-08-03 15:03"),
        ("<ul><li>Published on <time datetime='2026-08-03'>3rd August</time></li></ul>", "2026-08-03"),
        ("<time datetime='2026-08-03'>3 August</time>", "2026-08-03"),
    ],
)
def test_a_day_printed_between_headline_and_text_is_the_page_s_own(line: str, day: str) -> None:
    other = "<div class='post-date'>1 May 2024</div>"
    page = about(f"<h1>Visit</h1>{line}{TEXT}{other}")
    assert page.published_printed == day
    assert page.published
    assert page.published.date().isoformat() in ("2026-08-02", "2026-08-03")  # midnight in London, in UTC


def test_a_printed_day_of_change_is_kept_apart() -> None:
    line = "<p>Published: 3 August 2026</p><p>Last updated: Sunday 9 August 2026, 2.30pm</p>"
    page = about(f"<h1>Visit</h1>{line}{TEXT}")
    assert page.published == datetime(2026, 8, 2, 23, tzinfo=UTC)
    assert page.updated == datetime(2026, 8, 9, 13, 30, tzinfo=UTC)


def test_where_stated_days_differ_the_one_printed_below_the_headline_is_right() -> None:
    head = meta("article:published_time", "2026-10-24T12:40:59+00:00") + meta("dc.date.issued", "2026-10-08")
    assert (
        about(f"<h1>Visit</h1><p>Published 8 October 2026</p>{TEXT}", head).published_printed == "2026-10-08"
    )
    assert about(f"<h1>Visit</h1>{TEXT}", head).published_printed == "2026-10-24T12:40:59+00:00"


def test_a_date_that_names_no_event_gives_way_to_one_that_is_printed() -> None:
    head = meta("date", "2026-08-09T10:00:00+01:00")
    line = "<p><time datetime='2026-08-03'>3 August</time></p>"
    assert about(f"<h1>Visit</h1>{line}{TEXT}", head).published_printed == "2026-08-03"
    assert about(f"<h1>Visit</h1>{TEXT}", head).published_printed == "2026-08-09T10:00:00+01:00"


def test_a_page_changed_before_it_was_published_was_built_anew() -> None:
    head = meta("article:published_time", "2026-08-09T10:33:13Z") + meta(
        "article:modified_time", "2026-08-09T10:32:18Z"
    )
    line = "<p><time datetime='2026-08-03'>3 August</time></p>"
    assert about(f"<h1>Visit</h1>{line}{TEXT}", head).published_printed == "2026-08-03"
    assert about(f"<h1>Visit</h1>{TEXT}", head).published == datetime(2026, 8, 9, 10, 33, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "path", "printed"),
    [
        ("", "/2026/08/04/visit", "2026-08-04"),
        ("<time datetime='2026-08-04T00:30:00+01:00'>4 August</time>", "/visit", "2026-08-04T00:30:00+01:00"),
        ("<time>4 August 2026 at 00:30</time>", "/visit", "4 August 2026 at 00:30"),
        ("<time>4 August 2026 at 09:12</time>", "/visit", "2026-08-03T23:30:00Z"),
        ("", "/2026/08/06/visit", "2026-08-03T23:30:00Z"),
    ],
)
def test_a_moment_in_utc_falls_on_the_day_that_the_page_prints_for_it(
    line: str, path: str, printed: str
) -> None:
    page = about(f"<h1>Visit</h1>{line}{TEXT}", meta("article:published_time", "2026-08-03T23:30:00Z"), path)
    assert page.published == datetime(2026, 8, 3, 23, 30, tzinfo=UTC)
    assert page.published_printed == printed


@pytest.mark.parametrize(
    ("path", "day"),
    [("/society/2023/dec/21/visit", "2023-12-21"), ("/2023/10/31/visit", "2023-10-31")],
)
def test_an_address_may_name_the_day(path: str, day: str) -> None:
    page = about(f"<h1>Visit</h1>{TEXT}", path=path)
    assert page.published
    assert (page.published.date().isoformat(), page.winners["published"]) == (day, "address")


def test_a_number_in_an_address_is_not_taken_for_a_day() -> None:
    assert about(f"<h1>Visit</h1>{TEXT}", path="/2023/10/3-questions-and-answers").published is None


def test_the_entry_of_a_web_page_dates_what_has_no_entry_as_an_article() -> None:
    head = meta("article:modified_time", "2026-08-09T10:00:00Z") + data(
        '{"@graph":[{"@type":"WebPage","datePublished":"2026-08-03T09:00:00+01:00"}]}'
    )
    page = about(f"<h1>Visit</h1>{TEXT}", head)
    assert page.published == datetime(2026, 8, 3, 8, tzinfo=UTC)
    assert page.updated == datetime(2026, 8, 9, 10, tzinfo=UTC)


def test_hours_ago_say_nothing_against_a_stated_day() -> None:
    head = meta("article:published_time", "2026-08-03T09:00:00Z") + meta("dc.date.issued", "2026-08-05")
    page = about(f"<h1>Visit</h1><p class='posted'>5 minutes ago</p>{TEXT}", head)
    assert page.published_printed == "2026-08-03T09:00:00Z"


def test_the_lead_s_day_goes_before_what_an_address_says() -> None:
    page = about(f"<h1>Visit</h1>{TEXT}", path="/2026/08/06/visit", printed="3 August 2026")
    assert (page.published_printed, page.winners["published"]) == ("3 August 2026", "lead")
