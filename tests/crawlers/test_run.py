"""The crawl as its caller sees it, over real HTTP on loopback."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from crawlers.guard import Allowance
from crawlers.run import crawl
from crawlers.settings import Limits
from newsdesk.errors import Mistake
from newsdesk.model import Fetched, Lead, Listing, Order
from presswatch.demo.web import Answer, LittleWeb, Site
from tests.crawlers.visits import (
    CONTACT,
    NOW,
    SIMPLE,
    crawl_processes,
    every_lead,
    no_lead,
    orders,
    source,
    visit,
)

HOST = "news.northmarch.example"
FEED = f"http://{HOST}/feed"
SITE = {
    "/feed": Answer(f"http://{HOST}/one\nhttp://{HOST}/two"),
    "/one": Answer("The first story."),
    "/two": Answer("The second story."),
}
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def test_an_order_brings_its_listing_and_then_its_articles() -> None:
    with LittleWeb({HOST: SITE}) as web:
        seen = visit(orders(FEED), web.allowances())
    listing = seen.listings[FEED]
    assert [lead.url for lead in listing.leads] == [f"http://{HOST}/one", f"http://{HOST}/two"]
    assert listing.status == 200
    assert listing.size == len(SITE["/feed"].octets)
    assert seen.articles() == [f"http://{HOST}/one", f"http://{HOST}/two"]
    assert {each.article.text for each in seen.fetched if each.article} == {
        "The first story.",
        "The second story.",
    }
    assert [each.status for each in seen.robots] == [404]


def test_time_in_a_crawl_begins_when_its_caller_says() -> None:
    with LittleWeb({HOST: SITE}) as web:
        seen = visit(orders(FEED), web.allowances())
    times = [each.article.fetched_at for each in seen.fetched if each.article]
    assert all(NOW <= each < NOW + timedelta(minutes=1) for each in times)


def test_only_the_chosen_leads_are_followed() -> None:
    with LittleWeb({HOST: SITE}) as web:
        seen = visit(orders(FEED), web.allowances(), lambda listings: [each.leads[1:] for each in listings])
        assert seen.articles() == [f"http://{HOST}/two"]
        assert web.asked(HOST, "/one") == []


def test_an_unchanged_source_answers_304_and_keeps_its_validators() -> None:
    site = SITE | {"/feed": replace(SITE["/feed"], modified=NOW)}
    with LittleWeb({HOST: site}) as web:
        first = visit(orders(FEED), web.allowances(), no_lead).listings[FEED]
        order = Order(source(FEED), first.etag, first.last_modified, first.body_hash)
        second = visit([order], web.allowances()).listings[FEED]
        requests = web.asked(HOST, "/feed")
    assert not first.not_modified
    assert second.not_modified
    assert second.problem is None
    assert (second.etag, second.last_modified, second.body_hash) == (
        first.etag,
        first.last_modified,
        first.body_hash,
    )
    assert [(each.conditional, each.status) for each in requests] == [(False, 200), (True, 304)]
    assert requests[1].headers["if-none-match"] == first.etag
    assert requests[1].headers["if-modified-since"] == first.last_modified


def test_a_body_that_is_the_same_counts_as_unchanged_and_brings_its_new_validators() -> None:
    site = {"/feed": replace(SITE["/feed"], validators=False)}
    with LittleWeb({HOST: site}) as web:
        first = visit(orders(FEED), web.allowances(), no_lead).listings[FEED]
        site["/feed"] = replace(site["/feed"], headers={"ETag": '"new"'})
        order = Order(source(FEED), etag='"old"', body_hash=first.body_hash)
        second = visit([order], web.allowances()).listings[FEED]
    assert second.not_modified
    assert (second.status, second.etag, second.body_hash) == (200, '"new"', first.body_hash)


def test_every_request_carries_our_name_and_no_cookie() -> None:
    site = SITE | {"/feed": replace(SITE["/feed"], headers={"Set-Cookie": "session=1"})}
    with LittleWeb({HOST: site}) as web:
        visit(orders(FEED), web.allowances())
        requests = web.asked(HOST)
    assert [each.path for each in requests] == ["/robots.txt", "/feed", "/one", "/two"]
    assert all(each.headers["user-agent"].startswith("Presswatch/") for each in requests)
    assert all(each.headers["user-agent"].endswith(f"(+{CONTACT})") for each in requests)
    assert not any("cookie" in each.headers or "referer" in each.headers for each in requests)


def test_a_source_that_failed_may_still_have_leads_from_before() -> None:
    postponed = Lead(f"http://{HOST}/one", "From last week")
    with LittleWeb({HOST: {"/one": SITE["/one"]}}) as web:
        seen = visit(orders(FEED), web.allowances(), lambda listings: [[postponed] for _ in listings])
    assert seen.problem(FEED) == "gone"
    assert [each.lead for each in seen.fetched] == [postponed]
    assert seen.articles() == [postponed.url]


def test_where_the_listing_says_it_all_nothing_behind_it_is_fetched() -> None:
    order = Order(replace(source(FEED), pages="none"))
    with LittleWeb({HOST: SITE}) as web:
        seen = visit([order], web.allowances())
        assert [each.path for each in web.seen] == ["/robots.txt", "/feed"]
    assert [each.article.text for each in seen.fetched if each.article] == [
        f"Headline of http://{HOST}/one",
        f"Headline of http://{HOST}/two",
    ]


def test_a_contact_that_nobody_can_be_reached_at_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="contact"):
        next(crawl([], choose=no_lead, contact="me", now=NOW))


def test_two_sources_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        next(crawl(orders(FEED, FEED), choose=no_lead, contact=CONTACT, now=NOW))


def test_no_orders_bring_nothing() -> None:
    assert list(crawl([], choose=no_lead, contact=CONTACT, now=NOW, parsers=SIMPLE)) == []


# ---------------------------------------------------------------- what a parser can do


def test_a_parser_that_hangs_dies_or_takes_all_memory_costs_its_own_document_alone() -> None:
    words = ("loop for ever", "die", "take all memory", "raise", "half a character")
    hosts = [f"www.bad{number}.example" for number in range(len(words))]
    sites: dict[str, Site] = {host: {"/": Answer(word)} for host, word in zip(hosts, words, strict=True)}
    with LittleWeb(sites | {HOST: SITE}) as web:
        to = orders(FEED, *(f"http://{host}/" for host in hosts))
        seen = visit(to, web.allowances(), limits=Limits(seconds=30, document=1))
    problems = [seen.listings[f"http://{host}/"].problem for host in hosts]
    assert [each.code for each in problems if each] == [
        "parser-killed",
        "parser-killed",
        "parser-killed",
        "unreadable",
        "unreadable",
    ]
    assert problems[0]
    assert problems[0].reason == "reading it took longer than 1 s"
    assert len(seen.articles()) == 2


def test_a_listing_that_could_not_be_read_leaves_no_validators_behind() -> None:
    with LittleWeb({HOST: {"/feed": Answer(" ", modified=NOW)}}) as web:
        listing = visit(orders(FEED), web.allowances()).listings[FEED]
    assert listing.problem
    assert listing.problem.code == "drifted"
    assert (listing.etag, listing.last_modified, listing.body_hash) == (None, None, None)


# ---------------------------------------------------------------- how a crawl ends


def slow_web() -> tuple[LittleWeb, str]:
    """A web of two domains, the second of which keeps silent."""
    slow = "www.slow.example"
    sites: dict[str, Site] = {HOST: SITE, slow: {"/feed": Answer("too late", delay=60)}}
    return LittleWeb(sites), f"http://{slow}/feed"


def test_at_the_deadline_everything_that_is_still_owed_is_told() -> None:
    web, silent = slow_web()
    postponed = Lead("http://www.slow.example/story", "From last week")

    def choose(listings: Sequence[Listing]) -> Sequence[Sequence[Lead]]:
        return [[postponed] if each.problem else each.leads for each in listings]

    with web:
        seen = visit(orders(FEED, silent), web.allowances(), choose, limits=Limits(seconds=6))
    assert len(seen.articles()) == 2
    assert seen.problem(silent) == "interrupted"
    (late,) = [each for each in seen.fetched if each.problem]
    assert late.lead == postponed
    assert late.problem
    assert late.problem.reason == "the crawl was stopped at its deadline"
    assert crawl_processes() == []


@linux
def test_a_crawl_that_is_killed_keeps_what_came_before_and_tells_the_rest() -> None:
    web, silent = slow_web()
    with web:
        items = crawl(
            orders(FEED, silent),
            choose=every_lead,
            contact=CONTACT,
            now=NOW,
            allow=web.allowances(),
            parsers=SIMPLE,
        )
        seen = []
        for item in items:
            seen.append(item)
            if sum(isinstance(each, Fetched) for each in seen) == 1 and len(crawl_processes()) == 1:
                os.kill(crawl_processes()[0], signal.SIGKILL)
    listings = {each.source: each for each in seen if isinstance(each, Listing)}
    fetched = [each for each in seen if isinstance(each, Fetched)]
    assert listings[FEED].problem is None
    assert len(fetched) == 2
    assert fetched[0].article
    lost = listings[silent].problem
    assert lost
    assert lost.code == "unreachable"
    assert lost.reason == "the crawl's process ended early (SIGKILL)"


@linux
def test_closing_the_iterator_ends_the_crawl() -> None:
    web, silent = slow_web()
    with web:
        items = crawl(
            orders(silent, FEED),
            choose=no_lead,
            contact=CONTACT,
            now=NOW,
            allow=web.allowances(),
            parsers=SIMPLE,
        )
        next(items)
        assert len(crawl_processes()) == 1
        items.close()
    assert crawl_processes() == []


@linux
def test_an_error_of_the_caller_ends_the_crawl_and_is_seen() -> None:
    def fail(listings: Sequence[Listing]) -> Sequence[Sequence[Lead]]:
        raise LookupError("no database")

    with LittleWeb({HOST: SITE}) as web, pytest.raises(LookupError, match="no database"):
        visit(orders(FEED), web.allowances(), fail)
    assert crawl_processes() == []


@linux
def test_a_crawl_does_not_outlive_its_parent() -> None:
    web, silent = slow_web()
    script = f"""
