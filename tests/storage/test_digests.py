"""What a reader has not been told yet, and that nobody is told twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsdesk.errors import StoreError
from newsdesk.model import Delivery, Digest, DigestItem, Story, Unseen
from storage import Store
from tests.storage.made import NOW, at_once, found, mail

DAY = timedelta(days=1)
MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)


def digest(*stories: Story, day: date = MONDAY, subscription: str = "team") -> Digest:
    items = tuple(DigestItem(each) for each in stories)
    return Digest(subscription, day, items, (Unseen("York", "no answer\x00", NOW),))


def freeze(store: Store, one: Digest, *mails: Delivery) -> int | None:
    with store.begin() as tx:
        return tx.digests.freeze(one, mails, now=NOW)


def undelivered(store: Store, subscription: str = "team") -> list[tuple[Story, int | None]]:
    with store.read() as tx:
        return tx.digests.undelivered(subscription, since=NOW - DAY, until=NOW)


def test_a_story_is_told_once_to_each_subscription(store: Store) -> None:
    story = found(store)
    assert undelivered(store) == [(story, None)]
    assert freeze(store, digest(story)) is not None
    assert undelivered(store) == []
    assert undelivered(store, "another") == [(story, None)]


def test_a_story_that_changed_is_told_again_with_the_version_told_before(store: Store) -> None:
    story = found(store)
    freeze(store, digest(story))
    grown = replace(story, version=3)
    with store.begin() as tx:
        tx.stories.update(grown)
    assert undelivered(store) == [(grown, 1)]
    freeze(store, digest(grown, day=TUESDAY))
    assert undelivered(store) == []


def test_what_was_frozen_is_told_even_when_the_story_grew_meanwhile(store: Store) -> None:
    story = found(store)
    grown = replace(story, version=2)
    with store.begin() as tx:
        tx.stories.update(grown)
        tx.digests.freeze(digest(story), [], now=NOW)
    assert undelivered(store) == [(grown, 1)]


def test_a_late_digest_does_not_take_back_what_was_told(store: Store) -> None:
    story = found(store)
    grown = replace(story, version=2)
    with store.begin() as tx:
        tx.stories.update(grown)
        tx.digests.freeze(digest(grown, day=TUESDAY), [], now=NOW)
        tx.digests.freeze(digest(story, day=MONDAY), [], now=NOW)
    assert undelivered(store) == []


def test_only_stories_of_the_time_asked_for_are_offered_newest_first(store: Store) -> None:
    found(store, first_seen=NOW - 3 * DAY, last_seen=NOW - 2 * DAY)
    edge = found(store, first_seen=NOW - DAY, last_seen=NOW - DAY)
    new = found(store)
    found(store, last_seen=NOW + timedelta(microseconds=1))
    assert undelivered(store) == [(new, None), (edge, None)]


def test_a_digest_is_stored_with_its_messages(store: Store) -> None:
    story = found(store)
    frozen = freeze(store, digest(story), mail("<1@x>"), mail("<2@x>", next_attempt_at=NOW + DAY))
    with store.begin() as tx:
        tx.outbox.accepted(tx.outbox.list(1)[0].id, now=NOW)
        back = tx.digests.get("team", MONDAY)
        assert tx.digests.get("team", TUESDAY) is None
        assert tx.digests.get("another", MONDAY) is None
    assert back is not None
    assert (back.id, back.subscription, back.local_date) == (frozen, "team", MONDAY)
    assert (back.frozen_at, back.items) == (NOW, 1)
    assert back.deliveries == {"queued": 1, "accepted": 1}


def test_the_second_digest_of_a_day_is_none_and_changes_nothing(store: Store) -> None:
    first, second = found(store), found(store, "https://example.org/2")
    assert freeze(store, digest(first), mail("<1@x>")) is not None
    assert freeze(store, digest(first, second), mail("<2@x>")) is None
    assert [told for told, _ in undelivered(store)] == [second]
    with store.read() as tx:
        assert [each.message_id for each in tx.outbox.list(10)] == ["<1@x>"]


def test_an_empty_digest_is_a_digest_too(store: Store) -> None:
    assert freeze(store, digest()) is not None
    assert freeze(store, digest()) is None


def test_a_digest_that_cannot_be_frozen_whole_leaves_nothing(store: Store) -> None:
    story = found(store)
    freeze(store, digest(day=TUESDAY), mail("<1@x>"))
    with pytest.raises(StoreError):
        freeze(store, digest(story), mail("<2@x>"), mail("<1@x>"))
    assert undelivered(store) == [(story, None)]
    with store.read() as tx:
        assert tx.digests.get("team", MONDAY) is None
        assert [each.message_id for each in tx.outbox.list(10)] == ["<1@x>"]


def test_two_bells_at_the_same_moment_freeze_one_digest(store: Store, store_url: str) -> None:
    story = found(store)

    def bell(number: int) -> Callable[[Store], int | None]:
        return lambda each: freeze(each, digest(story), mail(f"<{number}@x>"))

    frozen = at_once(store_url, *map(bell, range(4)))
    assert sorted(one is None for one in frozen) == [False, True, True, True]
    with store.read() as tx:
        assert len(tx.outbox.list(10)) == 1
