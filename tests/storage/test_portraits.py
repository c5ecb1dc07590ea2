"""What articles dwell on: kept, replaced, and given back by story and by time."""

from datetime import timedelta

from storage import Store
from tests.storage.made import NOW, add, article

HOUR = timedelta(hours=1)


def test_a_portrait_comes_back_and_a_later_one_takes_its_place(store: Store) -> None:
    with store.begin() as tx:
        one, two = add(tx), add(tx, article("https://example.org/2"))
        tx.portraits.keep(one, {"ballot": 1.5, "café": 0.25}, fetched_at=NOW)
        tx.portraits.keep(two, {}, fetched_at=NOW)
        assert tx.portraits.of([one, two, 99]) == {one: {"ballot": 1.5, "café": 0.25}, two: {}}
        tx.portraits.keep(one, {"strike": 1.0}, fetched_at=NOW + HOUR)
    with store.read() as tx:
        assert tx.portraits.of([one]) == {one: {"strike": 1.0}}
        assert tx.portraits.of([]) == {}


def test_the_latest_portraits_of_a_time_come_first(store: Store) -> None:
    with store.begin() as tx:
        for number in range(4):
            kept = add(tx, article(f"https://example.org/{number}"))
            tx.portraits.keep(kept, {f"word{number}": 1.0}, fetched_at=NOW + number * HOUR)
        found = tx.portraits.recent(since=NOW + HOUR, until=NOW + 3 * HOUR, limit=2)
        assert found == [{"word3": 1.0}, {"word2": 1.0}]
        assert len(tx.portraits.recent(since=NOW, until=NOW + HOUR, limit=9)) == 2
