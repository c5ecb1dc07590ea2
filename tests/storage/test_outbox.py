"""Messages leave once, and none is lost."""

from datetime import timedelta

import pytest

from newsdesk.model import Delivery
from storage import Store
from tests.storage.made import NOW, at_once, mail

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def queue(store: Store, number: int = 1) -> list[int]:
    """That many messages, due one minute after the other; their ids."""
    mails = [mail(f"<{n}@x>", next_attempt_at=NOW + n * MINUTE) for n in range(number)]
    with store.begin() as tx:
        tx.outbox.queue(mails, now=NOW)
        return [each.id for each in reversed(tx.outbox.list(number))]


def claim(store: Store, *, minutes: int = 0, limit: int = 10) -> list[Delivery]:
    """Claims at so many minutes after the first message is due, for ten minutes."""
    now = NOW + minutes * MINUTE
    with store.begin() as tx:
        return tx.outbox.claim("email", now=now, until=now + 10 * MINUTE, limit=limit, owner="sender")


def listed(store: Store) -> Delivery:
    with store.read() as tx:
        return tx.outbox.list(1)[0]


def test_a_message_comes_back_byte_for_byte(store: Store) -> None:
    (one,) = queue(store)
    assert claim(store) == [
        Delivery(
            one,
            "<0@x>",
            mail().sender,
            mail().recipient,
            mail().mail,
            next_attempt_at=NOW,
            expires_at=NOW + timedelta(hours=24),
        )
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
        tx.outbox.retry(one, owner="sender", at=NOW + 5 * MINUTE, error="451 later\x00", uncertain=uncertain)
    assert claim(store, minutes=4) == []
    (again,) = claim(store, minutes=5)
    assert (again.state, again.attempts, again.last_error) == (state, 1, "451 later\ufffd")
    assert (again.message_id, again.mail) == ("<0@x>", mail().mail)


def test_a_failed_message_is_closed(store: Store) -> None:
    (one,) = queue(store)
    claim(store)
    with store.begin() as tx:
        tx.outbox.failed(one, owner="sender", error="550 no such user", now=NOW)
        tx.outbox.retry(one, owner="sender", at=NOW, error="too late")
    assert claim(store, minutes=60) == []
    assert (listed(store).state, listed(store).last_error) == ("failed", "550 no such user")


def test_accepted_is_final_whatever_a_slower_sender_notes(store: Store) -> None:
    (one,) = queue(store)
    claim(store)
    with store.begin() as tx:
        tx.outbox.failed(one, owner="sender", error="gave up", now=NOW)
        tx.outbox.accepted(one, now=NOW)
        tx.outbox.retry(one, owner="sender", at=NOW, error="connection lost", uncertain=True)
        tx.outbox.failed(one, owner="sender", error="gave up", now=NOW)
        tx.outbox.accepted(one, now=NOW)
    assert (listed(store).state, listed(store).attempts) == ("accepted", 2)


def test_messages_are_counted_by_state_and_listed_newest_first(store: Store) -> None:
    ids = queue(store, 4)
    claim(store, minutes=2)
    with store.begin() as tx:
        tx.outbox.accepted(ids[0], now=NOW)
        tx.outbox.failed(ids[1], owner="sender", error="550", now=NOW)
        tx.outbox.retry(ids[2], owner="sender", at=NOW, error="?", uncertain=True)
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


def test_channels_are_worlds_of_their_own_and_the_urgent_leave_first(store: Store) -> None:
    mails = [
        mail("<digest>"),
        mail("<alert>", kind="alert"),
        mail("<chat>", channel="desk"),
        mail("<later>", kind="alert", next_attempt_at=NOW + MINUTE),
    ]
    with store.begin() as tx:
        tx.outbox.queue(mails, now=NOW)
        assert tx.outbox.due(now=NOW) == {"email": 2, "desk": 1}
    assert [each.message_id for each in claim(store)] == ["<alert>", "<digest>"]


def test_what_is_given_back_is_free_at_once_but_only_by_who_held_it(store: Store) -> None:
    ids = queue(store, 2)
    claim(store, minutes=2)
    with store.begin() as tx:
        tx.outbox.release(ids[:1], owner="sender")
        tx.outbox.release(ids[1:], owner="somebody else")
    assert [each.id for each in claim(store, minutes=2)] == ids[:1]


def test_what_is_renewed_is_held_longer_and_what_another_took_over_is_told(store: Store) -> None:
    first, second, third, fourth = queue(store, 4)
    claim(store, minutes=2, limit=3)
    with store.begin() as tx:
        tx.outbox.accepted(first, now=NOW)
        theirs = tx.outbox.claim("email", now=NOW + 12 * MINUTE, until=NOW + HOUR, limit=1, owner="other")
        assert [each.id for each in theirs] == [second]
        mine = [first, second, third, fourth]
        assert tx.outbox.renew(mine, owner="sender", until=NOW + HOUR) == {third}
    assert [each.id for each in claim(store, minutes=59)] == [fourth]


def test_who_was_held_up_says_nothing_about_what_another_has_taken_over(store: Store) -> None:
    (one,) = queue(store)
    claim(store)
    later = NOW + 10 * MINUTE
    with store.begin() as tx:
        tx.outbox.claim("email", now=later, until=later + HOUR, limit=1, owner="other")
        held = tx.outbox.get(one)
        tx.outbox.retry(one, owner="sender", at=NOW, error="connection lost", uncertain=True)
        tx.outbox.wait(one, owner="sender", at=NOW, error="connection lost")
        tx.outbox.suppressed(one, owner="sender", why="parked", now=NOW)
        tx.outbox.failed(one, owner="sender", error="gave up", now=NOW)
        assert tx.outbox.get(one) == held
    assert claim(store, minutes=20) == []


def test_what_the_route_kept_waiting_has_had_no_attempt(store: Store) -> None:
    (one,) = queue(store)
    claim(store)
    with store.begin() as tx:
        tx.outbox.wait(one, owner="sender", at=NOW + MINUTE, error="relay away")
    assert (listed(store).attempts, listed(store).last_error) == (0, "relay away")


def test_what_is_late_is_given_up_unless_somebody_holds_it(store: Store) -> None:
    queue(store, 2)
    day = 24 * 60
    assert len(claim(store, minutes=day - 1, limit=1)) == 1
    with store.begin() as tx:
        assert tx.outbox.expire(now=NOW + (day - 1) * MINUTE) == 0
        assert tx.outbox.expire(now=NOW + day * MINUTE) == 1
        assert tx.outbox.expire(now=NOW + (day + 9) * MINUTE) == 1
    assert listed(store).state == "failed"
    assert listed(store).last_error == "not accepted before its time was over"


def test_what_failed_is_queued_once_more_as_it_was(store: Store) -> None:
    first, second, third = queue(store, 3)
    claim(store, minutes=1)
    with store.begin() as tx:
        tx.outbox.failed(first, owner="sender", error="550", now=NOW)
        tx.outbox.suppressed(second, owner="sender", why="parked", now=NOW)
        later = NOW + 48 * 60 * MINUTE
        assert [each.id for each in tx.outbox.resend(deliveries=[first, third], now=later)] == [first]
        again = tx.outbox.get(first)
        assert again is not None
        assert (again.state, again.message_id, again.mail) == ("queued", "<0@x>", mail().mail)
        assert again.expires_at == later + timedelta(hours=24)
        assert [each.id for each in tx.outbox.resend(now=later)] == [second]


def test_what_a_route_closed_wrongly_is_open_again(store: Store) -> None:
    first, second, _ = queue(store, 3)
    claim(store, minutes=1)
    with store.begin() as tx:
        tx.outbox.failed(first, owner="sender", error="before", now=NOW)
        tx.outbox.failed(second, owner="sender", error="554", now=NOW + MINUTE)
        assert tx.outbox.reopen("desk", since=NOW, at=NOW + 5 * MINUTE) == 0
        assert tx.outbox.reopen("email", since=NOW + MINUTE, at=NOW + 5 * MINUTE) == 1
    assert {each.id for each in claim(store, minutes=5)} == {second, 3}


def test_whoever_is_erased_leaves_no_mail_behind(store: Store) -> None:
    ids = queue(store, 2)
    with store.begin() as tx:
        tx.outbox.accepted(ids[0], now=NOW)
        tx.outbox.forget("READER@example.org", now=NOW)
        assert {(each.state, each.recipient, each.mail) for each in tx.outbox.list(9)} == {
            ("accepted", "", b""),
            ("failed", "", b""),
        }
