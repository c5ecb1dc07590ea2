"""Our own outage blames nobody; a source that broke is told once, and once when it is well again."""

import email
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default

import pytest

from crawlers.guard import Allowance
from newsdesk.model import SourceState
from presswatch.demo.web import LOOPBACK, Answer, LittleWeb
from scheduler import bulletins, collecting
from scheduler.house import House
from storage import Store
from tests.scheduler.houses import COUNCIL, DAY, MAGAZINE, PAPER, SOURCES, Clock, house, reader

HOUR = timedelta(hours=1)
ALL = list(SOURCES.values())


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One database is enough here: what is asked of it is tested on both by the tests of the store."""
    return sqlite_url


def offline() -> tuple[Allowance, ...]:
    """The same hosts, where nobody listens."""
    return tuple(Allowance(host, 80, LOOPBACK, 9, 0.0) for host in (PAPER, MAGAZINE, COUNCIL))


def states(store: Store) -> dict[str, SourceState]:
    with store.read() as tx:
        return tx.sources.states(list(SOURCES))


def mails(store: Store) -> list[EmailMessage]:
    with store.read() as tx:
        queued = [each for each in reversed(tx.outbox.list(50)) if each.kind == "operator"]
    return [email.message_from_bytes(each.mail, policy=default) for each in queued]


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return str(body.get_content())


def test_when_we_are_offline_no_source_is_the_worse_for_it_and_the_operator_hears_of_it_once(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web, operator="admin@northmarch.example")
    collecting.collect(home, ALL, follow=False)
    well = states(store)
    away = house(store, clock, operator="admin@northmarch.example", allow=offline())
    for _ in range(3):
        clock.at += HOUR
        visits = collecting.collect(away, ALL, follow=False)
        assert {each.listing.problem.code for each in visits if each.listing.problem} == {"unreachable"}
        bulletins.tell_operator(away)
    for name, state in states(store).items():
        assert (state.failures, state.problem, state.visited_at) == (0, None, well[name].visited_at)
        assert state.next_visit_at == clock.at + timedelta(minutes=10)
    with store.read() as tx:
        assert tx.health.conditions() == {} or not any(
            each.ill for found in tx.health.conditions().values() for each in found
        )
        assert [each.spared for each in tx.sources.visits("weekly", 3)] == [True] * 3
    (mail,) = mails(store)
    assert mail["Subject"] == "Presswatch: This machine cannot reach the internet"
    clock.at += HOUR
    collecting.collect(home, ALL, follow=False)
    for _ in range(2):
        bulletins.tell_operator(home)
    assert [each["Subject"].split(":")[1].strip() for each in mails(store)][1:] == ["over"]


def test_one_site_that_does_not_answer_is_blamed_for_it(store: Store, clock: Clock, web: LittleWeb) -> None:
    there = [each for each in web.allowances() if each.host != PAPER]
    home = house(store, clock, allow=(*there, offline()[0]))
    collecting.collect(home, ALL, follow=False)
    assert {name: state.failures for name, state in states(store).items()} == {
        "valegazette": 1,
        "weekly": 0,
        "northmarch": 0,
    }


def test_a_source_that_broke_is_told_after_a_day_and_when_it_is_well_again(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home = house(store, clock, web, operator="admin@northmarch.example")
    reader(home)
    sites = dict(web.sites)
    collecting.collect(home, ALL, follow=False)
    web.sites = {**sites, PAPER: {"/rss": Answer("<html><body>Hello</body></html>")}}
    for wait in (HOUR, 2 * HOUR, DAY):
        clock.at += wait
        collecting.collect(home, ALL, follow=False)
        bulletins.tell_operator(home, [])
        bulletins.tell_operator(home, [])
    (mail,) = mails(store)
    assert mail["Subject"].startswith("Presswatch: valegazette: Valegazette has changed its page")
    said = " ".join(text(mail).split())
    assert "How it shows: an HTML page came where the feed should be" in said
    assert "presswatch sources test valegazette" in said
    assert "1 subscription asks for it" in said
    web.sites = sites
    clock.at += HOUR
    collecting.collect(home, ALL, follow=False)
    bulletins.tell_operator(home, [])
    assert mails(store)[1]["Subject"].startswith("Presswatch: over: valegazette")
    assert len(mails(store)) == 2


def test_what_the_watch_over_the_digests_says_is_told_too_and_counting_minutes_is_no_news(
    store: Store, clock: Clock
) -> None:
    home = house(store, clock, operator="admin@northmarch.example")
    late = "daily digest of 2026-03-05 07:00: 3 still wait, {} minutes after its time"
    assert bulletins.tell_operator(home, [late.format(40)])
    assert bulletins.tell_operator(home, [late.format(50)]) is None
    assert bulletins.tell_operator(home, [late.replace("-05", "-06").format(40)]), "another day's is another"
    assert bulletins.tell_operator(house(store, clock), ["anything"]) is None, "nobody is to be told"


def test_after_a_pause_the_service_visits_a_few_at_a_time_the_most_urgent_first(
    store: Store, clock: Clock, web: LittleWeb
) -> None:
    home: House = house(store, clock, web)
    collecting.collect(home, [SOURCES["northmarch"]], follow=False)
    clock.at += 2 * DAY
    ready = collecting.due(home, most=2)
    assert [each.name for each in ready] == ["valegazette", "weekly"], "what was never seen comes first"
    assert len(collecting.due(home)) == 3
