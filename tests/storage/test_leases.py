"""One holder at a time; one who overslept is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from newsdesk.errors import LeaseLost
from storage import Store
from tests.storage.made import NOW, at_once

HOUR = timedelta(hours=1)


def claim(store: Store, *names: str, owner: str = "one", after: timedelta = timedelta()) -> dict[str, int]:
    with store.begin() as tx:
        return tx.leases.claim(names, owner=owner, now=NOW + after, until=NOW + after + HOUR)


def test_a_name_is_held_by_one_owner_until_its_lease_ends(store: Store) -> None:
    assert claim(store, "b", "a") == {"a": 1, "b": 1}
    assert claim(store, "a", "c", owner="two") == {"c": 1}
    assert claim(store, "a", "b", "c", owner="two", after=HOUR) == {"a": 2, "b": 2, "c": 2}
    assert claim(store) == {}


def test_what_is_given_back_is_free_and_what_another_took_over_stays_theirs(store: Store) -> None:
    mine = claim(store, "a")
    theirs = claim(store, "a", owner="two", after=HOUR)
    with store.begin() as tx:
        tx.leases.release(mine, now=NOW + HOUR)
        assert tx.leases.held(NOW + HOUR) == {"two": 1}
        tx.leases.release(theirs, now=NOW + HOUR)
        assert tx.leases.held(NOW + HOUR) == {}
    assert claim(store, "a", after=HOUR) == {"a": 3}


def test_a_lease_that_is_renewed_goes_on(store: Store) -> None:
    mine = claim(store, "a", "b")
    with store.begin() as tx:
        tx.leases.renew(mine, until=NOW + 2 * HOUR)
    assert claim(store, "a", owner="two", after=HOUR) == {}


def test_who_overslept_can_neither_renew_nor_write(store: Store) -> None:
    mine = claim(store, "a", "b")
    claim(store, "b", owner="two", after=HOUR)
    with pytest.raises(LeaseLost, match="b is no longer ours"), store.begin() as tx:
        tx.leases.renew(mine, until=NOW + 3 * HOUR)
    with pytest.raises(LeaseLost, match="b is no longer ours"), store.begin() as tx:
        tx.leases.show(mine)
    with store.begin() as tx:
        tx.leases.show({"a": mine["a"]})
        assert tx.leases.held(NOW + HOUR) == {"two": 1}


def test_a_lease_that_ran_out_and_that_nobody_wanted_is_still_its_holders(store: Store) -> None:
    mine = claim(store, "a")
    with store.begin() as tx:
        tx.leases.show(mine)
        tx.leases.renew(mine, until=NOW + 9 * HOUR)
        assert tx.leases.held(NOW + 8 * HOUR) == {"one": 1}


@pytest.mark.parametrize("round_", range(3))
def test_claimers_at_the_same_moment_never_both_get_a_name(store_url: str, round_: int) -> None:
    Store.open(store_url).close()
    names = [f"source-{number}" for number in range(60)]

    def claimer(number: int) -> Callable[[Store], list[str]]:
        order = names[number * 15 :] + names[: number * 15]
        return lambda store: [*claim(store, *order, owner=f"process {number}")]

    taken = [name for ours in at_once(store_url, *map(claimer, range(4))) for name in ours]
    assert sorted(taken) == sorted(names)
