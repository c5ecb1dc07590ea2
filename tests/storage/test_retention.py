"""What is let go after its time, and what never is."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from newsdesk.deliveries import Attempt, Bounce, Suppression
from newsdesk.holds import Hold
from newsdesk.model import Digest, Listing, Problem, Robots
from newsdesk.outages import Outage
from storage import Store, VisitRow
from storage.retention import BATCH
from tests.storage.made import NOW, add, article, mail, reader

DAY = timedelta(days=1)
OLD = NOW - 500 * DAY
LIMIT = NOW - 400 * DAY
SKETCH = frozenset({1, 2, 3})


def test_texts_go_and_titles_facts_and_keys_stay(store: Store) -> None:
    with store.begin() as tx:
        old = add(tx, article("https://x.example/old", fetched_at=OLD))
        new = add(tx, article("https://x.example/new", fetched_at=NOW))
        before = tx.articles.get(old)
        assert tx.retention.texts(LIMIT) == 1
        assert tx.retention.texts(LIMIT) == 0
        after = tx.articles.get(old)
        assert after.article.text == ""
        assert (after.article.title, after.assessment) == (before.article.title, before.assessment)
        assert after.fingerprint == before.fingerprint
        assert tx.articles.get(new).article.text


def test_samples_go_and_with_them_the_likeness(store: Store) -> None:
    with store.begin() as tx:
        for number in range(3):
            add(
                tx, article(f"https://x.example/{number}", fetched_at=OLD + number * 200 * DAY), sketch=SKETCH
            )
        assert len(tx.articles.near(SKETCH, since=OLD)) == 3
        assert tx.retention.samples(NOW - 60 * DAY) == 3
        assert tx.retention.samples(NOW - 60 * DAY) == 0
        assert tx.articles.near(SKETCH, since=OLD) == []
        add(tx, article("https://x.example/again"), sketch=SKETCH)
        assert len(tx.articles.near(SKETCH, since=OLD)) == 1


def test_only_what_has_left_loses_its_bytes(store: Store) -> None:
    subscription = reader(store)
    mails = [mail(f"<{number}@x>") for number in range(4)]
    with store.begin() as tx:
        digest = Digest(subscription.id, "team", date(2024, 10, 1), ())
        tx.digests.freeze(digest, mails, subscriber=subscription.subscriber, now=OLD)
        ids = [each.id for each in reversed(tx.outbox.list(4))]
        tx.outbox.accepted(ids[0], now=OLD)
        tx.outbox.claim("email", now=OLD, until=OLD + DAY, limit=4, owner="sender")
        tx.outbox.failed(ids[1], owner="sender", error="550", now=OLD)
        tx.outbox.accepted(ids[2], now=NOW)
        assert tx.retention.mails(NOW - 30 * DAY) == 2
        assert tx.retention.mails(NOW - 30 * DAY) == 0
        sizes = {each.id: len(each.mail) for each in tx.outbox.list(4)}
    assert [bool(sizes[each]) for each in ids] == [False, False, True, True]


def test_the_ledger_loses_its_oldest_visits(store: Store) -> None:
    with store.begin() as tx:
        for number in range(BATCH + 10):
            tx.sources.record(
                VisitRow.of(Listing("leeds"), at=OLD + number * timedelta(minutes=1), found=0, new=0)
            )
        tx.sources.record(VisitRow.of(Listing("leeds"), at=NOW, found=0, new=0))
        assert [tx.retention.visits(LIMIT) for _ in range(3)] == [BATCH, 10, 0]
        assert [each.at for each in tx.sources.visits("leeds", 9)] == [NOW]


def test_manners_that_are_long_over_go(store: Store) -> None:
    problem = Problem("refused", "busy", "retry", 429)
    with store.begin() as tx:
        for host, at in (("old.example", OLD), ("new.example", NOW)):
            tx.robots.save(Robots(f"https://{host}", at, at + DAY, 200, b""))
            tx.holds.save(Hold(host, host, at, at + DAY, 1, False, problem))
            tx.domains.leave({host: at})
        assert tx.retention.manners(LIMIT) == 3
        assert [each.origin for each in tx.robots.known()] == ["https://new.example"]
        assert [each.host for each in tx.holds.lately(NOW)] == ["new.example"]


def test_what_was_tried_and_what_came_back_go_and_the_message_and_the_parked_address_stay(
    store: Store,
) -> None:
    with store.begin() as tx:
        tx.outbox.queue([mail()], now=OLD)
        one = tx.outbox.list(1)[0].id
        tx.outbox.accepted(one, now=OLD)
        tx.attempts.note([Attempt(one, "email", at, 0.5, "accepted") for at in (OLD, NOW)])
        for at in (OLD, NOW):
            tx.suppressions.note(Bounce(f"{at}", "hard", at, "gone@a.example", one))
        tx.suppressions.park(Suppression("gone@a.example", "bounced", OLD, delivery=one))
        assert (tx.retention.tries(LIMIT), tx.retention.bounces(LIMIT)) == (1, 1)
        assert [each.at for each in tx.attempts.of(one)] == [NOW]
        assert [each.at for each in tx.suppressions.bounces(one)] == [NOW]
        assert tx.outbox.get(one)
        assert tx.suppressions.among(["gone@a.example"])


def test_outages_that_are_over_go_and_one_that_lasts_stays(store: Store) -> None:
    hosts = frozenset("abc")
    with store.begin() as tx:
        for since, ended in ((OLD, OLD + DAY), (NOW - DAY, NOW), (OLD - DAY, None)):
            tx.health.save_outage(Outage(since, hosts, ended))
        assert tx.retention.outages(LIMIT) == 1
        assert [each.since for each in tx.health.outages(since=OLD - DAY)] == [NOW - DAY, OLD - DAY]


def test_when_the_operator_was_written_to_goes(store: Store) -> None:
    with store.begin() as tx:
        for at in (OLD, NOW):
            tx.health.sent(f"<{at:%Y}@x>", at=at)
        assert tx.retention.bulletins(LIMIT) == 1
        assert tx.health.bulletins(since=OLD) == [NOW]


def test_services_that_are_gone_leave_no_lease_and_other_fences_count_on(store: Store) -> None:
    names = ["service a:1", "leeds"]
    with store.begin() as tx:
        tx.leases.claim(names, owner="a:1", now=OLD, until=OLD + DAY)
        assert tx.retention.presences(LIMIT, "service ") == 1
        assert tx.leases.claim(names, owner="a:2", now=NOW, until=NOW + DAY) == {names[0]: 1, names[1]: 2}


def test_what_an_article_dwells_on_goes(store: Store) -> None:
    with store.begin() as tx:
        one = add(tx)
        tx.portraits.keep(one, {"letter": 1.0}, fetched_at=OLD)
        assert tx.retention.portraits(LIMIT) == 1
        assert tx.portraits.of([one]) == {}


def test_earlier_versions_go_with_the_texts(store: Store) -> None:
    with store.begin() as tx:
        one = add(tx)
        for at in (OLD, NOW):
            tx.articles.revise(
                one,
                article(fetched_at=at),
                tx.articles.get(one).assessment,
                keys=(),
                title_key=1,
                fingerprint=1,
                sketch=frozenset(),
                changed="text",
                diff="",
                matters=False,
            )
        assert tx.retention.versions(LIMIT) == 1
        assert [each.noticed_at for each in tx.articles.revisions(one)] == [NOW]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_the_space_is_given_back(store: Store, store_url: str) -> None:
    path = Path(store_url.removeprefix("sqlite:///"))
    with store.begin() as tx:
        for number in range(40):
            long = article(f"https://x.example/{number}", text=f"{number}" * 20_000, fetched_at=OLD)
            add(tx, long)
    store.compact()
    full = path.stat().st_size
    with store.begin() as tx:
        tx.retention.texts(LIMIT)
    store.compact()
    assert path.stat().st_size < full / 2
    assert Path(f"{path}-wal").stat().st_size == 0
    assert store.check() == []
