"""Dates as they are printed in Britain, and as the house prints them.

Everything inside is aware UTC. Where a printed date names no zone it is read in Europe/London; of an hour
that the autumn change repeats the first is meant, and an hour that spring skips is moved forward.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from newsdesk.text import clean_line

LONDON = ZoneInfo("Europe/London")

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}


@dataclass(frozen=True, slots=True)
class Reading:
    """A printed date, understood. `at` is aware UTC; `precise` is false when no time of day was printed,
    and `at` is then the first moment of that day in London. `zoned` is true where a zone was printed."""

    at: datetime
    precise: bool
    zoned: bool = field(default=False, compare=False)


# ---------------------------------------------------------------- printing


def local(at: datetime) -> datetime:
    """The same moment on a London clock. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(LONDON)


def english_date(at: datetime | date) -> str:
    """The London day in words ("Thursday 3 August 2023"), whatever the locale of the machine."""
    day = local(at) if isinstance(at, datetime) else at
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


# ---------------------------------------------------------------- the forms a date is printed in

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|'?\d{2}(?![:.]\d|\s*[ap]\.?m\b))(?!\d)"
_NOT_INSIDE = r"(?<![\w+./-])(?<!\d:)"  # a longer number, a word or an address
_DAY_FORMS = tuple(
    re.compile(_NOT_INSIDE + form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)$",
        rf"{_DAY}(?:\s+of)?[\s,./-]*{_MONTH}[\s,./-]*{_YEAR}",
        rf"{_MONTH}\s*{_DAY},?\s+{_YEAR}",
        rf"(?P<day>\d{{1,2}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep){_YEAR}",
    )
)
_MONTH_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)"),
    re.compile(rf"\b{_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
)
_YEAR_ALONE = re.compile(r"\b(?:19|20)\d\d\b")
_ISO_WEEK = re.compile(r"(?<!\w)(?P<year>\d{4})-?W(?P<week>\d\d)-?(?P<day>[1-7])(?!\w)")

_CLOCK = (
    r"(?:(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?(?!\d)"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"|(?P<hour_alone>\d{1,2})\s*(?P<half_alone>[ap])\.?m\b\.?"
    r"|(?P<named>noon|midday|midnight)\b)"
    r"(?:\s?\(?(?P<zone>(?:utc|gmt)[+-]\d\d?(?::?\d\d)?|[+-]\d\d(?::?\d\d)?(?![\d:])|[a-z]{1,5}(?![\w'’])))?"
)
_TIME_AFTER = re.compile(rf"(?P<iso>T)?[\s,|•·–—(-]*(?:(?:at|@)\s*)?{_CLOCK}", re.IGNORECASE)
_TIME_BEFORE = re.compile(
    rf"(?<![\w:.])(?P<iso>)?{_CLOCK}\)?[\s,|•·–—-]*(?:on\s+)?(?:(?:[a-z]+day|mon|tue|wed|thu|fri|sat|sun)\b)?"
    r"[\s,]*(?:the\s+)?$",
    re.IGNORECASE,
)
_NAMED = {"noon": 12, "midday": 12, "midnight": 0}

# RFC 5322 section 4.3 gives the American names. Unknown names are London's: British pages invent them.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "cest": 2,
    "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
}  # fmt: skip
_OFFSET = re.compile(r"(?:utc|gmt)?(?P<sign>[+-])(?P<hours>\d\d?)(?P<colon>:?)(?P<minutes>\d\d)?$")

_RFC_5322 = re.compile(
    r"(?:[A-Za-z]{3}, )?([0-9]{1,2}) ([A-Za-z]{3}) ([0-9]{4}) "
    r"([0-9]{2}):([0-9]{2}):([0-5][0-9]) (?:GMT|([+-])([0-9]{2})([0-9]{2}))"
)
_ISO_8601 = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](?:Z|[+-][0-9]{2}:[0-9]{2})")

_AGO = re.compile(
    r"(?:(?:last|first|published|posted|updated|added|on)\b[\s:]*)*"
    r"(?:(?P<day>today|yesterday)\b|(?P<just>just now)\b|"
    r"(?P<count>\d{1,3}|an?|one)\s*(?P<unit>s|m|h|d|w|sec|min|hr|wk|second|minute|hour|day|week)s?\s+ago\b)",
    re.IGNORECASE,
)
_UNITS = {
    "s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1),
    "d": timedelta(days=1), "w": timedelta(weeks=1),
}  # fmt: skip

# ---------------------------------------------------------------- reading

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=731)
_LONGEST = 400  # characters; a longer "date" is a paragraph, of which only the beginning is read


def read(printed: str, *, now: datetime) -> Reading | None:
    """What a printed date means; None when it is no date or lies outside 1990 to two years after `now`.

    Days come before months: "01/02/2024" is 1 February. A date without a day or a year is None, no guess.
    "yesterday" and "2 hours ago" count from `now` (aware).
    """
    text = clean_line(printed[: 4 * _LONGEST])[:_LONGEST]
    try:
        reading = _standard(text) or _unix(text) or _iso_week(text) or _calendar(text, now) or _ago(text, now)
        return reading if reading and _EARLIEST <= reading.at <= now + _AHEAD else None
    except (ValueError, OverflowError):  # 30 February, 25:61, an offset of 99 hours
        return None


