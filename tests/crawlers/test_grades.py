"""Grades: what the cover and the headings of each framework say, however the text of the PDF was got."""

from itertools import product

import pytest

from crawlers.grades import grades
from newsdesk.model import Area, Grade

OUTSTANDING, GOOD, REQUIRES = Grade.OUTSTANDING, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT
INADEQUATE, ADEQUATE = Grade.INADEQUATE, Grade.ADEQUATE

TABLE = """Inspection of Northmarch local authority children’s services
Judgement Grade
The impact of leaders on social work practice with children and families Good
The experiences and progress of children who need help and protection Requires improvement to be good
The experiences and progress of children in care Good
The experiences and progress of care leavers Outstanding
Overall effectiveness Good
Children in Northmarch are mostly safe.
"""
HEADINGS = """
The experiences and progress of children who need help and protection: requires improvement to be good
1. Thresholds are known.
The experiences and progress of children in care: good
15. Most live near their schools.
The experiences and progress of care leavers: outstanding
28. They are listened to.
The impact of leaders on social work practice with children and families: good
40. Leaders know their services.
"""
FIVE = {
    Area.LEADERS: GOOD,
    Area.HELP_AND_PROTECTION: REQUIRES,
    Area.IN_CARE: GOOD,
    Area.CARE_LEAVERS: OUTSTANDING,
    Area.OVERALL: GOOD,
}
LIST = """Northmarch Council
Inspection of services for children in need of help and protection, children looked after and care leavers
Report published: 5 June 2015
The overall judgement is that children’s services are inadequate.2
1. Children who need help and protection Inadequate
2. Children looked after and achieving
permanence Requires Improvement
2.1 Adoption performance Good
2.2 Experiences and progress of care leavers Requires
Improvement
3. Leadership, management and governance 1 Inadequate
Ofsted produces this report under its power to combine reports.
"""
SECTIONS = """
Key judgement Judgement grade
The experiences and progress of children who need help and protection Inadequate
Summary
Too many wait.
The experiences and progress of children looked after and achieving permanence Requires improvement
Summary
Adoption performance is good in parts only.
The graded judgement for adoption performance is that it is good
70. Matching is careful.
The graded judgement about the experience and progress of care leavers is that it requires improvement
86. Pathway plans are late.
Leadership, management and governance Inadequate
Summary
The Local Safeguarding Children Board (LSCB)
The Local Safeguarding Children Board requires improvement
"""
SIX = {
    Area.OVERALL: INADEQUATE,
    Area.HELP_AND_PROTECTION: INADEQUATE,
    Area.IN_CARE: REQUIRES,
    Area.ADOPTION: GOOD,
    Area.CARE_LEAVERS: REQUIRES,
    Area.LEADERS: INADEQUATE,
    Area.LSCB: REQUIRES,
}


def test_a_table_is_read_row_by_row() -> None:
    assert grades(TABLE + HEADINGS) == FIVE
    assert grades(TABLE) == FIVE


def test_white_space_and_hyphens_at_line_ends_say_nothing() -> None:
    torn = TABLE.replace("protection Req", "pro-\ntection Req").replace("improvement", "improve-\nment")
    assert grades(torn.replace("Outstanding", "Out standing") + HEADINGS) == FIVE


def test_a_grade_between_the_lines_of_its_label_belongs_to_it() -> None:
    centred = TABLE.replace(
        "help and protection Requires improvement to be good",
        "help Requires improvement\nand protection to be good",
    ).replace(
        "social work practice with children and families Good",
        "social work Good practice with children and families",
    )
    assert grades(centred) == FIVE


def test_columns_that_came_apart_are_joined_only_where_the_headings_confirm_them() -> None:
    labels = [
        line.rsplit(" Requires", 1)[0].rsplit(" Good", 1)[0].rsplit(" Out", 1)[0]
        for line in TABLE.splitlines()[2:7]
    ]
    column = ["Good", "Requires improvement to be good", "Good", "Outstanding", "Good"]
    apart = "Judgement Grade\n" + "\n".join(labels + column) + "\nChildren are mostly safe.\n"
    assert grades(apart) == {}
    assert grades(apart + HEADINGS) == FIVE


def test_what_the_headings_deny_is_left_out_of_the_table() -> None:
    denied = HEADINGS.replace("care leavers: outstanding", "care leavers: good")
    assert grades(TABLE + denied) == {
        area: grade for area, grade in FIVE.items() if area is not Area.CARE_LEAVERS
    }


