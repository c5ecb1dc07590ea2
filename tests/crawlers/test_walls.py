"""Walls, and articles that only speak of them."""

import pytest

from crawlers.articles import read_article
from crawlers.markup import parse
from crawlers.walls import FEW_WORDS, recognise
from newsdesk.model import Lead
from tests.crawlers.examples import a_page, a_source

ARTICLE = "The council said on Tuesday that its plan for families would go ahead as agreed. " * 14


def kind(html: str) -> str | None:
    return recognise(parse(html), html)


@pytest.mark.parametrize(
    ("html", "wall"),
    [
        ("<title>Just a moment...</title><p>Checking.</p>", "challenge"),
        ("<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>", "challenge"),
        (
            "<title>northmarch.gov.uk</title><p>Verify you are human by completing the action below.</p>",
            "challenge",
        ),
        ("<title>Pardon Our Interruption</title><p>Something about your browser.</p>", "challenge"),
        ("<title>403 Forbidden</title><h1>Forbidden</h1>", "block"),
        (
            "<title>Access Denied</title><p>You don't have permission to access it on this server.</p>",
            "block",
        ),
        (
            "<title>x</title><p>The requested URL was rejected. Please consult your administrator.</p>",
            "block",
        ),
        ("<title>ERROR: The request could not be satisfied</title><p>Request blocked.</p>", "block"),
        ("<title>Web Page Blocked!</title><p>Attack ID: 20000051</p>", "block"),
        ("<title>Courier</title><h1>We value your privacy</h1><button>Accept all</button>", "consent"),
        ("<title>Log in to Care Weekly</title><form><input type=password></form>", "login"),
        ("<title>Story | Care Weekly</title><p>Subscribe now to read the full story.</p>", "login"),
        ("<title>Site under maintenance</title><p>Back on Monday.</p>", "maintenance"),
        ("<title>503 Service Temporarily Unavailable</title><h1>nginx</h1>", "maintenance"),
    ],
)
def test_a_wall_is_named_for_what_it_is(html: str, wall: str) -> None:
    assert kind(html) == wall


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment...",
        "Access denied: families shut out of children's records",
        "Register for the parents' forum",
        "Bridge closed for maintenance",
        "Cookie consent banners and the councils that lack them",
    ],
)
def test_an_article_of_ordinary_length_is_no_wall_whatever_its_title(title: str) -> None:
    assert len(ARTICLE.split()) > FEW_WORDS
    assert kind(f"<title>{title}</title><h1>{title}</h1><p>{ARTICLE}</p>") is None


@pytest.mark.parametrize(
    "html",
    [
        "<title>Road closed | Council</title><p>The road is closed for works until Friday.</p>",
        "<title>Access denied to files, court told</title><p>A short court report.</p>",
        "<title>News</title><p>We use cookies.</p><p>Foster carers are wanted in the county.</p>",
    ],
)
def test_a_short_notice_is_no_wall_either(html: str) -> None:
    assert kind(html) is None


def test_a_long_page_that_is_all_about_consent_is_a_wall_and_an_article_about_it_is_none() -> None:
    heading = "<title>We value your privacy</title>"
    terms = "<p>We and our partners store cookies and process personal data with your consent.</p>" * 30
    assert kind(heading + terms) == "consent"
    assert kind(f"{heading}<p>{ARTICLE * 3}</p>") is None


def test_a_protected_site_s_script_on_a_full_page_is_no_challenge() -> None:
    script = "<script src='/_Incapsula_Resource?x=1'></script>"
    article = f"<article><h1>Plan agreed</h1><p>{ARTICLE}</p></article>"
    page = a_page(f"<html><head>{script}</head><body>{article}</body></html>")
    assert "families" in read_article(a_source(), Lead(page.url, "Plan agreed"), page).text
