"""`presswatch sources enable` and `check`: the configuration is edited, and what answers is written down."""

import json
from collections.abc import Iterator
from contextlib import chdir

import pytest
import typer
from typer.testing import CliRunner, Result

from newsdesk.errors import Mistake
from newsdesk.model import Move, SourceState
from presswatch import checks
from presswatch.cli.catalogue import check, enable
from presswatch.demo.web import LittleWeb
from storage import Store
from tests.presswatch.cuttings import KENT
from tests.presswatch.shell import Shell
from tests.scheduler.houses import NOW, PAPER, Item, feed


def run(shell: Shell, *arguments: str) -> Result:
    app = typer.Typer()
    app.command()(enable)
    app.command()(check)
    with chdir(shell.folder):
        return CliRunner().invoke(app, arguments, obj=shell.allow)


def configured(shell: Shell) -> str:
    return (shell.folder / "presswatch.toml").read_text("utf-8")


def test_an_area_is_switched_on_in_one_command_and_the_file_keeps_its_comments(shell: Shell) -> None:
    before = configured(shell)
    answer = run(shell, "enable", "--council", "kent", "--region", "west midlands", "--national")
    assert answer.exit_code == 0, answer.output
    listed = 'sources = ["starter", "own", "council:kent", "region:West Midlands", "national"]'
    assert configured(shell) == before.replace("sources = []", listed)
    names = {line.split()[0] for line in answer.stdout.splitlines()}
    assert {"ofsted-kent", "kent-online", "birmingham-news-feed", "bbc-kent", "dfe-search"} <= names
    assert "leeds-news" not in names  # it was on already
    assert "ofsted-york" not in names


def test_switching_on_again_changes_nothing(shell: Shell) -> None:
    run(shell, "enable", "--national")
    once = configured(shell)
    assert "0 switched on" in run(shell, "enable", "--national").stdout
    assert configured(shell) == once


def test_a_script_gets_what_is_new(shell: Shell) -> None:
    found = json.loads(run(shell, "enable", "ofsted-york", "--json").stdout)
    assert found == [
        {"name": "ofsted-york", "outlet": "Ofsted", "url": "https://reports.ofsted.gov.uk/provider/44/80453"}
    ]


@pytest.mark.parametrize(
    "arguments", [("--council", "nowhere"), ("--region", "Wales"), ("no-such-source",), ()]
)
def test_a_mistake_leaves_the_file_alone(shell: Shell, arguments: tuple[str, ...]) -> None:
    before = configured(shell)
    assert isinstance(run(shell, "enable", *arguments).exception, Mistake)
    assert configured(shell) == before


@pytest.fixture
def watching(shell: Shell) -> Iterator[Shell]:
    """A shell that watches a paper that answers; a second one, not switched on, is nowhere to be found."""
    item = Item("/report", KENT["title"], KENT["text"], NOW)
    shell.configure('contact = "https://presswatch.example/contact"\nsources = ["gazette"]\n')
    shell.write("sources/mine.toml", DECLARED.format(host=PAPER))
    with LittleWeb({PAPER: feed(PAPER, item)}) as web:
        shell.allow = web.allowances()
        yield shell


def test_a_check_counts_what_a_source_shows_and_keeps_nothing_else(watching: Shell) -> None:
    answer = run(watching, "check")
    assert answer.exit_code == 0, answer.output
    assert "gazette: 1 items, 1 with a date" in answer.stdout
    found = checks.read(watching.folder / "sources")
    assert {name: (each["verdict"], each["items"]) for name, each in found.items()} == {"gazette": ("ok", 1)}
    assert watching.json("stories") == []


def test_what_does_not_answer_is_written_down_and_what_was_found_before_stays(watching: Shell) -> None:
    run(watching, "check")
    answer = run(watching, "check", "bulletin", "--json")
    assert answer.exit_code == 3, answer.output
    assert json.loads(answer.stdout)["bulletin"]["verdict"] != "ok"
    found = checks.read(watching.folder / "sources")
    assert found.keys() == {"gazette", "bulletin"}
    assert found["bulletin"]["items"] == 0
    assert found["bulletin"]["reason"]


# ---------------------------------------------------------------- the list of sources


def test_all_that_is_declared_is_listed_and_what_is_on_has_a_star(watching: Shell) -> None:
    lines = watching.run("sources", "list", "--all").out.splitlines()
    starred = [line.split()[1] for line in lines if line.startswith("* ")]
    assert starred == ["gazette"]
    assert len(lines) > 500
    assert lines[-2].startswith("1 of ")
    assert lines[-1].startswith("Of 153 councils 153 have a newsroom here")
    entries = {each["name"]: each for each in watching.json("sources", "list", "--all")}
    assert (entries["gazette"]["on"], entries["bulletin"]["on"]) == (True, False)


def test_the_list_tells_what_a_check_found_before_the_first_visit(watching: Shell) -> None:
    run(watching, "check")
    (line,) = watching.run("sources", "list").out.splitlines()
    assert "never visited; checked 20" in line
    assert line.endswith(": ok")


def test_a_source_that_is_off_can_be_tried_and_a_crawl_says_that_it_is_off(watching: Shell) -> None:
    tried = watching.run("sources", "test", "bulletin", code=3)
    assert "bulletin: http://127.0.0.1/rss" in tried.out
    assert "no source is called" in watching.run("sources", "test", "buletin", code=2).err
    said = watching.run("crawl", "bulletin", code=2).err
    assert "declared but not switched on: `presswatch sources enable bulletin`" in said


def test_what_somebody_should_do_about_a_source_is_told_by_list_and_doctor(watching: Shell) -> None:
    old, new = f"http://{PAPER}/rss", f"http://{PAPER}/news/rss"
    store = Store.open(f"sqlite:///{watching.folder / 'presswatch.db'}")
    move = Move(old, new, "", ("2026-03-01", "2026-03-02", "2026-03-03"))
    with store.begin() as tx:
        tx.sources.save(SourceState("gazette", move=move))
    store.close()
    note = f"it has moved for good and is read at {new}: declare that address"
    assert f"note: {note}" in watching.run("sources", "list").out
    (entry,) = watching.json("sources", "list")
    assert (entry["url"], entry["read_at"], entry["notices"]) == (old, new, [note])
    assert f"gazette: {note}" in watching.run("doctor", code=None).out


def test_a_council_that_is_none_stops_every_command_with_its_line(watching: Shell) -> None:
    watching.write("sources/mine.toml", DECLARED.format(host=PAPER) + 'council = "knt"\n')
    said = watching.run("sources", "list", code=2).err
    assert 'mine.toml:21: council: no council is called "knt", did you mean "kent"?' in said


DECLARED = """
[[source]]
name = "gazette"
outlet = "Gazette"
kind = "local"
url = "http://{host}/rss"
reader = "feed"
weekly = [1, 10]
verified = "declared by this test"
verified_on = 2026-03-01

[[source]]
name = "bulletin"
outlet = "Bulletin"
kind = "local"
url = "http://127.0.0.1/rss"
reader = "feed"
weekly = [1, 10]
verified = "declared by this test"
verified_on = 2026-03-01
"""
