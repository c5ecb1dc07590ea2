"""A message is marked only after the server's word for it; it waits where that may help, else it is shut."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery, Digest
from notifications.channels.smtp import SmtpChannel
from scheduler import sending
from scheduler.house import House
from scheduler.sending import Sent
from storage import Store
from tests.notifications.channels.server import DROP, Post, serving
from tests.notifications.mails import delivery, message
from tests.scheduler.houses import NOW, Clock, Sink, house

RECIPIENTS = ("one@a.example", "two@b.example", "three@c.example")


def queue(store: Store, *recipients: str) -> None:
    mails = [
        delivery(message(message_id=f"<{each}>", recipient=each)) for each in recipients or RECIPIENTS[:1]
    ]
    with store.begin() as tx:
        tx.digests.freeze(Digest("reader", NOW.date(), ()), mails, now=NOW)


def outbox(store: Store) -> dict[str, Delivery]:
    with store.read() as tx:
        return {each.recipient: each for each in tx.outbox.list(100)}


@contextmanager
def relay(post: Post, store: Store, clock: Clock) -> Iterator[House]:
    """A house whose mail goes to this server."""
    with serving(post) as port:
        yield house(store, clock, channel=lambda: SmtpChannel("127.0.0.1", port, security="none", timeout=20))


def test_each_message_is_handed_over_once_and_marked(store: Store, clock: Clock) -> None:
    queue(store, *RECIPIENTS)
    post = Post()
    with relay(post, store, clock) as home:
        assert sending.send(home) == Sent(accepted=3)
        assert sending.send(home) == Sent()
    assert [to for _, to, _ in post.taken] == [[each] for each in RECIPIENTS]
    assert {each.state for each in outbox(store).values()} == {"accepted"}


def test_a_message_is_marked_only_after_the_servers_yes(store: Store, clock: Clock) -> None:
    queue(store)

    class Watching(Sink):
        def send(self, delivery: Delivery) -> None:
            assert outbox(store)[delivery.recipient].state == "queued"
            super().send(delivery)

    sink = Watching()
    assert sending.send(house(store, clock, channel=lambda: sink)).accepted == 1
    assert outbox(store)["one@a.example"].state == "accepted"


def test_a_temporary_no_waits_and_is_tried_again_with_the_same_message(store: Store, clock: Clock) -> None:
    queue(store, *RECIPIENTS)
    post = Post(**{"two@b.example": "450 come back later"})
    with relay(post, store, clock) as home:
        sent = sending.send(home)
        assert (sent.accepted, sent.waiting, sent.failed) == (2, 1, 0)
        assert "come back later" in sent.errors[0]
        waiting = outbox(store)["two@b.example"]
        assert (waiting.state, waiting.attempts) == ("queued", 1)
        assert waiting.next_attempt_at == NOW + timedelta(minutes=2)
        assert sending.send(home) == Sent(waiting=1)
        post.says.clear()
        clock.at += timedelta(minutes=2)
        assert sending.send(home) == Sent(accepted=1)
    assert post.taken[-1][2] == waiting.mail


def test_pauses_grow_to_two_hours_and_after_most_of_a_day_the_message_is_closed(
    store: Store, clock: Clock
) -> None:
    queue(store)
    home = house(store, clock, channel=lambda: Sink([DeliveryError("relay away", permanent=False)]))
    pauses = []
    while sending.send(home).waiting:
        due = outbox(store)["one@a.example"].next_attempt_at
        assert due is not None
        pauses.append((due - clock.at) // timedelta(minutes=1))
        clock.at = due
    assert pauses == [2, 4, 8, 16, 32, 64, *[120] * 8]
    assert outbox(store)["one@a.example"].state == "failed"
    assert sending.send(home) == Sent()


def test_a_final_no_closes_the_message_and_keeps_what_was_said(store: Store, clock: Clock) -> None:
    queue(store, *RECIPIENTS)
    with relay(Post(**{"one@a.example": "550 nobody of that name"}), store, clock) as home:
        sent = sending.send(home)
    assert (sent.accepted, sent.waiting, sent.failed) == (2, 0, 1)
    closed = outbox(store)["one@a.example"]
    assert closed.state == "failed"
    assert closed.last_error is not None
    assert "nobody of that name" in closed.last_error


def test_a_silence_after_the_whole_message_is_uncertain_and_the_same_message_goes_again(
    store: Store, clock: Clock
) -> None:
    queue(store)
    post = Post(data=DROP)
    with relay(post, store, clock) as home:
        assert sending.send(home).waiting == 1
        assert outbox(store)["one@a.example"].state == "uncertain"
        post.says.clear()
        clock.at += timedelta(minutes=2)
        assert sending.send(home) == Sent(accepted=1)
    first, second = (mail for _, _, mail in post.taken)
    assert first == second


def test_a_relay_that_is_away_loses_nothing(store: Store, clock: Clock) -> None:
    queue(store, *RECIPIENTS)
    with serving(Post()) as port:
        pass
    away = house(store, clock, channel=lambda: SmtpChannel("127.0.0.1", port, security="none"))
    sent = sending.send(away)
    assert (sent.accepted, sent.waiting, sent.failed, len(sent.errors)) == (0, 3, 0, 3)
    clock.at += timedelta(minutes=2)
    post = Post()
    with relay(post, store, clock) as home:
        assert sending.send(home) == Sent(accepted=3)


class Killed(BaseException):
    """What no code can catch."""


def test_a_sender_that_is_killed_at_the_servers_yes_sends_that_one_message_again(
    store: Store, clock: Clock
) -> None:
    queue(store, *RECIPIENTS)

    class Dying(Sink):
        def send(self, delivery: Delivery) -> None:
            super().send(delivery)
            if len(self.taken) == 2:
                raise Killed

    dying, sink = Dying(), Sink()
    with pytest.raises(Killed):
        sending.send(house(store, clock, channel=lambda: dying))
    home = house(store, clock, channel=lambda: sink)
    assert sending.send(home) == Sent(accepted=1, waiting=1), "the one in flight is still held"
    clock.at += timedelta(minutes=10)
    assert sending.send(home) == Sent(accepted=1)
    taken = [each.message_id for each in (*dying.taken, *sink.taken)]
    assert sorted(set(taken)) == sorted(f"<{each}>" for each in RECIPIENTS)
    assert len(taken) == 4
