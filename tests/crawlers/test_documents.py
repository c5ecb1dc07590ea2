"""Ofsted's documents: what each era prints, what is left out when in doubt, and the recorded reports."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers import pdfs
from crawlers.documents import read_document
from crawlers.outcomes import priority_action, send_outcome
from newsdesk.errors import Unreadable
from newsdesk.model import Area, Event, Grade, OfficialDocument
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


@pytest.mark.parametrize(
    ("printed", "started", "ended"),
    [
        ("4 November – 15 November 2019", "2019-11-04", "2019-11-15"),
        ("4-15 November 2019", "2019-11-04", "2019-11-15"),
        ("4th November to 15th November 2019", "2019-11-04", "2019-11-15"),
        ("Monday 4 November to Friday 15 November 2019", "2019-11-04", "2019-11-15"),
        ("04/11/2019 to 15/11/2019", "2019-11-04", "2019-11-15"),
        ("25 February 2019 to 8 March", "2019-02-25", "2019-03-08"),
        ("9 December 2019 to 10 January", "2019-12-09", "2020-01-10"),
        ("20 Sept to 1 Oct 2021", "2021-09-20", "2021-10-01"),
        ("13 November 2017-7 December 2017", "2017-11-13", "2017-12-07"),
        ("27 June to 8 July 2022 (in part by video)", "2022-06-27", "2022-07-08"),
        ("9 to 13 March 2020 and 17 to 21 May 2021", "2020-03-09", "2021-05-21"),
        ("28 July 2016", "2016-07-28", "2016-07-28"),
    ],
)
def test_the_days_on_site_are_printed_in_many_ways(printed: str, started: str, ended: str) -> None:
    document = read(FIVE_LINES.replace("29 April to 10 May 2024", printed))
    assert (document.started, document.ended) == (started, ended)


@pytest.mark.parametrize("printed", ["1 3 to 24 May 2024", "in the spring", "4 to 15 Novem ber 2019"])
def test_days_that_are_torn_apart_are_not_guessed(printed: str) -> None:
    document = read(FIVE_LINES.replace("29 April to 10 May 2024", printed))
    assert (document.started, document.ended) == (None, None)


@pytest.mark.parametrize(
    ("title", "council"),
    [
        ("Inspection of Northmarch & Sutton local authority children’s services", "Northmarch & Sutton"),
        (
            "Inspection of the London Borough of Northmarch Local Authority Children’s Services",
            "London Borough of Northmarch",
        ),
        ("Northmarch City Council\nInspection of children’s social care services", "Northmarch City Council"),
        (
            "Northmarch Council\nRe-inspection of services for children in need of help and protection",
            "Northmarch Council",
        ),
        (
            "Inspection of local authority arrangements for the protection of children\nNorthmarch Council\n"
            "Inspection dates: 9 to 18 July 2012",
            "Northmarch Council",
        ),
        ("Inspection of Northmarch children ’s services", "Northmarch"),
    ],
)
def test_the_title_names_the_council_in_the_words_of_each_framework(title: str, council: str) -> None:
    document = read(f"{title}\nInspection dates: 9 to 18 July 2012\nLead inspector: A Person HMI\n")
    assert (document.kind, document.council_name) == (Event.INSPECTION, council)


@pytest.mark.parametrize(
    "line",
    [
        "Lead inspector: Ann Other Person, Her Majesty’s Inspector",
        "Lead inspector: Ann Other Person HMI",
        "Lead inspector: Ann Other Person\nHis Majesty’s Inspector",
        "Lead inspector Ann Other Person HMI",
        "Lead inspector: Ms Ann Other Person\nDeputy lead inspector: B Person",
        "Lead inspector – Ann Other Person\nTeam inspectors: B Person",
    ],
)
def test_the_lead_inspector_is_named_in_many_ways(line: str) -> None:
    text = FIVE_LINES.replace("Lead inspector: A Person, His Majesty’s Inspector", line)
    assert read(text).lead_inspector == "Ann Other Person"


def test_of_two_lead_inspectors_the_one_from_ofsted_counts() -> None:
    letter = (
        "Area SEND inspection of Northmarch Local Area Partnership\nInspection dates: 6 to 10 February 2023\n"
        "Ofsted Care Quality Commission\nAnn Other Person, HMI, Ofsted Lead Inspector\n"
        "B Third, CQC Lead Inspector\nC Fourth, Ofsted Inspector"
    )
    assert read(letter.replace("Person, HMI,", "Person HMI,")).lead_inspector == "Ann Other Person"


def test_a_visit_was_led_by_the_inspector_who_signed_the_letter() -> None:
    signed = VISIT + "Yours sincerely\n\nAnn Other Person\nHis Majesty’s Inspector\n"
    assert read(signed).lead_inspector == "Ann Other Person"
    assert (
        read(VISIT + "Yours sincerely\nA Chief\nHis Majesty’s Inspector of Constabulary").lead_inspector
        is None
    )


def test_a_letter_s_day_stands_on_a_line_of_its_own_below_the_sender() -> None:
    sent = "Ofsted\nPiccadilly Gate\nManchester M1 2WD\nT 0300 123 1231" + VISIT
    assert read(sent).published == "2023-08-02"
    assert read(sent.replace("2 August 2023\n", "", 1)).published is None


def test_a_report_whose_title_is_torn_is_known_by_its_table() -> None:
    torn = FIVE_LINES.replace(
        "Inspection of Northmarch local authority\nchildren’s services", "Inspec tion of North march"
    )
    document = read(torn)
    assert document.kind is Event.INSPECTION
    assert document.grades[Area.IN_CARE] is GOOD


def test_the_label_of_the_reports_site_names_a_kind_that_the_text_does_not() -> None:
    assert read("A letter without a title.", label="Children's services focused visit: Northmarch").kind is (
        Event.FOCUSED_VISIT
    )


def test_a_text_of_no_known_kind_is_no_document() -> None:
    assert read_document("Annual accounts of the council.") is None


# ---------------------------------------------------------------- recorded reports and letters

_ALL = list(csv.DictReader((OFSTED / "index.csv").open(encoding="utf-8"))) if OFSTED.is_dir() else []
# Every fourth, and two error pages that were recorded under a report's name: a report takes seconds to read.
# `make eval` reads them all, with the same question and a floor.
ROWS = [
    row
    for number, row in enumerate(_ALL)
    if number % 4 == 0 or not pdfs.is_pdf((OFSTED / row["file"]).read_bytes())
]
CARE = "in_care (or in_care_and_care_leavers before 2023)"
NO_LIST_BEFORE = "2013-11"  # until then reports were about one group of children
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
def test_a_recorded_report_gives_every_grade_and_no_wrong_one(row: dict[str, str]) -> None:
    body = (OFSTED / row["file"]).read_bytes()
    if not pdfs.is_pdf(body):
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
    assert len(document.grades) >= (3 if row["published"] < NO_LIST_BEFORE else 4)
    assert (Area.OVERALL in document.grades) is (row["overall"] != "not_reported_post_reform")


LETTERS = sorted([*OFSTED.glob("send/*.pdf"), *OFSTED.glob("jtai/*.pdf")])
FAILING = {"suffolk", "bexley", "derbyshire", "lancashire"}  # of the recorded ones, read by eye
POSITIVE = {"rutland", "dorset", "wakefield", "wiltshire"}
PRIORITY = {"medway", "durham", "sefton"}


@needs_recorded
@pytest.mark.parametrize("path", LETTERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_recorded_letters_name_council_and_dates_and_no_grade_but_an_outcome(path: Path) -> None:
    kind = Event.SEND_INSPECTION if path.parent.name == "send" else Event.JTAI
    council = path.stem.split("-", 4)[-1]
    text = "\n".join(pdfs.pages_of(path.read_bytes()))  # the slow part, done once for each letter
    document = read(text)
    assert document.kind is kind
    assert document.council_name
    assert council.replace("_", " ").replace("-", " ") in document.council_name.lower().replace("-", " ")
    assert "2016" <= (document.started or "") <= (document.ended or "") <= path.name[:10]
    assert document.grades == {}
    outcome = 3 if council in FAILING else 1 if council in POSITIVE else 2
    assert send_outcome(kind, text) == (outcome if kind is Event.SEND_INSPECTION else None)
    assert priority_action(kind, text) is (
        council in (FAILING if kind is Event.SEND_INSPECTION else PRIORITY)
    )
