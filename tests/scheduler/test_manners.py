"""Moves, holds, lies and foreign items, over several visits with real servers and a real store."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from newsdesk.model import Source, SourceState
from presswatch.demo.web import Answer, LittleWeb
from presswatch.notices import notices
from scheduler import collecting
from scheduler.collecting import Visited
from storage import LeadRow, Store
from tests.scheduler.houses import (
    COUNCIL,
    DAY,
    FETE,
    LETTER,
    PAPER,
    REPORT,
    SOURCES,
    Clock,
    Item,
    feed,
    house,
)

Visit = Callable[..., Visited]
GAZETTE = SOURCES["valegazette"]
HOUR = timedelta(hours=1)


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One database is enough here: what is asked of it is tested on both by the tests of the store."""
    return sqlite_url


@pytest.fixture
def visit(store: Store, clock: Clock, web: LittleWeb) -> Visit:
    """Visit sources now, return what came of the first; the web's hosts may have changed meanwhile."""

    def visit(*sources: Source) -> Visited:
        return collecting.collect(house(store, clock, web), sources or [GAZETTE])[0]

    return visit


def state(store: Store, name: str = "valegazette") -> SourceState:
    with store.read() as tx:
        return tx.sources.states([name])[name]


def notes(store: Store, now: datetime, source: Source = GAZETTE) -> list[str]:
    with store.read() as tx:
        return list(notices(source, state(store, source.name), tx.holds.lately(now), now))


def trace(store: Store, url: str) -> Sequence[LeadRow]:
    with store.read() as tx:
        return tx.leads.trace(url)


# ---------------------------------------------------------------- moves


def test_a_move_is_followed_each_time_and_adopted_on_the_third_day(
    store: Store, clock: Clock, web: LittleWeb, visit: Visit
) -> None:
    site = feed(PAPER, LETTER)
    moved = Answer("", 301, headers={"Location": f"http://{PAPER}/news/rss"})
    web.sites = {PAPER: {**site, "/rss": moved, "/news/rss": site["/rss"]}}
    for _ in range(3):
        assert visit().listing.problem is None
        clock.at += DAY
    visit()
    assert (len(web.asked(PAPER, "/rss")), len(web.asked(PAPER, "/news/rss"))) == (3, 4)
    assert notes(store, clock.at) == [
        f"it has moved for good and is read at http://{PAPER}/news/rss: declare that address"
    ]
    web.sites = {PAPER: site}
    assert visit().listing.status == 404
    assert visit().listing.status == 304, "what was adopted is gone, so the declared address counts again"
    assert notes(store, clock.at) == []


# ---------------------------------------------------------------- gone for good


def test_two_days_of_410_are_a_pause_that_is_told_and_ends(
    store: Store, clock: Clock, web: LittleWeb, visit: Visit
) -> None:
    site = feed(PAPER, LETTER)
    web.sites = {PAPER: {**site, "/rss": Answer("", 410)}}
    visit()
    assert notes(store, clock.at) == []
    clock.at += DAY
    visit()
    assert notes(store, clock.at) == [
        "its server says that it is gone for good: paused, and looked for 13 Mar 2026 18:00"
    ]
    clock.at += 6 * DAY
    assert GAZETTE not in collecting.due(house(store, clock, web))
    clock.at += DAY
    assert GAZETTE in collecting.due(house(store, clock, web))
    web.sites = {PAPER: site}
    visit()
    assert notes(store, clock.at) == []


# ---------------------------------------------------------------- freshness


def test_a_feed_that_stays_good_for_hours_is_not_asked_sooner(
    store: Store, clock: Clock, web: LittleWeb, visit: Visit
) -> None:
    site = feed(PAPER, LETTER)
    body = str(site["/rss"].body).replace("<item>", "<ttl>180</ttl><item>", 1)
    busy = replace(GAZETTE, weekly=(900, 1100))
    web.sites = {PAPER: {**site, "/rss": Answer(body, headers={"Cache-Control": "max-age=7200"})}}
    visit(busy)
    assert state(store).next_visit_at == clock.at + 3 * HOUR
    clock.at += 3 * HOUR
    assert visit(busy).listing.not_modified
    assert state(store).next_visit_at == clock.at + 3 * HOUR, "what it asked for holds while it is unchanged"


# ---------------------------------------------------------------- holds


