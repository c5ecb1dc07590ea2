"""When a page was published and when it was last changed: what it states, what it prints, what is left."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import htmldate
from lxml.html import HtmlElement

from crawlers.printed import Printed
from crawlers.structured import Claim
from newsdesk import dates
from newsdesk.model import Lead

_MACHINE = re.compile(  # ISO, Unix, RFC 2822 and its kin: those carry a time of day
    r"\d{4}-?\d\d?-?\d\d|\d{9,13}$|\w{3}, (?:\d\d? \w{3}|\w{3} \d\d?),? \d{4} \d\d:\d\d"
)
_UTC = re.compile(r"(?:Z|[+-]00:?00|GMT|UTC)$", re.IGNORECASE)
_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d|[a-z]{3})[/-](\d\d)(?=/|$)", re.IGNORECASE)
_GENERAL = frozenset(("date", "dc.date", "dcterms.date"))  # in many systems the day of the last change
_SOON = timedelta(
    days=2
)  # clocks differ, and embargoed pages are dated tomorrow; nothing is dated next month
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)  # of Greenwich, the clocks of the world
_QUARTER = timedelta(minutes=15)  # every zone is whole quarters of an hour from UTC
_DAY = timedelta(days=1)

Stated = Mapping[str, Sequence[Claim]]


class Dated(NamedTuple):
    """A claim, the moment it means, and the day as the page prints it for its readers."""

    claim: Claim
    at: datetime
    printed: str

    @property
    def day(self) -> str:
        """ "2024-01-31", as it is printed; in London where the claim names no day."""
        return _day_of(self.printed) or dates.local(self.at).date().isoformat()


def dates_of(
    tree: HtmlElement, stated: Stated, lead: Lead, url: str, now: datetime
) -> tuple[Dated | None, Dated | None]:
    """The day of publication, and that of the last change where the page was changed since; none to come."""
    shown = Printed(tree)
    changes = _dated(stated.get("updated", ()), now)
    found = _published(tree, stated, lead, url, shown, changes, now)
    changed = next(iter(changes or _dated(shown.changed(), now)), None)
    published = _on_its_own_clock(found, shown, url) if found else None
    return published, changed if not (published and changed and changed.at <= published.at) else None


def _published(
    tree: HtmlElement,
    stated: Stated,
    lead: Lead,
    url: str,
    shown: Printed,
    changes: list[Dated],
    now: datetime,
) -> Dated | None:
    """What the page states for machines goes first. Where that is at odds with itself, what stands below the
    headline decides; where there is nothing, what is printed, then the lead, then the address."""
    firm, weak, doubtful = _sorted(_dated(stated.get("published", ()), now), changes)
    if firm and all(abs(each.at - firm[0].at) < _DAY for each in (*firm, *weak)):
        return firm[0]
    first = next((each for each in _dated(shown.published(), now) if _day_of(each.printed)), None)
    confirmed = (each for each in (*firm, *weak) if first and each.day == first.day)
    if found := next(confirmed, firm[0] if firm else first):
        return found
    left = iter(weak) if weak else _others(tree, stated, lead, url, shown, changes, now)
    return next(left, None) or next(iter(doubtful), None)


def _dated(claims: Sequence[Claim] | Iterator[Claim], now: datetime) -> list[Dated]:
    """The claims that are dates, and not dates to come."""
    read = ((claim, dates.read(claim.value, now=now)) for claim in claims)
    return [
        Dated(claim, reading.at, claim.value)
        for claim, reading in read
        if reading and reading.at <= now + _SOON
    ]


def _sorted(claims: list[Dated], changed: list[Dated]) -> tuple[list[Dated], list[Dated], list[Dated]]:
    """Firm; weak, where it may be the day of a change; doubtful.

    A page that was changed before it was published was built anew. Dates for machines that are written for
    people come from a template, and several in microdata from a list of other articles.
    """
    several = len({each.claim.value[:10] for each in claims if each.claim.by == "microdata"}) > 1
    built = changed and claims and claims[0].at > changed[0].at and claims[0].claim.by != "microdata"
    firm, weak, doubtful = list[Dated](), list[Dated](), list[Dated]()
    for each in claims:
        template = each.claim.by == "json-ld" and not _MACHINE.match(each.claim.value)
        if template or (several and each.claim.by == "microdata"):
            doubtful.append(each)
        elif built or each.claim.by in _GENERAL:
            weak.append(each)
        else:
            firm.append(each)
    return firm, weak, doubtful


def _others(
    tree: HtmlElement,
    stated: Stated,
    lead: Lead,
    url: str,
    shown: Printed,
    changed: Sequence[Dated],
    now: datetime,
) -> Iterator[Dated]:
    """Where the page neither states nor plainly prints its day, the most trusted first."""
    given = [Claim(lead.published_printed, "lead")] if lead.published_printed else []
    yield from _dated([*given, *stated.get("page", ()), *_in_address(url)], now)
    guess = str(htmldate.find_date(tree, original_date=True) or "")
    is_change = any(each.day == guess for each in changed)
    for each in _dated(shown.unlabelled(), now):
        if not guess or is_change or each.day == guess:
            yield each
    yield from _dated([Claim(guess, "htmldate")], now)


def _in_address(url: str) -> list[Claim]:
    """A whole day between slashes, the month as a number or a name: "/2023/10/3-questions" holds none."""
    found = _ADDRESS.search(url)
    if found is None:
        return []
    year, month, day = found.groups()
    return [Claim(f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}", "address")]


def _on_its_own_clock(found: Dated, shown: Printed, url: str) -> Dated:
    """A moment stated in UTC, with the day that the page prints for it on the clock of its own place."""
    if not _UTC.search(found.claim.value):
        return found
    for claim in shown.times():
        if (day := _day_of(claim.value)) and day != found.day and _same_moment(claim.value, found.at):
            return found._replace(printed=claim.value)
    for claim in _in_address(url):
        if (day := _day_of(claim.value)) and day != found.day:
            start = datetime.fromisoformat(day).replace(tzinfo=UTC)
            if start - _EAST <= found.at < start + _DAY + _WEST:
                return found._replace(printed=claim.value)
    return found


def _same_moment(printed: str, at: datetime) -> bool:
    """Is this the moment, in whatever zone? A time without one may be that of any."""
    reading = dates.read(printed, now=at)
    if reading is None or not reading.precise:
        return False
    if reading.zoned:
        return reading.at == at.replace(microsecond=0)
    ahead = dates.local(reading.at).replace(tzinfo=UTC) - at.replace(microsecond=0)
    return -_WEST <= ahead <= _EAST and ahead % _QUARTER < timedelta(minutes=1)


def _day_of(printed: str) -> str | None:
    day = dates.partial(printed)
    return day if day and len(day) == len("2024-01-31") else None
