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
_FIRST_PAGE = 1500
_TABLE = re.compile(r"Judge?ment Grade\b")  # what no letter has

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
            "monitoring visit (?:to|of)",
            r"(?:first|second|third|fourth|fifth|sixth|seventh|\dth) monitoring visit",
        ),
    ),
    (
        Event.FOCUSED_VISIT,
        any_of("focus(?:s)?ed (?:assurance )?visit (?:to|of)", "findings of (?:a|the) focus(?:s)?ed visit"),
    ),
    (
        Event.INSPECTION,
        any_of(
            r"inspection of (?:[\w ,.'’&()-]{3,80}? )?local authority(?:.s)? children.s "
            "(?:social care )?services",
            r"inspection of (?:[\w ,.'’&()-]{3,60}? )?children.s (?:social care )?services",
            "inspection of services for children in need",
            "inspection of (?:safeguarding and )?looked after children",
            "inspection of (?:local authority )?arrangements (?:for the protection of|to protect) children",
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
_NAME = r"(?:the )?(?P<name>[A-Z][\w ,.'’()&-]{2,70}?)"
_COUNCILS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[Ii]nspection of "
        + _NAME
        + r" [Ll]ocal [Aa]uthority(?:.s)? [Cc]hildren.s (?:social care )?[Ss]ervices",
        r"[Aa]rea SEND (?:full |monitoring )?inspection of " + _NAME + r" [Ll]ocal [Aa]rea [Pp]artnership",
        r"[Jj]oint targeted area inspection of the multi-agency response to [\w ’'-]+? in "
        + _NAME
        + r"\.? Between",
        r"[Jj]oint targeted area inspection of " + _NAME + r" (?:This letter|Between)",
        r"(?:[Mm]onitoring|[Ff]ocuss?ed) visit (?:to|of) " + _NAME + r"(?: local authority)?,? [Cc]hildren.s",
        r"[Ii]nspection of (?:safeguarding and )?looked after children(?:.s)?(?: services)? "
        + _NAME
        + r" Inspection dates?",
        r"arrangements (?:for the protection of|to protect) children " + _NAME + r" Inspection dates?",
        r"^(?:\d+ )?"
        + _NAME
        + r" (?:Re-?)?[Ii]nspection of (?:local authority |services for |arrangements )?[Cc]hildren",
        r"[Ii]nspection of " + _NAME + r" [Cc]hildren.s [Ss]ervices",
    )
)
_FULL_DATE = r"\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ \d{4}"
_INSPECTED = re.compile(
    r"(?:[Ii]nspection dates? ?:?|[Dd]ates? of inspection ?:?|took place (?:from|on|between)|\bBetween"
    r"|visit (?:to|of) [\w ,'’()&-]{3,90}? (?:on|from|between)"
    r"|(?:focuss?ed|monitoring) visit[\w ,'’()&-]{0,60}? (?:on|from|between))(?= ?[A-Z\d]) ?"
    r"(?P<dates>.{8,110})"
)
_AFTER_DATES = re.compile(
    r"(?:[Ll]ead|[Rr]eporting) [Ii]nspectors?|Judgement|(?:Report )?[Pp]ublished|Age group|Date"
)
_PUBLISHED = re.compile(rf"(?:Report published(?: on)? ?:?|[Pp]ublished(?: on)? ?:) ?(?P<date>{_FULL_DATE})")
_LETTER_DATE = re.compile(rf"^(?P<date>{_FULL_DATE})\s*$", re.MULTILINE)
_PERSON = r"(?P<name>[A-Z][\w'’.-]*(?:\s+(?!HMI\b|Her\b|His\b|Judgement\b|Deputy\b|Team\b)[\w'’.-]+){1,4}?)"
_INSPECTOR = (
    re.compile(
        r"(?:(?:Lead|Reporting) [Ii]nspectors?\s?[:–-]\s+|(?:Lead|Reporting) inspectors?[ \t]+)"
        r"(?:Mr |Mrs |Ms |Dr )?"
        rf"{_PERSON}\s*(?:,|\bHMI\b|\bH(?:er|is) Majesty|\n|$)",
    ),
    re.compile(
        r"^(?:Mr |Mrs |Ms |Dr )?(?P<name>[A-Z][\w'’ -]{3,50}?)(?: HMI)?, Ofsted(?: HMI)?,? "
        r"[Ll]ead [Ii]nspector",
        re.MULTILINE,
    ),
)
_SIGNED = re.compile(
    rf"Yours sincerely,?\s+{_PERSON}\s*,?\s*(?:HMI\b|H(?:er|is) Majesty.s Inspector\b(?! of))"
)
_MONTHS = "January February March April May June July August September October November December".split()
_SHORT_MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?")
_NUMBERED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(20\d\d)\b")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? ")
_YEAR_SAID_FIRST = re.compile(
    r"(\d{1,2} ([A-Z][a-z]+)) (20\d\d) (to|and) (\d{1,2} ([A-Z][a-z]+))\b(?! ?\d{4})"
)


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
    line = re.sub(r" (?=[’']s\b)", "", clean_line(text))
    head = line[:HEAD]
    kind = Event.INSPECTION if _TABLE.search(head[:_FIRST_PAGE]) else _kind(head) or _labelled(label)
    if kind is None:
        return None
    visited = _visited(head)
    urn = re.search(r"\b(?:URN|Unique reference number):? ?(\d{5,7})\b", head)
    return OfficialDocument(
        kind=kind,
        council_name=_council(head),
        urn=urn.group(1) if urn else None,
        published=local(published).date().isoformat() if published else _printed(text, head),
        started=visited.started,
        ended=visited.ended,
        lead_inspector=_inspector(text, kind),
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
    said = _spelt(_AFTER_DATES.split(found["dates"])[0])
    stays = [span for span in find(said, None) if len(span.ended) == 10]
    if not stays or re.search(r"\d", said[: stays[0].at]):  # a stray figure: a day may have lost its first
        return Visited()
    first, last = stays[0], stays[-1] if " and " in said else stays[0]
    if first.started > first.ended:  # "9 December to 10 January 2014": the year is said once, at the end
        return Visited(f"{int(first.started[:4]) - 1}{first.started[4:]}", last.ended)
    return Visited(first.started, last.ended)


def _spelt(said: str) -> str:
    """The dates with months in full, "to" for every dash, and no weekdays."""
    said = _NUMBERED.sub(lambda each: f"{each[1]} {_month(int(each[2]))} {each[3]}", said)
    said = _SHORT_MONTH.sub(lambda each: next(m for m in _MONTHS if m.startswith(each[1][:3])), said)
    said = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", _WEEKDAY.sub("", said))
    said = re.sub(r"(?<=\d{4})(?=[A-Z])", " ", re.sub(r"\s*[‐–—-]\s*", " to ", said))
    return _YEAR_SAID_FIRST.sub(_with_last_year, said)


def _with_last_year(said: re.Match[str]) -> str:
    """ "25 February 2019 to 8 March" with the year of its last day."""
    first, first_month, year, joined, last, last_month = said.groups()
    later = first_month in _MONTHS and last_month in _MONTHS
    turned = later and _MONTHS.index(last_month) < _MONTHS.index(first_month)
    return f"{first} {year} {joined} {last} {int(year) + turned}"


def _month(number: int) -> str:
    return _MONTHS[number - 1] if 1 <= number <= 12 else "?"


def _printed(text: str, head: str) -> IsoDay | None:
    """The day of publication in a report, the day of a letter, which stands on a line of its own."""
    found = _PUBLISHED.search(head) or _LETTER_DATE.search(text[:_FIRST_PAGE])
    spans = find(re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", found["date"]), None) if found else []
    return spans[0].ended if spans else None


def _inspector(text: str, kind: Event) -> str | None:
    """Who led; of a visit, the inspector who signed the letter about it."""
    for pattern in _INSPECTOR:
        if found := pattern.search(text):
            return clean_line(found["name"])
    signed = _SIGNED.search(text) if kind in (Event.MONITORING_VISIT, Event.FOCUSED_VISIT) else None
    return clean_line(signed["name"]) if signed else None
