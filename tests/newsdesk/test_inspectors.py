"""Who led the inspection, where an article says it."""

from datetime import UTC, datetime

import pytest

from newsdesk.inspectors import read
from newsdesk.model import Article, Event, Inspector, OfficialDocument
from newsdesk.passage import Passage

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)


def found(text: str, document: OfficialDocument | None = None) -> Inspector | None:
    article = Article("http://x.example/1", "A paper", "A report", text, AT, document=document)
    return read(Passage(article.title, text), article)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lead inspector: Ada Example, His Majesty's Inspector",
        "The lead inspector was Ada Example, His Majesty's Inspector.",
        "The inspection was led by Ada Example.",
        "The inspectors were Ada Example HMI (lead) and Bert Sample HMI.",
        "Ada Example, who led the inspection, praised the staff.",
    ],
)
def test_the_lead_inspector_is_named_with_the_sentence(sentence: str) -> None:
    assert found(f"Services were inspected in May. {sentence}") == Inspector("Ada Example", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Inspectors met the leader of the council, Ada Example.",
        "The inspection was led by Ofsted.",
        "The inspection report calls leaders calm.",
    ],
)
def test_nobody_else_is_taken_for_one(sentence: str) -> None:
    assert found(sentence) is None


def test_a_document_says_it_in_its_own_place() -> None:
    document = OfficialDocument(Event.INSPECTION, lead_inspector="Ada Example")
    assert found("The inspection was led by somebody else.", document) == Inspector("Ada Example", "A report")
