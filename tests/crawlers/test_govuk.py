"""GOV.UK's search and content API."""

import json
from pathlib import Path

import pytest

from crawlers.articles import read_article
from crawlers.readers import page_address, read_listing
from newsdesk.errors import Drifted, Unreadable
from newsdesk.model import Article, Kind, Lead
from tests.crawlers.examples import a_page, a_source
from tests.recorded import RECORDED, needs_recorded

DFE = a_source(name="dfe", outlet="Department for Education", kind=Kind.GOVERNMENT, pages="govuk")
CONTENT = sorted((RECORDED / "govuk" / "content").glob("*.json"))


def an_answer(**stated: object) -> dict[str, object]:
    return {
        "base_path": "/government/news/x",
        "title": "A direction",
        "description": "What must be done.",
        "public_updated_at": "2026-05-12T10:00:00+01:00",
        "details": {"body": "<p>The council must act.</p>"},
    } | stated


def read(answer: object) -> Article:
    lead = Lead("https://www.gov.uk/government/news/x", "A direction")
    return read_article(DFE, lead, a_page(json.dumps(answer), "application/json; charset=utf-8"))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.gov.uk/government/news/x", "https://www.gov.uk/api/content/government/news/x"),
        (
            "https://www.gov.uk/api/content/government/news/x",
            "https://www.gov.uk/api/content/government/news/x",
        ),
        (
            "https://socialcareinspection.blog.gov.uk/2026/01/x/",
            "https://socialcareinspection.blog.gov.uk/2026/01/x/",
        ),
        ("https://www.gov.uk.evil.example/x", "https://www.gov.uk.evil.example/x"),
    ],
)
def test_only_pages_of_gov_uk_itself_are_asked_for_in_its_content_api(url: str, address: str) -> None:
    assert page_address(DFE, Lead(url, "x")) == address


def test_a_source_that_follows_html_is_sent_to_the_page_itself() -> None:
    lead = Lead("https://www.gov.uk/government/news/x", "x")
    assert page_address(a_source(), lead) == lead.url


def test_a_withdrawn_page_says_so_first() -> None:
    article = read(an_answer(withdrawn_notice={"explanation": "<p>This notice was lifted.</p>"}))
    assert article.text.startswith("Withdrawn: This notice was lifted.\n\nWhat must be done.")


def test_only_the_newest_change_note_is_kept() -> None:
    notes = [
        {"note": "Added Southmere.", "public_timestamp": "2025-01-01T00:00:00Z"},
        {"note": "Added Northmarch.", "public_timestamp": "2026-05-12T00:00:00Z"},
        {"note": "First published.", "public_timestamp": "2020-01-01T00:00:00Z"},
    ]
    text = read(an_answer(details={"body": "<p>List.</p>", "change_history": notes})).text
    assert "Changed: Added Northmarch." in text
    assert "Southmere" not in text


def test_a_page_without_a_body_is_its_description() -> None:
    assert read(an_answer(details={})).text == "What must be done."


def test_a_page_without_any_words_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="neither a body nor a description"):
        read(an_answer(details={}, description=None))


@pytest.mark.parametrize("answer", [[], {"details": {}}, {"title": None}, "gone"])
def test_an_answer_of_another_shape_is_unreadable(answer: object) -> None:
    with pytest.raises(Unreadable, match="is not a page"):
        read(answer)


@pytest.mark.parametrize("body", ["<html></html>", "[]", '{"results": []}', "{}"])
def test_a_listing_without_documents_has_drifted(body: str) -> None:
    with pytest.raises(Drifted):
        read_listing(a_source(reader="govuk"), a_page(body, "application/json"))


@needs_recorded
@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.stem)
def test_every_recorded_kind_of_document_is_read(path: Path) -> None:
    recorded = json.loads(path.read_bytes())
    article = read(recorded)
    assert article.title == " ".join(recorded["title"].split())
    assert article.published is not None
    assert article.updated is None or article.updated > article.published
    assert len(article.text) >= min(60, len(recorded.get("description") or ""))
    assert "<" not in article.text.partition("\n")[0]
