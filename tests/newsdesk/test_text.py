"""Text at the door: what it loses, what it keeps, where it is cut, and how it is known again."""

import os
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, strategies as st

from newsdesk.text import SHINGLE, SKETCH, clean_line, clean_text, fingerprint, sentences, sketch, words
from tests.recorded import RECORDED, needs_recorded

BIDI_AND_UNSEEN = "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\xad\U000e0041"
NONCHARACTERS = "\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"

# Any text that can reach the door, lone surrogates and all, rich in awkward characters.
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Zs"]),
        st.sampled_from("aE.!? \n\r\t\x85\u2028\u2029'’“”•" + BIDI_AND_UNSEEN + NONCHARACTERS),
    )
)


def is_fit(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and not any(
        (unicodedata.category(character) in ("Cc", "Cs") and character != "\n")
        or character in BIDI_AND_UNSEEN
        or 0xFDD0 <= ord(character) <= 0xFDEF
        or ord(character) & 0xFFFE == 0xFFFE
        for character in text
    )


@given(ANY_TEXT)
def test_nothing_unfit_passes_the_door(s: str) -> None:
    assert is_fit(clean_text(s))
    assert is_fit(clean_line(s))
    assert "\n" not in clean_line(s)
    clean_text(s).encode("utf-8")


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(s: str) -> None:
    assert clean_line(clean_line(s)) == clean_line(s)
    assert clean_text(clean_text(s)) == clean_text(s)
    assert clean_line(clean_text(s)) == clean_line(s)


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1))
def test_visible_text_loses_nothing_but_its_spelling_in_code_points(s: str) -> None:
    assert clean_line(s) == unicodedata.normalize("NFC", s)


@pytest.mark.parametrize(
    ("dirty", "line"),
    [
        ("  Ofsted \t finds\n‘progress’ ", "Ofsted finds ‘progress’"),
        ("Bury\x00 council\x0b warned", "Bury council warned"),
        ("a\ud800b", "ab"),
        ("evil \u202egpj.exe\u202c", "evil gpj.exe"),
        ("cafe\u0301", "café"),
        ("Children\xa0\xa0first", "Children first"),
        ("A&amp;B", "A&amp;B"),
        ("one\x1ctwo\u2028three", "one two three"),
        ("soft\xadhyphen", "softhyphen"),
        ("thumbs 👍 up", "thumbs 👍 up"),
        ("\u200b", ""),
    ],
)
def test_a_line_is_cleaned(dirty: str, line: str) -> None:
    assert clean_line(dirty) == line


