"""What Ofsted's documents say in their fixed places: kind, council, dates, lead inspector, grades.

Full inspections carry grades. Letters about monitoring visits, focused visits, joint targeted area
inspections and area SEND inspections carry none, so a grade word in one is history and is not read.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from crawlers.grades import grades
from crawlers.patterns import any_of
from newsdesk.dates import local
from newsdesk.model import Event, IsoDay, OfficialDocument
from newsdesk.spans import find
from newsdesk.text import clean_line

HEAD = 6000  # characters; titles, addressees and dates stand on the first page or two

_KINDS = (
    (Event.JTAI, any_of("joint targeted area inspection of", "joint area child protection inspection")),
    (Event.SEND_MONITORING, any_of("area SEND monitoring inspection of")),
    (
        Event.SEND_INSPECTION,
        any_of(r"area SEND (?:full )?inspection of", r"inspection of [\w ,'’-]{3,60} local area partnership"),
    ),
    (
        Event.MONITORING_VISIT,
        any_of(
            "monitoring visit (?:to|of)", r"(?:first|second|third|fourth|fifth|sixth|\dth) monitoring visit"
        ),
    ),
    (Event.FOCUSED_VISIT, any_of("focused visit (?:to|of)", "findings of (?:a|the) focused visit")),
    (
        Event.INSPECTION,
        any_of(
            r"inspection of (?:[\w ,.'’-]{3,80}? )?local authority children.s services",
            "inspection of children.s social care services",
            "inspection of services for children in need",
            "inspection of looked after children services",
        ),
    ),
)
_LABELS: tuple[tuple[Event, str], ...] = (
    (Event.JTAI, "joint"),
    (Event.SEND_MONITORING, "send monitoring"),
    (Event.SEND_INSPECTION, "send"),
    (Event.MONITORING_VISIT, "monitoring visit"),
    (Event.FOCUSED_VISIT, "focused visit"),
    (Event.INSPECTION, "children's services inspection"),
    (Event.INSPECTION, "inspection of la children's services"),
)
_NAME = r"(?:the )?(?P<name>[A-Z][\w ,.'’()-]{2,70}?)"
_COUNCILS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[Ii]nspection of " + _NAME + r" local authority children.s services",
        r"[Aa]rea SEND (?:full |monitoring )?inspection of " + _NAME + r" [Ll]ocal [Aa]rea [Pp]artnership",
        r"[Jj]oint targeted area inspection of the multi-agency response to [\w ’'-]+? in "
        + _NAME
        + r"\.? Between",
        r"[Jj]oint targeted area inspection of " + _NAME + r" (?:This letter|Between)",
        r"(?:[Mm]onitoring|[Ff]ocused) visit (?:to|of) " + _NAME + r"(?: local authority)?,? children.s",
        r"[Ii]nspection of looked after children services " + _NAME + r" Inspection dates?",
        r"^(?:\d+ )?" + _NAME + r" (?:Re-)?[Ii]nspection of (?:local authority |services for )?children",
    )
)
_FULL_DATE = r"\d{1,2} [A-Z][a-z]+ \d{4}"
_INSPECTED = re.compile(
    r"(?:Inspection dates?:|took place (?:from|on|between)|^Between|\bBetween|visit to [\w ,’'-]{3,80}? on) "
    r"(?P<dates>.{8,110})"
)
_PUBLISHED = re.compile(rf"(?:Report )?[Pp]ublished(?: on)?: ?(?P<date>{_FULL_DATE})")
_LETTER_DATE = re.compile(rf"^(?:\d )?(?P<date>{_FULL_DATE})\b")
_INSPECTOR = (
    re.compile(
        r"(?:Lead inspector:|Reporting inspector:?)[ \t]+(?P<name>[A-Z][^\n,:]{3,50}?)"
        r"(?:,|\s+HMI\b|\s+H(?:er|is) Majesty|\s*\n|$)"
    ),
    re.compile(
        r"^(?:Mr |Mrs |Ms |Dr )?(?P<name>[A-Z][\w'’ -]{3,50}?)(?: HMI)?, Ofsted(?: HMI)?,? "
        r"[Ll]ead [Ii]nspector",
        re.MULTILINE,
    ),
)
_SHORT_MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?")
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Visited:
    """The first and the last day on site."""

    started: IsoDay | None = None
    ended: IsoDay | None = None


def read_document(
    text: str, *, label: str = "", published: datetime | None = None
) -> OfficialDocument | None:
    """The document behind a PDF's text, or None when it is of no kind known here.

    `text` keeps its lines; `label` is what the reports site calls the file; `published` is the day given
    there, which goes before the one printed inside.
    """
    line = clean_line(text)
    head = line[:HEAD]
    kind = _kind(head) or _labelled(label)
    if kind is None:
        return None
    visited = _visited(head)
    urn = re.search(r"\b(?:URN|Unique reference number):? ?(\d{5,7})\b", head)
    return OfficialDocument(
        kind=kind,
        council_name=_council(head),
        urn=urn.group(1) if urn else None,
        published=local(published).date().isoformat() if published else _printed(head),
        started=visited.started,
        ended=visited.ended,
        lead_inspector=_inspector(text),
        grades=grades(line) if kind is Event.INSPECTION else {},
    )


def _kind(head: str) -> Event | None:
    """The kind whose title comes first: later pages of a report speak of earlier visits."""
    places = [(match.start(), kind) for kind, pattern in _KINDS if (match := pattern.search(head))]
    return min(places, key=lambda place: place[0])[1] if places else None


def _labelled(label: str) -> Event | None:
    words = label.lower().replace("’", "'")
    return next((kind for kind, sign in _LABELS if sign in words), None)


def _council(head: str) -> str | None:
    for pattern in _COUNCILS:
        if found := pattern.search(head[:3000]):
            return found["name"].removesuffix(" local authority").strip(" ,")
    return None


def _visited(head: str) -> Visited:
    """The dates on site; with two stays, from the first day of the first to the last day of the second."""
    found = _INSPECTED.search(head)
    if found is None:
        return Visited()
    said = re.split(r"(?:Lead|Reporting) inspector|Judgement|Report published|Date", found["dates"])[0]
    spelt = _SHORT_MONTH.sub(
        lambda each: next(month for month in _MONTHS if month.startswith(each[1][:3])), said
    )
    spans = find(re.sub(r"\s*[–—-]\s*", " to ", spelt), None)
    stays = [span for span in spans if len(span.ended) == 10]
    if not stays:
        return Visited()
    first, last = stays[0], stays[-1] if " and " in spelt else stays[0]
    if first.started > first.ended:  # "9 December to 10 January 2014": the year is said once, at the end
        return Visited(f"{int(first.started[:4]) - 1}{first.started[4:]}", last.ended)
    return Visited(first.started, last.ended)


def _printed(head: str) -> IsoDay | None:
    found = _PUBLISHED.search(head) or _LETTER_DATE.match(head)
    spans = find(found["date"], None) if found else []
    return spans[0].ended if spans else None


def _inspector(text: str) -> str | None:
    for pattern in _INSPECTOR:
        if found := pattern.search(text):
            return clean_line(found["name"])
    return None
