"""`presswatch explain`: every step and reason for one address."""

import pytest

from newsdesk.model import Lead, Problem
from presswatch.clock import now
from storage import Store
from tests.presswatch.cuttings import FETE, KENT, LEEDS, add
from tests.presswatch.shell import Shell

KEYS = {
    "url",
    "canonical",
    "leads",
    "article",
    "relevant",
    "score",
    "threshold",
    "reasons",
    "scope",
    "event",
    "event_sentence",
    "councils",
    "judgements",
    "visit",
    "lead_inspector",
    "outcome",
    "coming",
    "topics",
    "duplicate_of",
    "identity",
    "revisions",
    "story",
    "story_why",
    "stories",
    "evidence",
}


def test_a_relevant_article_is_explained_to_the_last_sentence(either: Shell) -> None:
    add(either, KENT)
    told = either.json("explain", KENT["url"])
    assert set(told) == KEYS
    assert (told["relevant"], told["event"], told["story"]) == (True, "inspection", 1)
    assert told["score"] == pytest.approx(sum(each["weight"] for each in told["reasons"]))
    assert told["score"] >= told["threshold"]
    assert all(each["line"] for each in told["reasons"])
    assert told["councils"][0]["sentence"]
    assert told["judgements"][0]["grade"] == "outstanding"
    assert told["story_why"]
    assert told["article"]["winners"]["published"] == "given"


def test_people_see_the_same_in_lines(shell: Shell) -> None:
    add(shell, KENT)
    said = shell.run("explain", KENT["url"]).out
    for each in (
        KENT["title"],
        "relevant      yes",
        "subject       kent",
        "NEW judgement kent",
        "story         1",
    ):
        assert each in said


def test_an_article_that_was_left_out_says_why(shell: Shell) -> None:
    add(shell, FETE)
    told = shell.json("explain", FETE["url"])
    assert (told["relevant"], told["story"]) == (False, None)
    assert "relevant      no" in shell.run("explain", FETE["url"]).out


def test_a_copy_names_its_original(shell: Shell) -> None:
    long = f"{KENT['text']}\n\n{LEEDS['text']}\n\n{FETE['text']}"
    add(
        shell,
        KENT | {"text": long},
        KENT | {"text": long, "url": "https://www.other.com/1", "outlet": "Other"},
    )
    assert shell.json("explain", "https://www.other.com/1")["duplicate_of"] == KENT["url"]


def test_an_edit_is_shown_with_what_went_and_what_came(shell: Shell) -> None:
    add(shell, KENT)
    add(shell, KENT, text=KENT["text"].replace("outstanding", "good"))
    (revision,) = shell.json("explain", KENT["url"])["revisions"]
    assert revision["matters"]
    assert "- Ofsted has judged" in revision["diff"]
    assert "edited" in shell.run("explain", KENT["url"]).out


def test_an_address_is_known_by_its_other_spellings(shell: Shell) -> None:
    add(shell, KENT)
    other = f"{KENT['url'].replace('https', 'HTTPS')}?utm_source=feed#top"
    assert shell.json("explain", other)["story"] == 1


def test_a_lead_that_waits_says_why_and_until_when(either: Shell) -> None:
    store = Store(either.environment["PRESSWATCH_DATABASE"])
    lead, at = Lead("https://www.example.com/waiting", "Waiting"), now()
    with store.begin() as tx:
        tx.leads.take("leeds-news", [lead], now=at)
        tx.leads.postpone(
            "leeds-news", lead, problem=Problem("refused", "HTTP 503", "retry"), until=at, now=at
        )
    store.close()
    told = either.json("explain", lead.url)
    assert set(told) == KEYS
    assert told["article"] is None
    assert [(each["source"], each["state"], each["problem"]) for each in told["leads"]] == [
        ("leeds-news", "pending", "HTTP 503")
    ]
    said = either.run("explain", lead.url).out
    assert "HTTP 503" in said
    assert "none was read from it" in said


def test_an_address_that_was_never_seen_is_exit_code_one(shell: Shell) -> None:
    said = shell.run("explain", "https://www.example.com/unknown", "--json", code=1)
    assert "was never seen" in said.err
    assert said.out == ""


@pytest.mark.parametrize("url", ["nonsense", "ftp://example.com/1", "https://", "\x1b[31m"])
def test_what_is_no_address_is_exit_code_two(shell: Shell, url: str) -> None:
    said = shell.run("explain", url, code=2)
    assert "is no http or https address" in said.err
    assert "\x1b" not in said.err
