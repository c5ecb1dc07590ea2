"""Dates named in running English text: "18 to 29 July 2022", "in June", "a year ago".

A span is as coarse as the words: "in June" stays a month. A year that is not said is taken from the day of
publication, looking back: "in June" in an August paper is the June just gone. A day may also be soon to come.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from newsdesk.model import IsoDay

_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
COUNTS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "eighteen": 18,
}  # fmt: skip

SEASON_ENDS = {"winter": 2, "spring": 5, "summer": 8, "autumn": 11}  # months

_SOON = timedelta(days=45)  # "on 27 January", said on 16 January, is to come and not a year ago
_HALF_A_YEAR = 26  # weeks
_NEAR = 2  # months; "eight months ago" is a round number, and no longer names a month

# Months are read with their capital letter: "may" is mostly a verb.
MONTHS = "|".join(each.capitalize() for each in _MONTHS)
MONTH = f"(?P<month>{MONTHS})"
FIRST_MONTH = MONTH.replace("P<month>", "P<first_month>")
YEAR = r"(?P<year>(?:19|20)\d\d)"
FIRST_YEAR = YEAR.replace("P<year>", "P<first_year>")
DAY = r"(?P<last>[0-3]?\d)(?:st|nd|rd|th)?"
FIRST_DAY = DAY.replace("P<last>", "P<first>")
TO = r"(?:to|and|until|-|–) ?"
_BEFORE_MONTH = (
    "[Ii]n|[Ll]ast|[Oo]f|[Ss]ince|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id|[Tt]his|[Ff]rom|[Uu]ntil|[Bb]y|[Bb]ack in"
    "|[Tt]heir|[Ii]ts"
)
_BEFORE_YEAR = (
    "(?:spring|summer|autumn|winter) of|[Ii]n|[Ss]ince|[Dd]uring|[Ee]arly|[Ll]ate|[Bb]ack in|[Ff]rom"
    "|[Tt]he|[Ii]ts|[Uu]ntil|[Bb]y|(?:recently|long ago|far back) as|[Oo]f"
    "|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|[Tt]heir"
)
_FROM_NOW = "(?:ago|earlier|before|after|on from|since)"
_AFTER_MONTH = (
    r"(?:['’]s?)? (?:[Oo]fsted )?(?:visit|inspect|letter|report|judg|rating|monitoring|focused|findings)"
)

# Each is tried only where the sentence has what it needs; the more exact stand first.
_PATTERNS = tuple(
    (needs, re.compile(words))
    for needs, words in (
        (
            "month",
            rf"\b{FIRST_DAY}(?:, \d{{1,2}})* ?(?:{FIRST_MONTH} ?)?(?:{FIRST_YEAR} ?)?{TO}(?:\w+day "
            rf")?{DAY} (?:of )?{MONTH},?(?: {YEAR})?\b",
        ),
        ("month", rf"\b{DAY} (?:of )?{MONTH},?(?: {YEAR})?\b"),
        ("month", rf"\b{MONTH} {FIRST_DAY} ?{TO}{DAY}(?:,? {YEAR})?\b"),
        ("month", rf"\b{MONTH} {DAY}(?:,? {YEAR})?\b"),
        ("month", rf"\b{MONTH},? {YEAR}\b"),
        ("month", rf"\b{MONTH} (?P<year_before>last) year\b"),
        ("month", rf"\b{MONTH} (?:of )?(?P<this_year>this) year\b"),
        ("month", rf"\b(?:{_BEFORE_MONTH})[ -]{MONTH}\b"),
        ("month", rf"\b{MONTH}(?={_AFTER_MONTH})"),
        ("year", rf"\b(?:{_BEFORE_YEAR}) {YEAR}\b"),
        ("year", rf"(?<=[(,]) ?{YEAR}(?=[),:]| and\b)"),
        ("year", rf"\b{YEAR}(?=, when\b)"),
        ("year", rf"(?<=(?:19|20)\d\d and ){YEAR}\b"),
        ("unit", rf"\ba (?P<half>year and a half) {_FROM_NOW}\b"),
        (
            "unit",
            rf"\b(?P<count>(?i:{'|'.join(COUNTS)})|\d{{1,2}}) (?P<unit>years?|months?|weeks?) {_FROM_NOW}\b",
        ),
        ("last", r"\b[Ll]ast (?P<season>spring|summer|autumn|winter)\b"),
        ("last", r"\b[Ll]ast (?P<last_unit>year|month|week)\b(?! of| in)"),
    )
)
_HINT = re.compile(
    rf"\d{{4}}(?P<year>)|(?:{MONTHS})(?P<month>)|[Ll]ast (?:year|month|week|spring|summer|autumn"
    rf"|winter)(?P<last>)"
    r"|\b(?:year|month|week)s? (?P<unit>)"
)


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
    hints = {each.lastgroup for each in _HINT.finditer(sentence)}
    if not hints:
        return []
    taken: list[tuple[int, int]] = []
    spans: list[Span] = []
    for pattern in [pattern for needs, pattern in _PATTERNS if needs in hints]:
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


def months(iso: IsoDay) -> Iterator[int]:
    """The first and the last month that an IsoDay may mean, counted from the year 0."""
    year = int(iso[:4])
    if len(iso) == 4:
        yield from (year * 12, year * 12 + 11)
    else:
        yield from (year * 12 + int(iso[5:7]) - 1,) * 2


def _read(match: re.Match[str], published: date | None) -> Span | None:
    parts = match.groupdict()
    if parts.get("unit") or parts.get("last_unit") or parts.get("half"):
        return _relative(match, published)
    month = month_number(parts.get("month"))
    if parts.get("season") or parts.get("year_before") or parts.get("this_year"):
        return _of_year(match, month, published)
    year = int(parts["year"]) if parts.get("year") else _nearest_year(month, parts.get("last"), published)
    ended = iso_of(year, month, parts.get("last")) if year else None
    if year is None or ended is None:
        return None
    started = ended
    if parts.get("first"):
        first_month = month_number(parts.get("first_month")) or month
        first_year = int(parts.get("first_year") or (year - 1 if (first_month or 0) > (month or 0) else year))
        started = iso_of(first_year, first_month, parts["first"]) or ended
    return Span(started, ended, *match.span())


def _of_year(match: re.Match[str], month: int | None, published: date | None) -> Span | None:
    """ "In January last year", "May of this year", "last summer": a month or a year, counted from
    publication."""
    if published is None:
        return None
    parts = match.groupdict()
    if season := parts.get("season"):
        iso = str(published.year - (SEASON_ENDS[season] >= published.month))
    else:
        iso = f"{published.year - bool(parts.get('year_before'))}-{month:02}"
    return Span(iso, iso, *match.span())


def month_number(month: str | None) -> int | None:
    return _MONTHS.index(month.lower()) + 1 if month else None


def _nearest_year(month: int | None, day: str | None, published: date | None) -> int | None:
    """The year of a date that has none: the last such month, or a day that is past or soon to come."""
    if published is None or month is None:
        return None
    if day is None:
        return published.year - (month > published.month)
    soon = published + _SOON
    return next(
        (
            year
            for year in (soon.year, soon.year - 1)
            if (year, month, int(day)) <= (soon.year, soon.month, soon.day)
        ),
        None,
    )


def _relative(match: re.Match[str], published: date | None) -> Span | None:
    if published is None:
        return None
    parts = match.groupdict()
    if parts.get("half"):
        iso = str((published - timedelta(weeks=_HALF_A_YEAR)).year - 1)
        return Span(iso, iso, *match.span())
    unit = parts.get("last_unit") or parts["unit"].rstrip("s")
    word = (parts.get("count") or "one").lower()
    count = int(word) if word.isdigit() else COUNTS[word]
    if unit == "year":
        iso = str(published.year - count)
    else:
        back = published - timedelta(weeks=count) if unit == "week" else published
        months_back = back.year * 12 + back.month - 1 - (count if unit == "month" else 0)
        year, month = divmod(months_back, 12)
        near = unit == "week" or count <= _NEAR
        iso = f"{year}-{month + 1:02}" if near else str(year)
    return Span(iso, iso, *match.span())


def iso_of(year: int, month: int | None, day: str | None) -> IsoDay | None:
    if month is None:
        return str(year)
    if day is None:
        return f"{year}-{month:02}"
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return None
