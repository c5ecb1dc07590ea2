"""Alerts: no wolf is cried, and none is missed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from newsdesk.alerts import FRESH, Announcement, fires, waits_until
from newsdesk.history import History, Inspection
from newsdesk.kinds import Area, Event, Grade, Kind, Role, Rule, Scope
from newsdesk.model import CouncilRole, Judgement, Report, Story

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
FELL = Judgement("northmarch", Area.LEADERS, Grade.INADEQUATE, "2026-03", current=True)
OLD = Judgement("northmarch", Area.LEADERS, Grade.REQUIRES_IMPROVEMENT, "2022", current=False)
GRADES = {Rule.NEW_JUDGEMENT, Rule.INADEQUATE, Rule.GRADE_FELL}


def report(kind: Kind = Kind.LOCAL, number: int = 1, **more: object) -> Report:
    plain = Report(number, f"https://{kind}.example/{number}", f"{kind} {number}", kind, "A title", AT, AT)
    return replace(plain, **more)  # type: ignore[arg-type]


def says(one: Report, *judgements: Judgement, home: str | None = None) -> Announcement:
    return Announcement(one, judgements or (FELL,), home)


def story(*announcements: Announcement, event: Event = Event.INSPECTION, **more: object) -> Story:
    plain = Story(
        1,
        "A headline",
        event,
        Scope.COUNCIL,
        (CouncilRole("northmarch", Role.SUBJECT), CouncilRole("eastholme", Role.PARTNER)),
        (FELL, OLD),
        None,
        AT,
        AT,
        tuple(each.report for each in announcements),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def fired(*announcements: Announcement, history: History | None = None, **more: object) -> set[Rule]:
    told = story(*announcements, **more)  # type: ignore[arg-type]
    return set(fires(told, announcements, history or History([]), AT)) - {Rule.ANY}


def judged(published: date, grade: Grade = Grade.INADEQUATE) -> History:
    return History([Inspection("northmarch", published, None, None, {Area.LEADERS: grade})])


def test_a_grade_that_fell_to_the_lowest_is_three_alerts_in_one() -> None:
    assert fired(says(report())) == GRADES
    assert fired(says(report(Kind.INSPECTORATE))) == GRADES | {Rule.OFFICIAL}


def test_why_is_told_in_words() -> None:
    announced = says(report())
    why = fires(story(announced), [announced], History([]), AT)
    assert why[Rule.INADEQUATE] == "judged inadequate: northmarch, leaders: inadequate"


@pytest.mark.parametrize(
    "announcement",
    [
        says(report(), replace(FELL, current=False)),  # recalled
        says(report(), replace(FELL, council="eastholme")),  # the partner's
        says(report(Kind.OTHER)),  # a mirror
        says(report(Kind.COUNCIL), home="eastholme"),  # another council's page
    ],
)
def test_an_old_grade_a_partners_and_a_mirrors_word_are_no_alert(announcement: Announcement) -> None:
    assert not fired(announcement) & GRADES


def test_only_a_full_inspection_gives_a_grade() -> None:
    for event in (Event.MONITORING_VISIT, Event.SEND_INSPECTION, Event.JTAI, Event.PARTNERSHIP):
        assert not fired(says(report()), event=event) & GRADES


def test_the_press_that_tells_a_recent_grade_again_is_not_believed_until_somebody_else_says_so() -> None:
    recent = judged(date(2025, 9, 1))
    paper, copy = says(report()), says(report(number=2, outlet="another", duplicate_of=1))
    assert not fired(paper, history=recent) & GRADES
    assert not fired(paper, copy, history=recent) & GRADES
    assert Rule.INADEQUATE in fired(paper, says(report(number=2)), history=recent)
    assert Rule.INADEQUATE in fired(paper, says(report(Kind.COUNCIL, 3), home="northmarch"), history=recent)
    assert Rule.INADEQUATE in fired(paper, history=judged(date(2023, 9, 1)))


def test_a_grade_has_fallen_only_where_it_was_higher_before() -> None:
    assert Rule.GRADE_FELL not in fired(says(report()), history=judged(date(2022, 9, 1)))
    assert Rule.GRADE_FELL in fired(says(report()), history=judged(date(2022, 9, 1), Grade.GOOD))
    assert Rule.GRADE_FELL not in fired(says(report()), judgements=(FELL,))


@pytest.mark.parametrize("event", [Event.DIRECTION, Event.COMMISSIONER_APPOINTED, Event.INTERVENTION_ENDED])
def test_what_the_government_does(event: Event) -> None:
    assert fired(says(report(), OLD), event=event) == {Rule.INTERVENTION}


def test_what_is_days_old_is_for_the_digest() -> None:
    announced = says(report())
    assert not fires(story(announced), [announced], History([]), AT + FRESH + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        ("", "2026-03-03T23:00", None),
        ("21:00-07:00", "2026-03-03T20:59", None),
        ("21:00-07:00", "2026-03-03T23:00", "2026-03-04T07:00"),
        ("21:00-07:00", "2026-03-04T06:59", "2026-03-04T07:00"),
        ("12:00-13:30", "2026-03-04T12:00", "2026-03-04T13:30"),
        ("21:00-07:00", "2026-03-28T23:00", "2026-03-29T06:00"),  # the night is an hour shorter
    ],
)
def test_quiet_hours(quiet: str, now: str, until: str | None) -> None:
    waits = waits_until(quiet, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert waits == (datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None)
