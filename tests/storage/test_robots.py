"""robots.txt, remembered."""

from dataclasses import replace
from datetime import timedelta

from newsdesk.model import Robots
from storage import Store
from tests.storage.made import NOW


def test_the_latest_robots_of_each_origin_comes_back_byte_for_byte(store: Store) -> None:
    seen = Robots("https://a.gov.uk", NOW, NOW + timedelta(days=1), 200, bytes(range(256)))
    lost = Robots("https://b.gov.uk", NOW, NOW + timedelta(hours=1), None)
    with store.begin() as tx:
        tx.robots.save(lost)
        tx.robots.save(seen)
        later = replace(
            seen, fetched_at=NOW + timedelta(days=1), expires_at=NOW + timedelta(days=2), body=b""
        )
        tx.robots.save(later)
        assert tx.robots.known() == [later, lost]
