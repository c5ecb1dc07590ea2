from datetime import date

from newsdesk.history import History, Inspection
from newsdesk.model import Area, CouncilRole, Event, Grade, Role, Scope, Story, Visit
from notifications.grades_view import earlier_grades, new_grades
from tests.notifications.examples import COUNCILS, at, inspection, judgement, monitoring_visit, story

NONE = History(())


def past(council: str, published: date, ended: str | None, **grades: Grade) -> Inspection:
    return Inspection(
        council, published, None, ended, {Area[name.upper()]: grade for name, grade in grades.items()}
    )


STONEBRIDGE = past(
    "stonebridge",
    date(2019, 3, 11),
    "2019-02-15",
    overall=Grade.REQUIRES_IMPROVEMENT,
    leaders=Grade.INADEQUATE,
    in_care=Grade.INADEQUATE,
)
NEWS = past("stonebridge", date(2023, 8, 1), "2023-06-16", overall=Grade.INADEQUATE)
RECORD = History((STONEBRIDGE, NEWS))


def rows(told: Story, history: History = NONE) -> list[tuple[str, str, str]]:
    seen = new_grades(told, COUNCILS, history)
    return [(each.area, each.grade, each.before) for each in seen.rows] if seen else []


def earlier(told: Story, history: History = NONE) -> tuple[str, ...]:
    return earlier_grades(told, COUNCILS, history)


def test_new_grades_stand_beside_those_of_the_inspection_before_this_one() -> None:
    seen = new_grades(inspection(), COUNCILS, RECORD)
    assert seen is not None
    assert seen.caption == "New judgement (before: February 2019)"
    assert rows(inspection(), RECORD) == [
        ("Overall", "Inadequate", "▼ down from requires improvement"),
        ("Leaders", "Inadequate", "as before"),
        ("Children in care", "Requires improvement", "▲ up from inadequate"),
        ("Care leavers", "Good", "▲ up from inadequate, then with children in care"),
    ]
    assert earlier(inspection(), RECORD) == ()


def test_without_a_record_the_reports_own_memory_serves() -> None:
    seen = new_grades(inspection(), COUNCILS, NONE)
    assert seen is not None
    assert seen.caption == "New judgement (before: 11 March 2019)"
    assert [each.before for each in seen.rows] == ["▼ down from good", "", "", ""]


def test_grades_with_different_dates_before_have_one_each() -> None:
    told = story(
        judgements=(
            judgement(Grade.GOOD),
            judgement(Grade.GOOD, area=Area.LEADERS),
            judgement(Grade.ADEQUATE, area=Area.ADOPTION),
            judgement(Grade.INADEQUATE, current=False, date="2022-07"),
            judgement(Grade.OUTSTANDING, area=Area.LEADERS, current=False, date="2019"),
            judgement(Grade.REQUIRES_IMPROVEMENT, area=Area.ADOPTION, current=False),
        )
    )
    assert rows(told) == [
        ("Overall", "Good", "▲ up from inadequate, July 2022"),
        ("Leaders", "Good", "▼ down from outstanding, 2019"),
        ("Adoption", "Adequate", "was requires improvement"),
    ]


def test_a_grade_is_a_word_and_a_number_of_steps_and_only_the_lowest_stands_out() -> None:
    seen = new_grades(inspection(), COUNCILS, NONE)
    assert seen is not None
    assert [(each.steps, each.lowest) for each in seen.rows] == [
        ("■□□□", True),
        ("■□□□", True),
        ("■■□□", False),
        ("■■■□", False),
    ]


def test_four_areas_without_an_overall_grade_say_why_since_april_2026() -> None:
    areas = (Area.LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS)
    four = tuple(judgement(Grade.GOOD, area=area) for area in areas)
    told = story(event=Event.INSPECTION, visit=Visit("2026-05-11", "2026-05-22"), judgements=four)
    seen = new_grades(told, COUNCILS, NONE)
    assert seen is not None
    assert [each.area for each in seen.rows] == [
        "Leaders",
        "Help and protection",
        "Children in care",
        "Care leavers",
    ]
    assert seen.note == "Inspections since April 2026 give no overall grade."
    old = new_grades(story(event=Event.INSPECTION, visit=Visit("2026-03"), judgements=four), COUNCILS, NONE)
    assert old is not None
    assert old.note == ""


def test_a_visit_shows_how_the_council_stands_and_not_what_papers_recall_of_it() -> None:
    july = past("rivermouth", date(2022, 9, 21), "2022-07-29", overall=Grade.INADEQUATE)
    assert rows(monitoring_visit(), History((july,))) == []
    assert earlier(monitoring_visit(), History((july,))) == (
        "Last full inspection: Inadequate overall, July 2022",
    )
    assert earlier(monitoring_visit()) == ("Earlier grade: Inadequate, July 2022",)


def test_what_is_recalled_from_after_the_record_is_told_beside_it() -> None:
    old = past("rivermouth", date(2019, 4, 1), None, leaders=Grade.GOOD, help_and_protection=Grade.GOOD)
    assert earlier(monitoring_visit(), History((old,))) == (
        "Last full inspection: Leaders good; help and protection good, April 2019",
        "Earlier grade: Inadequate, July 2022",
    )


def test_special_needs_and_round_ups_say_nothing_of_social_care_grades() -> None:
    july = History((past("rivermouth", date(2022, 9, 21), None, overall=Grade.INADEQUATE),))
    assert earlier(story(event=Event.SEND_INSPECTION), july) == ()
    assert earlier(story(scope=Scope.SEVERAL), july) == ()


def test_recalled_grades_are_told_once_latest_first_with_their_area() -> None:
    old = (
        judgement(Grade.GOOD, current=False),
        judgement(Grade.GOOD, current=False, date="2012"),
        judgement(Grade.INADEQUATE, current=False, date="2022-07"),
        judgement(Grade.INADEQUATE, current=False, date="2022-07"),
        judgement(Grade.OUTSTANDING, current=False, date="2019-01-05", area=Area.CARE_LEAVERS),
    )
    assert earlier(story(judgements=old)) == (
        "Earlier grade: Inadequate, July 2022",
        "Earlier grade for care leavers: Outstanding, 5 January 2019",
        "Earlier grade: Good, 2012",
        "Earlier grade: Good",
    )


def test_grades_of_several_councils_name_theirs() -> None:
    told = story(
        scope=Scope.SEVERAL,
        roles=(CouncilRole("stonebridge", Role.SUBJECT),),
        judgements=(judgement(Grade.GOOD), judgement(Grade.INADEQUATE, council="stonebridge", current=False)),
        first_seen=at(2),
    )
    assert rows(told) == [("Rivermouth – Overall", "Good", "")]
    assert earlier(told) == ("Stonebridge – Earlier grade: Inadequate",)
