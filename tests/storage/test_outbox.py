"""Messages leave once, and none is lost."""

from datetime import date, timedelta

import pytest

from newsdesk.model import Delivery, Digest
from storage import Store
from tests.storage.made import NOW, at_once, mail

MINUTE = timedelta(minutes=1)


def queue(store: Store, number: int = 1) -> list[int]:
    """That many messages, due one minute after the other; their ids."""
    mails = [mail(f"<{n}@x>", next_attempt_at=NOW + n * MINUTE) for n in range(number)]
    with store.begin() as tx:
        tx.digests.freeze(Digest("team", date(2026, 3, 2), ()), mails, now=NOW)
        return [each.id for each in reversed(tx.outbox.list(number))]


def claim(store: Store, *, minutes: int = 0, limit: int = 10) -> list[Delivery]:
    """Claims at so many minutes after the first message is due, for ten minutes."""
    now = NOW + minutes * MINUTE
    with store.begin() as tx:
        return tx.outbox.claim(now=now, until=now + 10 * MINUTE, limit=limit, owner="sender")


def listed(store: Store) -> Delivery:
    with store.read() as tx:
        return tx.outbox.list(1)[0]


def test_a_message_comes_back_byte_for_byte(store: Store) -> None:
    (one,) = queue(store)
    assert claim(store) == [
        Delivery(one, "<0@x>", mail().sender, mail().recipient, mail().mail, "queued", 0, NOW, None)
    ]


def test_only_what_is_due_is_claimed_the_longest_due_first(store: Store) -> None:
    ids = queue(store, 5)
    assert [each.id for each in claim(store, minutes=2, limit=2)] == ids[:2]
    assert [each.id for each in claim(store, minutes=2)] == ids[2:3]
    assert claim(store, minutes=2) == []
    assert [each.id for each in claim(store, minutes=4)] == ids[3:]


def test_a_message_whose_holder_died_is_claimed_again_when_the_lease_ends(store: Store) -> None:
    queue(store)
    first = claim(store)
    assert claim(store, minutes=9) == []
    assert claim(store, minutes=10) == first


def test_an_accepted_message_is_never_claimed_again(store: Store) -> None:
    (one,) = queue(store)
    claim(store)
    with store.begin() as tx:
        tx.outbox.accepted(one, now=NOW)
    assert claim(store, minutes=60) == []
    assert (listed(store).state, listed(store).attempts, listed(store).next_attempt_at) == (
        "accepted",
        1,
        None,
    )


@pytest.mark.parametrize(("uncertain", "state"), [(False, "queued"), (True, "uncertain")])
def test_a_retry_waits_for_its_time_and_counts(store: Store, uncertain: bool, state: str) -> None:
    (one,) = queue(store)
    claim(store)
    with store.begin() as tx:
        tx.outbox.retry(one, at=NOW + 5 * MINUTE, error="451 later\x00", uncertain=uncertain)
    assert claim(store, minutes=4) == []
    (again,) = claim(store, minutes=5)
    assert (again.state, again.attempts, again.last_error) == (state, 1, "451 later\ufffd")
    assert (again.message_id, again.mail) == ("<0@x>", mail().mail)


def test_a_failed_message_is_closed(store: Store) -> None:
    (one,) = queue(store)
    with store.begin() as tx:
        tx.outbox.failed(one, error="550 no such user", now=NOW)
        tx.outbox.retry(one, at=NOW, error="too late")
    assert claim(store, minutes=60) == []
    assert (listed(store).state, listed(store).last_error) == ("failed", "550 no such user")


def test_accepted_is_final_whatever_a_slower_sender_notes(store: Store) -> None:
    (one,) = queue(store)
    with store.begin() as tx:
        tx.outbox.failed(one, error="gave up", now=NOW)
        tx.outbox.accepted(one, now=NOW)
        tx.outbox.retry(one, at=NOW, error="connection lost", uncertain=True)
        tx.outbox.failed(one, error="gave up", now=NOW)
        tx.outbox.accepted(one, now=NOW)
    assert (listed(store).state, listed(store).attempts) == ("accepted", 2)


def test_messages_are_counted_by_state_and_listed_newest_first(store: Store) -> None:
    ids = queue(store, 4)
    with store.begin() as tx:
        tx.outbox.accepted(ids[0], now=NOW)
        tx.outbox.failed(ids[1], error="550", now=NOW)
        tx.outbox.retry(ids[2], at=NOW, error="?", uncertain=True)
        assert tx.outbox.waiting() == {"accepted": 1, "failed": 1, "uncertain": 1, "queued": 1}
        assert [each.id for each in tx.outbox.list(2)] == [ids[3], ids[2]]


def test_senders_at_the_same_moment_never_both_get_a_message(store: Store, store_url: str) -> None:
    ids = queue(store, 60)

    def send(mine: Store) -> list[int]:
        taken: list[int] = []
        while claimed := claim(mine, minutes=60, limit=4):
            taken += [each.id for each in claimed]
        return taken

    taken = [one for ours in at_once(store_url, *[send] * 4) for one in ours]
    assert sorted(taken) == ids
