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
_COUNTS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "eighteen": 18,
}  # fmt: skip

_SEASON_ENDS = {"winter": 2, "spring": 5, "summer": 8, "autumn": 11}  # months

_NEXT_YEAR = ("new year", "next year", "following year")
_FAR = 8  # months; of a month further ahead the year is said

_SOON = timedelta(days=45)  # "on 27 January", said on 16 January, is to come and not a year ago
_NEAR = 2  # months; "eight months ago" is a round number, and no longer names a month

# Months are read with their capital letter: "may" is mostly a verb.
_MONTH = f"(?P<month>{'|'.join(each.capitalize() for each in _MONTHS)})"
_FIRST_MONTH = _MONTH.replace("P<month>", "P<first_month>")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FIRST_YEAR = _YEAR.replace("P<year>", "P<first_year>")
_DAY = r"(?P<last>[0-3]?\d)(?:st|nd|rd|th)?"
_FIRST_DAY = _DAY.replace("P<last>", "P<first>")
_TO = r"(?:to|and|until|-|–) ?"
_BEFORE_MONTH = (
    "[Ii]n|[Ll]ast|[Oo]f|[Ss]ince|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id|[Tt]his|[Ff]rom|[Uu]ntil|[Bb]y|[Bb]ack in"
    "|[Tt]heir|[Ii]ts"
)
_BEFORE_YEAR = (
    "(?:spring|summer|autumn|winter) of|[Ii]n|[Ss]ince|[Dd]uring|[Ee]arly|[Ll]ate|[Bb]ack in|[Ff]rom"
    "|[Tt]he|[Ii]ts"
)
_FROM_NOW = "(?:ago|earlier|before|after|on from)"
_AFTER_MONTH = (
    r"(?:['’]s?)? (?:[Oo]fsted )?(?:visit|inspect|letter|report|judg|rating|monitoring|focused|findings)"
)

_PATTERNS = tuple(
    re.compile(words)
    for words in (
        rf"\b{_FIRST_DAY}(?:, \d{{1,2}})* ?(?:{_FIRST_MONTH} ?)?(?:{_FIRST_YEAR} ?)?{_TO}(?:\w+day "
        rf")?{_DAY} (?:of )?{_MONTH},?"
        rf"(?: {_YEAR})?\b",
        rf"\b{_DAY} (?:of )?{_MONTH},?(?: {_YEAR})?\b",
        rf"\b{_MONTH} {_FIRST_DAY} ?{_TO}{_DAY}(?:,? {_YEAR})?\b",
        rf"\b{_MONTH} {_DAY}(?:,? {_YEAR})?\b",
        rf"\b{_MONTH},? {_YEAR}\b",
        rf"\b{_MONTH} (?P<year_before>last) year\b",
        rf"\b{_MONTH} (?:of )?(?P<this_year>this) year\b",
        rf"\b(?:{_BEFORE_MONTH})[ -]{_MONTH}\b",
        rf"\b{_MONTH}(?={_AFTER_MONTH})",
        rf"\b(?:{_BEFORE_YEAR}) {_YEAR}\b",
        rf"(?<=[(,]) ?{_YEAR}(?=[),])",
        rf"(?<=(?:19|20)\d\d and ){_YEAR}\b",
        rf"\b(?P<count>(?i:{'|'.join(_COUNTS)})|\d{{1,2}}) (?P<unit>years?|months?|weeks?) {_FROM_NOW}\b",
        r"\b[Ll]ast (?P<season>spring|summer|autumn|winter)\b",
        r"\b[Ll]ast (?P<last_unit>year|month|week)\b(?! of| in)",
    )
)
_DATED = (
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH} (?P<year_after>next) year\b"),
    re.compile(
        rf"\b(?:{_FIRST_DAY} ?(?:{_FIRST_MONTH} ?)?(?:{_FIRST_YEAR} ?)?{_TO})?{_DAY} (?:of )?{_MONTH},?(?: "
        rf"{_YEAR})?\b"
    ),
    re.compile(rf"\b{_MONTH} {_DAY}(?:,? {_YEAR})?\b"),
    re.compile(rf"\b{_MONTH},? {_YEAR}\b"),
)
_COMING = (
    re.compile(
        r"\b(?:[Ii]n|[Bb]y|[Uu]ntil|[Dd]uring|[Nn]ext|[Tt]his|[Ll]ate|[Ee]arly)(?: the)?(?: end of)?(?: "
        r"the)?(?: coming| next)? (?P<coming>spring|summer|autumn|winter)\b(?! of)"
    ),
    re.compile(r"\b(?:[Tt]he )?(?P<coming>[Nn]ew [Yy]ear|[Nn]ext year|[Ff]ollowing year)\b"),
    re.compile(
        r"\b(?:[Bb]y|[Bb]efore|[Ff]rom|[Ii]n|[Ss]ince|[Uu]ntil|[Ee]nd of|[Ll]ate|[Ee]arly|[Mm]id|of|for|next"
        rf"|during|[Tt]his|around) ?-?{_MONTH}\b"
    ),
    re.compile(r"\b(?:[Bb]y|[Bb]efore|[Ii]n|[Uu]ntil|[Dd]uring|of|from) {_YEAR}\b".replace("{_YEAR}", _YEAR)),
    re.compile(r"\b(?:[Ll]ater |[Ee]nd of )(?P<coming>this year|the year)\b"),
    re.compile(r"\b[Nn]ext (?P<next_unit>month)\b"),
    re.compile(r"\b(?:[Bb]efore|[Bb]y|[Aa]t) (?P<coming>Christmas)\b"),
)
_ANY_AHEAD = re.compile(
    rf"(?:19|20)\d\d|{_MONTH}|\b(?:spring|summer|autumn|winter|Christmas|[Nn]ew [Yy]ear|(?:[Nn]ext"
    rf"|[Ff]ollowing|this|the) (?:year|month))\b"
)
_ANY = re.compile(rf"\d{{4}}|{_MONTH}|\b(?:year|month|week)s?\b|\b[Ll]ast (?:spring|summer|autumn|winter)")


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
    if not _ANY.search(sentence):
        return []
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


