"""Addresses that take no mail, what came back, how routes do: kept, and let go again."""

from datetime import timedelta

from newsdesk.deliveries import Attempt, Bounce, Suppression
from newsdesk.routes import RouteState
from storage import Store
from tests.storage.made import NOW, mail

DAY = timedelta(days=1)


def test_an_address_is_parked_once_and_in_either_case(store: Store) -> None:
    with store.begin() as tx:
        tx.suppressions.park(Suppression("Gone@a.example", "refused", NOW, "550 5.1.1"))
        tx.suppressions.park(Suppression("gone@a.example", "bounced", NOW + DAY, "later"))
        assert [(each.address, each.reason) for each in tx.suppressions.list()] == [
            ("gone@a.example", "refused")
        ]
        assert set(tx.suppressions.among(["GONE@a.example", "other@a.example"])) == {"gone@a.example"}
        assert tx.suppressions.release("gone@A.example")
        assert not tx.suppressions.release("gone@a.example")


def test_only_what_was_learnt_from_refusals_of_that_route_is_lifted(store: Store) -> None:
    learnt = [
        Suppression("before@a.example", "refused", NOW - DAY, channel="email"),
        Suppression("bounced@a.example", "bounced", NOW, channel="email"),
        Suppression("desk@a.example", "refused", NOW, channel="desk"),
        Suppression("wrong@a.example", "refused", NOW, channel="email"),
    ]
    with store.begin() as tx:
        for each in learnt:
            tx.suppressions.park(each)
        tx.suppressions.lift("email", since=NOW)
        left = {each.address for each in tx.suppressions.list()}
    assert left == {"before@a.example", "bounced@a.example", "desk@a.example"}


def test_a_bounce_is_noted_once_and_soft_ones_are_counted(store: Store) -> None:
    with store.begin() as tx:
        tx.outbox.queue([mail()], now=NOW)
        one = tx.outbox.list(1)[0].id
        for n in range(3):
            bounce = Bounce(f"key {n}", "soft", NOW + n * DAY, "full@a.example", one, "4.2.2", "mailbox full")
            assert tx.suppressions.note(bounce)
        assert not tx.suppressions.note(bounce)
        assert tx.suppressions.soft("FULL@a.example", since=NOW) == 2
        assert [each.key for each in tx.suppressions.bounces(one)] == ["key 0", "key 1", "key 2"]
        tx.suppressions.forget("full@a.example")
        assert {each.address for each in tx.suppressions.bounces(one)} == {None}


def test_a_route_in_trouble_has_a_row_and_a_well_one_has_none(store: Store) -> None:
    troubled = RouteState("email").failed("relay away", NOW, reached=False)
    with store.begin() as tx:
        tx.routes.save(troubled)
        tx.routes.save(RouteState("desk"))
        assert tx.routes.all() == {"email": troubled}
        tx.routes.save(troubled.accepted())
        assert tx.routes.all() == {}


def test_attempts_are_kept_in_their_order_and_counted_by_route(store: Store) -> None:
    with store.begin() as tx:
        tx.outbox.queue([mail()], now=NOW)
        one = tx.outbox.list(1)[0].id
        tries = [
            Attempt(one, "email", NOW, 0.5, "waiting", "rcpt", "450 4.2.0", "greylisted"),
            Attempt(one, "email", NOW + DAY, 0.25, "accepted", said="250 2.0.0 queued as 4F1"),
        ]
        tx.attempts.note(tries)
        assert tx.attempts.of(one) == tries
        assert tx.attempts.number("email", since=NOW) == 1
        assert tx.attempts.number("desk", since=NOW - DAY) == 0
