"""Plain English for the nouns: what happened, which grade, when."""

from collections.abc import Sequence
from datetime import date, datetime

from newsdesk.dates import english_date
from newsdesk.model import Area, Event, Grade, IsoDay, Outcome, Visit

LINE = 200  # characters: two lines of the digest, for a headline or a quotation
NAME = 80  # characters, for an outlet or a subscription

EVENT = {
    Event.INSPECTION: "Full inspection",
    Event.MONITORING_VISIT: "Monitoring visit",
    Event.FOCUSED_VISIT: "Focused visit",
    Event.JTAI: "Joint targeted area inspection",
    Event.SEND_INSPECTION: "SEND inspection",
    Event.SEND_MONITORING: "SEND monitoring inspection",
    Event.IMPROVEMENT_NOTICE: "Improvement notice",
    Event.DIRECTION: "Statutory direction",
    Event.COMMISSIONER_APPOINTED: "Commissioner appointed",
    Event.TRUST: "Children’s services trust",
    Event.INTERVENTION_ENDED: "End of intervention",
    Event.PARTNERSHIP: "Improvement partnership",
    Event.LEADERSHIP: "Change of leadership",
    Event.SAFEGUARDING_REVIEW: "Safeguarding review",
    Event.FUNDING: "Funding",
    Event.COURT: "Court case",
    Event.STRIKE: "Strike",
    Event.POLICY: "National policy",
    Event.OTHER: "Other news",
}

IN_A_SUBJECT = {
    Event.INSPECTION: "inspection",
    Event.MONITORING_VISIT: "monitoring visit letter",
    Event.FOCUSED_VISIT: "focused visit letter",
    Event.SEND_INSPECTION: "SEND inspection",
    Event.SEND_MONITORING: "SEND monitoring inspection",
    Event.POLICY: "policy",
    Event.OTHER: "news",
}

AREA = {
    Area.OVERALL: "Overall",
    Area.LEADERS: "Leaders",
    Area.HELP_AND_PROTECTION: "Help and protection",
    Area.IN_CARE: "Children in care",
    Area.IN_CARE_AND_CARE_LEAVERS: "Children in care and care leavers",
    Area.CARE_LEAVERS: "Care leavers",
    Area.ADOPTION: "Adoption",
    Area.LSCB: "Safeguarding children board",
}

GRADE = {
    Grade.OUTSTANDING: "Outstanding",
    Grade.GOOD: "Good",
    Grade.REQUIRES_IMPROVEMENT: "Requires improvement",
    Grade.ADEQUATE: "Adequate",
    Grade.INADEQUATE: "Inadequate",
}

# What SEND's framework says in fixed sentences, shortened; and what a visit may find.
OUTCOME = {
    Outcome.POSITIVE: "typically positive experiences and outcomes, the best of three; there are no grades",
    Outcome.INCONSISTENT: "inconsistent experiences and outcomes, the second of three; there are no grades",
    Outcome.FAILINGS: "widespread and/or systemic failings, the lowest of three; there are no grades",
    Outcome.PRIORITY_ACTION: "an area for priority action; there are no grades",
}
FOUND = {
    Outcome.POSITIVE: "typically positive experiences",
    Outcome.INCONSISTENT: "inconsistent experiences",
    Outcome.FAILINGS: "systemic failings",
    Outcome.PRIORITY_ACTION: "an area for priority action",
}

# The grade once more, for the eye: four steps, and how many of them were reached.
STEPS = {
    Grade.OUTSTANDING: "■■■■",
    Grade.GOOD: "■■■□",
    Grade.REQUIRES_IMPROVEMENT: "■■□□",
    Grade.ADEQUATE: "■■□□",
    Grade.INADEQUATE: "■□□□",
}

_ORDINALS = (
    "",
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
)
_INSPECTIONS = frozenset({Event.INSPECTION, Event.JTAI, Event.SEND_INSPECTION, Event.SEND_MONITORING})


def in_a_subject(event: Event, *, several: bool = False) -> str:
    """The event as a subject line says it, in lower case: "monitoring visit letter"."""
    said = IN_A_SUBJECT.get(event) or uncapitalised(EVENT[event])
    return f"{said}s" if several and said.endswith("letter") else said


def happened(event: Event, visit: Visit | None) -> str:
    """The event as a story says it: "Second monitoring visit" where the visits are counted."""
    label = EVENT[event]
    if event is Event.MONITORING_VISIT and visit and visit.ordinal and 0 < visit.ordinal < len(_ORDINALS):
        return f"{_ORDINALS[visit.ordinal]} {label.lower()}"
    return label


def visited(event: Event, visit: Visit | None) -> str:
    """When inspectors came ("visited 28 to 29 June 2023"), or nothing where nobody says."""
    if visit is None or not (visit.started or visit.ended):
        return ""
    verb = "inspected" if event in _INSPECTIONS else "visited"
    return f"{verb} {_span(visit.started or visit.ended or '', visit.ended)}"


def day(when: date | datetime) -> str:
    """ "3 August 2023": the London day without its weekday, tied so that no line ends within it."""
    return english_date(when).partition(" ")[2].replace(" ", "\N{NO-BREAK SPACE}")


def iso_day(printed: IsoDay) -> str:
    """ "29 July 2022", "July 2022" or "2022", as coarse as it came. What is no such day stays as it is."""
    parts = printed.split("-")
    try:
        when = date(*[int(part) for part in (*parts, "1", "1")[:3]])
    except ValueError:
        return printed
    return " ".join(day(when).split()[3 - min(len(parts), 3) :])


def uncapitalised(label: str) -> str:
    """For the middle of a sentence; "SEND inspection" stays."""
    return label if label[1].isupper() else label[0].lower() + label[1:]


def days(first: date | None, last: date) -> str:
    """ "Friday 6 to Tuesday 10 March 2026": what both ends share is said once."""
    if first is None or first >= last:
        return english_date(last)
    start, end = english_date(first).split(), english_date(last).split()
    same = 2 if start[2:] == end[2:] else 1 if start[3] == end[3] else 0
    return f"{' '.join(start[: len(start) - same])} to {' '.join(end)}"


def counted(number: int, one: str, many: str) -> str:
    """ "1 story", "2 stories"."""
    return f"{number} {one if number == 1 else many}"


def listed(names: Sequence[str], longest: int, joint: str = "and") -> str:
    """ "Leeds, York and 2 more"."""
    over = len(names) - longest
    if over > 0:
        return f"{', '.join(names[:longest])} {joint} {over} more"
    return f" {joint} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def cut(text: str, longest: int) -> str:
    """The text, or as many whole words of it as fit and an ellipsis."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rpartition(' ')[0] or text[: longest - 2]} …"


def _span(started: IsoDay, ended: IsoDay | None) -> str:
    """ "28 to 29 June 2023": what both ends share is said once, as GOV.UK writes it."""
    first, last = iso_day(started).split(), iso_day(ended or started).split()
    if first == last:
        return " ".join(first)
    shared = 0
    while shared + 1 < len(first) and first[-1 - shared :] == last[-1 - shared :]:
        shared += 1
    return f"{' '.join(first[: len(first) - shared])} to {' '.join(last)}"