def ahead(sentence: str, published: date | None) -> list[Span]:
    """The dates that a sentence names which lie ahead of its publication: "in June" is the next one.

    A season is a year, "the new year" the next one.
    """
    if not _ANY_AHEAD.search(sentence):
        return []
    taken: list[tuple[int, int]] = []
    spans: list[Span] = []
    for pattern in (*_DATED, *_COMING):
        for match in pattern.finditer(sentence):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            span = _read_ahead(match, published)
            if span and (published is None or span.ended >= published.isoformat()[: len(span.ended)]):
                taken.append(match.span())
                spans.append(span)
    return sorted(spans, key=lambda each: each.at)


def _read_ahead(match: re.Match[str], published: date | None) -> Span | None:
    parts = match.groupdict()
    month, day = _number(parts.get("month")), parts.get("last")
    year: int | None
    if parts.get("year"):
        year = int(parts["year"])
    elif published is None:
        return None
    elif parts.get("year_after"):
        year = published.year + 1
    elif parts.get("coming"):
        year = _coming(parts["coming"].lower(), published)
    elif parts.get("weeks") or parts.get("next_unit"):
        return _soon(match, published)
    elif month:
        year = published.year + ((month, int(day or 31)) < (published.month, published.day))
        if (year * 12 + month) - (published.year * 12 + published.month) > _FAR:
            return None
    else:
        return None
    ended = _iso(year, month, day) if year else None
    started = (
        _iso(year, month, parts["first"])
        if year and parts.get("first") and not parts.get("first_month")
        else ended
    )
    return Span(started or ended, ended, *match.span()) if ended else None


def _coming(word: str, published: date) -> int:
    """The year of "the spring", "the new year", "next year", "later this year"."""
    if word in _SEASON_ENDS:
        return published.year + (_SEASON_ENDS[word] < published.month)
    return published.year + (word in _NEXT_YEAR)


def _soon(match: re.Match[str], published: date) -> Span | None:
    """ "Next month" is a month."""
    if match.groupdict().get("next_unit") != "month":
        return None
    year, month = divmod(published.year * 12 + published.month, 12)
    iso = f"{year}-{month + 1:02}"
    return Span(iso, iso, *match.span())


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
    if parts.get("unit") or parts.get("last_unit"):
        return _relative(match, published)
    month = _number(parts.get("month"))
    if parts.get("season") or parts.get("year_before") or parts.get("this_year"):
        return _of_year(match, month, published)
    year = int(parts["year"]) if parts.get("year") else _nearest_year(month, parts.get("last"), published)
    ended = _iso(year, month, parts.get("last")) if year else None
    if year is None or ended is None:
        return None
    started = ended
    if parts.get("first"):
        first_month = _number(parts.get("first_month")) or month
        first_year = int(parts.get("first_year") or (year - 1 if (first_month or 0) > (month or 0) else year))
        started = _iso(first_year, first_month, parts["first"]) or ended
    return Span(started, ended, *match.span())


def _of_year(match: re.Match[str], month: int | None, published: date | None) -> Span | None:
    """ "In January last year", "May of this year", "last summer": a month or a year, counted from
    publication."""
    if published is None:
        return None
    parts = match.groupdict()
    if season := parts.get("season"):
        iso = str(published.year - (_SEASON_ENDS[season] >= published.month))
    else:
        iso = f"{published.year - bool(parts.get('year_before'))}-{month:02}"
    return Span(iso, iso, *match.span())


def _number(month: str | None) -> int | None:
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
    unit = parts.get("last_unit") or parts["unit"].rstrip("s")
    word = (parts.get("count") or "one").lower()
    count = int(word) if word.isdigit() else _COUNTS[word]
    if unit == "year":
        iso = str(published.year - count)
    else:
        back = published - timedelta(weeks=count) if unit == "week" else published
        months_back = back.year * 12 + back.month - 1 - (count if unit == "month" else 0)
        year, month = divmod(months_back, 12)
        near = unit == "week" or count <= _NEAR
        iso = f"{year}-{month + 1:02}" if near else str(year)
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
