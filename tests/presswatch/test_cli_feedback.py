"""`stories show|merge|split`, `relevant`, `irrelevant`, `feedback export`, `replay`: an operator at work."""

import tomllib

import pytest

from tests.presswatch.cuttings import FETE, KENT, LEEDS, add
from tests.presswatch.shell import Shell


@pytest.fixture
def told(shell: Shell) -> Shell:
    add(shell, KENT, LEEDS, FETE)
    return shell


def test_stories_are_merged_and_split_and_each_report_says_why_it_is_there(told: Shell) -> None:
    (merged,) = told.json("stories", "merge", 1, 2, "--why", "one plan")
    assert [each["url"] for each in merged["articles"]] == [KENT["url"], LEEDS["url"]]
    assert "it was merged into story 1" in told.run("stories", "show", 2, code=2).err
    said = told.run("stories", "split", 1, LEEDS["url"], "--why", "no, two").out
    assert "3. Leeds City Council's children's services to have a new director" in said
    shown = told.json("stories", "show", 3)
    assert shown["articles"][0]["why"].endswith("took it out of story 1: no, two")
    assert [(each["kind"], each["story"], each["former"]) for each in shown["evidence"]] == [
        ("together", 1, [2]),
        ("apart", 3, [1]),
    ]
    assert "took story 3 out of story 1: no, two" in told.run("stories", "show", 1).out
    assert [each["kind"] for each in told.json("explain", LEEDS["url"])["evidence"]] == ["together", "apart"]
    assert told.json("explain", LEEDS["url"])["stories"] == [{"story": 3, "why": shown["articles"][0]["why"]}]


def test_what_was_labelled_is_written_as_items(told: Shell) -> None:
    assert "is irrelevant from now on" in told.run("irrelevant", KENT["url"], "--why", "an old report").out
    assert "in story" in told.run("relevant", FETE["url"]).out
    assert "story         none" in told.run("explain", KENT["url"]).out
    told.run("feedback", "export", "said.toml")
    items = tomllib.loads((told.folder / "said.toml").read_text())["item"]
    assert {each["name"]: each["expect"]["relevant"] for each in items} == {
        KENT["url"]: False,
        FETE["url"]: True,
    }
    assert items[0]["text"] == KENT["text"]
    assert "was never read" in told.run("relevant", "https://a.example/1", code=2).err


def test_a_replay_of_unchanged_rules_changes_nothing_whatever_was_said(told: Shell) -> None:
    told.run("relevant", FETE["url"])
    told.run("stories", "merge", 1, 2)
    before = told.json("stories")
    shown = told.json("replay", "--since", "2026-03-01", "--save")
    assert (shown["read"], shown["articles"], shown["stories"], shown["saved"]) == (3, [], [], True)
    assert told.json("stories") == before
    assert "Nothing was saved" in told.run("replay", "--since", "2026-03-01").out
    assert "is no date" in told.run("replay", "--since", "lately", code=2).err
