"""Dates ahead in running text: "by the end of June", "next Wednesday", "in 12 months".

A date is as coarse as the words: a season is a year, a week or a number of weeks or months a month. One
without its year is the next one after the day of publication.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from newsdesk.model import IsoDay
from newsdesk.spans import (
    COUNTS,
    DAY,
    FIRST_DAY,
    FIRST_MONTH,
    FIRST_YEAR,
    MONTH,
    MONTHS,
    SEASON_ENDS,
    TO,
    YEAR,
    Span,
    iso_of,
    month_number,
)

_FAR = 8  # months; of a month further ahead the year is said
_LONG = 28  # months at most that are counted on from publication
_WEEK = 7  # days
_SEASON_LASTS = 3  # months
_NEXT_YEAR = ("new year", "next year", "following year")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASON = "spring|summer|autumn|winter"
_PART = (
    r"(?: the)?(?: (?:very )?(?:start|beginning|middle|end|turn|first half|second half|course) of|"
    r"[ -](?:early|late|mid))?(?: the)?"
)
_BEFORE = (
    rf"\b(?:in|by|before|from|until|till|during|over|for|after|of|at|to|early|late|mid|later|next|this|around"
    rf"|within|through|or|(?:early|soon|late) as){_PART}[ -]"
)

# Patterns that need more stand first; each is tried only where what it needs is there.
_PATTERNS = tuple(
    (frozenset(needs.split()), re.compile(words))
    for needs, words in (
        ("month unit", rf"\b{DAY} (?:of )?{MONTH} (?P<year_after>next) year\b"),
        (
            "month",
            rf"\b(?:{FIRST_DAY} ?(?:{FIRST_MONTH} ?)?(?:{FIRST_YEAR} ?)?{TO})?{DAY} (?:of )?{MONTH},?"
            rf"(?: {YEAR})?\b",
        ),
        ("month", rf"\b{MONTH} {DAY}\b(?:,? {YEAR}\b)?"),
        ("year", rf"\b(?P<last>[0-3]\d)/(?P<number>[01]\d)/{YEAR}\b"),
        ("month unit", rf"\b{MONTH} (?P<year_after>next) year\b"),
        ("month year", rf"\b{MONTH},? {YEAR}\b"),
        ("season year", rf"\b(?i:{_SEASON})(?: of| term)? {YEAR}\b"),
        (
            "unit",
            r"(?<!about )(?<!around )(?<!roughly )(?<!approximately )(?<!at least )(?<!next )"
            rf"\b(?i:in|after|within|has|have|given) (?P<count>(?i:{'|'.join(COUNTS)})|\d{{1,2}}) "
            r"(?P<unit>weeks?|months?)\b(?! (?:of|ago|before|earlier|after))",
        ),
        ("season", rf"(?i:{_BEFORE})(?:coming |next )?(?P<coming>{_SEASON})\b(?! of)"),
        ("unit", r"\b(?:[Tt]he )?(?P<coming>[Nn]ew [Yy]ear|[Nn]ext year|[Ff]ollowing year)\b"),
        ("month", rf"(?i:{_BEFORE}){MONTH}\b"),
        ("year", rf"(?i:{_BEFORE}){YEAR}\b(?![/-]\d| and beyond)"),
        (
            "unit",
            r"\b(?:[Ll]ater |[Ee]nd of |[Dd]uring |[Bb]efore )(?P<coming>this year|the year)\b(?! to| of)",
        ),
        (
            "unit",
            r"\b(?P<next_unit>[Nn]ext week|[Nn]ext month|[Ll]ater this (?:week|month)"
            r"|end of (?:the|this) month)\b",
        ),
        (
            "day",
            rf"\b[Nn]ext (?P<weekday>(?i:{'|'.join(_WEEKDAYS)}))\b(?!,? (?:the )?\d|,? {MONTH})",
        ),
        ("feast", r"\b(?:[Bb]efore|[Bb]y|[Aa]t|[Aa]fter) (?P<coming>Christmas|Easter)\b"),
    )
)
_HINT = re.compile(
    rf"(?:19|20)\d\d(?P<year>)|(?:{MONTHS})(?P<month>)|[Nn]ext \w+day(?P<day>)|(?:Christmas"
    rf"|Easter)(?P<feast>)"
    rf"|(?:{_SEASON})(?P<season>)|(?:[Yy]ear|month|week)(?P<unit>)"
)
_CLEAR = re.compile(rf"{MONTHS}|[Nn]ext (?:\w+day|week|month)|Christmas|Easter|{_SEASON}")


def places(text: str) -> Iterator[int]:
    """Where a text may name a date ahead more exactly than by its year."""
    return (each.start() for each in _CLEAR.finditer(text))


def find(sentence: str, published: date | None) -> list[Span]:
    """The dates that a sentence names which lie ahead of its publication, in order.

    Without a day of publication only dates with their own year are found.
    """
    hints = {each.lastgroup for each in _HINT.finditer(sentence)}
    if not hints:
        return []
    spans: list[Span] = []
    for needs, pattern in _PATTERNS:
        if needs <= hints:
            for match in pattern.finditer(sentence):
                if not any(match.start() < each.end and each.at < match.end() for each in spans) and (
                    span := _read(match, published)
                ):
                    spans.append(span)
    spans.sort(key=lambda each: each.at)
    for at, each in enumerate(spans):
        if at and sentence.endswith("following year", each.at, each.end):
            year = str(int(spans[at - 1].ended[:4]) + 1)
            spans[at] = replace(each, started=year, ended=year)
    today = published.isoformat() if published else ""
    return [each for each in spans if each.ended >= today[: len(each.ended)]]


def _read(match: re.Match[str], published: date | None) -> Span | None:
    parts = {name: told for name, told in match.groupdict().items() if told}
    if "next " in match[0].lower():
        parts["next"] = "next"
    started, ended = _days(parts, published)
    return Span(started or ended, ended, *match.span()) if ended else None


def _days(parts: dict[str, str], published: date | None) -> tuple[IsoDay | None, IsoDay | None]:
    """The first and the last day of a date."""
    month = int(parts["number"]) if "number" in parts else month_number(parts.get("month"))
    day = parts.get("last")
    year = int(parts["year"]) if "year" in parts else _year(parts, month, day, published)
    if year is None:
        return None, _counted(parts, published) if published else None
    ended = iso_of(year, month, day)
    alone = "first" not in parts or "first_month" in parts
    return None if alone else iso_of(year, month, parts["first"]), ended


def _year(parts: dict[str, str], month: int | None, day: str | None, published: date | None) -> int | None:
    """The year that a date without one must be of, counted from publication."""
    if published is None:
        return None
    if "year_after" in parts:
        return published.year + 1
    if "coming" in parts:
        return _coming(parts["coming"].lower(), published, next_one="next" in parts)
    if month is None:
        return None
    year = published.year + ((month, int(day or 31)) < (published.month, published.day))
    return year if (year * 12 + month) - (published.year * 12 + published.month) <= _FAR else None


def _coming(word: str, published: date, *, next_one: bool) -> int:
    """The year of "the spring", "the new year", "next year", "later this year"; in spring "next spring" is
    that of the year after."""
    if word in SEASON_ENDS:
        over = SEASON_ENDS[word] - (_SEASON_LASTS if next_one else 0)
        return published.year + (over < published.month)
    return published.year + (word in _NEXT_YEAR)


def _counted(parts: dict[str, str], published: date) -> IsoDay | None:
    """ "Next Friday" is a day; "next week", "in 12 weeks" and "in six months" are months."""
    if "weekday" in parts:
        days = (_WEEKDAYS.index(parts["weekday"].lower()) - published.weekday()) % _WEEK
        return (published + timedelta(days=days)).isoformat()
    if "next_unit" in parts:
        word = parts["next_unit"].lower()
        return _on(published, days=_WEEK * (word == "next week"), months=word == "next month")
    if "count" not in parts:
        return None
    word = parts["count"].lower()
    count = int(word) if word.isdigit() else COUNTS[word]
    if parts["unit"].startswith("week"):
        return _on(published, days=_WEEK * count)
    return _on(published, months=count) if count <= _LONG else None


def _on(day: date, *, days: int = 0, months: int = 0) -> IsoDay:
    day += timedelta(days=days)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return f"{year}-{month + 1:02}"
