"""A visit keeps what it saw before it follows anything, fetches nothing twice, and forgets nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from crawlers.settings import Limits
from newsdesk.errors import LeaseLost
from newsdesk.model import Source, SourceState
from presswatch.demo.web import Answer, LittleWeb
from scheduler import collecting
from scheduler.collecting import Seen, Visited
from scheduler.filing import file
from scheduler.house import LEASE, House
from storage import LeadRow, Store
from tests.crawlers.visits import crawl_processes
from tests.scheduler.houses import (
    DAY,
    FETE,
    LETTER,
    MAGAZINE,
    NOW,
    PAPER,
    REPORT,
    SOURCES,
    Clock,
    Item,
    article,
    feed,
    house,
    page,
)

GAZETTE, WEEKLY, NORTHMARCH = SOURCES.values()
BUSY = Answer("busy", 503)


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One database is enough here: what is asked of it is tested on both by the tests of the store."""
    return sqlite_url


def collect(at: House, *sources: Source) -> dict[str, Visited]:
    """Visit them, which takes a minute."""
    visits = {each.source: each for each in collecting.collect(at, sources)}
    assert isinstance(at.clock, Clock)
    at.clock.at += timedelta(minutes=1)
    return visits


def states(store: Store, path: str, host: str = PAPER) -> dict[str, str]:
    return {each.source: each.state for each in trace(store, path, host)}


def trace(store: Store, path: str, host: str = PAPER) -> Sequence[LeadRow]:
    with store.read() as tx:
        return tx.leads.trace(f"http://{host}{path}")


def paths(web: LittleWeb, host: str = PAPER) -> list[str]:
    """What was asked of a host since this was last asked."""
    asked = [each.path for each in web.asked(host)]
    web.seen.clear()
    return sorted(asked)


