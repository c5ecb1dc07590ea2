"""What a story knows, and what each of its reports adds."""

from dataclasses import replace
from datetime import timedelta

from newsdesk.model import (
    Area,
    Assessment,
    Coming,
    CouncilRole,
    Event,
    Grade,
    Judgement,
    Kind,
    Outcome,
    Role,
    Scope,
    Step,
    Story,
    Visit,
)
from newsdesk.stories import headline, join, part
from tests.newsdesk.told import AT, SECOND, article, read, report, story


def grade(value: Grade, day: str | None, *, current: bool = False) -> Judgement:
    return Judgement("northmarch", Area.OVERALL, value, day, current)


def joined(known: Assessment, new: Assessment, *, days: int = 1, kind: Kind = Kind.LOCAL) -> Story:
    paper = article(days=days, kind=kind)
    return join(story(known), paper, report(paper), new)


def test_a_story_keeps_its_reports_in_their_order() -> None:
    told = joined(read(), read(), days=-2)
    assert [each.when for each in told.reports] == [AT - timedelta(days=2), AT]
    assert (told.first_seen, told.last_seen) == (AT - timedelta(days=2), AT)


def test_a_story_is_on_every_topic_of_its_reports_and_that_alone_is_no_news() -> None:
    known, new = replace(read(), topics=("housing",)), replace(read(), topics=("youth-justice", "housing"))
    told = joined(known, new)
    assert (told.topics, told.version) == (("housing", "youth-justice"), 1)


def test_a_new_outcome_makes_a_new_version_and_the_inspectorates_goes_before() -> None:
    def send(outcome: Outcome | None) -> Assessment:
        return replace(read(Event.SEND_INSPECTION), outcome=outcome)

    first = joined(send(None), send(Outcome.INCONSISTENT))
    assert (first.outcome, first.version) == (Outcome.INCONSISTENT, 2)
    again = joined(send(Outcome.INCONSISTENT), send(Outcome.FAILINGS))
    assert (again.outcome, again.version) == (Outcome.INCONSISTENT, 1)
    own = joined(send(Outcome.INCONSISTENT), send(Outcome.FAILINGS), kind=Kind.INSPECTORATE)
    assert (own.outcome, own.version) == (Outcome.FAILINGS, 2)


def test_each_step_to_come_is_known_once_with_its_date_and_that_is_no_news() -> None:
    def says(*steps: Coming) -> Assessment:
        return replace(read(), coming=steps)

    plan, may, june = (Coming(Step.ACTION_PLAN, due) for due in (None, "2026-05", "2026-06"))
    visit = Coming(Step.MONITORING_VISIT)
    told = joined(says(plan, visit), says(may))
    assert (told.coming, told.version) == ((visit, may), 1)
    assert joined(says(may), says(june)).coming == (may,)
    assert joined(says(may), says(june), kind=Kind.INSPECTORATE).coming == (june,)
    assert joined(says(may), says(plan), kind=Kind.INSPECTORATE).coming == (may,)


def test_a_new_grade_makes_a_new_version() -> None:
    new = read(Event.INSPECTION, judgements=(grade(Grade.GOOD, "2026-03-03", current=True),))
    assert joined(read(Event.INSPECTION), new).version == 2


def test_the_same_grade_again_or_an_old_one_does_not() -> None:
    first = read(Event.INSPECTION, judgements=(grade(Grade.GOOD, "2026-03-03", current=True),))
    again = read(Event.INSPECTION, judgements=(grade(Grade.GOOD, "2026-03-04", current=True),))
    old = read(Event.INSPECTION, judgements=(grade(Grade.INADEQUATE, "2022"),))
    assert joined(first, again).version == 1
    assert joined(first, old).version == 1


def test_the_finer_date_of_an_old_grade_wins() -> None:
    coarse = read(judgements=(grade(Grade.INADEQUATE, "2022"),))
    fine = read(judgements=(grade(Grade.INADEQUATE, "2022-07"),))
    for one, other in ((coarse, fine), (fine, coarse)):
        assert [each.date for each in joined(one, other).judgements] == ["2022-07"]


