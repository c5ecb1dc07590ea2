"""Names of writers, out of all that stands in bylines."""

import pytest

from crawlers.bylines import byline_of
from crawlers.markup import parse
from crawlers.structured import claims


def name(body: str, head: str = "", outlet: str = "Northmarch Courier") -> str | None:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    found = byline_of(tree, claims(tree), outlet)
    return found.value if found else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ann Writer", "Ann Writer"),
        ("Words by Ann Writer", "Ann Writer"),
        ("Ann Writer | Northmarch Courier", "Ann Writer"),
        ("Ann Writer, Chief Reporter", "Ann Writer"),
        ("Ann Writer Published: 3 August 2023", "Ann Writer"),
        ("Ann Writer 3rd August 2023", "Ann Writer"),
        ("Ann Writer Ann Writer", "Ann Writer"),
        ("Ann Writer, Bob Other", "Ann Writer, Bob Other"),
    ],
)
def test_offices_outlets_and_dates_are_no_names(line: str, expected: str) -> None:
    assert name(f"<p class='byline'>{line}</p>") == expected


def test_a_person_who_is_shown_goes_before_an_outlet_that_names_itself() -> None:
    head = "<meta name='author' content='Northmarch Courier'>"
    assert name("<p class='byline'>By Ann Writer</p>", head) == "Ann Writer"
    assert name("", head) == "Northmarch Courier"


def test_what_is_stated_goes_before_what_is_shown() -> None:
    head = "<meta name='author' content='Ann Writer'>"
    assert name("<p class='byline'>By Bob Other</p>", head) == "Ann Writer"


def test_a_line_that_begins_with_by_is_a_byline() -> None:
    assert name("<h1>Visit</h1><p>By Ann Writer</p><p>By the end of June it was over.</p>") == "Ann Writer"


@pytest.mark.parametrize(
    "body",
    [
        "<p class='byline'>Photograph by Bob Other</p>",
        "<form><p class='comment-form-author'>Name *</p></form>",
        "<aside><p class='byline'>By Bob Other</p></aside>",
        "<p>By the end of June it was over.</p>",
    ],
)
def test_photographers_forms_teasers_and_sentences_are_no_writers(body: str) -> None:
    assert name(body) is None


def test_the_links_of_a_byline_are_its_names() -> None:
    line = "<div class='byline'><a href='/ann'>Ann Writer</a><span>Northmarch and County</span></div>"
    assert name(line) == "Ann Writer"