def test_headings_alone_give_the_areas_but_no_overall_grade() -> None:
    assert grades("A cover that is a picture." + HEADINGS) == {
        area: grade for area, grade in FIVE.items() if area is not Area.OVERALL
    }


def test_the_list_of_the_single_framework_takes_its_overall_grade_from_the_sentence_above_it() -> None:
    assert grades(LIST + SECTIONS) == SIX


@pytest.mark.parametrize(
    "sentence",
    [
        "The overall judgement is inadequate",
        "Children’s services in Northmarch are inadequate",
        "Children’s services in the City of Northmarch Council are inadequate",
    ],
)
def test_the_overall_judgement_was_worded_in_several_ways(sentence: str) -> None:
    worded = LIST.replace("The overall judgement is that children’s services are inadequate.2", sentence)
    assert grades(worded + SECTIONS) == SIX


def test_a_sentence_that_says_what_is_not_yet_so_is_no_judgement() -> None:
    worded = LIST.replace(
        "The overall judgement is that children’s services are inadequate.2",
        "Children’s services in Northmarch are not yet good",
    )
    assert Area.OVERALL not in grades(worded + SECTIONS)


def test_the_summary_says_the_overall_judgement_where_the_cover_does_not() -> None:
    silent = LIST.replace("The overall judgement is that children’s services are inadequate.2", "")
    told = "This local authority requires improvement and is not yet good because too many wait."
    assert grades(silent + told + SECTIONS)[Area.OVERALL] is REQUIRES


def test_the_grades_of_the_last_inspection_are_not_those_of_this_one() -> None:
    history = "At the last inspection: Leadership, management and governance: good Local leadership changed."
    assert grades(LIST + history + SECTIONS) == SIX
    assert Area.LEADERS not in grades("A picture. " + history)


def test_what_was_not_judged_has_no_grade() -> None:
    small = LIST.replace("Adoption performance Good", "Adoption performance Not judged")
    sections = SECTIONS.replace("The graded judgement for adoption performance is that it is good", "")
    assert grades(small + sections) == {
        area: grade for area, grade in SIX.items() if area is not Area.ADOPTION
    }


def test_the_board_s_judgement_is_left_out_when_the_report_says_two() -> None:
    assert Area.LSCB not in grades(LIST + SECTIONS + "The Local Safeguarding Children Board is good.")


def test_until_2013_the_last_page_records_the_findings() -> None:
    record = """Overall effectiveness of services for looked after children and young people
Grade 4 (Inadequate)
Record of main findings 22
Record of main findings
Services for looked after children
Overall effectiveness Inadequate
Capacity to improve Adequate
Outcomes for looked after children and
young people
Adequate
Quality of provision Inadequate
Leadership and management Adequate"""
    assert grades(record) == {Area.OVERALL: INADEQUATE, Area.IN_CARE: INADEQUATE, Area.LEADERS: ADEQUATE}


def test_the_framework_of_2012_graded_the_protection_of_children() -> None:
    record = """Record of main findings
Local authority arrangements for the protection of children
Overall effectiveness Adequate
The effectiveness of the help and protection provided to children, young people, families and carers Good
The quality of practice Adequate
Leadership and governance Adequate"""
    assert grades(record) == {
        Area.OVERALL: ADEQUATE,
        Area.HELP_AND_PROTECTION: GOOD,
        Area.LEADERS: ADEQUATE,
    }


def test_a_record_of_two_services_gives_each_its_grade_and_no_grade_for_both() -> None:
    record = """Record of main findings
Safeguarding services
Overall effectiveness Adequate
Leadership and management Good
Services for looked after children
Overall effectiveness Good
Leadership and management Good"""
    assert grades(record) == {Area.HELP_AND_PROTECTION: ADEQUATE, Area.IN_CARE: GOOD}


@pytest.mark.parametrize(("leaders", "care"), list(product(["Outstanding", "Good", "Inadequate"], repeat=2)))
def test_no_grade_changes_its_row(leaders: str, care: str) -> None:
    text = TABLE.replace("and families Good", f"and families {leaders}").replace(
        "in care Good", f"in care {care}"
    )
    assert grades(text)[Area.LEADERS].value == leaders.lower()
    assert grades(text)[Area.IN_CARE].value == care.lower()


@pytest.mark.parametrize(
    "text", ["", "Annual accounts.", "Overall effectiveness Good", "Record of main findings"]
)
def test_a_text_that_is_no_report_has_no_grades(text: str) -> None:
    assert grades(text) == {}
