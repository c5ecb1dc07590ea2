"""Stories: what belongs together, what must stay apart, and what a story knows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from newsdesk.model import (
    Area,
    Article,
    Assessment,
    CouncilRole,
    Event,
    Grade,
    Judgement,
    Kind,
    Report,
    Role,
    Scope,
    Story,
    Visit,
)
from newsdesk.stories import found, headline, join, place, telling

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
WORDS = "Caseloads turnover neglect supervision hubs thresholds referrals duty managers strategy"
_ids = count(1)


def article(
    title: str = "Northmarch told to improve", text: str = WORDS, *, days: int = 0, kind: Kind = Kind.LOCAL
) -> Article:
    at = AT + timedelta(days=days)
    return Article("http://x.example/1", "A paper", title, text, at, published=at, kind=kind)


def read(
    event: Event = Event.MONITORING_VISIT,
    *subjects: str,
    visit: Visit | None = None,
    scope: Scope = Scope.COUNCIL,
    judgements: tuple[Judgement, ...] = (),
    others: tuple[CouncilRole, ...] = (),
) -> Assessment:
    councils = tuple(CouncilRole(each, Role.SUBJECT) for each in subjects or ("northmarch",))
    if scope is Scope.NATIONAL:
        councils = ()
    return Assessment(True, 10.0, (), scope, event, (*councils, *others), judgements, visit)


def report(paper: Article) -> Report:
    return Report(
        next(_ids), paper.url, paper.outlet, paper.kind, paper.title, paper.published, paper.fetched_at
    )


def story(assessment: Assessment, paper: Article | None = None) -> Story:
    paper = paper or article()
    return replace(found(paper, report(paper), assessment), id=7)


def joins(known: Assessment, new: Assessment, *, days: int = 1, text: str = WORDS) -> bool:
    return place(article("Northmarch", text, days=days), new, [story(known)]).story == 7


SECOND = Visit("2026-01-27", "2026-01-28", 2)
FIRST = Visit("2025-10-21", "2025-10-22", 1)


@pytest.mark.parametrize(
    ("known", "new", "days"),
    [
        (SECOND, SECOND, 1),
        (SECOND, Visit("2026-01", "2026-01"), 7),  # the trade press says the month alone
        (SECOND, Visit(ordinal=2), 3),
        (SECOND, None, 7),  # a report that says no date, while the news is warm
        (Visit("2026-01", "2026-01"), SECOND, 2),
        (SECOND, SECOND, 35),  # a committee's paper next month
        (SECOND, replace(SECOND, ordinal=None), 35),
    ],
)
def test_reports_of_one_visit_are_one_story(known: Visit, new: Visit | None, days: int) -> None:
    assert joins(read(visit=known), read(visit=new), days=days)


@pytest.mark.parametrize(
    ("known", "new", "days"),
    [
        (SECOND, FIRST, 0),  # a letter released late, in the same week
        (SECOND, Visit("2026-04-14", "2026-04-15", 3), 70),
        (SECOND, Visit(ordinal=3), 5),
        (SECOND, Visit("2026-02-10", "2026-02-11"), 5),
        (SECOND, None, 20),  # nothing says that it is this visit
        (SECOND, SECOND, 60),
    ],
)
def test_another_visit_is_another_story(known: Visit, new: Visit | None, days: int) -> None:
    assert not joins(read(visit=known), read(visit=new), days=days)


def test_the_same_words_do_not_join_two_visits() -> None:
    """Consecutive letters repeat each other: facts come before likeness."""
    assert not joins(read(visit=FIRST), read(visit=SECOND), days=3, text=WORDS)


def test_the_same_days_on_site_join_whatever_a_paper_calls_the_visit() -> None:
    assert joins(read(Event.FOCUSED_VISIT, visit=SECOND), read(Event.INSPECTION, visit=SECOND))
    assert not joins(
        read(Event.FOCUSED_VISIT, visit=SECOND), read(Event.INSPECTION, visit=Visit("2026-01", "2026-01"))
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Event.MONITORING_VISIT, Event.PARTNERSHIP),  # the announcement that the letter quotes
        (Event.MONITORING_VISIT, Event.FUNDING),
        (Event.INSPECTION, Event.DIRECTION),
        (Event.INSPECTION, Event.SEND_INSPECTION),
        (Event.LEADERSHIP, Event.STRIKE),
    ],
)
def test_another_event_of_the_same_council_in_the_same_week_is_another_story(
    one: Event, other: Event
) -> None:
    assert not joins(read(one), read(other))


@pytest.mark.parametrize("other", [Event.COMMISSIONER_APPOINTED, Event.IMPROVEMENT_NOTICE, Event.TRUST])
def test_one_decision_of_the_department_goes_by_several_names(other: Event) -> None:
    assert joins(read(Event.DIRECTION), read(other))
    assert not joins(read(Event.DIRECTION), read(other), text="Altogether different matters entirely")


def test_other_events_join_by_their_words_while_warm() -> None:
    assert joins(read(Event.STRIKE), read(Event.STRIKE), days=9)
    assert not joins(read(Event.STRIKE), read(Event.STRIKE), days=12)
    assert not joins(read(Event.STRIKE), read(Event.STRIKE), text="Altogether different matters entirely")


def test_another_council_is_another_story() -> None:
    assert not joins(read(Event.MONITORING_VISIT, "northmarch"), read(Event.MONITORING_VISIT, "eastholme"))


def test_the_partner_of_one_story_is_not_the_subject_of_it() -> None:
    partner = CouncilRole("eastholme", Role.PARTNER)
    assert not joins(read(others=(partner,)), read(Event.MONITORING_VISIT, "eastholme"))


def test_a_round_up_stands_apart_from_the_stories_it_rounds_up() -> None:
    several = read(Event.MONITORING_VISIT, "northmarch", "eastholme", "wychmere", scope=Scope.SEVERAL)
    assert not joins(read(), several)
    assert not joins(several, read())
    assert joins(several, several)


def test_national_news_joins_national_news_of_the_same_words() -> None:
    national = read(Event.POLICY, scope=Scope.NATIONAL)
    assert joins(national, national)
    assert not joins(national, national, text="Altogether different matters entirely")
    assert not joins(national, read(Event.POLICY))


def test_of_several_stories_the_surest_is_taken() -> None:
    by_days = replace(story(read(visit=SECOND)), id=1)
    by_time = replace(story(read()), id=2)
    assert place(article(days=1), read(visit=SECOND), [by_time, by_days]).story == 1


def test_a_placement_says_why() -> None:
    assert place(article(), read(visit=SECOND), [story(read(visit=SECOND))]).why == (
        "northmarch, monitoring-visit, the same days on site"
    )
    assert place(article(), read(), []).story is None


def test_telling_words_are_long_and_not_the_fields_own() -> None:
    assert telling("The council’s children's services let caseloads grow") == {"caseloads"}


# ---------------------------------------------------------------- what a story knows


def grade(value: Grade, day: str | None, *, current: bool = False) -> Judgement:
    return Judgement("northmarch", Area.OVERALL, value, day, current)


def joined(known: Assessment, new: Assessment, *, days: int = 1, kind: Kind = Kind.LOCAL) -> Story:
    paper = article(days=days, kind=kind)
    return join(story(known), paper, report(paper), new)


def test_a_story_keeps_its_reports_in_their_order() -> None:
    told = joined(read(), read(), days=-2)
    assert [each.when for each in told.reports] == [AT - timedelta(days=2), AT]
    assert (told.first_seen, told.last_seen) == (AT - timedelta(days=2), AT)


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
