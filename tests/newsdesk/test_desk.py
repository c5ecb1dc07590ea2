"""The desk as a whole: what it leaves out, whom it attaches, and the two real articles."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newsdesk import stories
from newsdesk.model import (
    Area,
    Article,
    Event,
    Grade,
    Kind,
    OfficialDocument,
    Report,
    Role,
    Scope,
    Step,
)
from newsdesk.placing import place
from newsdesk.portrait import portrait
from newsdesk.topic import Topic
from newsdesk.wording import Wording
from tests.newsdesk.desks import desk
from tests.recorded import RECORDED, needs_recorded

AT = datetime(2026, 3, 5, 9, tzinfo=UTC)


def article(title: str, text: str = "", **more: object) -> Article:
    return Article("http://x.example/1", "A paper", title, text, AT, published=AT, **more)  # type: ignore[arg-type]


def test_the_same_article_has_the_same_answer() -> None:
    paper = article(
        "Northmarch children's services rated good", "Ofsted came in January. Eastholme helped the council."
    )
    assert desk().assess(paper) == desk().assess(paper)


def test_grades_and_visits_are_not_read_where_nothing_is_relevant() -> None:
    read = desk().assess(article("Northmarch's library rated good", "Inspectors visited in January 2026."))
    assert (read.relevant, read.judgements, read.visit) == (False, (), None)


@pytest.mark.parametrize("event", ["SEND inspection", "SEND monitoring inspection"])
def test_a_send_story_has_no_new_grades(event: str) -> None:
    title = f"{event} of Northmarch's local area partnership"
    read = desk().assess(
        article(title, "SEND services were rated good. Its children's services are rated good.")
    )
    assert read.relevant
    assert [(each.grade, each.current) for each in read.judgements] == [(Grade.GOOD, False)]


def test_an_inspectorates_document_is_about_its_own_council() -> None:
    document = OfficialDocument(kind=Event.MONITORING_VISIT, council_name="Northmarch Council")
    read = desk().assess(
        article(
            "Letter",
            "Eastholme City Council has provided managers. Eastholme children's services.",
            document=document,
        )
    )
    assert read.subjects == {"northmarch"}
    assert {each.council: each.role for each in read.councils}["eastholme"] is not Role.SUBJECT


def test_ofsteds_number_counts_before_a_name() -> None:
    document = OfficialDocument(kind=Event.INSPECTION, council_name="Somebody Else", urn="80474")
    assert desk().assess(article("Inspection", document=document)).subjects == {"herefordshire"}


@pytest.mark.parametrize(
    ("covers", "subjects"),
    [(("northmarch",), {"northmarch"}), (("northmarch", "eastholme"), set()), ((), set())],
)
def test_the_council_of_a_paper_of_one_council_is_its_own(
    covers: tuple[str, ...], subjects: set[str]
) -> None:
    paper = article("Children's services rated good", "The council said it was proud.", covers=covers)
    assert desk().assess(paper).subjects == subjects


def test_news_of_all_councils_has_none_for_its_subject() -> None:
    read = desk().assess(
        article(
            "Most councils struggle with children's social care, Ofsted figures show",
            "Across England the number of councils rated good has fallen. "
            "A fifth have now been judged inadequate. "
            "The picture differs widely from one region to the next. Leeds and York are rated outstanding.",
        )
    )
    assert (read.scope, read.event, read.subjects) == (Scope.NATIONAL, Event.POLICY, frozenset())


def test_a_national_story_on_a_councils_own_page_is_about_that_council() -> None:
    read = desk().assess(
        article("Our children's services are among the best in England", "We are proud.", home="northmarch")
    )
    assert read.subjects == {"northmarch"}


def seed(number: str, published: datetime, **more: object) -> Article:
    (path,) = (RECORDED / "seeds").glob(f"{number}_*.txt")
    text = path.read_text("utf-8")
    title, _, body = text.partition("\n") if number == "001" else ("Still much to do", "", text)
    return Article(
        f"http://paper.example/{number}",
        number,
        title,
        body,
        published,
        published=published,
        **more,  # type: ignore[arg-type]
    )


def seeds() -> list[Article]:
    """A local paper and a trade magazine on one letter of August 2023."""
    return [
        seed("000", datetime(2023, 8, 2, 9, tzinfo=UTC), kind=Kind.LOCAL, covers=("herefordshire",)),
        seed("001", datetime(2023, 8, 3, 9, tzinfo=UTC), kind=Kind.TRADE),
    ]


@needs_recorded
@pytest.mark.parametrize("number", [0, 1])
def test_both_real_articles_are_read_alike(number: int) -> None:
    read = desk().assess(seeds()[number])
    assert read.relevant
    assert read.event is Event.MONITORING_VISIT
    assert {each.council: each.role for each in read.councils} == {
        "herefordshire": Role.SUBJECT,
        "leeds": Role.PARTNER,
    }
    assert read.visit is not None
    assert read.visit.started == "2023-06"
    assert [each for each in read.judgements if each.current] == []
    (grade,) = [each for each in read.judgements if each.council == "herefordshire"]
    assert (grade.area, grade.grade, grade.date) == (Area.OVERALL, Grade.INADEQUATE, "2022-07")


@needs_recorded
def test_both_real_articles_tell_one_story() -> None:
    first, second = seeds()
    one, other = desk().assess(first), desk().assess(second)
    story = stories.found(Report(1, first.url, "a", first.kind, first.title, first.published, AT), one)
    wording = Wording(AT, other.subjects, list, lambda _: [portrait(first.title, first.text)])
    (placement,) = place(second, other, [story], wording)
    assert placement.story == story.id


POTHOLES = Topic.read(
    """
name = "potholes"
threshold = 2
ahead = "will"
national = "england"
event = []

[[signal]]
rule = "names a pothole"
core = true
weight = 2
words = "potholes?"
""",
    "potholes.toml",
)


def test_an_article_is_relevant_for_any_topic_and_says_for_which() -> None:
    wide = replace(desk(), more=(POTHOLES,))
    ours = article("Northmarch children's services rated good", "Ofsted has rated Northmarch good.")
    theirs = article("Northmarch mends its potholes", "The county was rated good by drivers.")
    neither = article("Northmarch's library opens", "It has books.")
    assert [wide.assess(each).topics for each in (ours, theirs, neither)] == [
        ("childrens-services",),
        ("potholes",),
        (),
    ]
    assert wide.assess(theirs).relevant
    assert wide.assess(theirs).judgements == ()
    assert replace(wide.assess(ours), topics=()) == replace(desk().assess(ours), topics=())


def test_what_an_article_says_of_the_inspection_comes_with_its_sentences() -> None:
    text = (
        "Inspectors made their second monitoring visit to Northmarch's children's services on 3 February. "
        "It was led by Ada Example HMI. The next visit is due in May."
    )
    read = desk().assess(article("Progress at Northmarch, Ofsted says", text))
    assert read.visit is not None
    assert (read.visit.council, read.visit.ordinal) == ("northmarch", 2)
    assert [(each.step, each.due, each.council) for each in read.coming] == [
        (Step.MONITORING_VISIT, "2026-05", "northmarch")
    ]
    assert read.coming[0].sentence == "The next visit is due in May."
