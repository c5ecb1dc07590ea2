"""`presswatch crawl` and `presswatch sources`: real requests, to a little web on this machine."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from presswatch.clock import now
from presswatch.demo.web import Answer, LittleWeb
from storage import Store
from tests.crawlers.visits import crawl_processes
from tests.presswatch.cuttings import FETE, KENT
from tests.presswatch.shell import Shell
from tests.scheduler.houses import MAGAZINE, NOW, PAPER, Item, feed

REPORT = Item("/report", KENT["title"], KENT["text"], NOW)
FAIR = Item("/fair", FETE["title"], FETE["text"], NOW)
HEAD = 'contact = "https://presswatch.example/contact"\nsources = ["gazette", "weekly"]\n'
DECLARED = """
[[source]]
name = "{name}"
outlet = "{name}"
kind = "local"
url = "http://{host}/rss"
reader = "feed"
weekly = [1, 10]
verified = "declared by this test"
verified_on = 2026-03-01
"""


@pytest.fixture
def web() -> Iterator[LittleWeb]:
    with LittleWeb({PAPER: feed(PAPER, REPORT, FAIR), MAGAZINE: feed(MAGAZINE, FAIR)}) as served:
        yield served


@pytest.fixture
def watching(shell: Shell, web: LittleWeb) -> Shell:
    """A shell that watches two feeds."""
    shell.configure(HEAD)
    declared = "".join(DECLARED.format(name=n, host=h) for n, h in (("gazette", PAPER), ("weekly", MAGAZINE)))
    shell.write("sources/mine.toml", declared)
    shell.allow = web.allowances()
    return shell


def by_source(visits: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["source"]: each for each in visits}


def test_a_crawl_reads_what_is_new_and_a_second_one_nothing(watching: Shell, web: LittleWeb) -> None:
    visits = by_source(watching.json("crawl"))
    gazette = visits["gazette"]
    assert (gazette["status"], gazette["found"], gazette["new"], gazette["problem"]) == (200, 2, 2, None)
    assert {each["title"]: (each["relevant"], each["story"]) for each in gazette["articles"]} == {
        KENT["title"]: (True, 1),
        FETE["title"]: (False, None),
    }
    assert [each["headline"] for each in watching.json("stories")] == [KENT["title"]]
    assert watching.json("crawl") == [], "nothing is due"
    web.seen.clear()
    again = by_source(watching.json("crawl", "--all"))
    assert {each["not_modified"] for each in again.values()} == {True}
    assert {each.status for each in web.seen} == {304}


def test_people_get_a_line_for_each_source(watching: Shell) -> None:
    said = watching.run("crawl").out
    assert "gazette: 2 shown, 2 followed, 2 read, 1 in stories" in said
    assert "weekly: 1 shown, 1 followed, 1 read, 0 in stories" in said
    assert watching.run("crawl").out == "No source is due. Name one, or use --all.\n"
    assert watching.run("crawl", "gazette").out == "gazette: not modified\n"


def test_a_dry_run_shows_what_would_be_followed_and_keeps_nothing(watching: Shell, web: LittleWeb) -> None:
    for _ in range(2):
        (gazette,) = watching.json("crawl", "gazette", "--dry-run")
        assert [each["title"] for each in gazette["followed"]] == [KENT["title"], FETE["title"]]
        assert gazette["articles"] == []
    said = watching.run("crawl", "--dry-run", "gazette").out
    assert f"gazette: 2 shown, 2 would be followed\n  - {KENT['title']}\n    http://{PAPER}/report\n" in said
    assert web.asked(PAPER, "/report") == []
    assert watching.json("stories") == []
    assert {each["visited_at"] for each in watching.json("sources", "list")} == {None}


def test_a_source_that_fails_is_exit_code_three_and_the_others_are_read(
    watching: Shell, web: LittleWeb
) -> None:
    web.sites = {**web.sites, MAGAZINE: {**feed(MAGAZINE), "/rss": Answer("busy", 503)}}
    said = watching.run("crawl", code=3)
    assert "weekly: refused: " in said.err
    assert "gazette: 2 shown, 2 followed, 2 read, 1 in stories" in said.out
    (weekly,) = watching.json("crawl", "weekly", code=3)
    assert weekly["problem"]["code"] == "refused"
    listed = by_name(watching.json("sources", "list"))
    assert listed["weekly"]["state"].startswith("refused: ")
    assert listed["weekly"]["failures"] == 2
    assert listed["gazette"]["state"] == "ok"


def by_name(sources: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in sources}


def test_a_source_that_another_process_is_visiting_is_left_to_it(watching: Shell, web: LittleWeb) -> None:
    store = Store(f"sqlite:///{watching.folder / 'presswatch.db'}")
    with store.begin() as tx:
        tx.leases.claim(["gazette"], owner="another", now=now(), until=now() + timedelta(minutes=30))
    store.close()
    said = watching.run("crawl")
    assert said.err == "gazette: left alone, another process is visiting it\n"
    assert "weekly: 1 shown" in said.out
    assert web.asked(PAPER) == []


def test_a_page_that_fails_is_exit_code_three_and_can_be_explained(watching: Shell, web: LittleWeb) -> None:
    web.sites = {PAPER: {**feed(PAPER, REPORT, FAIR), "/report": Answer("busy", 503)}}
    said = watching.run("crawl", "gazette", code=3)
    assert f"  http://{PAPER}/report: refused: " in said.err
    (lead,) = watching.json("explain", f"http://{PAPER}/report")["leads"]
    assert (lead["source"], lead["state"], lead["attempts"]) == ("gazette", "pending", 1)


def test_without_a_contact_nothing_is_crawled(watching: Shell, web: LittleWeb) -> None:
    watching.configure('\n\ncontact = ""\n' + HEAD.partition("\n")[2])
    for command in (("crawl",), ("crawl", "--dry-run"), ("sources", "test", "gazette"), ("serve",)):
        said = watching.run(*command, code=2)
        assert "presswatch.toml:3: contact: say whom a website's owner can write to" in said.err
    assert web.seen == []


@pytest.mark.parametrize("command", [("crawl",), ("crawl", "--dry-run"), ("sources", "test")])
def test_a_source_that_is_not_known_is_told_with_what_was_meant(
    watching: Shell, web: LittleWeb, command: tuple[str, ...]
) -> None:
    said = watching.run(*command, "gazete", code=2)
    assert 'no source is called "gazete", did you mean "gazette"?' in said.err
    assert web.seen == []


def test_this_machine_is_not_crawled_by_anybodys_configuration(watching: Shell, web: LittleWeb) -> None:
    watching.allow = ()
    watching.write("sources/mine.toml", DECLARED.format(name="gazette", host="127.0.0.1"))
    watching.configure(HEAD.replace(', "weekly"', ""))
    (visit,) = watching.json("crawl", code=3)
    assert visit["problem"]["code"] == "address-denied"
    assert web.seen == []


def test_the_sources_are_listed_for_people_and_for_scripts(watching: Shell) -> None:
    gazette = by_name(watching.json("sources", "list"))["gazette"]
    assert gazette | {"visited_at": None, "state": "never visited", "failures": 0} == gazette
    assert (gazette["kind"], gazette["weekly"], gazette["reader"]) == ("local", [1, 10], "feed")
    lines = watching.run("sources", "list").out.splitlines()
    assert [each.split()[0] for each in lines] == ["gazette", "weekly"]
    assert all(each.endswith("never visited") for each in lines)


def test_a_try_at_a_source_reads_its_first_pages_and_keeps_nothing(watching: Shell, web: LittleWeb) -> None:
    tried = watching.json("sources", "test", "gazette")
    assert [each["title"] for each in tried["leads"]] == [KENT["title"], FETE["title"]]
    assert [each["relevant"] for each in tried["articles"]] == [True, False]
    said = watching.run("sources", "test", "gazette").out
    assert "2 items shown; a normal week brings 1 to 10" in said
    assert f"05 Mar 2026  {KENT['title']}" in said
    assert "would be kept: score" in said
    assert "kent (subject)" in said
    assert watching.json("stories") == []
    web.sites = {PAPER: {"/robots.txt": Answer("busy", 503)}}
    assert "robots-held: " in watching.run("sources", "test", "gazette", code=3).err


def test_a_hostile_feed_does_not_colour_the_terminal(watching: Shell, web: LittleWeb) -> None:
    hostile = Item("/x", "[/red][bold]Kent :boom: &amp;lt;b&amp;gt; &#x9b;31m", KENT["text"], NOW)
    web.sites = {PAPER: feed(PAPER, hostile)}
    for command in (("crawl", "--dry-run", "gazette"), ("sources", "test", "gazette"), ("crawl", "gazette")):
        said = watching.run(*command)
        assert not set(said.out + said.err) & {"\x1b", "\x9b"}
    assert "[/red][bold]Kent :boom:" in watching.run("stories").out


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_crawl_and_what_it_was_fetching_is_fetched_the_next_time(
    watching: Shell, web: LittleWeb, signum: signal.Signals
) -> None:
    over = Event()

    def interrupting(_: str, path: str) -> Answer:
        if path == "/report" and not over.is_set():
            os.kill(os.getpid(), signum)
            over.wait(30)
        return feed(PAPER, REPORT)[path]

    web.sites = {PAPER: interrupting}
    watching.run("crawl", "gazette", code=130)
    over.set()
    assert crawl_processes() == []
    assert watching.json("stories") == []
    (gazette,) = watching.json("crawl", "gazette")
    assert [each["title"] for each in gazette["articles"]] == [KENT["title"]]
