"""Which grades a story announces."""

from datetime import UTC, datetime

from newsdesk.announced import announced, leading
from newsdesk.model import Area, CouncilRole, Event, Grade, Judgement, Role, Scope, Story

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
COUNCILS = (CouncilRole("northmarch", Role.SUBJECT), CouncilRole("leeds", Role.PARTNER))


def story(*judgements: Judgement) -> Story:
    return Story(1, "A headline", Event.INSPECTION, Scope.COUNCIL, COUNCILS, judgements, None, AT, AT)


def grade(
    grade: Grade, area: Area = Area.OVERALL, council: str = "northmarch", *, new: bool = True
) -> Judgement:
    return Judgement(council, area, grade, None, new)


def test_recalled_grades_and_those_of_a_partner_are_not_announced() -> None:
    told = story(grade(Grade.INADEQUATE, new=False), grade(Grade.OUTSTANDING, council="leeds"))
    assert announced(told) == ()
    assert leading(told) is None


def test_the_overall_grade_comes_first_and_names_the_story() -> None:
    overall, leaders = grade(Grade.GOOD), grade(Grade.INADEQUATE, Area.LEADERS)
    assert announced(story(leaders, overall)) == (overall, leaders)
    assert leading(story(leaders, overall)) == overall


def test_without_an_overall_grade_the_lowest_names_it() -> None:
    good, low = grade(Grade.GOOD, Area.LEADERS), grade(Grade.REQUIRES_IMPROVEMENT, Area.IN_CARE)
    best = grade(Grade.OUTSTANDING, Area.CARE_LEAVERS)
    assert leading(story(good, best, low)) == low
    assert leading(story(good, best)) == good
