"""A rehearsal shows what a visit would do, and leaves no trace of itself."""

import pytest

from presswatch.demo.web import Answer, LittleWeb
from scheduler import collecting, rehearsing
from scheduler.collecting import Visited
from scheduler.house import House
from storage import Store
from tests.scheduler.houses import FETE, LETTER, PAPER, REPORT, SOURCES, Clock, feed, house

GAZETTE = SOURCES["valegazette"]


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One database is enough here: what is asked of it is tested on both by the tests of the store."""
    return sqlite_url


def rehearse(home: House, pages: int = 0) -> Visited:
    (visited,) = rehearsing.rehearse(home, [GAZETTE], pages=pages)
    return visited


def test_a_rehearsal_names_what_would_be_followed_and_keeps_nothing(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    for _ in range(2):
        visited = rehearse(home)
        assert [each.title for each in visited.followed] == [LETTER.title, FETE.title]
        assert visited.filed == ()
    assert {each.path for each in web.asked(PAPER)} == {"/robots.txt", "/rss"}
    with store.read() as tx:
        assert tx.leads.trace(f"http://{PAPER}/letter") == []
        assert tx.sources.states() == {}
        assert tx.robots.known() == []
    assert GAZETTE in collecting.due(home)


def test_after_a_visit_only_what_is_new_would_be_followed(store: Store, clock: Clock, web: LittleWeb) -> None:
    home = house(store, clock, web)
    collecting.collect(home, [GAZETTE])
    assert rehearse(home).followed == ()
    web.sites = {PAPER: feed(PAPER, REPORT, LETTER, FETE)}
    assert [each.title for each in rehearse(home).followed] == [REPORT.title]


def test_the_first_pages_are_read_and_judged_whether_known_or_not(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web)
    collecting.collect(home, [GAZETTE])
    visited = rehearse(home, pages=1)
    (filed,) = visited.filed
    assert (filed.title, filed.assessment.relevant, filed.story) == (LETTER.title, True, None)
    with store.read() as tx:
        assert len(tx.stories.list()) == 1


def test_what_fails_is_told_like_in_a_visit(store: Store, clock: Clock, web: LittleWeb) -> None:
    home = house(store, clock, web)
    web.sites = {PAPER: {**feed(PAPER, LETTER), "/letter": Answer("gone", 410)}}
    (failed,) = rehearse(home, pages=3).failed
    assert failed.problem is not None
    assert failed.problem.code == "gone"
    web.sites = {PAPER: {**feed(PAPER, LETTER), "/rss": Answer("busy", 503)}}
    problem = rehearse(home).listing.problem
    assert problem is not None
    assert problem.code == "refused"


def test_a_rehearsal_of_no_source_starts_nothing(store: Store, clock: Clock) -> None:
    assert rehearsing.rehearse(house(store, clock), []) == []
