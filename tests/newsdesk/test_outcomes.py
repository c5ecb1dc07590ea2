"""What inspectors concluded where they give no grade."""

import pytest

from newsdesk.kinds import Event, Outcome
from newsdesk.outcomes import read
from newsdesk.passage import Passage

SEND, VISIT = Event.SEND_INSPECTION, Event.FOCUSED_VISIT


@pytest.mark.parametrize(
    ("event", "text", "outcome"),
    [
        (
            SEND,
            "The local area partnership’s arrangements typically lead to positive experiences and outcomes.",
            Outcome.POSITIVE,
        ),
        (SEND, "Arrangements lead to inconsistent experiences and outcomes.", Outcome.INCONSISTENT),
        (SEND, "Children have “inconsistent experiences”, inspectors say.", Outcome.INCONSISTENT),
        (SEND, "There are widespread and/or systemic failings leading to concerns.", Outcome.FAILINGS),
        (SEND, "Inspectors found widespread and systemic failings.", Outcome.FAILINGS),
        (SEND, "They did not find widespread and systemic failings.", None),
        (SEND, "The previous inspection told of widespread and systemic failings.", None),
        (SEND, "The area was told in October 2023 of widespread and systemic failings.", None),
        (
            SEND,
            "In 2021 inspectors found widespread and systemic failings. Now experiences are mixed: children "
            "have inconsistent experiences.",
            Outcome.INCONSISTENT,
        ),
        (SEND, "Inconsistent experiences for some, widespread and systemic failings for others.", None),
        (SEND, "Inspectors came in June.", None),
        (Event.SEND_MONITORING, "There were widespread and systemic failings.", None),
        (Event.INSPECTION, "There were inconsistent experiences of social workers.", None),
        (
            VISIT,
            "Inspectors identified an area for priority action: oversight of risk.",
            Outcome.PRIORITY_ACTION,
        ),
        (VISIT, "They found two areas for priority action.", Outcome.PRIORITY_ACTION),
        (Event.JTAI, "The following areas for priority action were identified.", Outcome.PRIORITY_ACTION),
        (VISIT, "There were no areas for priority action.", None),
        (VISIT, "Inspectors did not identify any areas for priority action.", None),
        (VISIT, "They did not find an area for priority action.", None),
        (VISIT, "At the last inspection an area for priority action was found.", None),
    ],
)
def test_an_outcome_is_what_this_event_came_to(event: Event, text: str, outcome: Outcome | None) -> None:
    assert read(Passage("A title", text), event) is outcome
