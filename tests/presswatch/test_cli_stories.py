"""`presswatch stories`: by the days on which the articles were published, for people and for scripts."""

import pytest

from tests.presswatch.cuttings import FETE, KENT, LEEDS, add
from tests.presswatch.shell import Shell

STORY = {
    "id",
    "headline",
    "event",
    "scope",
    "councils",
    "judgements",
    "visit",
    "outcome",
    "coming",
    "topics",
    "first_seen",
    "last_seen",
    "articles",
}


@pytest.fixture
def told(either: Shell) -> Shell:
    add(either, KENT, LEEDS, FETE)
    return either


def headlines(shell: Shell, *arguments: str) -> list[str]:
    return [each["headline"] for each in shell.json("stories", *arguments)]


def test_a_script_gets_every_fact_of_a_story(told: Shell) -> None:
    stories = told.json("stories")
    assert [set(each) for each in stories] == [STORY, STORY]
    kent = stories[1]
    assert kent["councils"] == [{"slug": "kent", "role": "subject"}]
    assert {"council": "kent", "area": "overall", "grade": "outstanding", "current": True}.items() <= kent[
        "judgements"
    ][0].items()
    assert kent["articles"] == [
        {
            "url": KENT["url"],
            "outlet": "Kent Online",
            "kind": kent["articles"][0]["kind"],
            "title": KENT["title"],
            "published": "2026-03-03T00:00:00+00:00",
            "duplicate": False,
        }
    ]
    assert kent["first_seen"] == kent["last_seen"] == "2026-03-03T00:00:00+00:00"


def test_people_get_the_newest_first_with_every_report(told: Shell) -> None:
    said = told.run("stories").out
    assert said.index(LEEDS["title"]) < said.index(KENT["title"])
    assert f"03 Mar 2026  Kent Online: {KENT['title']}" in said
    assert "[NEW] Kent, overall: outstanding" in said
    assert said.endswith("2 stories.\n")
    assert "fete" not in said


def test_since_counts_by_the_day_an_article_was_published_in_london(told: Shell) -> None:
    assert headlines(told, "--since", "2026-03-11") == []
    assert headlines(told, "--since", "2026-03-10") == [LEEDS["title"]]
    assert headlines(told, "--since", "2026-03-03") == [LEEDS["title"], KENT["title"]]
    summer = KENT | {"url": "https://www.kentonline.co.uk/9", "published": "2026-07-01"}
    add(told, summer, title="Kent County Council's children's services win award for social workers")
    assert len(headlines(told, "--since", "2026-07-01")) == 1


def test_council_takes_those_in_any_role(told: Shell) -> None:
    assert headlines(told, "--council", "kent") == [KENT["title"]]
    assert headlines(told, "--council", "leeds", "--since", "2026-03-11") == []
    assert headlines(told, "--limit", "1") == [LEEDS["title"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--council", "leds"), '--council: no council is called "leds", did you mean "leeds"?'),
        (("--council", "Leeds"), '--council: no council is called "Leeds", did you mean "leeds"?'),
        (("--since", "yesterday"), '--since: "yesterday" is no date: write it as 2026-03-31'),
        (("--since", "2026-02-30"), '--since: "2026-02-30" is no date'),
        (("--limit", "0"), "greater than or equal to 1"),
    ],
)
def test_a_mistake_is_told_with_what_was_meant(shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    assert said in shell.run("stories", *arguments, code=2).err


def test_without_stories_a_script_gets_an_empty_list(shell: Shell) -> None:
    assert shell.json("stories") == []
    assert shell.run("stories").out == "0 stories.\n"


def test_a_hostile_headline_is_only_text(shell: Shell) -> None:
    title = "[/red]Kent[bold] children's services \x1b[31m\x1b]0;owned\x07 :boom: judged good \x9b1m\u202e"
    add(shell, KENT, title=title)
    said = shell.run("stories").out
    assert "[/red]Kent[bold] children's services" in said
    assert ":boom:" in said
    assert not set(said) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "\x1b" not in shell.run("stories", "--json").out
