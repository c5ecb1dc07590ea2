"""Walls, and articles that only speak of them."""

import pytest

from crawlers.articles import read_article
from crawlers.markup import parse
from crawlers.readers import READERS, read_listing
from crawlers.walls import FEW_WORDS, recognise
from newsdesk.errors import Blocked
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


# ---------------------------------------------------------------- walls with status 200, wherever they stand

WALLS = {
    "performing security verification": (
        "<title>Just a moment...</title><h1>northmarch.gov.uk</h1><p>Performing security verification. This "
        "site uses a service to keep robots away.</p>",
        "challenge",
    ),
    "a riddle and nothing else": (
        "<title>www.northmarch.gov.uk</title><script src='https://challenges.cloudflare.com/turnstile/v0/api.js'>"
        "</script><p>One moment.</p>",
        "challenge",
    ),
    "a frame of a protecting service": (
        "<iframe src='/_Incapsula_Resource?SWUDNSAI=31'>Request unsuccessful.</iframe>",
        "challenge",
    ),
    "a proof of work": ("<title>Making sure you&#39;re not a bot!</title><p>Loading.</p>", "challenge"),
    "a script that must run": (
        "<title>Northmarch</title><noscript>Please enable JavaScript to view the page content.</noscript>",
        "challenge",
    ),
    "a puzzle of a paper": (
        "<title>marchtimes.example</title><p>Please enable JS and disable any ad blocker</p>",
        "challenge",
    ),
    "a firewall": (
        "<title>Request Rejected</title><p>The requested URL was rejected. Your support ID is: 1</p>",
        "block",
    ),
    "too many requests": ("<title>429 Too Many Requests</title><p>Slow down, please.</p>", "block"),
    "another country": ("<title>March Times</title><h1>451: Unavailable due to legal reasons</h1>", "block"),
    "a plugin's limit": (
        "<h1>Your access to this site has been limited by the site owner</h1><p>Code 503.</p>",
        "block",
    ),
    "consent without a heading": (
        "<title>March Times</title><h2>Welcome</h2><p>We and our 830 partners store and access personal data "
        "on your device.</p><button>Agree and close</button>",
        "consent",
    ),
    "consent or pay": ("<title>March Live</title><h1>Consent or pay</h1><p>Choose.</p>", "consent"),
    "a members' area": ("<title>Care Weekly</title><p>You must be logged in to view this page.</p>", "login"),
    "for subscribers": (
        "<title>Numbers fall | Care Weekly</title><p>This article is for subscribers only.</p>",
        "login",
    ),
    "an unavailable service": (
        "<title>Sorry, the service is unavailable</title><p>Later.</p>",
        "maintenance",
    ),
    "a broken database": ("<h1>Error establishing a database connection</h1>", "maintenance"),
    "an unpaid bill": ("<title>Account Suspended</title><p>Contact your provider.</p>", "maintenance"),
    "a name for sale": ("<title>marchtimes.example</title><p>This domain is for sale.</p>", "parked"),
}


@pytest.mark.parametrize(("html", "wall"), WALLS.values(), ids=WALLS)
def test_a_wall_is_blocked_as_a_listing_and_as_an_article(html: str, wall: str) -> None:
    page = a_page(f"<!doctype html><html><body>{html}</body></html>")
    for reader in READERS:
        with pytest.raises(Blocked, match=f"a {wall} page came"):
            read_listing(a_source(reader=reader), page)
    for pages in ("html", "govuk"):
        with pytest.raises(Blocked, match=f"a {wall} page came"):
            read_article(a_source(pages=pages), Lead(page.url, "Plan agreed"), page)


@pytest.mark.parametrize(
    "words",
    [
        "The household waste site is currently unavailable to visitors after a fire on Sunday night.",
        "We and our partners in health have agreed how families will be helped this winter.",
        "Our phone line for benefits is down. You can write to us or come to the town hall until five.",
        "Parents have to be signed in at the gate. The school's account of the visit is on its own pages.",
        "The old library is for sale, and so is the domain of the former manor, the council has decided.",
        "Too many requests for parking were refused, an auditor says.",
    ],
)
def test_a_short_notice_in_such_words_is_none(words: str) -> None:
    assert kind(f"<title>Notice | Northmarch Council</title><h1>Notice</h1><p>{words}</p>") is None


def test_a_banner_above_a_short_notice_is_no_wall() -> None:
    banner = "<div>We and our partners use cookies.</div>"
    assert kind(f"<title>Hub | Council</title>{banner}<h1>Hub opens</h1><p>{ARTICLE[:400]}</p>") is None
