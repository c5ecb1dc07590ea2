"""Letters carry no grade, but fixed words that say as much."""

import pytest

from crawlers import pdfs
from crawlers.outcomes import priority_action, send_outcome
from newsdesk.model import Event
from tests.recorded import RECORDED, needs_recorded

OFSTED = RECORDED / "ofsted"
FAILING = {"suffolk", "bexley", "derbyshire", "lancashire"}  # of the recorded ones, read by eye
POSITIVE = {"rutland", "dorset", "wakefield", "wiltshire"}
PRIORITY = {"medway", "durham", "sefton"}


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("The local area partnership’s arrangements typically lead to positive experiences and outcomes.", 1),
        ("The arrangements lead to inconsistent\nexperiences and outcomes for children.", 2),
        ("There are widespread and/or systemic failings leading to significant concerns.", 3),
        ("The inspectors were made welcome.", None),
    ],
)
def test_the_outcome_of_a_send_inspection_is_one_of_three_sentences(words: str, outcome: int | None) -> None:
    text = f"Area SEND inspection\nInspection outcome\n{words}\n"
    assert send_outcome(Event.SEND_INSPECTION, text) == outcome
    assert send_outcome(Event.JTAI, text) is None


def test_an_outcome_outside_its_place_is_somebody_else_s() -> None:
    assert (
        send_outcome(Event.SEND_INSPECTION, "Elsewhere there are widespread and/or systemic failings.")
        is None
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Findings\nArea for priority action\nThe front door loses children.", True),
        ("Areas for Priority Action:\n• Strategy meetings are late.", True),
        ("Areas for priority action\n\nThere are no areas for priority action", False),
        ("There were no areas for priority action.", False),
        ("Inspectors found areas for priority action here.", False),
    ],
)
def test_areas_for_priority_action_are_a_section_with_something_in_it(text: str, said: bool) -> None:
    assert priority_action(Event.FOCUSED_VISIT, text) is said
    assert priority_action(Event.INSPECTION, text) is None


@needs_recorded
def test_the_recorded_letters_say_what_was_read_by_eye() -> None:
    for path in sorted((OFSTED / "send").glob("*.pdf")):
        text = "\n".join(pdfs.pages_of(path.read_bytes()))
        council = path.stem.split("-", 4)[-1]
        expected = 3 if council in FAILING else 1 if council in POSITIVE else 2
        assert send_outcome(Event.SEND_INSPECTION, text) == expected, path.name
        assert priority_action(Event.SEND_INSPECTION, text) is (council in FAILING), path.name
    for path in sorted((OFSTED / "jtai").glob("*.pdf")):
        text = "\n".join(pdfs.pages_of(path.read_bytes()))
        assert priority_action(Event.JTAI, text) is (path.stem.split("-", 4)[-1] in PRIORITY), path.name
