"""A passage: which sentences are title, lead and body."""

from newsdesk.passage import Passage
from newsdesk.phrases import Phrases

STORY = """Joe Reporter
3 August 2023
The council has been told to improve by inspectors.
Its leader said that children would be safe.
A new director will start in the autumn of this year.
The budget for next year is larger than the last one."""


def test_the_lead_is_three_sentences_and_scraps_do_not_count() -> None:
    passage = Passage("A title", STORY)
    assert [line.place for line in passage.lines] == ["title", "lead", "lead", "lead", "lead", "lead", "body"]


def test_the_top_is_title_and_lead_folded() -> None:
    passage = Passage("A Title", STORY)
    assert passage.top.startswith("a title\njoe reporter")
    assert "budget" not in passage.top


def test_the_title_is_searched_before_the_text() -> None:
    passage = Passage("Director leaves", STORY)
    line = passage.search(Phrases(["director"]))
    assert line is not None
    assert (line.index, line.place) == (0, "title")


def test_every_matching_sentence_comes_in_order() -> None:
    passage = Passage("Council news", STORY)
    assert [line.index for line in passage.matches(Phrases(["council", "budget"]))] == [0, 3, 6]


def test_a_place_in_the_whole_leads_to_its_sentence() -> None:
    passage = Passage("A title", STORY)
    for line in passage.lines:
        assert passage.line_at(line.start) is line
        assert passage.text[line.start :].startswith(line.text)


def test_an_empty_text_has_a_title_alone() -> None:
    assert [line.text for line in Passage("Only this", "").lines] == ["Only this"]
