"""Judgements: whose grade, since when, and whether it is news."""

from datetime import UTC, date, datetime

import pytest

from newsdesk.history import History, Inspection
from newsdesk.judgements import read
from newsdesk.model import Area, Article, Event, Grade, Judgement, OfficialDocument
from newsdesk.passage import Passage
from newsdesk.roles import named, roles
from tests.newsdesk.desks import gazetteer

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)
NOTHING = History([])
RECORD = History(
    [
        Inspection(
            "northmarch", date(2022, 9, 21), "2022-07-18", "2022-07-29", {Area.OVERALL: Grade.INADEQUATE}
        ),
        Inspection("eastholme", date(2026, 12, 1), None, "2026-11-01", {Area.OVERALL: Grade.GOOD}),
    ]
)


def judged(
    title: str,
    text: str,
    event: Event = Event.INSPECTION,
    *,
    history: History = NOTHING,
    published: datetime | None = AT,
    document: OfficialDocument | None = None,
) -> list[Judgement]:
    article = Article(
        "http://x.example/1", "A paper", title, text, AT, published=published, document=document
    )
    passage = Passage(title, text)
    mentions = named(passage, gazetteer(), set())
    return list(read(passage, article, event, roles(mentions), mentions, history))


def told(text: str, event: Event = Event.INSPECTION, *, history: History = NOTHING) -> list[str]:
    """Each grade of a story about Northmarch: council, grade, date, and "new" or "old"."""
    return [
        f"{each.council} {each.grade} {each.date or '?'} {'new' if each.current else 'old'}"
        for each in judged("Children's services in Northmarch", text, event, history=history)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Northmarch has been rated inadequate by Ofsted.",
        "Ofsted has now rated the services inadequate.",
        "In a report published in February the services were judged inadequate.",
        "Two years ago it was told to improve, and it has now been rated inadequate.",
        "Ofsted rated the services inadequate after a visit in January.",
    ],
)
def test_in_a_story_of_an_inspection_a_grade_is_news(sentence: str) -> None:
    assert told(sentence) == ["northmarch inadequate 2026-03-05 new"]


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("It was previously rated inadequate.", "inadequate ?"),
        ("It was rated inadequate in 2018.", "inadequate 2018"),
        ("When it was last inspected, in 2022, its services were judged inadequate.", "inadequate 2022"),
        ("Services had been rated inadequate.", "inadequate ?"),
        ("It is no longer inadequate, Ofsted said.", "inadequate ?"),
        ("Since the inspection in 2019, when services were judged to be good, staff have left.", "good 2019"),
        ("It was rated good at its last inspection.", "good ?"),
        ("The report comes five years after it was judged to be good.", "good 2021"),
        ("The authority, which is currently rated inadequate, has a new leader.", "inadequate ?"),
    ],
)
def test_a_grade_of_the_past_is_not(sentence: str, grade: str) -> None:
    assert told(sentence) == [f"northmarch {grade} old"]


@pytest.mark.parametrize(
    ("sentence", "grades"),
    [
        (
            "It has been rated good, up from requires improvement.",
            ["good 2026-03-05 new", "requires-improvement ? old"],
        ),
        (
            "It has been rated inadequate, five years after it was judged to be good.",
            ["inadequate 2026-03-05 new", "good 2021 old"],
        ),
        (
            "Services rose from inadequate, in 2019, to good, in 2023.",
            ["inadequate 2019 old", "good 2023 old"],
        ),
        (
            "It was previously rated good overall and outstanding for leadership.",
            ["good ? old", "outstanding ? old"],
        ),
        (
            "Previously rated inadequate, it is now rated good.",
            ["inadequate ? old", "good 2026-03-05 new"],
        ),
    ],
)
def test_old_and_new_stand_in_one_sentence(sentence: str, grades: list[str]) -> None:
    assert told(sentence) == [f"northmarch {each}" for each in grades]


@pytest.mark.parametrize("event", sorted(set(Event) - {Event.INSPECTION}))
def test_in_any_other_story_a_grade_is_old(event: Event) -> None:
    assert told("Northmarch has been rated inadequate by Ofsted.", event) == ["northmarch inadequate ? old"]


def test_what_follows_a_date_does_not_take_it_away() -> None:
    sentence = "Since it was given an inadequate rating in March 2017, inspectors have found progress."
    assert told(sentence, Event.MONITORING_VISIT) == ["northmarch inadequate 2017-03 old"]


def test_a_grade_belongs_to_the_council_named_before_it() -> None:
    assert told("Northmarch is helped by Eastholme, where services have been rated outstanding.") == [
        "eastholme outstanding ? old"
    ]


@pytest.mark.parametrize(
    "sentence",
    ["Outstanding-rated Eastholme is its partner.", "It is helped by ‘outstanding’ Eastholme, Ofsted says."],
)
def test_a_grade_before_a_name_belongs_to_that_council(sentence: str) -> None:
    assert told(sentence) == ["eastholme outstanding ? old"]


def test_the_council_is_the_subject_even_where_another_was_named_last() -> None:
    assert told("Following the example of Eastholme, the council has been rated good.") == [
        "northmarch good 2026-03-05 new"
    ]


def test_a_record_that_is_complete_shows_that_nothing_is_new() -> None:
    """In the record's own years a council without a report just then was not judged then."""
    sentence = "Northmarch has been rated inadequate by Ofsted."
    assert told(sentence, history=RECORD) == ["northmarch inadequate 2022-07 old"]


