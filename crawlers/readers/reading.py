"""What every reader gives back, and the few steps all of them share."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from crawlers import walls
from crawlers.markup import decode, parse
from newsdesk import dates, urls
from newsdesk.model import Lead, Page, Source


@dataclass(frozen=True)
class Reading:
    """What a listing shows, and what was odd about it."""

    leads: tuple[Lead, ...]
    warnings: tuple[str, ...] = ()


def html_of(page: Page) -> HtmlElement:
    """The tree of an HTML listing; Blocked when a wall stands in front of it."""
    text = decode(page.body, page.content_type)
    tree = parse(text)
    walls.refuse(tree, text, page.status)
    return tree


def when(printed: str | None, page: Page) -> datetime | None:
    """The moment a printed date means, or None."""
    reading = dates.read(printed, now=page.fetched_at) if printed else None
    return reading.at if reading else None


def marker(*parts: str | None) -> str:
    """A short hash that changes when any of these does."""
    text = "\n".join(part or "" for part in parts)
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:16]


def once_each(leads: Iterable[Lead]) -> tuple[Lead, ...]:
    """Each address (and id) once, the first sighting of it, in the order of the page."""
    return tuple({(lead.guid, lead.url): lead for lead in reversed(list(leads))}.values())[::-1]


def foreign(leads: Iterable[Lead], source: Source, *homes: str | None) -> list[str]:
    """One warning when items lead to sites that are neither the source's own nor in its `hosts` option."""
    own = {urls.site(url) for url in (source.url, *homes) if url and urls.canonical(url)} | set(
        source.options.get("hosts", "").split()
    )
    sites = [urls.site(lead.url) for lead in leads]
    strange = Counter(
        site for site in sites if not any(site == each or site.endswith("." + each) for each in own)
    )
    if not strange:
        return []
    return [f"{strange.total()} of {len(sites)} items lead to other sites: {', '.join(sorted(strange)[:3])}"]
