"""States, leases and the ledger of visits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from newsdesk.model import Listing, Problem, SourceState
from storage import Store
from tests.storage.made import NOW, at_once, lead

HOUR = timedelta(hours=1)
FULL = SourceState(
    name="leeds-news",
    etag='W/"1"',
    last_modified="Mon, 02 Mar 2026 09:00:00 GMT",
    body_hash="ab" * 16,
    visited_at=NOW,
    next_visit_at=NOW + HOUR,
    hold_until=NOW + 2 * HOUR,
    failures=3,
    problem=Problem("refused", "the server said 429", "retry", 429, 90.5),
    problem_since=NOW - HOUR,
)


def test_a_state_comes_back_as_it_was_saved_last(store: Store) -> None:
    with store.begin() as tx:
        tx.sources.save(FULL)
        tx.sources.save(SourceState("york-news"))
    with store.begin() as tx:
        assert tx.sources.states() == {"leeds-news": FULL, "york-news": SourceState("york-news")}
        well_again = replace(FULL, failures=0, problem=None, problem_since=None)
        tx.sources.save(well_again)
        assert tx.sources.states(["leeds-news"]) == {"leeds-news": well_again}


def test_a_source_that_was_never_visited_has_an_empty_state(store: Store) -> None:
    with store.read() as tx:
        assert tx.sources.states(["leeds-news"]) == {"leeds-news": SourceState("leeds-news")}
        assert tx.sources.states([]) == {}
        assert tx.sources.states() == {}


def test_a_source_is_held_by_one_owner_until_its_lease_ends(store: Store) -> None:
    with store.begin() as tx:
        assert tx.sources.claim(["b", "a"], owner="one", now=NOW, until=NOW + HOUR) == ["b", "a"]
        assert tx.sources.claim(["a", "c"], owner="two", now=NOW, until=NOW + HOUR) == ["c"]
        late = NOW + HOUR
        assert tx.sources.claim(["a", "b", "c"], owner="two", now=late, until=late + HOUR) == ["a", "b", "c"]


def test_only_the_holder_can_give_a_source_back(store: Store) -> None:
    with store.begin() as tx:
        tx.sources.claim(["a"], owner="one", now=NOW, until=NOW + HOUR)
        tx.sources.release(["a"], owner="two")
        assert tx.sources.claim(["a"], owner="two", now=NOW, until=NOW + HOUR) == []
        tx.sources.release(["a"], owner="one")
        assert tx.sources.claim(["a"], owner="two", now=NOW, until=NOW + HOUR) == ["a"]


def test_saving_a_state_does_not_end_the_lease(store: Store) -> None:
    with store.begin() as tx:
        tx.sources.claim(["leeds-news"], owner="one", now=NOW, until=NOW + HOUR)
        tx.sources.save(FULL)
        assert tx.sources.claim(["leeds-news"], owner="two", now=NOW, until=NOW + HOUR) == []


@pytest.mark.parametrize("round_", range(3))
def test_claimers_at_the_same_moment_never_both_get_a_source(store_url: str, round_: int) -> None:
    Store.open(store_url).close()
    names = [f"source-{number}" for number in range(60)]

    def claimer(number: int) -> Callable[[Store], list[str]]:
        def claim(store: Store) -> list[str]:
            order = names[number * 15 :] + names[: number * 15]
            with store.begin() as tx:
                return tx.sources.claim(order, owner=f"process {number}", now=NOW, until=NOW + HOUR)

        return claim

    taken = [name for ours in at_once(store_url, *map(claimer, range(4))) for name in ours]
    assert sorted(taken) == sorted(names)


def test_visits_are_told_newest_first(store: Store) -> None:
    good = Listing(
        "leeds-news", (lead(),), status=200, size=4_000_000_000, seconds=0.25, warnings=("no dates",)
    )
    bad = Listing("leeds-news", problem=Problem("unreachable", "no answer", "retry"))
    with store.begin() as tx:
        tx.sources.record(good, at=NOW, found=1, new=1)
        tx.sources.record(bad, at=NOW + HOUR, found=0, new=0)
        tx.sources.record(replace(good, source="york-news"), at=NOW, found=1, new=0)
        latest, first = tx.sources.visits("leeds-news", 10)
        assert tx.sources.visits("leeds-news", 1) == [latest]
    assert (latest.at, latest.problem, latest.status) == (NOW + HOUR, bad.problem, None)
    assert (first.found, first.new, first.size, first.seconds) == (1, 1, 4_000_000_000, 0.25)
    assert (first.status, first.not_modified, first.warnings) == (200, False, ("no dates",))
