"""Phrases: what they match, and that looking for their anchors first loses nothing."""

import re

import pytest
from hypothesis import given, strategies as st

from newsdesk.passage import Passage
from newsdesk.phrases import Lookout, Phrases, anchors, expression, folded, listed


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("social workers?", "The Social Worker said"),
        ("social workers?", "two social workers"),
        ("children's services", "Children’s services"),
        ("(first|second) visit", "its second visit"),
        ("rated … inadequate", "rated by Ofsted as inadequate"),
        ("rated … inadequate", "rated ‘inadequate’"),
        (r"fundrais\w*", "a fundraiser"),
        ("spent … £[0-9]+", "spent almost £40"),
        ("pre-?school", "a preschool"),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str) -> None:
    assert folded(text) in Phrases([phrase])


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("school", "preschools"),  # whole words only
        ("rated … good", "rated\ngood"),  # never over the end of a line
        ("rated … good", "rated " + "very " * 20 + "good"),  # a gap has an end
        ("(first|second) visit", "its third visit"),
        ("send", "they sent word"),
    ],
)
def test_a_phrase_is_not_found(phrase: str, text: str) -> None:
    assert folded(text) not in Phrases([phrase])


def test_the_leftmost_match_of_several_phrases_is_the_first() -> None:
    match = Phrases(["visit", "letter"]).search("a letter about a visit")
    assert match is not None
    assert match[0] == "letter"


def test_every_line_with_a_match_is_found_once() -> None:
    assert Phrases(["visit", "ofsted"]).lines("ofsted\nnothing\na visit") == [0, 17]


@pytest.mark.parametrize(
    ("phrase", "runs"),
    [
        ("social workers?", [("social worker",)]),
        ("(lifts?|lifted) the notice", [(" the notice",), ("lift", "lifted")]),
        ("(the )?notice", [("notice",)]),
        (r"resign\w* … (director|head)", [("resign",), ("director", "head")]),
        ("a|b", []),
    ],
)
def test_anchors_are_the_letters_that_must_be_there(phrase: str, runs: list[tuple[str, ...]]) -> None:
    assert anchors(phrase) == runs


@pytest.mark.parametrize("phrase", [r"\d+", "(", "a?"])
def test_a_phrase_that_cannot_be_looked_for_is_refused_and_named(phrase: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(phrase))):
        Phrases([phrase])


def test_a_list_is_parted_by_semicolons_and_line_ends() -> None:
    assert listed("one; two words\n  three ;") == ["one", "two words", "three"]


WORDS = st.lists(
    st.sampled_from("rated good ofsted visit the letter … was; \n children's services monitoring".split(" ")),
    max_size=40,
).map(" ".join)
WATCHED = (
    "rated … good",
    "(monitoring|focused) visits?",
    "children'?s'? services",
    r"letter( was)?",
    "ofsted … (was|the)",
)


@given(WORDS)
def test_anchors_lose_no_match(text: str) -> None:
    for phrase in WATCHED:
        plain = [re.search(expression(phrase), line) is not None for line in text.split("\n")]
        assert len(Phrases([phrase]).lines(text)) == sum(plain)


@given(WORDS)
def test_a_lookout_changes_nothing(text: str) -> None:
    watched = [Phrases([each]) for each in WATCHED]
    with_it, without = Passage("title", text, Lookout(watched)), Passage("title", text)
    for phrases in watched:
        assert [line.index for line in with_it.matches(phrases)] == [
            line.index for line in without.matches(phrases)
        ]
        assert (with_it.search(phrases) is None) == (without.search(phrases) is None)


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(folded(text)) == len(text)
