"""`presswatch sources enable` and `check`: the configuration is edited, and what answers is written down."""

import json
from collections.abc import Iterator
from contextlib import chdir

import pytest
import typer
from typer.testing import CliRunner, Result

from newsdesk.errors import Mistake
from presswatch import checks
from presswatch.cli.catalogue import check, enable
from presswatch.demo.web import LittleWeb
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