def partial(text: str) -> str | None:
    """A date as coarse as it is written: "2022-07-29", "2022-07" or "2022"; None when there is none."""
    try:
        if (found := _first_day(text)) and len(found["year"]) == 4:
            return _day(found, int(found["year"])).isoformat()
        for form in _MONTH_FORMS:
            if found := form.search(text):
                return f"{found['year']}-{_month(found):02}"
    except ValueError:  # 30 February, month 13
        return None
    year = _YEAR_ALONE.search(text)
    return year and year[0]


def _standard(text: str) -> Reading | None:
    """As feeds write it: RFC 5322 with GMT or an offset, or ISO 8601 to the second with one.

    What follows reads them too, twenty times as slowly.
    """
    if found := _RFC_5322.fullmatch(text):
        month = _MONTH_NUMBER.get(found[2].lower())
        if month is None:
            return None
        clock = (int(found[4]), int(found[5]), int(found[6]))
        minutes = int(found[8] or 0) * 60 + int(found[9] or 0)
        zone = timezone(timedelta(minutes=-minutes if found[7] == "-" else minutes))
        at = datetime(int(found[3]), month, int(found[1]), *clock, tzinfo=zone)
    elif _ISO_8601.fullmatch(text):
        at = datetime.fromisoformat(text)
    else:
        return None
    return Reading(at.astimezone(UTC), precise=True)


def _unix(text: str) -> Reading | None:
    """Seconds (9 or 10 digits) or milliseconds (12 or 13 digits) since 1970."""
    if not re.fullmatch(r"[0-9]{9,10}|[0-9]{12,13}", text):
        return None
    at = datetime.fromtimestamp(int(text) // (1 if len(text) < 12 else 1000), UTC)
    return Reading(at, precise=True, zoned=True)


def _iso_week(text: str) -> Reading | None:
    found = _ISO_WEEK.search(text)
    if found is None:
        return None
    day = date.fromisocalendar(int(found["year"]), int(found["week"]), int(found["day"]))
    return _at(day, text, found)


def _calendar(text: str, now: datetime) -> Reading | None:
    found = _first_day(text)
    if found is None:
        return None
    written = found["year"].lstrip("'")
    year = int(written)
    if len(written) == 2:
        year += 2000 if 2000 + year <= now.year + 2 else 1900
    return _at(_day(found, year), text, found)


def _ago(text: str, now: datetime) -> Reading | None:
    found = _AGO.match(text)
    if found is None:
        return None
    count, unit = (found["count"] or "0").lower(), (found["unit"] or "s")[0].lower()
    then = now - (int(count) if count.isdigit() else 1) * _UNITS[unit]
    if found["day"] or unit in "dw":
        day = local(then).date() - timedelta(days=(found["day"] or "").lower() == "yesterday")
        return _at(day, text, found)
    return Reading(then.astimezone(UTC), precise=True, zoned=True)


def _first_day(text: str) -> re.Match[str] | None:
    found = [match for form in _DAY_FORMS if (match := form.search(text))]
    return min(found, key=lambda match: match.start(), default=None)


def _day(found: re.Match[str], year: int) -> date:
    return date(year, _month(found), int(found["day"]))


def _month(found: re.Match[str]) -> int:
    month = found["month"]
    number = int(month) if month.isdigit() else _MONTH_NUMBER[month[:3].lower()]
    return date(2000, number, 1).month  # ValueError for month 13


def _at(day: date, text: str, found: re.Match[str]) -> Reading:
    """The day, with the time of day printed right after it or else right before it."""
    clock = _TIME_AFTER.match(text, found.end()) or _TIME_BEFORE.search(text, 0, found.start())
    hour, minute, second, zone = _time(clock) if clock else (0, 0, 0, LONDON)
    at = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    return Reading(at, precise=clock is not None, zoned=zone is not LONDON)


def _time(clock: re.Match[str]) -> tuple[int, int, int, tzinfo]:
    hour = _NAMED[clock["named"].lower()] if clock["named"] else int(clock["hour"] or clock["hour_alone"])
    half = (clock["half"] or clock["half_alone"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    second = min(int(clock["second"] or 0), 59)  # a leap second is written 60
    return hour, int(clock["minute"] or 0), second, _zone(clock)


def _zone(clock: re.Match[str]) -> tzinfo:
    name = (clock["zone"] or "").lower()
    offset = _OFFSET.match(name)
    if offset is None:
        return timezone(timedelta(hours=_ZONES[name])) if name in _ZONES else LONDON
    if offset["colon"] and offset["sign"] == "-" and not (clock["iso"] or clock["second"]):
        return LONDON  # "10:20-11:30" says from when to when
    distance = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
    return timezone(distance if offset["sign"] == "+" else -distance)
