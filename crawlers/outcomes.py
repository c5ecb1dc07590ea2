"""What letters say in fixed words instead of a grade: the outcome for SEND, and areas for priority action."""

import re

from newsdesk.model import Event
from newsdesk.text import clean_line

# The three outcomes of an area SEND inspection since January 2023, best first, in the words of the framework.
_OUTCOMES = (
    r"typically lead to positive experiences and outcomes",
    r"lead to inconsistent experiences and outcomes",
    r"widespread and/?\s?or systemic failings",
)
_OUTCOME = re.compile("|".join(f"({each})" for each in _OUTCOMES), re.IGNORECASE)
_SUMMARY = 600  # characters after "Inspection outcome"
_PRIORITY = re.compile(r"^areas? for priority action\s*:?\s*$", re.IGNORECASE | re.MULTILINE)
_NONE = re.compile(r"[\W\d]*(?:there (?:are|were) no|none)\b", re.IGNORECASE)
_LETTERS = frozenset(
    (
        Event.JTAI,
        Event.FOCUSED_VISIT,
        Event.MONITORING_VISIT,
        Event.SEND_INSPECTION,
        Event.SEND_MONITORING,
    )
)


def send_outcome(kind: Event, text: str) -> int | None:
    """1 (typically positive), 2 (inconsistent) or 3 (systemic failings) for an area SEND inspection."""
    if kind is not Event.SEND_INSPECTION:
        return None
    _, heading, rest = clean_line(text).partition("Inspection outcome")
    said = _OUTCOME.search(rest[:_SUMMARY]) if heading else None
    return said.lastindex if said else None


def priority_action(kind: Event, text: str) -> bool | None:
    """Whether a letter has a section of areas for priority action with something in it; None for a report."""
    if kind not in _LETTERS:
        return None
    return any(not _NONE.match(text, heading.end()) for heading in _PRIORITY.finditer(text))
