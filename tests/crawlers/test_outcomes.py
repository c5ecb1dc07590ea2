"""Letters carry no grade, but fixed words that say as much; the recorded ones are in test_documents."""

import pytest

from crawlers.outcomes import priority_action, send_outcome
from newsdesk.model import Event


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
