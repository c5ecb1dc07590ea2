"""What comes next: the step, its date as coarse as it is told, and the sentence."""

from datetime import UTC, datetime

import pytest

from newsdesk.coming import read
from newsdesk.model import Article, Event, Step
from newsdesk.passage import Passage

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)


def told(text: str, event: Event = Event.INSPECTION) -> list[tuple[Step, str | None]]:
    article = Article("http://x.example/1", "A paper", "Northmarch", text, AT, published=AT)
    return [(each.step, each.due) for each in read(Passage(article.title, text), article, event)]


@pytest.mark.parametrize(
    ("sentence", "step", "due"),
    [
        ("The council must send an action plan to Ofsted by 12 June.", Step.ACTION_PLAN, "2026-06-12"),
        ("It has 70 working days to submit its plan.", Step.ACTION_PLAN, None),
        ("The next monitoring visit is due in September.", Step.MONITORING_VISIT, "2026-09"),
        ("Inspectors are expected to return in January 2027.", Step.MONITORING_VISIT, "2027-01"),
        ("A full inspection is expected next year.", Step.INSPECTION, "2027"),
        ("The commissioner will report to ministers by the end of May.", Step.REPORT, "2026-05"),
        ("The partnership should send a written statement of action by 3 July 2026.",
         Step.STATEMENT_OF_ACTION, "2026-07-03"),
        ("The government is expected to issue a direction.", Step.DIRECTION, None),
        ("The budget will come to cabinet on 14 April.", Step.OTHER, "2026-04-14"),
        ("Cabinet members meet on 17 March to decide.", Step.OTHER, "2026-03-17"),
        ("The notice will be reviewed in 12 months.", Step.OTHER, "2027-03"),
        ("It is the last visit before a full inspection in the autumn.", Step.INSPECTION, "2026"),
        ("She has three months to decide whether the council keeps control.", Step.REPORT, "2026-06"),
    ],
)  # fmt: skip
def test_a_step_ahead_is_told_with_its_date(sentence: str, step: Step, due: str | None) -> None:
    assert told(sentence) == [(step, due)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The action plan was sent in January.",
        "The adviser will report to ministers every three months.",
        "No written statement of action has been asked for.",
        "The report says that plans are due to be reviewed every six weeks.",
        "Inspectors carried out a monitoring visit on 3 and 4 February.",
        "The direction will remain in place.",
        "The letter will not be published by Ofsted.",
        "Leaders will never stop trying.",
        "The grade stands until the next inspection.",
    ],
)
def test_what_is_past_or_only_wished_is_no_step(sentence: str) -> None:
    assert told(sentence) == []


def test_it_is_the_step_named_before() -> None:
    assert told("The council has written an action plan. It is to be submitted by 30 June.") == [
        (Step.ACTION_PLAN, "2026-06-30")
    ]


def test_a_persons_first_day_is_no_step_after_the_news() -> None:
    assert told("She will take up the post on 1 May.", Event.LEADERSHIP) == []


def test_a_step_is_told_once_and_with_its_date() -> None:
    text = "Another monitoring visit will follow. The next visit is planned for July."
    assert told(text) == [(Step.MONITORING_VISIT, "2026-07")]
