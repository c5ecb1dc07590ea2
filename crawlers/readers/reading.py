"""What every reader gives back, and the few steps all of them share."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from crawlers import walls
from crawlers.domains import domain
from crawlers.families import Family, sign_of
from crawlers.markup import decode, parse
from newsdesk import dates, urls
from newsdesk.errors import Blocked, Drifted, Unreadable
from newsdesk.model import Lead, Page, Source, Wish

_HTML = re.compile(r"<(?:!doctype html|html|body|head)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """What a listing shows, and what was odd about it.

    `held` are its items that lead to other sites, `further` the addresses whose items belong to it, too.
    """

    leads: tuple[Lead, ...]
    warnings: tuple[str, ...] = ()
    held: tuple[Lead, ...] = ()
    further: tuple[str, ...] = ()
    wish: Wish | None = None


def html_of(page: Page) -> HtmlElement:
    """The tree of an HTML listing; Blocked when a wall stands in front of it."""
    text = decode(page.body, page.content_type)
    tree = parse(text)
    walls.refuse(tree, text, page.status)
    return tree


def instead(page: Page, wanted: str) -> Blocked | Drifted:
    """The error for a page that is not the kind of file that was wanted ("feed", "sitemap")."""
    if not page.body.strip():
        return Drifted(f"the {wanted} is empty: no bytes came")
    text = decode(page.body, page.content_type)
    if not _HTML.search(text[:5000]):
        return Drifted(f"this is not a {wanted} of a known kind")
    try:
        tree = parse(text)
    except Unreadable:
        return Drifted(f"an HTML page came where the {wanted} should be")
    if wall := walls.recognise(tree, text):
        return Blocked(f"a {wall} page came where the {wanted} should be", status=page.status)
    moved = sign_of(tree, text, page.final_url)
    proposal = f"; {proposed(moved, page.final_url)}" if moved else ""
    return Drifted(f"an HTML page came where the {wanted} should be{proposal}")


def proposed(family: Family, url: str) -> str:
    """What to declare for a page that bears the signs of a family."""
    lines = [f'reader = "{family.reader}"']
    lines += [f'or reader = "feed" and url = "{urls.canonical(feed, base=url)}"' for feed in family.feeds[:1]]
    return f"the page bears the signs of {family.title}: try {' '.join(lines)}"


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


def own_leads(leads: Iterable[Lead], source: Source, *homes: str | None) -> Reading:
    """The leads that stay with the source, and those that are held back, with a warning.

    An item that leads to a domain which is neither the source's own nor in its `hosts` option is not
    followed: a feed that was taken over, or a list that mixes in partners, must not speak in the outlet's
    name. Nor is a copy on a known mirror, whatever is declared. Drifted when nothing stays.
    """
    everything = tuple(leads)
    named = source.options.get("hosts", "").split()
    own = {domain(urls.site(url)) for url in (source.url, *homes) if url and urls.canonical(url)}
    held = [lead for lead in everything if not _belongs(urls.site(lead.url), own, named)]
    if not held:
        return Reading(everything)
    sites = ", ".join(sorted({urls.site(lead.url) for lead in held})[:3])
    warning = f"{len(held)} of {len(everything)} items lead to other sites and are held back: {sites}"
    if len(held) == len(everything):
        raise Drifted(
            f"every item leads to another site ({sites}); if that is right, name it in options.hosts"
        )
    own_ = tuple(lead for lead in everything if lead not in held)
    return Reading(own_, (warning,), tuple(held))


def _belongs(site: str, own: set[str], named: list[str]) -> bool:
    if urls.mirrored(site):
        return False
    return domain(site) in own or any(site == each or site.endswith("." + each) for each in named)