def test_paragraphs_and_line_breaks_survive_but_not_a_heap_of_empty_lines() -> None:
    assert clean_text("\r\n one \r\ntwo\r\n \r\n\r\n\r\nthree\u2029four\n\n") == "one\ntwo\n\nthree\nfour"


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Smith met Cllr. A. Jones in St. Albans.", "Dr. Patel did not come."],
        ["J. B. Shaw wrote 3.5 books, e.g. Leeds ones.", "Nobody read them."],
        ["The rate fell to 2.4 per cent.", "It was 3.1 before."],
        ["“We failed.", "We must do better.”", "He left."],
        ["“What next?” asked the leader.", "“Nothing.”", "She sat down."],
        ["He said it was “good”.", "Inspectors disagreed."],
        ["The visit ended at 3 p.m. Thursday.", "The letter came at 5 p.m.", "Councillors read it."],
        ["Inspectors came in Oct. 2023 and left.", "They will be back in Sept.", "Ofsted wrote."],
        ["No. 10 said no.", "Then it said yes!", "Why?"],
        ["See para. 12 and p. 4.", "15 children had left care."],
        ["It was in the U.K. Government's gift.", "Plan B. was no plan."],
        ["The council lost plan B.", "The end."],
        ["Trading as Care Ltd. Homes was wrong.", "It is Care Ltd.", "The owners agreed."],
        ["1. The council must act.", "2. It must report."],
        ["It has improved… slowly.", "Very slowly…", "But it has."],
        ["The fault is the council's.", "Northby said so.", "‘J. Shaw wrote it.’", "12 read it."],
        ["It rose to 2.4.", "Northby was worse.", "See northby.gov.uk.", "Westby was not."],
        ["Visit GOV.UK or www.gov.uk/ofsted for more.", "(It is free.)", "Ask."],
        ["Costs rose.", "£3.5 million was spent."],
        ["It was rated “inadequate.”", "“Requires improvement” came later."],
    ],
)
def test_news_english_is_cut_where_its_sentences_end(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_line_breaks_and_bullets_end_sentences() -> None:
    text = (
        "Among the positives:\n• Practice is improving\n• Staff like it. They stay\r\n\n- A dash • and a dot"
    )
    assert sentences(text) == [
        "Among the positives:",
        "• Practice is improving",
        "• Staff like it.",
        "They stay",
        "- A dash",
        "• and a dot",
    ]


def test_a_space_lost_between_two_sentences_is_noticed() -> None:
    assert sentences("They failed in children's services.The council said so.") == [
        "They failed in children's services.",
        "The council said so.",
    ]


@given(ANY_TEXT)
def test_sentences_hold_every_word_of_the_text_in_order(s: str) -> None:
    found = sentences(s)
    assert "".join("".join(found).split()) == "".join(s.split())
    assert all(each == " ".join(each.split()) and each for each in found)


@needs_recorded
def test_quoted_statements_of_a_real_report_stay_with_their_speakers() -> None:
    report = next(RECORDED.glob("seeds/000_*.txt")).read_text("utf-8")
    found = sentences(clean_text(report))
    visit = [each for each in found if "end of June" in each]
    assert len(visit) == 1
    assert visit[0].startswith("The inspectors’ latest visit")
    assert visit[0].endswith("protection plan.")
    assert not any("August 2" in each and "Among the positives" in each for each in found)


# ---------------------------------------------------------------- words, and knowing a text again


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Children’s Services", ["children's", "services"]),
        ("children's SERVICES", ["children's", "services"]),
        ("‘Good’ at last", ["good", "at", "last"]),
        ("3,000 of 4.5m, in 2023.", ["3,000", "of", "4.5m", "in", "2023"]),
        ("well-being_plan", ["well", "being", "plan"]),
        ("Bwrdd Iechyd Môn", ["bwrdd", "iechyd", "môn"]),
        ("…—!", []),
    ],
)
def test_words_are_lower_case_tokens(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens


def test_punctuation_case_and_line_breaks_do_not_change_the_fingerprint() -> None:
    assert fingerprint("Ofsted finds ‘drift’.\nAgain") == fingerprint("ofsted finds 'Drift' again!")
    assert fingerprint("Ofsted finds drift") != fingerprint("Ofsted finds no drift")


@given(ANY_TEXT)
def test_hashes_fit_a_signed_64_bit_column(s: str) -> None:
    assert all(-(2**63) <= each < 2**63 for each in [*sketch(s), fingerprint(s)])


LONG_TEXT = st.lists(st.integers(0, 10_000), min_size=SHINGLE, max_size=400).map(
    lambda numbers: " ".join(f"w{number}" for number in numbers)
)


@given(LONG_TEXT)
def test_a_sketch_is_all_shingles_of_a_short_text_and_64_of_a_long_one(text: str) -> None:
    tokens = words(text)
    shingles = {tuple(tokens[i : i + SHINGLE]) for i in range(len(tokens) - SHINGLE + 1)}
    assert len(sketch(text)) == min(len(shingles), SKETCH)


@given(LONG_TEXT, LONG_TEXT)
def test_the_sketch_of_two_texts_together_samples_both(a: str, b: str) -> None:
    both = sketch(f"{a} {b}")
    ceiling = max(both)
    assert {each for each in sketch(a) | sketch(b) if each <= ceiling} <= both


def test_short_texts_have_a_sketch_and_empty_ones_none() -> None:
    assert len(sketch("Ofsted finds drift")) == 1
    assert sketch("Ofsted finds drift") != sketch("Ofsted finds delay")
    assert sketch("  …") == frozenset()


def test_hashes_are_the_same_in_another_process() -> None:
    text = "Inspectors said that the council had not made enough progress in the care of its children."
    code = f"from newsdesk.text import *; print(sorted(sketch({text!r})), fingerprint({text!r}))"
    other = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == f"{sorted(sketch(text))} {fingerprint(text)}"
