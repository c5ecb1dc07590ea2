"""Visits: when inspectors came, and which of the series it was."""

from datetime import UTC, datetime

import pytest

from newsdesk.model import Article, Event, OfficialDocument, Visit
from newsdesk.passage import Passage
from newsdesk.visits import read

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)


def visit(
    text: str, event: Event = Event.MONITORING_VISIT, *, document: OfficialDocument | None = None
) -> Visit | None:
    article = Article("http://x.example/1", "A paper", "A visit", text, AT, published=AT, document=document)
    return read(Passage(article.title, text), article, event)


def days(text: str, event: Event = Event.MONITORING_VISIT) -> tuple[str | None, str | None]:
    found = visit(text, event)
    return (found.started, found.ended) if found else (None, None)


@pytest.mark.parametrize(
    ("text", "started", "ended"),
    [
        ("Inspectors visited on 27 and 28 January.", "2026-01-27", "2026-01-28"),
        ("The visit took place on 27 and 28 January 2026.", "2026-01-27", "2026-01-28"),
        ("The inspectors’ latest visit at the end of January looked at plans.", "2026-01", "2026-01"),
        ("It follows a January visit.", "2026-01", "2026-01"),
        ("Inspectors spent two days in the town in February.", "2026-02", "2026-02"),
        (
            "The letter, published on 3 March, is about a visit on 27 and 28 January.",
            "2026-01-27",
            "2026-01-28",
        ),
        ("They were rated inadequate in 2025. Inspectors came in January.", "2026-01", "2026-01"),
        (
            "Inspectors came in January. The monitoring visit was carried out on 27 and 28 January.",
            "2026-01-27",
            "2026-01-28",
        ),
        ("The visit in January was the third since the inspection in June 2025.", "2026-01", "2026-01"),
    ],
)
def test_the_days_on_site_are_found_among_other_dates(text: str, started: str, ended: str) -> None:
    assert days(text) == (started, ended)


@pytest.mark.parametrize(
    "text",
    [
        "The letter was published on 3 March.",
        "The next visit is due in May 2026.",
        "Inspectors will return in June.",
        "Inspectors came in 2022.",  # too long ago for this letter
        "The council was rated inadequate in June 2025.",
        "The committee meets on 27 February.",
    ],
)
def test_other_dates_are_not_the_visits(text: str) -> None:
    assert days(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("This was the second monitoring visit since the judgement.", 2),
        ("It carried out its fifth such visit.", 5),
        ("Inspectors made their 3rd monitoring visit.", 3),
        ("the fourth visit since the inspection", 4),
        ("It was the third since its inadequate judgement.", 3),
        ("This monitoring visit had been the fifth of six visits by Ofsted.", 5),
        ("the fifth of a series of Monitoring Visits", 5),
        ("A second monitoring visit is due in May; this was the first monitoring visit.", None),
        ("Inspectors found the first signs of progress.", None),
        ("The third monitoring visit will be in June.", None),
    ],
)
def test_visits_are_counted_where_the_text_counts_them(text: str, number: int | None) -> None:
    found = visit(text)
    assert (found.ordinal if found else None) == number


def test_a_number_of_a_focused_visit_is_not_counted() -> None:
    assert visit("It was the second visit since the inspection.", Event.FOCUSED_VISIT) is None


@pytest.mark.parametrize(
    "event", [Event.INSPECTION, Event.JTAI, Event.SEND_INSPECTION, Event.SEND_MONITORING]
)
def test_every_inspection_has_its_days(event: Event) -> None:
    assert days("Inspectors were on site from 12 to 23 January 2026.", event) == ("2026-01-12", "2026-01-23")


def test_the_last_inspection_is_not_this_one() -> None:
    text = "When it was last inspected in October 2025 it was good. Inspectors came in January."
    assert days(text, Event.INSPECTION) == ("2026-01", "2026-01")


@pytest.mark.parametrize("event", [Event.DIRECTION, Event.LEADERSHIP, Event.POLICY, Event.OTHER])
def test_other_events_have_no_visit(event: Event) -> None:
    assert visit("Inspectors came in January.", event) is None


def test_an_official_document_says_its_days_itself() -> None:
    document = OfficialDocument(kind=Event.MONITORING_VISIT, started="2026-01-27", ended="2026-01-28")
    found = visit("The second monitoring visit, said to be in February.", document=document)
    assert found == Visit("2026-01-27", "2026-01-28", 2, "A visit")


def test_the_sentence_that_says_the_finest_date_is_the_evidence() -> None:
    found = visit("Inspectors came in January. They visited on 27 January.")
    assert found is not None
    assert found.sentence == "They visited on 27 January."
