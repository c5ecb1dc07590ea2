"""The moment from which a domain may be asked again is kept."""

from datetime import timedelta

from storage import Store
from tests.storage.made import NOW

SOON = timedelta(seconds=2)


def test_the_latest_moment_of_a_domain_counts(store: Store) -> None:
    with store.begin() as tx:
        tx.domains.leave({"a.example": NOW + SOON, "b.example": NOW})
        tx.domains.leave({"a.example": NOW + 2 * SOON})
        tx.domains.leave({})
    with store.read() as tx:
        known = tx.domains.next(["a.example", "b.example", "c.example"])
    assert known == {"a.example": NOW + 2 * SOON, "b.example": NOW}
