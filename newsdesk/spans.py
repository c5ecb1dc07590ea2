"""Dates named in running English text: "18 to 29 July 2022", "in June", "a year ago".

A span is as coarse as the words: "in June" stays a month. A year that is not said is taken from the day of
publication, looking back: "in June" in an August paper is the June just gone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from newsdesk.model import IsoDay

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_FROM_MONTH = _MONTH.replace("P<month>", "P<first_month>")

_PATTERNS = tuple(
    re.compile(words)
    for words in (
        rf"\b{_DAY.format('first')} ?(?:{_FROM_MONTH} ?)?(?:{_YEAR.replace('year', 'first_year')} ?)?"
        rf"(?:to|and|until|-|–) ?{_DAY.format('last')} (?:of )?{_MONTH},?(?: {_YEAR})?\b",
        rf"\b{_DAY.format('last')} (?:of )?{_MONTH},?(?: {_YEAR})?\b",
        rf"\b{_MONTH} {_DAY.format('last')}(?:,? {_YEAR})?\b",
        rf"\b{_MONTH},? {_YEAR}\b",
        rf"\b(?:[Ii]n|[Ll]ast|[Oo]f|[Ss]ince|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id|[Tt]his|[Ff]rom|[Uu]ntil|[Bb]y|[Bb]ack in)[ -]{_MONTH}\b",
        rf"\b{_MONTH}(?='s? (?:visit|inspect|letter|report|judg|rating)| (?:visit|inspect|letter|report|judg|rating))",
        rf"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Ee]arly|[Ll]ate|[Bb]ack in|[Ff]rom|[Tt]he) {_YEAR}\b",
        r"\b(?P<count>a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|\d{1,2}) "
        r"(?P<unit>years?|months?) (?:ago|earlier|before)\b",
        r"\blast (?P<last_unit>year|month)\b",
    )
)
_COUNTS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "eighteen": 18}


@dataclass(frozen=True, slots=True)
class Span:
    """A date or a range named from `at` to `end` in a sentence."""

    started: IsoDay
    ended: IsoDay
    at: int
    end: int


def find(sentence: str, published: date | None) -> list[Span]:
    """Every date named, in order, the more exact reading winning where two overlap.

    Without a day of publication only dates with their own year are found.
    """
    taken: list[tuple[int, int]] = []
    spans: list[Span] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if span := _read(match, published):
                taken.append(match.span())
                spans.append(span)
    return sorted(spans, key=lambda each: each.at)


def compatible(one: IsoDay | None, other: IsoDay | None) -> bool:
    """Whether two dates can be the same one: one is unknown, or the coarser begins the finer."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def _read(match: re.Match[str], published: date | None) -> Span | None:
    parts = match.groupdict()
    if parts.get("unit") or parts.get("last_unit"):
        return _relative(match, published)
    month = MONTHS.index(parts["month"].lower()) + 1 if parts.get("month") else None
    if parts.get("year"):
        year = int(parts["year"])
    elif published and month:
        year = published.year if month <= published.month else published.year - 1
    else:
        return None
    ended = _iso(year, month, parts.get("last"))
    if ended is None:
        return None
    started = ended
    if parts.get("first"):
        first_month = MONTHS.index(parts["first_month"].lower()) + 1 if parts.get("first_month") else month
        started = _iso(int(parts.get("first_year") or year), first_month, parts["first"]) or ended
    return Span(started, ended, *match.span())


def _relative(match: re.Match[str], published: date | None) -> Span | None:
    if published is None:
        return None
    parts = match.groupdict()
    unit = parts.get("last_unit") or parts["unit"].rstrip("s")
    word = parts.get("count") or "one"
    count = int(word) if word.isdigit() else _COUNTS[word]
    if unit == "year":
        iso = str(published.year - count)
    else:
        months = published.year * 12 + published.month - 1 - count
        iso = f"{months // 12}-{months % 12 + 1:02}"
    return Span(iso, iso, *match.span())


def _iso(year: int, month: int | None, day: str | None) -> IsoDay | None:
    if month is None:
        return str(year)
    if day is None:
        return f"{year}-{month:02}"
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return None


def months(iso: IsoDay) -> Iterator[int]:
    """The first and last month an IsoDay may mean, counted from year 0, for distances between coarse dates."""
    year = int(iso[:4])
    if len(iso) == 4:
        yield from (year * 12, year * 12 + 11)
    else:
        yield from (year * 12 + int(iso[5:7]) - 1,) * 2
