"""Hosts that asked us to wait, as every process finds them."""

from dataclasses import replace
from datetime import timedelta

from newsdesk.holds import REMEMBERED, Hold
from newsdesk.model import Problem
from storage import Store
from tests.storage.made import NOW

HOUR = timedelta(hours=1)
HOLD = Hold(
    host="news.leeds.gov.uk",
    domain="leeds.gov.uk",
    since=NOW,
    until=NOW + HOUR,
    strikes=1,
    wide=False,
    problem=Problem("refused", "asked too often", "retry", 429, 3600.0),
)


def test_a_hold_is_known_until_it_no_longer_counts(store: Store) -> None:
    with store.begin() as tx:
        tx.holds.save(HOLD)
    with store.read() as tx:
        assert tx.holds.lately(NOW) == [HOLD]
        assert tx.holds.lately(NOW + HOUR) == [HOLD], "it ended, but a repetition would count"
        assert tx.holds.lately(NOW + HOUR + REMEMBERED) == []


def test_a_host_has_one_hold_the_latest(store: Store) -> None:
    again = replace(HOLD, until=NOW + 5 * HOUR, strikes=2, wide=True)
    other = replace(HOLD, host="democracy.leeds.gov.uk")
    with store.begin() as tx:
        for each in (HOLD, other, again):
            tx.holds.save(each)
        assert tx.holds.lately(NOW) == [other, again]
