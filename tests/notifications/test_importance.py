from newsdesk.model import Area, CouncilRole, DigestItem, Event, Grade, Role, Scope
from notifications.importance import apart, group, in_brief
from tests.notifications.examples import COUNCILS, inspection, judgement, story

AREAS = (Area.LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS)


def brief(*grades: Grade) -> str:
    """What is said of an inspection that gave these grades for the areas, and none overall."""
    new = tuple(judgement(grade, area=area) for area, grade in zip(AREAS, grades, strict=True))
    return in_brief(DigestItem(story(event=Event.INSPECTION, judgements=new)), COUNCILS)


def test_the_overall_grade_names_the_story() -> None:
    assert in_brief(DigestItem(inspection()), COUNCILS) == "Stonebridge: inadequate overall"


def test_without_an_overall_grade_the_lowest_is_told_and_where() -> None:
    good, outstanding, low = Grade.GOOD, Grade.OUTSTANDING, Grade.INADEQUATE
    assert brief(good, low, good, good) == "Rivermouth: inadequate for help and protection"
    assert brief(low, low, good, low) == "Rivermouth: inadequate for leaders and 2 more"
    assert brief(low, low, low, low) == "Rivermouth: inadequate in all 4 areas"
    assert brief(outstanding, good, good, good) == "Rivermouth: good or outstanding in every area"
    assert brief(good, good, good, good) == "Rivermouth: good in all 4 areas"


def test_a_story_stands_under_its_first_subject_or_under_several_or_national() -> None:
    also = (CouncilRole("kestrel-vale", Role.SUBJECT),)
    assert group(story(roles=also), COUNCILS) == "Rivermouth"
    assert group(story(roles=also, scope=Scope.SEVERAL), COUNCILS) == "Several councils"
    assert group(story(council=None, scope=Scope.NATIONAL), COUNCILS) == "National"
    assert group(story(council=None), COUNCILS) == "Council not named"
    assert group(story(council="long-gone-council"), COUNCILS) == "Long Gone Council"


def test_councils_come_first_then_round_ups_and_national_news_last() -> None:
    headings = ["National", "Rivermouth", "Council not named", "Several councils"]
    assert sorted(headings, key=apart) == [
        "Rivermouth",
        "Several councils",
        "Council not named",
        "National",
    ]


def test_a_round_up_names_two_of_its_councils() -> None:
    roles = tuple(CouncilRole(each, Role.SUBJECT) for each in ("stonebridge", "kestrel-vale", "harrow-fen"))
    told = story(event=Event.FOCUSED_VISIT, scope=Scope.SEVERAL, roles=roles)
    assert in_brief(DigestItem(told), COUNCILS) == "Rivermouth, Stonebridge and 2 more: focused visit letters"


def test_a_story_in_brief_says_that_it_is_an_update_and_never_its_headline() -> None:
    told = story("Child named in court", event=Event.COURT)
    assert in_brief(DigestItem(told, updated=True), COUNCILS) == "Rivermouth: court case (updated)"
