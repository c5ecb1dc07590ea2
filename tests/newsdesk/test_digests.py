"""Digests: what a subscriber is told, and in which order."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from newsdesk.digests import compose, wanted, weight
from newsdesk.model import (
    Area,
    CouncilRole,
    Event,
    Grade,
    Judgement,
    Role,
    Scope,
    Story,
    Subscription,
    Unseen,
)

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
DAY = date(2026, 3, 4)
ALL = Subscription("everything", ("reader@example.org",))


def story(event: Event = Event.MONITORING_VISIT, role: Role = Role.SUBJECT, **more: object) -> Story:
    plain = Story(1, "A headline", event, Scope.COUNCIL, (CouncilRole("leeds", role),), (), None, AT, AT)
    return replace(plain, **more)  # type: ignore[arg-type]


def graded(grade: Grade, *, current: bool = True) -> tuple[Judgement, ...]:
    return (Judgement("leeds", Area.OVERALL, grade, None, current),)


@pytest.mark.parametrize(
    ("councils", "role", "expected"),
    [
        (set(), Role.MENTIONED, True),  # no choice means all
        ({"leeds"}, Role.SUBJECT, True),
        ({"leeds"}, Role.PARTNER, True),
        ({"leeds"}, Role.COMMISSIONER, True),
        ({"leeds"}, Role.COMPARED, False),  # a yardstick is nobody's news
        ({"leeds"}, Role.MENTIONED, False),
        ({"york"}, Role.SUBJECT, False),
    ],
)
def test_a_council_is_news_when_it_is_judged_helps_or_sends_its_people(
    councils: set[str], role: Role, expected: bool
) -> None:
    assert wanted(replace(ALL, councils=frozenset(councils)), story(role=role)) is expected


def test_only_the_chosen_kinds_of_event_are_told() -> None:
    chosen = replace(ALL, events=frozenset({Event.INSPECTION}))
    assert wanted(chosen, story(Event.INSPECTION))
    assert not wanted(chosen, story(Event.STRIKE))


def test_national_news_is_for_everyone_who_did_not_choose_events() -> None:
    national = story(Event.POLICY, scope=Scope.NATIONAL, councils=())
    assert wanted(replace(ALL, councils=frozenset({"york"})), national)
    assert not wanted(replace(ALL, events=frozenset({Event.INSPECTION})), national)


def test_new_grades_come_first_the_lowest_foremost() -> None:
    order = [
        story(Event.INSPECTION, judgements=graded(Grade.INADEQUATE)),
        story(Event.INSPECTION, judgements=graded(Grade.GOOD)),
        story(Event.INSPECTION, judgements=graded(Grade.INADEQUATE, current=False)),
        story(Event.DIRECTION),
        story(Event.MONITORING_VISIT),
        story(Event.STRIKE),
        story(Event.POLICY),
        story(Event.OTHER),
    ]
    weights = [weight(each) for each in order]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)


def test_every_kind_of_event_has_a_weight() -> None:
    assert all(weight(story(event)) > 0 for event in Event)


def test_a_digest_holds_what_is_wanted_the_weightiest_first() -> None:
    digest = compose(
        replace(ALL, events=frozenset({Event.INSPECTION, Event.STRIKE})),
        [(story(Event.STRIKE), None), (story(Event.FUNDING), None), (story(Event.INSPECTION), 1)],
        local_date=DAY,
    )
    assert digest is not None
    assert [(each.story.event, each.updated) for each in digest.items] == [
        (Event.INSPECTION, True),
        (Event.STRIKE, False),
    ]
    assert (digest.subscription, digest.local_date) == ("everything", DAY)


def test_of_equal_weight_the_headlines_decide() -> None:
    both = [(story(headline="B"), None), (story(headline="A"), None)]
    digest = compose(ALL, both, local_date=DAY)
    assert digest is not None
    assert [each.story.headline for each in digest.items] == ["A", "B"]


def test_nothing_to_say_is_no_digest_unless_it_was_asked_for() -> None:
    assert compose(ALL, [], local_date=DAY) is None
    empty = compose(replace(ALL, send_empty=True), [], local_date=DAY)
    assert empty is not None
    assert empty.items == ()


def test_sources_that_could_not_be_read_are_named() -> None:
    unseen = (Unseen("A paper", "it refused us", AT),)
    digest = compose(ALL, [(story(), None)], local_date=DAY, unseen=unseen)
    assert digest is not None
    assert digest.unseen == unseen
