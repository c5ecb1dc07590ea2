"""What a subscriber was told, and that nobody is told twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsdesk.errors import StoreError
from newsdesk.model import (
    Area,
    CouncilRole,
    Delivery,
    Digest,
    DigestItem,
    Grade,
    Judgement,
    Role,
    Shown,
    Story,
    Unseen,
)
from newsdesk.readers import Subscription
from storage import Store
from tests.storage.made import NOW, at_once, found, mail, reader

DAY = timedelta(days=1)
MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)


@pytest.fixture
def team(store: Store) -> Subscription:
    return reader(store)


def digest(team: Subscription, *stories: Story, day: date = MONDAY) -> Digest:
    items = tuple(DigestItem(each) for each in stories)
    return Digest(team.id, team.name, day, items, (Unseen("York", "no answer\x00", NOW),))


def freeze(store: Store, team: Subscription, one: Digest, *mails: Delivery) -> int | None:
    with store.begin() as tx:
        return tx.digests.freeze(one, mails, subscriber=team.subscriber, now=NOW)


def told(store: Store, team: Subscription) -> dict[int, int]:
    with store.read() as tx:
        return tx.digests.told([team.subscriber])[team.subscriber]


def test_a_story_is_told_to_a_subscriber_not_to_a_subscription(store: Store, team: Subscription) -> None:
    story = found(store)
    second, other = reader(store, name="second"), reader(store, "other@example.org")
    assert told(store, team) == {}
    assert freeze(store, team, digest(team, story)) is not None
    assert told(store, team) == told(store, second) == {story.id: 1}
    assert told(store, other) == {}


def test_a_later_version_is_noted_and_an_earlier_one_takes_nothing_back(
    store: Store, team: Subscription
) -> None:
    story = found(store)
    freeze(store, team, digest(team, replace(story, version=3)))
    freeze(store, team, digest(team, story, day=TUESDAY))
    assert told(store, team) == {story.id: 3}


def test_what_a_subscriber_saw_of_a_story_is_that_of_the_latest_version(
    store: Store, team: Subscription
) -> None:
    story = found(store)
    grade = Judgement("york", Area.OVERALL, Grade.GOOD, None, True)
    judged = replace(story, version=2, judgements=(grade,), councils=(CouncilRole("york", Role.SUBJECT),))
    freeze(store, team, digest(team, story))
    freeze(store, team, digest(team, judged, day=TUESDAY))
    freeze(store, team, digest(team, story, day=TUESDAY + DAY))
    with store.read() as tx:
        seen = tx.digests.shown([team.subscriber, 99], [story.id, 77])
        assert tx.digests.shown([team.subscriber], []) == {team.subscriber: {}}
    articles = tuple(each.article for each in story.reports)
    assert seen[team.subscriber] == {story.id: Shown(articles, (("york", Area.OVERALL, Grade.GOOD),))}
    assert seen[99] == {}


def test_a_digest_is_stored_with_its_messages(store: Store, team: Subscription) -> None:
    story = found(store)
    frozen = freeze(store, team, digest(team, story), mail("<1@x>"), mail("<2@x>", next_attempt_at=NOW + DAY))
    with store.begin() as tx:
        tx.outbox.accepted(tx.outbox.list(1)[0].id, now=NOW)
        back = tx.digests.get(team.id, MONDAY)
        assert tx.digests.get(team.id, TUESDAY) is None
        assert tx.digests.get(team.id + 1, MONDAY) is None
    assert back is not None
    assert (back.id, back.subscription, back.local_date) == (frozen, team.id, MONDAY)
    assert (back.frozen_at, back.items) == (NOW, 1)
    assert back.deliveries == {"queued": 1, "accepted": 1}


def test_the_second_digest_of_a_day_is_none_and_changes_nothing(store: Store, team: Subscription) -> None:
    first, second = found(store), found(store, "https://example.org/2")
    assert freeze(store, team, digest(team, first), mail("<1@x>")) is not None
    assert freeze(store, team, digest(team, first, second), mail("<2@x>")) is None
    assert told(store, team) == {first.id: 1}
    with store.read() as tx:
        assert [each.message_id for each in tx.outbox.list(10)] == ["<1@x>"]


def test_an_empty_digest_is_a_digest_too(store: Store, team: Subscription) -> None:
    assert freeze(store, team, digest(team)) is not None
    assert freeze(store, team, digest(team)) is None


def test_a_digest_that_cannot_be_frozen_whole_leaves_nothing(store: Store, team: Subscription) -> None:
    story = found(store)
    freeze(store, team, digest(team, day=TUESDAY), mail("<1@x>"))
    with pytest.raises(StoreError):
        freeze(store, team, digest(team, story), mail("<2@x>"), mail("<1@x>"))
    assert told(store, team) == {}
    with store.read() as tx:
        assert tx.digests.get(team.id, MONDAY) is None
        assert [each.message_id for each in tx.outbox.list(10)] == ["<1@x>"]


def test_two_bells_at_the_same_moment_freeze_one_digest(
    store: Store, store_url: str, team: Subscription
) -> None:
    story = found(store)

    def bell(number: int) -> Callable[[Store], int | None]:
        return lambda each: freeze(each, team, digest(team, story), mail(f"<{number}@x>"))

    frozen = at_once(store_url, *map(bell, range(4)))
    assert sorted(one is None for one in frozen) == [False, True, True, True]
    with store.read() as tx:
        assert len(tx.outbox.list(10)) == 1
