"""`presswatch subscriptions`: who is told what, with topics of the installation's own."""

from pathlib import Path

import pytest

from tests.presswatch.cuttings import FETE, KENT, add
from tests.presswatch.shell import Shell

FETES = """name = "fetes"
threshold = 1
ahead = "will"
national = "england"
event = []

[[signal]]
rule = "names a fete"
core = true
weight = 1
words = "fetes?"
"""
TO = ("subscriptions", "add", "--to", "one@a.example")
AGREED = ("--agreed", "in this test")


@pytest.fixture
def with_fetes(either: Shell) -> Shell:
    either.write("fetes.toml", FETES)
    configuration = Path(either.folder / "presswatch.toml").read_text("utf-8")
    either.configure(configuration.replace("topics = []", 'topics = ["fetes.toml"]'))
    return either


def test_a_topic_is_asked_of_the_stories(with_fetes: Shell) -> None:
    added = with_fetes.json(*TO, "--topic", "fetes", *AGREED)
    assert (added["name"], added["search"]) == ("fetes", "topic=fetes")
    add(with_fetes, KENT | {"published": "2026-03-03"}, FETE)
    told = with_fetes.json("subscriptions", "test", added["id"], "--days", "366")
    assert {each["headline"]: (each["told"], each["why"]) for each in told} == {
        FETE["title"]: (True, ["on fetes"]),
        KENT["title"]: (False, ["not on fetes"]),
    }


def test_an_unknown_topic_is_told_with_those_that_are_known(with_fetes: Shell) -> None:
    said = with_fetes.run(*TO, "--topic", "fates", *AGREED, code=2)
    assert (
        'topic: there is no "fates" (there are childrens-services, fetes), did you mean "fetes"?' in said.err
    )


def test_nobody_vouches_for_whoever_left(either: Shell) -> None:
    either.run(*TO, *AGREED)
    either.run("subscriptions", "end", "1")
    said = either.run(*TO, *AGREED, code=2)
    assert "one@a.example left on" in said.err
    assert "confirm it when they have written anew" in said.err
    either.run("subscribers", "erase", "one@a.example")
    assert "one@a.example was erased on" in either.run(*TO, *AGREED, code=2).err
    added = either.json(*TO)
    assert added["since"] is None
    either.run("subscriptions", "confirm", added["id"], "--agreed", "a letter of today")
    either.run(*TO, "--name", "another", *AGREED)