@pytest.mark.parametrize(
    ("sentence", "as_told", "date"),
    [
        ("It is rated inadequate.", None, "2022-07"),
        ("It was rated inadequate in 2022.", "2022", "2022-07"),
        ("It was rated inadequate in 2015.", "2015", "2015"),
        ("It was rated good.", None, None),
    ],
)
def test_the_record_makes_an_old_grades_date_exact(
    sentence: str, as_told: str | None, date: str | None
) -> None:
    title = "Children's services in Northmarch"
    (judgement,) = judged(title, sentence, Event.MONITORING_VISIT, history=RECORD)
    assert (judgement.told, judgement.date) == (as_told, date)


def test_of_several_sentences_the_one_that_says_the_date_is_the_evidence() -> None:
    (judgement,) = judged(
        "Children's services in Northmarch",
        "Ofsted is concerned about its ‘inadequate’ services. They were rated inadequate in July 2022.",
        Event.MONITORING_VISIT,
        history=RECORD,
    )
    assert judgement.date == "2022-07"
    assert judgement.sentence == "They were rated inadequate in July 2022."


def test_of_several_sentences_without_a_date_the_first_is_the_evidence() -> None:
    (judgement,) = judged("Northmarch rated good by Ofsted", "Ofsted has rated Northmarch good.")
    assert judgement.sentence == "Northmarch rated good by Ofsted"


def test_a_date_within_a_quotation_is_not_the_grades() -> None:
    sentence = (
        "The report, which gave it an inadequate rating, says: “After a visit in July 2022 leaders acted.”"
    )
    assert told(sentence) == ["northmarch inadequate 2026-03-05 new"]


def test_without_a_day_of_publication_a_new_grade_has_no_date() -> None:
    (judgement,) = judged("Northmarch rated good by Ofsted", "", published=None)
    assert (judgement.current, judgement.date) == (True, None)


def test_an_official_report_gives_its_own_grades_and_no_others() -> None:
    document = OfficialDocument(
        kind=Event.INSPECTION,
        published="2026-03-05",
        grades={Area.LEADERS: Grade.GOOD, Area.IN_CARE: Grade.OUTSTANDING},
    )
    found = judged("Inspection of Northmarch", "It was rated inadequate in 2022.", document=document)
    assert {(each.area, each.grade, each.date, each.current) for each in found} == {
        (Area.LEADERS, Grade.GOOD, "2026-03-05", True),
        (Area.IN_CARE, Grade.OUTSTANDING, "2026-03-05", True),
    }


def test_an_official_letter_gives_none() -> None:
    document = OfficialDocument(kind=Event.MONITORING_VISIT)
    assert judged("Visit to Northmarch", "It was rated inadequate.", document=document) == []


def areas(text: str, *, published: datetime = AT) -> set[str]:
    """The new grades of a story about Northmarch, as "area grade"."""
    found = judged("Ofsted report on Northmarch's children's services", text, published=published)
    return {f"{each.area} {each.grade}" for each in found if each.current}


GOOD = {"leaders good", "help-and-protection good", "in-care good", "care-leavers good"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Northmarch was judged good in every area.", {"overall good", *GOOD}),
        ("The impact of leaders is good.\nThe other three areas are inadequate.",
         {"leaders good", "help-and-protection inadequate", "in-care inadequate", "care-leavers inadequate"}),
        ("Northmarch is rated good in all areas but one: care leavers, which is inadequate.",
         {"leaders good", "help-and-protection good", "in-care good", "care-leavers inadequate"}),
        ("Help and protection is good, as is the care of children looked after.",
         {"help-and-protection good", "in-care good"}),
        ("The impact of leaders is outstanding.\nSo is support for care leavers.",
         {"leaders outstanding", "care-leavers outstanding"}),
        ("The impact of leaders\nOutstanding\nCare leavers\nRequires improvement to be\ngood",
         {"leaders outstanding", "care-leavers requires-improvement"}),
        ("| Judgement | 2021 | 2026 |\n| Care leavers | Inadequate | Good |", {"care-leavers good"}),
        ("The good grades are for:\n- the impact of leaders\n- the experiences of children in care",
         {"leaders good", "in-care good"}),
    ],
)  # fmt: skip
def test_a_grade_goes_to_all_the_areas_it_is_for(text: str, expected: set[str]) -> None:
    assert areas(text) == expected


@pytest.mark.parametrize("year", [2026, 2027])
def test_since_april_2026_there_is_no_overall_grade_whatever_the_headline_says(year: int) -> None:
    late = datetime(year, 7, 20, 9, tzinfo=UTC)
    text = "Northmarch's services have been rated outstanding. Leaders are outstanding."
    assert areas(text, published=late) == {"leaders outstanding"}


def test_councils_in_a_list_have_the_grade_each() -> None:
    found = judged(
        "Three councils rated good: Northmarch, Eastholme and Wychmere", "Ofsted published the reports."
    )
    assert {f"{each.council} {each.grade} {each.current}" for each in found} == {
        "northmarch good True",
        "eastholme good True",
        "wychmere good True",
    }


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        (
            "It was rated inadequate in 2012, again in 2015 and for a third time in 2019.",
            {"2012", "2015", "2019"},
        ),
        ("In Ofsted's report of 8 April 2022, services were judged inadequate.", {"2022-04-08"}),
        ("It was rated inadequate in January last year.", {"2025-01"}),
        ("Four years after it was rated inadequate, staff are settled.", {"2022"}),
    ],
)
def test_an_old_grade_has_the_dates_that_are_told(sentence: str, dates: set[str]) -> None:
    found = judged("Northmarch's children's services", sentence, Event.FUNDING)
    assert {each.told for each in found} == dates