def test_a_grade_that_one_report_announces_is_new() -> None:
    told = joined(
        read(Event.INSPECTION, judgements=(grade(Grade.GOOD, None),)),
        read(Event.INSPECTION, judgements=(grade(Grade.GOOD, "2026-03-03", current=True),)),
    )
    assert [each.current for each in told.judgements] == [True]


def test_the_visit_is_known_by_its_finest_dates_and_its_number() -> None:
    told = joined(read(visit=Visit("2026-01", "2026-01", 2)), read(visit=replace(SECOND, ordinal=None)))
    assert told.visit is not None
    assert (told.visit.started, told.visit.ended, told.visit.ordinal) == ("2026-01-27", "2026-01-28", 2)


def test_the_inspectorate_settles_what_the_event_was() -> None:
    told = joined(
        read(Event.INSPECTION, visit=SECOND), read(Event.FOCUSED_VISIT, visit=SECOND), kind=Kind.INSPECTORATE
    )
    assert told.event is Event.FOCUSED_VISIT
    assert joined(read(Event.INSPECTION), read(Event.FOCUSED_VISIT)).event is Event.INSPECTION


def test_a_story_of_no_kind_takes_the_kind_of_its_next_report() -> None:
    assert joined(read(Event.OTHER), read(Event.STRIKE)).event is Event.STRIKE


def test_a_council_that_a_later_report_calls_its_subject_is_mentioned() -> None:
    told = joined(read(), read(Event.MONITORING_VISIT, "northmarch", "eastholme"))
    assert told.subjects == {"northmarch"}
    assert {each.council: each.role for each in told.councils}["eastholme"] is Role.MENTIONED


def test_a_role_that_says_more_replaces_a_mere_mention() -> None:
    told = joined(
        read(others=(CouncilRole("eastholme", Role.MENTIONED),)),
        read(others=(CouncilRole("eastholme", Role.PARTNER),)),
    )
    assert {each.council: each.role for each in told.councils}["eastholme"] is Role.PARTNER


def test_the_headline_is_the_first_press_title_that_names_the_council() -> None:
    official = article("Monitoring visit to Northmarch", kind=Kind.INSPECTORATE)
    vague = article("Council told to improve", days=1)
    naming = article("Northmarch told to improve", days=2)
    councils = (CouncilRole("northmarch", Role.SUBJECT),)
    reports = [report(each) for each in (official, vague, naming)]
    assert headline(reports, councils) == "Northmarch told to improve"
    assert headline(reports[:2], councils) == "Council told to improve"
    assert headline(reports[:1], councils) == "Monitoring visit to Northmarch"


ROUND_UP = read(
    Event.INSPECTION,
    "northmarch",
    "eastholme",
    visit=SECOND,
    scope=Scope.SEVERAL,
    judgements=(
        Judgement("northmarch", Area.OVERALL, Grade.GOOD, "2026-03", True),
        Judgement("eastholme", Area.OVERALL, Grade.OUTSTANDING, "2026-03", True),
        Judgement("leeds", Area.OVERALL, Grade.OUTSTANDING, "2022", False),
    ),
)


def test_a_part_of_a_round_up_holds_one_councils_facts() -> None:
    own = part(ROUND_UP, {"northmarch"})
    assert own.subjects == {"northmarch"}
    assert (own.scope, own.visit) == (Scope.COUNCIL, None)
    assert {each.council for each in own.judgements} == {"northmarch", "leeds"}
    assert part(ROUND_UP, {"northmarch", "eastholme"}) == ROUND_UP


def test_a_round_up_adds_to_a_story_what_is_its_own() -> None:
    told = joined(read(Event.INSPECTION), ROUND_UP)
    assert told.subjects == {"northmarch"}
    assert {each.council for each in told.judgements} == {"northmarch", "leeds"}
    assert told.visit is None


def test_national_news_stays_so_when_a_council_has_its_say() -> None:
    told = joined(read(Event.POLICY, scope=Scope.NATIONAL), read(Event.POLICY))
    assert (told.scope, told.subjects) == (Scope.NATIONAL, frozenset())
    assert [(each.council, each.role) for each in told.councils] == [("northmarch", Role.MENTIONED)]
