"""A topic is data: it is read whole, or the mistake is named."""

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from newsdesk.errors import Mistake
from newsdesk.model import Event
from newsdesk.phrases import Phrases, expression, folded, listed
from newsdesk.topic import Topic
from tests.newsdesk.desks import topic
from tests.newsdesk.test_cases import ALL

SIGNAL = {"rule": "names a duck", "weight": 2, "words": "ducks?", "core": True}
EVENT = {"kind": "court", "sign": [{"weight": 3, "words": "judge"}]}
TABLE: dict[str, Any] = {
    "name": "ducks",
    "threshold": 3,
    "ahead": "will",
    "national": "england",
    "signal": [SIGNAL],
    "event": [EVENT],
}


def test_a_table_becomes_a_topic() -> None:
    ducks = Topic.of(TABLE, "ducks.toml")
    assert (ducks.name, ducks.threshold) == ("ducks", 3.0)
    assert [(each.rule, each.core, each.where) for each in ducks.signals] == [
        ("names a duck", True, "anywhere")
    ]
    assert [each.kind for each in ducks.events] == [Event.COURT]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"threshold": None}, "threshold is missing"),
        ({"signal": [{**SIGNAL, "words": "("}]}, "signal 'names a duck'"),
        ({"signal": [{**SIGNAL, "unless": ["names a swan"]}]}, "names no signal: 'names a swan'"),
        ({"signal": [{"rule": "no weight", "words": "duck"}]}, "weight is missing"),
        ({"event": [{**EVENT, "kind": "quack"}]}, "event 'quack' is not one of"),
        ({"signal": [{**SIGNAL, "words": "BIRDS"}]}, "no part is called BIRDS"),
        ({"ahead": r"\d"}, "ahead"),
    ],
)
def test_a_mistake_is_named_with_file_and_entry(change: dict[str, Any], said: str) -> None:
    table = {key: value for key, value in {**TABLE, **change}.items() if value is not None}
    with pytest.raises(Mistake) as mistake:
        Topic.of(table, "ducks.toml")
    assert "ducks.toml" in mistake.value.reason
    assert said in mistake.value.reason


def test_a_part_stands_for_any_one_of_its_words() -> None:
    table = {**TABLE, "parts": {"BIRDS": "ducks?; swans?"}, "ahead": "two BIRDS"}
    ahead = Topic.of(table, "ducks.toml").ahead
    assert "two ducks" in ahead
    assert "two swans" in ahead
    assert "two birds" not in ahead


def test_the_packaged_topic_knows_every_kind_of_event() -> None:
    assert {each.kind for each in topic().events} == set(Event)


def test_the_packaged_rules_have_names_of_their_own() -> None:
    rules = [each.rule for each in topic().signals]
    assert len(rules) == len(set(rules))


def test_looking_for_anchors_first_loses_no_packaged_phrase() -> None:
    """Over the invented items each phrase is found in the very lines in which its expression is."""
    text = "\n".join(folded(" ".join(each.article.text.split())) for each in ALL)
    lines = text.split("\n")
    table = tomllib.loads((files("newsdesk") / "data" / "childrens-services.toml").read_text("utf-8"))
    parts = {name: f"({'|'.join(listed(words))})" for name, words in table["parts"].items()}
    groups = [table["ahead"], table["national"], *(each["words"] for each in table["signal"])]
    groups += [sign["words"] for event in table["event"] for sign in event["sign"]]
    whole = re.sub(r"\b[A-Z][A-Z_]+\b", lambda name: parts[name[0]], "\n".join(groups))
    for phrase in listed(whole):
        pattern = re.compile(expression(phrase))
        at = Phrases([phrase]).lines(text)
        assert len(set(at)) >= (plain := sum(1 for line in lines if pattern.search(line))), phrase
        assert bool(at) == bool(plain), phrase


TEXT = """name = "ducks"
threshold = 3
ahead = "will"
national = "england"

[[signal]]
rule = "names a duck"
weight = 2
words = "ducks?"
core = true

[[signal]]
rule = "names a swan"
weight = 1
words = "swans?"

[[event]]
kind = "court"
[[event.sign]]
weight = 3
words = "judge"
"""


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("weight = 1", 'weight = "one"', "ducks.toml:14: 'names a swan': weight is no number: 'one'"),
        (
            'words = "swans?"',
            'word = "swans?"',
            "ducks.toml:15: 'names a swan': word is no key that is known, did you mean",
        ),
        (
            "core = true",
            "cor = true",
            "ducks.toml:10: 'names a duck': cor is no key that is known, did you mean",
        ),
        (
            "core = true",
            'where = "below"',
            "ducks.toml:10: 'names a duck': where is 'below', not one of anywhere",
        ),
        ("core = true", 'needs = ["a pond"]', "ducks.toml:10: signal 'names a duck': needs names no signal"),
        ("threshold = 3", "threshold =", "ducks.toml: Invalid value (at line 2"),
        ("[[signal]]", "[[signal", "ducks.toml: "),
    ],
)
def test_a_mistake_in_a_file_is_named_with_file_line_and_key(right: str, wrong: str, said: str) -> None:
    with pytest.raises(Mistake) as mistake:
        Topic.read(TEXT.replace(right, wrong, 1), "ducks.toml")
    assert mistake.value.reason.startswith(said)
