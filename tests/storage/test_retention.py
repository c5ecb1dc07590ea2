"""What is let go after its time, and what never is."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from newsdesk.holds import Hold
from newsdesk.model import Digest, Listing, Problem, Robots
from storage import Store
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
        tx.outbox.failed(ids[1], error="550", now=OLD)
        tx.outbox.accepted(ids[2], now=NOW)
        assert tx.retention.mails(NOW - 30 * DAY) == 2
        assert tx.retention.mails(NOW - 30 * DAY) == 0
        sizes = {each.id: len(each.mail) for each in tx.outbox.list(4)}
    assert [bool(sizes[each]) for each in ids] == [False, False, True, True]


def test_the_ledger_loses_its_oldest_visits(store: Store) -> None:
    with store.begin() as tx:
        for number in range(BATCH + 10):
            tx.sources.record(Listing("leeds"), at=OLD + number * timedelta(minutes=1), found=0, new=0)
        tx.sources.record(Listing("leeds"), at=NOW, found=0, new=0)
        assert [tx.retention.visits(LIMIT) for _ in range(3)] == [BATCH, 10, 0]
        assert [each.at for each in tx.sources.visits("leeds", 9)] == [NOW]


def test_manners_that_are_long_over_go(store: Store) -> None:
    problem = Problem("refused", "busy", "retry", 429)
    with store.begin() as tx:
        for host, at in (("old.example", OLD), ("new.example", NOW)):
            tx.robots.save(Robots(f"https://{host}", at, at + DAY, 200, b""))
            tx.holds.save(Hold(host, host, at, at + DAY, 1, False, problem))
        assert tx.retention.manners(LIMIT) == 2
        assert [each.origin for each in tx.robots.known()] == ["https://new.example"]
        assert [each.host for each in tx.holds.lately(NOW)] == ["new.example"]


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
