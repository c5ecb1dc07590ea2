"""Ofsted's documents: what each era prints, what is left out when in doubt, and the recorded reports."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers import pdfs
from crawlers.documents import read_document
from crawlers.grades import grades
from newsdesk.errors import Unreadable
from newsdesk.model import Area, Event, Grade, OfficialDocument
from newsdesk.text import clean_line
from tests.recorded import RECORDED, needs_recorded

OFSTED = RECORDED / "ofsted"
GOOD, REQUIRES, INADEQUATE = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE

FIVE_LINES = """
Inspection of Northmarch local authority
children’s services
Inspection dates: 29 April to 10 May 2024
Lead inspector: A Person, His Majesty’s Inspector
Judgement Grade
The impact of leaders on social work
practice with children and families
Requires improvement to be good
The experiences and progress of
children who need help and protection
Inadequate
The experiences and progress of
children in care
Good
The experiences and progress of care
leavers
Good
Overall effectiveness Inadequate
Children in Northmarch wait too long. At the focused visit to Northmarch in 2022 they did so already.
"""
SINGLE_FRAMEWORK = """
1
Northmarch County Council
Inspection of services for children in need of help and
protection, children looked after and care leavers
and
Review of the effectiveness of the Local Safeguarding Children Board1
Inspection date: 18 Feb 2014 – 12 March 2014
Report published: 23 May 2014
The overall judgement is requires improvement
1. Children who need help and protection Requires Improvement
2. Children looked after and achieving
permanence
Requires
Improvement
2.1 Adoption performance Not judged
2.2 Experiences and progress of care leavers Good
3. Leadership, management and governance Good
The effectiveness of the Local Safeguarding Children Board (LSCB) is good
"""
VISIT = """
2 August 2023
Director of Children’s Services, Northmarch Council
Dear Director
Monitoring visit to Northmarch children’s services
This letter summarises the findings of the monitoring visit to Northmarch children’s services on 28 and
29 June 2023. This was the second monitoring visit since the local authority was judged
inadequate in July 2022.
Overall effectiveness was judged inadequate then.
"""


def read(text: str, **stated: object) -> OfficialDocument:
    document = read_document(text, **stated)  # type: ignore[arg-type]  # each test states what it needs
    assert document is not None
    return document


def test_a_report_since_2023_has_five_grades() -> None:
    document = read(FIVE_LINES)
    assert (document.kind, document.council_name) == (Event.INSPECTION, "Northmarch")
    assert (document.started, document.ended) == ("2024-04-29", "2024-05-10")
    assert document.lead_inspector == "A Person"
    assert document.grades == {
        Area.LEADERS: REQUIRES,
        Area.HELP_AND_PROTECTION: INADEQUATE,
        Area.IN_CARE: GOOD,
        Area.CARE_LEAVERS: GOOD,
        Area.OVERALL: INADEQUATE,
    }


def test_a_report_since_april_2026_has_no_overall_grade() -> None:
    reformed = FIVE_LINES.replace("Overall effectiveness Inadequate\n", "").replace("social work\n", "")
    assert set(read(reformed).grades) == {
        Area.LEADERS,
        Area.HELP_AND_PROTECTION,
        Area.IN_CARE,
        Area.CARE_LEAVERS,
    }


def test_before_2023_care_and_leaving_care_were_one_line() -> None:
    older = FIVE_LINES.replace(
        "children in care\nGood\nThe experiences and progress of care\nleavers",
        "children in care and care leavers",
    )
    assert read(older).grades[Area.IN_CARE_AND_CARE_LEAVERS] is GOOD
    assert Area.IN_CARE not in read(older).grades


def test_the_single_inspection_framework_s_list_is_read_with_its_board() -> None:
    document = read(SINGLE_FRAMEWORK)
    assert (document.council_name, document.published) == ("Northmarch County Council", "2014-05-23")
    assert (document.started, document.ended) == ("2014-02-18", "2014-03-12")
    assert document.grades == {
        Area.OVERALL: REQUIRES,
        Area.HELP_AND_PROTECTION: REQUIRES,
        Area.IN_CARE: REQUIRES,
        Area.CARE_LEAVERS: GOOD,
        Area.LEADERS: GOOD,
        Area.LSCB: GOOD,
    }


def test_a_table_whose_columns_slipped_gives_no_grade_at_all() -> None:
    labels = "The experiences and progress of children in care Overall effectiveness"
    assert grades(f"Judgement Grade {labels} Good Inadequate") == {}


def test_a_heading_that_contradicts_the_table_takes_the_grade_away() -> None:
    text = clean_line(
        FIVE_LINES + "The experiences and progress of children in care: requires improvement to be good"
    )
    assert Area.IN_CARE not in grades(text)
    assert grades(text)[Area.CARE_LEAVERS] is GOOD


def test_a_visit_carries_no_grade_whatever_it_recalls() -> None:
    document = read(VISIT)
    assert (document.kind, document.council_name) == (Event.MONITORING_VISIT, "Northmarch")
    assert (document.published, document.started, document.ended) == (
        "2023-08-02",
        "2023-06-28",
        "2023-06-29",
    )
    assert document.grades == {}


def test_a_focused_visit_is_told_from_a_monitoring_visit() -> None:
    letter = VISIT.replace("Monitoring visit to", "Focused visit to").replace(
        "the monitoring visit to", "the focused visit to"
    )
    assert read(letter).kind is Event.FOCUSED_VISIT


def test_the_day_of_publication_on_the_site_goes_before_the_printed_one() -> None:
    assert read(VISIT, published=datetime(2023, 8, 2, 23, 30, tzinfo=UTC)).published == "2023-08-03"


def test_two_stays_are_one_inspection_from_first_to_last_day() -> None:
    twice = FIVE_LINES.replace(
        "29 April to 10 May 2024", "30 September to 11 October 2024 and 13 to 16 January 2025"
    )
    assert (read(twice).started, read(twice).ended) == ("2024-09-30", "2025-01-16")


def test_a_year_said_once_after_new_year_belongs_to_the_last_day() -> None:
    winter = FIVE_LINES.replace("29 April to 10 May 2024", "9 December to 10 January 2014")
    assert (read(winter).started, read(winter).ended) == ("2013-12-09", "2014-01-10")


def test_the_label_of_the_reports_site_names_a_kind_that_the_text_does_not() -> None:
    assert read("A letter without a title.", label="Children's services focused visit: Northmarch").kind is (
        Event.FOCUSED_VISIT
    )


def test_a_text_of_no_known_kind_is_no_document() -> None:
    assert read_document("Annual accounts of the council.") is None


# ---------------------------------------------------------------- recorded reports and letters

ROWS = list(csv.DictReader((OFSTED / "index.csv").open(encoding="utf-8"))) if OFSTED.is_dir() else []
CARE = "in_care (or in_care_and_care_leavers before 2023)"
NO_LIST_BEFORE = "2013-11"  # until then reports were about one group of children, with no grade for the whole
TOLD = {"outstanding", "good", "requires improvement", "to requires improvement", "inadequate"}


def _told(row: dict[str, str]) -> dict[Area, Grade]:
    """The grades another reader of the same reports found, where it found any."""
    joint = row["care_leavers"] == "inspection_pre_dates_judgement"
    columns = {
        Area.OVERALL: "overall",
        Area.LEADERS: "leaders",
        Area.HELP_AND_PROTECTION: "help_and_protection",
        Area.IN_CARE_AND_CARE_LEAVERS if joint else Area.IN_CARE: CARE,
        Area.CARE_LEAVERS: "care_leavers",
    }
    words = {area: row[column].removeprefix("to ") for area, column in columns.items() if row[column] in TOLD}
    return {area: Grade(each.replace(" ", "-")) for area, each in words.items()}


@needs_recorded
@pytest.mark.parametrize("row", ROWS, ids=lambda row: Path(row["file"]).stem)
def test_every_recorded_report_gives_every_grade_and_no_wrong_one(row: dict[str, str]) -> None:
    body = (OFSTED / row["file"]).read_bytes()
    if not pdfs.is_pdf(body):  # two of them are error pages, recorded under a report's name
        with pytest.raises(Unreadable):
            pdfs.pages_of(body)
        return
    document = read("\n".join(pdfs.pages_of(body)))
    assert document.kind is Event.INSPECTION
    assert document.council_name
    assert document.started is not None
    assert document.ended is not None
    assert document.started <= document.ended <= row["published"]
    told = _told(row)
    assert {area: document.grades.get(area) for area in told} == told
    assert len(document.grades) >= (1 if row["published"] < NO_LIST_BEFORE else 4)
    assert (Area.OVERALL in document.grades) is (
        row["overall"] != "not_reported_post_reform" and row["published"] > NO_LIST_BEFORE
    )


@needs_recorded
@pytest.mark.parametrize(
    ("folder", "kind"), [("send", Event.SEND_INSPECTION), ("jtai", Event.JTAI)], ids=["send", "jtai"]
)
def test_recorded_letters_name_council_and_dates_and_no_grade(folder: str, kind: Event) -> None:
    for path in sorted((OFSTED / folder).glob("*.pdf")):
        document = read("\n".join(pdfs.pages_of(path.read_bytes())))
        day = path.name[:10]
        assert document.kind is kind, path.name
        assert document.council_name, path.name
        named = path.stem.split("-", 4)[-1].replace("_", " ").replace("-", " ")
        assert named in document.council_name.lower().replace("-", " "), path.name
        assert "2016" <= (document.started or "") <= (document.ended or "") <= day, path.name
        assert document.grades == {}, path.name
