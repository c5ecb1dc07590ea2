"""Several services on one database: each takes its share, and a domain is asked by one of them at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from presswatch.demo.web import LittleWeb
from scheduler import collecting, sharing
from scheduler.collecting import Seen
from scheduler.house import LEASE, House
from scheduler.leasing import PRESENCE
from storage import LeadRow, Store
from tests.scheduler.houses import FETE, LETTER, NOW, REPORT, Clock, feed, house, source

DESKS = [f"desk{n}.vale.example" for n in range(2)] + ["www.moor.example", "www.weald.example"]
SOURCES = {each.name: each for each in (source(one, name="".join(one.split(".")[:2])) for one in DESKS)}
VALE = [SOURCES["desk0vale"], SOURCES["desk1vale"]]
ELSEWHERE = replace(REPORT, path="/fete", link=f"http://{DESKS[3]}/fete")
MOOR, WEALD = SOURCES["wwwmoor"], SOURCES["wwwweald"]


@pytest.fixture
def web() -> Iterator[LittleWeb]:
    aside = feed(DESKS[3], FETE)
    sites = {host: feed(host, LETTER) for host in DESKS[:3]} | {DESKS[3]: aside}
    with LittleWeb(sites) as served:
        yield served


def homes(store: Store, clock: Clock, web: LittleWeb) -> tuple[House, House]:
    one, two = (house(store, clock, web, sources=SOURCES, owner=owner) for owner in ("one", "two"))
    return one, two


def test_of_two_services_each_takes_its_share_and_nothing_twice(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    one, two = homes(store, clock, web)
    by_two: list[str] = []

    def meanwhile(_: Seen) -> None:
        by_two.extend(each.source for each in collecting.collect(two, [*VALE, MOOR]))

    by_one = [each.source for each in collecting.collect(one, [VALE[0], WEALD], watch=meanwhile)]
    assert set(by_one) == {"desk0vale", "wwwweald"}
    assert by_two[:1] == ["wwwmoor"], "the other desk of vale.example is left alone while its domain is asked"
    assert [each.path for each in web.asked(DESKS[0])].count("/rss") == 1
    with store.read() as tx:
        assert tx.leases.names(clock.at) == []
    assert [each.source for each in collecting.collect(two, VALE[1:])] == ["desk1vale"]


def test_a_lead_to_a_domain_that_is_taken_waits_and_costs_no_try(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    one, _ = homes(store, clock, web)
    moor = source(DESKS[2], name="wwwmoor", options={"hosts": "weald.example"})
    web.sites = {**web.sites, DESKS[2]: feed(DESKS[2], ELSEWHERE)}
    with store.begin() as tx:
        tx.leases.claim(["domain weald.example"], owner="two", now=clock.at, until=clock.at + LEASE)
    collecting.collect(one, [moor])
    assert web.asked(DESKS[3]) == []
    (lead,) = _trace(store)
    assert (lead.state, lead.attempts, lead.next_attempt_at) == ("pending", 0, clock.at + LEASE)
    clock.at += LEASE
    collecting.collect(one, [moor])
    (lead,) = _trace(store)
    assert lead.settled_at is not None


def test_the_next_moment_is_kept_to_by_whoever_comes_next(store: Store, clock: Clock, web: LittleWeb) -> None:
    one, two = (
        house(store, clock, sources=SOURCES, owner=owner, allow=web.allowances(gap=0.5)) for owner in "ab"
    )
    collecting.collect(one, [MOOR])
    with store.read() as tx:
        assert tx.domains.next(["moor.example"]) == {"moor.example": NOW + timedelta(seconds=0.5)}
    collecting.collect(two, [MOOR])
    asked = web.asked(DESKS[2])
    gaps = [after.began - before.began for before, after in pairwise(asked)]
    assert min(gaps) >= 0.49, "the clock of this test stands still, so the whole pause is waited for"


def test_a_share_is_what_is_due_by_the_services_at_work() -> None:
    services = [f"{PRESENCE}{each}" for each in "abc"]
    assert sharing.share(60, services, 100) == 20
    assert sharing.share(60, services, 15) == 15
    assert sharing.share(5, services, 20) == 4, "fewer are not worth a crawl"
    assert sharing.share(5, ["leeds"], 20) == 5


def _trace(store: Store) -> Sequence[LeadRow]:
    with store.read() as tx:
        return tx.leads.trace(f"http://{DESKS[3]}/fete")