def test_a_first_visit_reads_everything_and_settles_every_lead(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    (visited,) = collect(house(store, clock, web), GAZETTE).values()
    assert [each.title for each in visited.followed] == [LETTER.title, FETE.title]
    assert {each.title: each.story is not None for each in visited.filed} == {
        LETTER.title: True,
        FETE.title: False,
    }
    assert states(store, "/letter") == {"valegazette": "kept"}
    assert states(store, "/fete") == {"valegazette": "dropped"}
    assert paths(web) == ["/fete", "/letter", "/robots.txt", "/rss"]


def test_a_second_visit_asks_only_whether_anything_changed(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    collect(home, GAZETTE)
    web.seen.clear()
    clock.at += timedelta(hours=12)
    (visited,) = collect(home, GAZETTE).values()
    assert visited.listing.not_modified
    assert (visited.followed, visited.filed) == ((), ())
    assert [(each.path, each.conditional, each.status) for each in web.asked(PAPER)] == [("/rss", True, 304)]


def test_robots_txt_is_remembered_by_the_store_for_a_day(store: Store, clock: Clock, web: LittleWeb) -> None:
    home = house(store, clock, web)
    collect(home, GAZETTE)
    clock.at += timedelta(hours=23)
    collect(home, GAZETTE)
    assert paths(web).count("/robots.txt") == 1
    clock.at += timedelta(hours=2)
    collect(home, GAZETTE)
    assert paths(web).count("/robots.txt") == 1


def test_only_what_is_new_in_a_changed_listing_is_fetched(store: Store, clock: Clock, web: LittleWeb) -> None:
    home = house(store, clock, web)
    collect(home, GAZETTE)
    paths(web)
    web.sites = {PAPER: feed(PAPER, REPORT, LETTER, FETE)}
    (visited,) = collect(home, GAZETTE).values()
    assert [each.title for each in visited.filed] == [REPORT.title]
    assert paths(web) == ["/report", "/rss"]


def test_an_item_that_its_feed_calls_edited_is_read_again_as_a_revision(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    collect(home, GAZETTE)
    edited = replace(LETTER, text=LETTER.text.replace("June 2025", "May 2025"), edited=NOW)
    web.sites = {PAPER: feed(PAPER, edited, FETE)}
    (filed,) = collect(home, GAZETTE)["valegazette"].filed
    assert (filed.outcome, filed.matters) == ("revision", True)


def test_a_source_is_due_at_first_and_then_at_its_own_rhythm(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    assert collecting.due(home) == [GAZETTE, WEEKLY, NORTHMARCH]
    collect(home, GAZETTE)
    assert collecting.due(home) == [WEEKLY, NORTHMARCH]
    assert GAZETTE in collecting.due(home, everything=True)
    clock.at += DAY
    assert GAZETTE in collecting.due(home)


def test_a_source_that_failed_is_held_until_its_pause_is_over_unless_it_is_named(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    web.sites = {PAPER: {**feed(PAPER, LETTER), "/rss": BUSY}}
    (visited,) = collect(home, GAZETTE).values()
    assert visited.listing.problem is not None
    assert visited.listing.problem.code == "refused"
    assert GAZETTE not in collecting.due(home, everything=True)
    assert collecting.due(home, ["valegazette", "valegazette"]) == [GAZETTE]
    clock.at += DAY
    assert GAZETTE in collecting.due(home)


def test_one_source_that_fails_keeps_no_other_from_being_read(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    web.sites = {**web.sites, PAPER: {"/robots.txt": BUSY}}
    visits = collect(house(store, clock, web), GAZETTE, WEEKLY)
    assert visits["valegazette"].listing.problem is not None
    assert [each.title for each in visits["weekly"].filed] == [REPORT.title]


def test_a_page_that_is_away_is_tried_again_when_its_time_has_come(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    site = feed(PAPER, LETTER)
    web.sites = {PAPER: {**site, "/letter": BUSY}}
    (visited,) = collect(home, GAZETTE).values()
    assert [each.problem.code for each in visited.failed if each.problem] == ["refused"]
    (row,) = trace(store, "/letter")
    assert (row.state, row.attempts, row.next_attempt_at) == ("pending", 1, NOW + timedelta(minutes=30))
    paths(web)
    collect(home, GAZETTE)
    assert paths(web) == ["/rss"]
    web.sites = {PAPER: site}
    clock.at += timedelta(minutes=31)
    assert collecting.due(home) == [GAZETTE, WEEKLY, NORTHMARCH]
    assert [each.title for each in collect(home, GAZETTE)["valegazette"].filed] == [LETTER.title]
    assert states(store, "/letter") == {"valegazette": "kept"}


def test_a_servers_own_wish_is_honoured_up_to_a_day(store: Store, clock: Clock, web: LittleWeb) -> None:
    for number, (wish, hours) in enumerate({"7200": 2, "999999": 24}.items()):
        item = Item(f"/page-{number}", f"Page {number}", "Text.")
        answer = Answer("busy", 503, headers={"Retry-After": wish})
        web.sites = {PAPER: {**feed(PAPER, item), item.path: answer}}
        collect(house(store, clock, web), GAZETTE)
        (row,) = trace(store, item.path)
        assert row.tried_at is not None
        assert row.next_attempt_at == row.tried_at + timedelta(hours=hours)


def test_five_failures_close_a_lead(store: Store, clock: Clock, web: LittleWeb) -> None:
    home = house(store, clock, web)
    web.sites = {PAPER: {**feed(PAPER, LETTER), "/letter": BUSY}}
    for attempt in range(1, 6):
        assert states(store, "/letter").get("valegazette", "pending") == "pending"
        collect(home, GAZETTE)
        assert trace(store, "/letter")[0].attempts == min(attempt, 4)
        clock.at += DAY
    (row,) = trace(store, "/letter")
    assert (row.state, row.reason.split(":")[0]) == ("failed", "refused")
    paths(web)
    collect(home, GAZETTE)
    assert set(paths(web)) == {"/robots.txt", "/rss"}, "the page is not asked for again"


def test_a_page_that_is_gone_is_closed_at_once(store: Store, clock: Clock, web: LittleWeb) -> None:
    web.sites = {PAPER: {**feed(PAPER, LETTER), "/letter": Answer("gone", 410)}}
    collect(house(store, clock, web), GAZETTE)
    (row,) = trace(store, "/letter")
    assert (row.state, row.reason.split(":")[0]) == ("failed", "gone")


def test_while_a_site_is_away_its_waiting_pages_lose_no_try(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    site = feed(PAPER, LETTER)
    web.sites = {PAPER: {**site, "/letter": BUSY}}
    collect(home, GAZETTE)
    for _ in range(6):
        clock.at += DAY
        web.sites = {PAPER: {**site, "/rss": BUSY, "/letter": BUSY}}
        (visited,) = collect(home, GAZETTE).values()
        assert visited.listing.problem is not None
    assert trace(store, "/letter")[0].attempts == 1
    clock.at += DAY
    web.sites = {PAPER: site}
    assert [each.title for each in collect(home, GAZETTE)["valegazette"].filed] == [LETTER.title]


def test_pages_of_a_listing_that_can_no_longer_be_read_are_still_followed(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    site = feed(PAPER, LETTER)
    web.sites = {PAPER: {**site, "/letter": BUSY}}
    collect(home, GAZETTE)
    clock.at += DAY
    web.sites = {PAPER: {**site, "/rss": Answer("no feed any more")}}
    (visited,) = collect(home, GAZETTE).values()
    assert visited.listing.problem is not None
    assert visited.listing.problem.code == "drifted"
    assert [each.title for each in visited.filed] == [LETTER.title]


class Broken(Exception):
    """What ends a crawl half-way."""


def test_a_crawl_that_is_broken_off_loses_nothing_and_leaves_nothing_running(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)

    def break_off(seen: Seen) -> None:
        raise Broken

    with pytest.raises(Broken):
        collecting.collect(home, [GAZETTE], watch=break_off)
    assert crawl_processes() == []
    assert states(store, "/letter") == {"valegazette": "pending"}
    assert GAZETTE in collecting.due(home), "its leads are waiting"
    (visited,) = collect(home, GAZETTE).values()
    assert {each.title for each in visited.filed} == {LETTER.title, FETE.title}


def test_a_source_that_another_process_holds_is_left_to_it_until_its_lease_ends(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    mine, other = house(store, clock, web), house(store, clock, web, owner="another")
    visits: list[list[Visited]] = []

    def meanwhile(_: Seen) -> None:
        visits.append(collecting.collect(other, [GAZETTE, WEEKLY]))

    assert [each.source for each in collecting.collect(mine, [GAZETTE], watch=meanwhile)] == ["valegazette"]
    assert [each.source for each in visits[0]] == ["weekly"]
    with store.begin() as tx:
        tx.leases.claim(["valegazette"], owner="dead", now=clock.at, until=clock.at + DAY)
    assert collect(mine, GAZETTE) == {}
    clock.at += DAY
    assert list(collect(mine, GAZETTE)) == ["valegazette"]


def test_who_was_held_up_and_lost_a_source_writes_nothing_more_about_it(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    mine, other = house(store, clock, web), house(store, clock, web, owner="another")

    def oversleep(seen: Seen) -> None:
        clock.at += LEASE
        assert [each.source for each in collecting.collect(other, [GAZETTE])] == ["valegazette"]

    with pytest.raises(LeaseLost, match=r"valegazette.* is no longer ours"):
        collecting.collect(mine, [GAZETTE], watch=oversleep)
    with store.read() as tx:
        assert [each.source for each in tx.sources.visits("valegazette", 9)] == ["valegazette"] * 2
        assert tx.leads.counts("valegazette") == {"kept": 1, "dropped": 1}
        assert [len(each.reports) for each in tx.stories.list()] == [1]
        assert tx.leases.held(clock.at) == {}


def test_a_long_crawl_keeps_what_it_holds(store: Store, clock: Clock, web: LittleWeb) -> None:
    mine, other = house(store, clock, web), house(store, clock, web, owner="another")

    def take_time(_: Seen) -> None:
        clock.at += LEASE / 2
        assert collecting.collect(other, [GAZETTE]) == []

    (visited,) = collecting.collect(mine, [GAZETTE], watch=take_time)
    assert len(visited.filed) == 2


def test_what_the_crawls_own_deadline_left_undone_is_due_as_before(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    slow = feed(PAPER, LETTER, FETE) | {LETTER.path: replace(page(LETTER), delay=60)}
    silent = feed(MAGAZINE) | {"/rss": Answer("too late", delay=60)}
    web.sites = {PAPER: slow, MAGAZINE: silent}
    crawled = collecting.collect(home, [GAZETTE, WEEKLY], limits=Limits(seconds=4))
    problems = [visited.listing.problem for visited in crawled]
    problems += [each.problem for visited in crawled for each in visited.failed]
    assert {each.code for each in problems if each} == {"interrupted"}
    for row in trace(store, LETTER.path):
        assert (row.state, row.attempts, row.problem) == ("pending", 0, None)
    with store.read() as tx:
        assert tx.sources.states(["weekly"])["weekly"] == SourceState("weekly")
        assert tx.sources.visits("weekly", 1) == []
    assert {each.name for each in collecting.due(home)} >= {"valegazette", "weekly"}


def test_an_article_that_came_another_way_is_not_fetched_again(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    filed = file(home, article(LETTER, source=None))
    (visited,) = collect(home, GAZETTE).values()
    assert [each.title for each in visited.followed] == [FETE.title]
    assert paths(web) == ["/fete", "/robots.txt", "/rss"]
    (row,) = trace(store, "/letter")
    assert (row.state, row.article) == ("duplicate", filed.article)


def also(*items: Item) -> list[Item]:
    """The same pages, linked to from another site."""
    return [replace(each, link=f"http://{PAPER}{each.path}") for each in items]


def test_two_sources_that_show_one_page_in_one_crawl_fetch_it_once(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    web.sites = {PAPER: feed(PAPER, LETTER), MAGAZINE: feed(MAGAZINE, *also(LETTER))}
    visits = collect(house(store, clock, web), GAZETTE, WEEKLY)
    assert paths(web).count("/letter") == 1
    assert sum(len(each.filed) for each in visits.values()) == 1
    assert sorted(states(store, "/letter").values()) == ["duplicate", "kept"]
    assert len({each.article for each in trace(store, "/letter")}) == 1


def test_a_page_that_two_sources_show_is_put_off_for_both(store: Store, clock: Clock, web: LittleWeb) -> None:
    home = house(store, clock, web)
    site = feed(PAPER, LETTER)
    web.sites = {PAPER: {**site, "/letter": BUSY}, MAGAZINE: feed(MAGAZINE, *also(LETTER))}
    collect(home, GAZETTE, WEEKLY)
    asked = paths(web).count("/letter")
    rows = trace(store, "/letter")
    assert {each.state for each in rows} == {"pending"}
    assert {each.attempts for each in rows} == {1}
    assert asked == 1
    web.sites = {**web.sites, PAPER: site}
    clock.at += DAY
    collect(home, GAZETTE, WEEKLY)
    assert paths(web).count("/letter") == 1
    assert sorted(states(store, "/letter").values()) == ["duplicate", "kept"]


def test_a_page_that_failed_before_another_source_shows_it_is_not_asked_twice_in_a_round(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    late = feed(MAGAZINE, *also(LETTER))
    late["/rss"] = replace(late["/rss"], delay=1.5)
    web.sites = {PAPER: {**feed(PAPER, LETTER), "/letter": BUSY}, MAGAZINE: late}
    collect(house(store, clock, web), GAZETTE, WEEKLY)
    assert [(each.state, each.attempts) for each in trace(store, "/letter")] == [("pending", 1)] * 2
    assert paths(web).count("/letter") == 1


def test_what_another_source_brought_is_read_again_once_the_own_feed_calls_it_edited(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    web.sites = {PAPER: feed(PAPER, LETTER), MAGAZINE: feed(MAGAZINE, *also(LETTER))}
    collect(home, GAZETTE)
    collect(home, WEEKLY)
    assert paths(web).count("/letter") == 1
    edited = replace(LETTER, text=LETTER.text.replace("June 2025", "May 2025"), edited=NOW)
    web.sites = {PAPER: feed(PAPER, edited), MAGAZINE: feed(MAGAZINE, *also(edited))}
    (visited,) = collect(home, WEEKLY).values()
    assert [each.outcome for each in visited.filed] == ["revision"]
    assert paths(web).count("/letter") == 1


def test_a_crawl_of_no_source_starts_nothing(store: Store, clock: Clock) -> None:
    assert collecting.collect(house(store, clock), []) == []


def test_the_ledger_tells_of_each_visit(store: Store, clock: Clock, web: LittleWeb) -> None:
    collect(house(store, clock, web), GAZETTE)
    with store.read() as tx:
        (visit,) = tx.sources.visits("valegazette", 10)
    assert (visit.at, visit.status, visit.found, visit.new, visit.problem) == (NOW, 200, 2, 2, None)
