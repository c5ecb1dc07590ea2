"""A message is marked only after the server's word for it; it waits where that may help, else it is shut."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Literal

import pytest

from newsdesk.deliveries import LASTS
from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery
from newsdesk.readers import MAIL
from newsdesk.routes import SWEEP
from notifications.channels import Route
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
        tx.outbox.queue(mails, now=NOW)


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
        def send(self, delivery: Delivery) -> str:
            assert outbox(store)[delivery.recipient].state == "queued"
            return super().send(delivery)

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


def test_pauses_grow_to_two_hours_and_after_a_day_the_message_is_closed(store: Store, clock: Clock) -> None:
    queue(store)
    home = house(store, clock, channel=lambda: Sink([DeliveryError("not now", permanent=False)]))
    pauses = []
    while sending.send(home).waiting:
        due = outbox(store)["one@a.example"].next_attempt_at
        assert due is not None
        pauses.append((due - clock.at) // timedelta(minutes=1))
        clock.at = due
    assert pauses == [2, 4, 8, 16, 32, 64, *[120] * 11]
    closed = outbox(store)["one@a.example"]
    assert (closed.state, closed.last_error) == (
        "failed",
        "not accepted before its time was over; at last: not now",
    )
    assert clock.at - NOW >= LASTS["digest"]
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


def test_a_relay_that_is_away_is_asked_once_and_loses_nothing(store: Store, clock: Clock) -> None:
    queue(store, *RECIPIENTS)
    with serving(Post()) as port:
        pass
    away = house(store, clock, channel=lambda: SmtpChannel("127.0.0.1", port, security="none"))
    sent = sending.send(away)
    assert (sent.accepted, sent.waiting, sent.failed, len(sent.errors)) == (0, 3, 0, 1)
    assert sending.send(away) == Sent(waiting=3), "the route is shut for a minute"
    with store.read() as tx:
        (route,) = tx.routes.all().values()
        assert [each.outcome for each in tx.attempts.of(1)] == ["waiting"]
    assert route.problem in sent.errors[0]
    clock.at += timedelta(minutes=2)
    with relay(Post(), store, clock) as home:
        assert sending.send(home) == Sent(accepted=3)
    with store.read() as tx:
        assert tx.routes.all() == {}


def test_a_connection_that_breaks_now_and_then_shuts_nothing_and_costs_no_attempt(
    store: Store, clock: Clock
) -> None:
    queue(store, *RECIPIENTS)
    post = Post(**{"two@b.example": DROP})
    with relay(post, store, clock) as home:
        sent = sending.send(home)
    assert (sent.accepted, sent.waiting) == (2, 1)
    assert (outbox(store)["two@b.example"].state, outbox(store)["two@b.example"].attempts) == ("queued", 0)


def test_a_relay_that_takes_nothing_from_us_closes_nothing(store: Store, clock: Clock) -> None:
    many = [f"reader{n}@council.example" for n in range(12)]
    queue(store, *many)
    post = Post(rcpt="550 go away")
    with relay(post, store, clock) as home:
        sent = sending.send(home)
        assert (sent.accepted, sent.waiting) == (0, 12)
        assert {each.state for each in outbox(store).values()} == {"queued"}
        with store.read() as tx:
            (route,) = tx.routes.all().values()
            assert tx.suppressions.list() == []
        assert route.problem.startswith(f"refused for good {SWEEP} times in a row, at last: ")
        post.says.clear()
        clock.at += timedelta(minutes=20)
        assert sending.send(home) == Sent(accepted=12)


def test_an_address_that_is_no_more_is_parked_and_gets_nothing_but_what_it_asks_for(
    store: Store, clock: Clock
) -> None:
    queue(store, *RECIPIENTS)
    post = Post(**{"one@a.example": "550 5.1.1 nobody of that name"})
    with relay(post, store, clock) as home:
        sent = sending.send(home)
        assert (sent.accepted, sent.failed) == (2, 1)
        with store.begin() as tx:
            (parked,) = tx.suppressions.list()
            again = [delivery(message(message_id=f"<{n}>", recipient="One@a.example")) for n in range(2)]
            confirmation = replace(again[1], kind="confirmation")
            tx.outbox.queue([again[0], confirmation], now=NOW)
        assert (parked.address, parked.reason, parked.channel) == ("one@a.example", "refused", "email")
        assert "nobody of that name" in parked.said
        post.says.clear()
        assert sending.send(home) == Sent(accepted=1)
    with store.read() as tx:
        held = tx.outbox.of("<0>")
    assert held is not None
    assert (held.state, held.attempts) == ("suppressed", 0)
    assert held.last_error is not None
    assert "takes no mail since 2026-03-05" in held.last_error


def test_a_refusal_for_policy_fails_the_message_and_parks_nobody(store: Store, clock: Clock) -> None:
    queue(store)
    with relay(Post(rcpt="554 5.7.1 not from you"), store, clock) as home:
        assert sending.send(home).failed == 1
    with store.read() as tx:
        assert tx.suppressions.list() == []


def test_what_is_urgent_leaves_first(store: Store, clock: Clock) -> None:
    kinds: tuple[Literal["digest", "alert", "confirmation"], ...] = ("digest", "alert", "confirmation")
    mails = [
        replace(delivery(message(message_id=f"<{n}>", recipient=f"{kind}@a.example")), kind=kind)
        for n, kind in enumerate(kinds)
    ]
    with store.begin() as tx:
        tx.outbox.queue(mails, now=NOW)
    sink = Sink()
    sending.send(house(store, clock, channel=lambda: sink))
    assert [each.kind for each in sink.taken] == ["confirmation", "alert", "digest"]


def test_one_route_that_fails_or_hangs_keeps_no_other_waiting(store: Store, clock: Clock) -> None:
    good, over = Sink(), Event()

    class Hanging(Sink):
        def send(self, delivery: Delivery) -> str:
            assert over.wait(60), "the good route was kept waiting"
            raise DeliveryError("timed out", permanent=False, fault="route", phase="connect")

    class Ready(Sink):
        def send(self, delivery: Delivery) -> str:
            over.set()
            return good.send(delivery)

    class Broken(Sink):
        def send(self, delivery: Delivery) -> str:
            raise ZeroDivisionError

    routes = {
        "hanging": Route(lambda: Hanging()),
        "good": Route(lambda: Ready()),
        "broken": Route(lambda: Broken()),
    }
    mails = [
        replace(delivery(message(message_id=f"<{name}>")), channel=name) for name in (*routes, "unknown")
    ]
    with store.begin() as tx:
        tx.outbox.queue(mails, now=NOW)
    sent = sending.send(house(store, clock, routes=routes))
    assert (sent.accepted, sent.waiting) == (1, 3)
    assert [each.channel for each in good.taken] == ["good"]
    with store.read() as tx:
        assert set(tx.routes.all()) == {"hanging", "unknown"}
        assert "see [channels]" in tx.routes.all()["unknown"].problem


def test_no_more_are_tried_in_a_minute_than_the_route_allows(store: Store, clock: Clock) -> None:
    queue(store, *(f"reader{n}@a.example" for n in range(7)))
    sink = Sink()
    home = house(store, clock, routes={MAIL: Route(lambda: sink, per_minute=3)})
    assert [sending.send(home).accepted, sending.send(home).accepted] == [3, 0]
    clock.at += timedelta(minutes=1)
    assert sending.send(home) == Sent(accepted=3, waiting=1)


def test_many_connections_share_commits_and_each_message_is_sent_once(store: Store, clock: Clock) -> None:
    everyone = [f"reader{n}@a.example" for n in range(60)]
    queue(store, *everyone)
    post = Post(**{"reader7@a.example": "451 later"})
    with serving(post) as port:
        route = Route(lambda: SmtpChannel("127.0.0.1", port, security="none"), connections=4)
        assert sending.send(house(store, clock, routes={MAIL: route})).accepted == 59
    assert sorted(to for _, (to,), _ in post.taken) == sorted(set(everyone) - {"reader7@a.example"})
    assert post.connections <= 4
    with store.read() as tx:
        assert tx.outbox.waiting() == {"accepted": 59, "queued": 1}
        assert tx.attempts.number(MAIL, since=NOW - timedelta(minutes=1)) == 60


class Killed(BaseException):
    """What no code can catch."""


def test_a_sender_that_is_killed_at_the_servers_yes_sends_that_one_message_again(
    store: Store, clock: Clock
) -> None:
    queue(store, *RECIPIENTS)

    class Dying(Sink):
        def send(self, delivery: Delivery) -> str:
            super().send(delivery)
            if len(self.taken) == 2:
                raise Killed
            return "taken"

    dying, sink = Dying(), Sink()
    with pytest.raises(Killed):
        sending.send(house(store, clock, channel=lambda: dying))
    home = house(store, clock, channel=lambda: sink)
    assert sending.send(home) == Sent(accepted=1, waiting=1), "the one in flight is still held"
    clock.at += timedelta(minutes=6)
    assert sending.send(home) == Sent(accepted=1)
    taken = [each.message_id for each in (*dying.taken, *sink.taken)]
    assert sorted(set(taken)) == sorted(f"<{each}>" for each in RECIPIENTS)
    assert len(taken) == 4


class Stalled(Sink):
    """Its process stands still, before the server hears anything, while the clock and others go on."""

    def __init__(
        self, while_: Callable[[], None], *, before: int, error: DeliveryError | None = None
    ) -> None:
        super().__init__()
        self._while, self._before, self._error = while_, before, error

    def send(self, delivery: Delivery) -> str:
        if len(self.taken) + 1 == self._before:
            self._while()
            if self._error:
                raise self._error
        return super().send(delivery)


@pytest.mark.parametrize("step", [timedelta(minutes=6), timedelta(hours=9)])
@pytest.mark.parametrize("set_back", [timedelta(), timedelta(hours=8)])
def test_a_sender_that_wakes_after_its_time_repeats_only_what_was_in_flight(
    store: Store, clock: Clock, step: timedelta, set_back: timedelta
) -> None:
    queue(store, *RECIPIENTS)
    other = Sink()

    def meanwhile() -> None:
        clock.at += step
        assert sending.send(house(store, clock, channel=lambda: other)) == Sent(accepted=2)
        clock.at -= set_back

    stalled = Stalled(meanwhile, before=2)
    sent = sending.send(house(store, clock, channel=lambda: stalled))
    assert [each.recipient for each in other.taken] == [*RECIPIENTS[1:]]
    assert [each.recipient for each in stalled.taken] == [*RECIPIENTS[:2]]
    assert [each.mail for each in other.taken[:1]] == [each.mail for each in stalled.taken[1:]]
    assert (sent.waiting, sent.failed) == (0, 0)
    assert sending.send(house(store, clock, channel=lambda: stalled)) == Sent()


def test_a_sender_that_wakes_to_a_broken_connection_frees_nothing_that_another_holds(
    store: Store, clock: Clock
) -> None:
    queue(store, *RECIPIENTS)
    with store.read() as tx:
        ids = [each.id for each in tx.outbox.list(3)]

    def meanwhile() -> None:
        clock.at += timedelta(minutes=6)
        with store.begin() as tx:
            until = clock.at + timedelta(minutes=6)
            taken = tx.outbox.claim(MAIL, now=clock.at, until=until, limit=9, owner="another sender")
            assert len(taken) == 3

    gone = DeliveryError("the connection broke", permanent=False)
    stalled = Stalled(meanwhile, before=1, error=gone)
    assert sending.send(house(store, clock, channel=lambda: stalled)).waiting == 3
    assert stalled.taken == []
    with store.begin() as tx:
        renewed = tx.outbox.renew(ids, owner="another sender", until=clock.at + timedelta(hours=1))
        assert renewed == {*ids}


def test_a_slow_server_costs_no_sender_what_it_holds(store: Store, clock: Clock) -> None:
    everyone = [f"reader{n}@a.example" for n in range(8)]
    queue(store, *everyone)
    other = Sink()

    class Slow(Sink):
        def send(self, delivery: Delivery) -> str:
            clock.at += timedelta(minutes=4, seconds=50)
            assert sending.send(house(store, clock, channel=lambda: other)).accepted == 0
            return super().send(delivery)

    slow = Slow()
    assert sending.send(house(store, clock, channel=lambda: slow)) == Sent(accepted=8)
    assert [each.recipient for each in slow.taken] == everyone