def test_a_host_that_is_asked_too_often_is_left_alone_by_every_source(
    store: Store, clock: Clock, web: LittleWeb, visit: Visit
) -> None:
    twin = replace(GAZETTE, name="twin", url=f"http://{PAPER}/other")
    sister = replace(GAZETTE, name="sister", url=f"http://news.{PAPER.removeprefix('www.')}/rss")
    all_ = {each.name: each for each in (GAZETTE, twin, sister)}
    busy = Answer("", 429, headers={"Retry-After": "3600"})
    web.sites = {PAPER: {"/rss": busy, "/other": busy}}
    first = visit(GAZETTE, twin)
    assert first.listing.problem
    assert len(web.asked(PAPER, "/rss")) + len(web.asked(PAPER, "/other")) == 1
    home = house(store, clock, web, sources=all_)
    assert collecting.due(home) == [sister], "at first its host alone"
    assert [each.split(":")[0] for each in notes(store, clock.at, twin)] == [
        f"{PAPER} is left alone until 05 Mar 2026 19"
    ]
    clock.at += HOUR
    assert collecting.due(home) == [GAZETTE, twin, sister]
    visit(GAZETTE)
    assert collecting.due(home) == [], "it refused again, so its domain is left alone"
    clock.at += 2 * HOUR
    assert collecting.due(home) == [GAZETTE, twin, sister]


def test_pages_on_a_host_that_is_left_alone_wait_without_losing_a_try(
    store: Store, clock: Clock, web: LittleWeb, visit: Visit
) -> None:
    away = replace(LETTER, link=f"http://{COUNCIL}/letter")
    web.sites = {
        PAPER: feed(PAPER, away),
        COUNCIL: {**feed(COUNCIL, LETTER), "/rss": Answer("", 429)},
    }
    visit(SOURCES["northmarch"])
    assert visit().followed == ()
    assert web.asked(COUNCIL, "/letter") == []
    (row,) = trace(store, away.link)
    assert (row.state, row.attempts) == ("pending", 0)
    assert row.next_attempt_at
    clock.at = row.next_attempt_at
    assert [each.title for each in visit().filed] == [LETTER.title]


def test_five_refusals_of_the_host_close_no_page_that_was_not_asked_for(
    store: Store, clock: Clock, web: LittleWeb, visit: Visit
) -> None:
    site = feed(PAPER, LETTER, REPORT, FETE)
    busy = Answer("", 429)
    web.sites = {PAPER: {**site, "/letter": busy, "/report": busy, "/fete": busy}}
    for _ in range(4):
        visit()
        clock.at += 2 * DAY
    web.sites = {PAPER: site}
    assert len(visit().filed) == 3


# ---------------------------------------------------------------- lies


def lying(*items: Item) -> dict[str, Answer]:
    """A site whose feed has one ETag for ever, so that its server never sees a change."""
    site = feed(PAPER, *items)
    return {**site, "/rss": replace(site["/rss"], etag='"for-ever"')}


def test_a_server_that_hides_news_behind_not_modified_is_found_out_within_a_week(
    store: Store, clock: Clock, web: LittleWeb, visit: Visit
) -> None:
    web.sites = {PAPER: lying(LETTER)}
    visit()
    web.sites = {PAPER: lying(REPORT, LETTER)}
    began = clock.at
    while not (found := visit().filed):
        clock.at += 2 * DAY
        assert clock.at - began <= 8 * DAY
    assert [each.title for each in found] == [REPORT.title]
    assert notes(store, clock.at)[0].startswith('"not modified" is not believed until')
    web.sites = {PAPER: lying(FETE, REPORT, LETTER)}
    clock.at += HOUR
    assert [each.title for each in visit().filed] == [FETE.title], "from now on nothing is hidden"


def test_a_quiet_source_with_an_honest_server_is_never_accused(
    store: Store, clock: Clock, web: LittleWeb, visit: Visit
) -> None:
    visit()
    for _ in range(4):
        clock.at += 2 * DAY
        assert visit().listing.not_modified
    assert sorted(each.status for each in web.asked(PAPER, "/rss")) == [200, 200, 304, 304, 304, 304]
    web.sites = {PAPER: feed(PAPER, REPORT, LETTER, FETE)}
    clock.at += DAY
    assert [each.title for each in visit().followed] == [REPORT.title]
    assert notes(store, clock.at) == []


# ---------------------------------------------------------------- other sites


def test_items_that_lead_to_other_sites_are_held_until_these_are_declared(
    store: Store, clock: Clock, web: LittleWeb, visit: Visit
) -> None:
    foreign = replace(REPORT, link=f"http://{COUNCIL}/report")
    web.sites = {PAPER: feed(PAPER, LETTER, foreign), COUNCIL: feed(COUNCIL, REPORT)}
    closed = replace(GAZETTE, options={})
    assert [each.title for each in visit(closed).followed] == [LETTER.title]
    assert web.asked(COUNCIL) == []
    (row,) = trace(store, foreign.link)
    assert row.state == "held"
    assert "options.hosts" in row.reason
    clock.at += HOUR
    opened = replace(GAZETTE, options={"hosts": COUNCIL.removeprefix("www.")})
    assert [each.title for each in visit(opened).filed] == [REPORT.title]
