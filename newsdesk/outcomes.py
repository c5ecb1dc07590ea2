"""What inspectors concluded where they give no grade: SEND's three outcomes, and areas for priority action.

Area SEND inspections of Ofsted and CQC end in one of three sentences (framework of 2023, revised 2025), and
the press quotes their telling words. A focused visit gives no grade either; what it may find is an area for
priority action. A sentence that looks back at an earlier inspection tells neither.
"""

import re

from newsdesk.kinds import Event, Outcome
from newsdesk.passage import Passage

_SEND = (
    (
        Outcome.FAILINGS,
        re.compile(r"\bwidespread (?:and|or|and/or|,) (?:systemic|systematic)\b|\bsystemic failings\b"),
    ),
    (Outcome.INCONSISTENT, re.compile(r"\binconsistent experiences\b")),
    (Outcome.POSITIVE, re.compile(r"\btypically (?:lead to |have |had )?(?:positive|good) experiences\b")),
)
_PRIORITY = re.compile(r"\b(?:an?|one|two|three|four|following|these) areas? for priority action\b")
_DENIED = re.compile(r"\b(?:no|not|never|nor|neither|without|any)\b[^.;]{0,60}$")
_EARLIER = re.compile(
    r"\b(?:previous|earlier|last|first) (?:area |local area |full |send )*inspection\b|\bat the time\b"
    r"|\b(?:was|were|been) (?:told|found|judged|identified)\b[^.;]{0,40}"
    r"\b(?:in|since) (?:[a-z]+ )?(?:19|20)\d\d\b"
    r"|\b(?:in|since) (?:[a-z]+ )?(?:19|20)\d\d\b[^.;]{0,60}\b(?:found|identified|were|had)\b"
)


def read(passage: Passage, event: Event) -> Outcome | None:
    """What this event came to; None where nobody says, or where two outcomes are told."""
    match event:
        case Event.SEND_INSPECTION:
            found = {outcome for outcome, words in _SEND if _told(passage, words)}
            return found.pop() if len(found) == 1 else None
        case Event.FOCUSED_VISIT | Event.JTAI:
            return Outcome.PRIORITY_ACTION if _told(passage, _PRIORITY) else None
    return None


def _told(passage: Passage, words: re.Pattern[str]) -> bool:
    return any(
        not _DENIED.search(line.low[: match.start()]) and not _EARLIER.search(line.low)
        for line in passage.lines
        for match in words.finditer(line.low)
    )
