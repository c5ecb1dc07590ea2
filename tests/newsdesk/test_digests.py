"""Digests: what a subscriber is told, and in which order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from newsdesk.digests import compose, recalled, weight
from newsdesk.model import (
    Area,
    CouncilRole,
    Digest,
    Event,
    Grade,
    Judgement,
    Role,
    Scope,
    Shown,
    Story,
    Unseen,
)
from newsdesk.readers import Subscription
from newsdesk.searches import Places, Search, asked_of

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
DAY = date(2026, 3, 4)
ALL = Subscription(7, 1, "reader@example.org", "everything")
PLACES = Places({"leeds": "North", "york": "North"})


def story(event: Event = Event.MONITORING_VISIT, role: Role = Role.SUBJECT, **more: object) -> Story:
    plain = Story(1, "A headline", event, Scope.COUNCIL, (CouncilRole("leeds", role),), (), None, AT, AT)
    return replace(plain, **more)  # type: ignore[arg-type]


def graded(grade: Grade, *, current: bool = True) -> tuple[Judgement, ...]:
    return (Judgement("leeds", Area.OVERALL, grade, None, current),)


def told(
    subscription: Subscription, *stories: Story, known: Mapping[int, int] | None = None, **more: Any
) -> Digest | None:
    return compose(subscription, stories, known or {}, asked=asked_of, places=PLACES, local_date=DAY, **more)


def test_new_grades_come_first_the_lowest_foremost() -> None:
    order = [
        story(Event.INSPECTION, judgements=graded(Grade.INADEQUATE)),
        story(Event.INSPECTION, judgements=graded(Grade.GOOD)),
        story(Event.DIRECTION),
        story(Event.INSPECTION, judgements=graded(Grade.INADEQUATE, current=False)),
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
    wanting = replace(ALL, search=Search(events=frozenset({Event.INSPECTION, Event.STRIKE})))
    strike, funding = story(Event.STRIKE), story(Event.FUNDING, id=2)
    digest = told(wanting, strike, funding, story(Event.INSPECTION, id=3, version=2), known={3: 1})
    assert digest is not None
    assert [(each.story.event, each.updated) for each in digest.items] == [
        (Event.INSPECTION, True),
        (Event.STRIKE, False),
    ]
    assert (digest.subscription, digest.name, digest.local_date) == (7, "everything", DAY)


def test_what_was_told_as_it_now_is_is_not_told_again() -> None:
    assert told(ALL, story(version=2), known={1: 2}) is None


def test_of_equal_weight_the_headlines_decide() -> None:
    digest = told(ALL, story(headline="B"), story(id=2, headline="A"))
    assert digest is not None
    assert [each.story.headline for each in digest.items] == ["A", "B"]


def test_nothing_to_say_is_no_digest_unless_it_was_asked_for() -> None:
    assert told(ALL) is None
    empty = told(replace(ALL, send_empty=True))
    assert empty is not None
    assert empty.items == ()


def test_sources_that_could_not_be_read_are_named() -> None:
    unseen = (Unseen("A paper", "it refused us", AT),)
    digest = told(ALL, story(), unseen=unseen)
    assert digest is not None
    assert digest.unseen == unseen


def test_what_was_shown_is_recalled_for_stories_told_before_only() -> None:
    seen = {1: Shown((4, 5)), 2: Shown((6,))}
    digest = told(ALL, story(version=2), story(id=2), known={1: 1})
    assert digest is not None
    assert {each.story.id: each.shown for each in recalled(digest, seen).items} == {1: seen[1], 2: None}