from crawlers.guard import Allowance
from crawlers.run import crawl
from tests.crawlers.visits import *
for item in crawl(orders({silent!r}, {FEED!r}), choose=no_lead, contact=CONTACT, now=NOW, parsers=SIMPLE,
                  allow=[Allowance({HOST!r}, 80, "127.0.0.1", {web.port}, 0.0),
                         Allowance("www.slow.example", 80, "127.0.0.1", {web.port}, 0.0)]):
    print("ready", flush=True)
"""
    command = [sys.executable, "-c", script]
    with (
        web,
        tempfile.TemporaryDirectory() as room,
        subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": room}) as parent,
    ):
        assert parent.stdout
        assert parent.stdout.readline() == b"ready\n"
        (child,) = crawl_processes(parent.pid)
        parent.kill()
        parent.stdout.read()
        assert _has_ended(child)


def _has_ended(process: int) -> bool:
    until = monotonic() + 10
    while monotonic() < until:
        try:
            if ") Z " in Path(f"/proc/{process}/stat").read_text():
                return True
        except OSError:
            return True
    return False


@linux
def test_a_crawl_listens_on_nothing_and_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSWATCH_SMTP_PASSWORD", "a secret")
    looks: list[tuple[set[str], bytes]] = []

    def look(listings: Sequence[Listing]) -> Sequence[Sequence[Lead]]:
        (child,) = crawl_processes()
        looks.append((_listening(child), Path(f"/proc/{child}/environ").read_bytes()))
        return every_lead(listings)

    with LittleWeb({HOST: SITE}) as web:
        assert _listening(os.getpid())
        visit(orders(FEED), web.allowances(), look)
    ((sockets, environment),) = looks
    assert sockets == set()
    assert b"PATH=" in environment
    assert b"a secret" not in environment


def _listening(process: int) -> set[str]:
    """The listening TCP sockets of a process, as inode numbers."""
    tables = [Path(f"/proc/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    listening = {line.split()[9] for table in tables for line in table if line.split()[3] == "0A"}
    own = set()
    for each in Path(f"/proc/{process}/fd").iterdir():
        try:
            own.add(os.readlink(each).removeprefix("socket:[").removesuffix("]"))
        except OSError:  # closed in the meantime
            continue
    return own & listening


def test_an_allowance_is_for_one_host_and_one_port() -> None:
    with LittleWeb({HOST: SITE}) as web:
        own = Allowance(HOST, 80, "127.0.0.1", web.port, 0.0)
        other = f"http://{HOST}:8080/feed"
        seen = visit(orders(FEED, other), [own], no_lead)
    assert seen.problem(FEED) is None
    assert seen.problem(other) == "address-denied"
