from newsdesk.model import Area, CouncilRole, DigestItem, Event, Grade, Role, Scope, Story
from notifications.importance import by_importance, group, in_brief, leading_judgement
from tests.notifications.examples import COUNCILS, at, inspection, judgement, monitoring_visit, story


def order(*stories: Story) -> list[str]:
    return [item.story.headline for item in by_importance(DigestItem(each) for each in stories)]


def test_new_judgements_come_first_then_intervention_then_inspections_visits_and_the_rest() -> None:
    told = order(
        story("other", event=Event.OTHER),
        story("visit"),
        story("leader", event=Event.LEADERSHIP),
        story("inspection", event=Event.INSPECTION),
        story("direction", event=Event.DIRECTION),
        story("good", judgements=(judgement(Grade.GOOD),)),
        story("inadequate", judgements=(judgement(Grade.INADEQUATE),)),
    )
    assert told == ["inadequate", "good", "direction", "inspection", "visit", "leader", "other"]


def test_an_old_grade_makes_no_story_more_important() -> None:
    assert leading_judgement(monitoring_visit()) is None
    assert order(
        story("old", judgements=(judgement(Grade.INADEQUATE, current=False),)),
        story("new", event=Event.DIRECTION),
    ) == [
        "new",
        "old",
    ]


def test_between_equals_news_comes_before_updates_and_the_latest_first() -> None:
    items = [
        DigestItem(story("update", last_seen=at(4)), updated=True),
        DigestItem(story("old", last_seen=at(1))),
        DigestItem(story("new", last_seen=at(3))),
    ]
    assert [item.story.headline for item in by_importance(items)] == ["new", "old", "update"]


def test_a_grade_of_a_council_the_story_is_not_about_is_not_its_own() -> None:
    partner = CouncilRole("kestrel-vale", Role.PARTNER)
    told = story(roles=(partner,), judgements=(judgement(Grade.OUTSTANDING, council="kestrel-vale"),))
    assert leading_judgement(told) is None


def test_the_overall_grade_names_the_story_and_the_worst_one_where_there_is_none() -> None:
    assert in_brief(DigestItem(inspection()), COUNCILS) == "Stonebridge: inadequate overall"
    areas = story(
        event=Event.INSPECTION,
        judgements=(
            judgement(Grade.GOOD, area=Area.CARE_LEAVERS),
            judgement(Grade.INADEQUATE, area=Area.HELP_AND_PROTECTION),
        ),
    )
    assert in_brief(DigestItem(areas), COUNCILS) == "Rivermouth: inadequate for help and protection"


def test_a_story_stands_under_its_first_subject_or_under_several_or_national() -> None:
    also = (CouncilRole("kestrel-vale", Role.SUBJECT),)
    assert group(story(roles=also), COUNCILS) == "Rivermouth"
    assert group(story(roles=also, scope=Scope.SEVERAL), COUNCILS) == "Several councils"
    assert group(story(council=None, scope=Scope.NATIONAL), COUNCILS) == "National"
    assert group(story(council=None), COUNCILS) == "Council not named"
    assert group(story(council="long-gone-council"), COUNCILS) == "Long Gone Council"


def test_a_story_in_brief_says_that_it_is_an_update_and_never_its_headline() -> None:
    told = story("Child named in court", event=Event.COURT)
    assert in_brief(DigestItem(told, updated=True), COUNCILS) == "Rivermouth: court case (updated)"
