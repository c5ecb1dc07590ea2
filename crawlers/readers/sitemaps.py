"""Sitemaps and news sitemaps (sitemaps.org 0.9; the news extension names title and day), packed or not.

A sitemap lists a whole site, so a source usually says which part of it is news: `options.path`.
"""

import re
import zlib
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lxml.etree import XMLParser, XMLSyntaxError, _Element, fromstring

from crawlers.readers.reading import Reading, instead, marker, once_each, own_leads, when
from crawlers.settings import Limits
from newsdesk import urls
from newsdesk.errors import Drifted
from newsdesk.model import Lead, Page, Source
from newsdesk.text import clean_line

MOST = 500  # leads of one visit, the newest first; a sitemap may hold 50,000 addresses
PARTS = 3  # sitemaps that are read of an index
_LARGEST = Limits().size
_GZIP = b"\x1f\x8b"
_LINE = re.compile(r"https?://\S+")


class Place(NamedTuple):
    """One address of a sitemap, with what is said about it, as printed."""

    address: str
    title: str = ""
    published: str | None = None
    changed: str | None = None


class Sitemap(NamedTuple):
    """Pages, or for an index the sitemaps it names; `titled` where it is a news sitemap."""

    places: list[Place]
    of_sitemaps: bool = False
    titled: bool = False


def read_sitemap(source: Source, page: Page) -> Reading:
    """The newest leads of a sitemap, or of an index the sitemaps to read; Drifted when it lists none."""
    found = sitemap(page.body)
    if found is None:
        raise instead(page, "sitemap")
    if found.of_sitemaps:
        return _parts(source, page, found.places)
    path = source.options.get("path", "/")
    leads = [
        each
        for place in found.places
        if (each := _lead(place, page)) and urlsplit(each.url).path.startswith(path)
    ]
    if not leads:
        raise Drifted(f"none of the sitemap's {len(found.places)} addresses begins with {path}")
    newest_first = sorted(leads, key=lambda each: each.published_printed or each.marker or "", reverse=True)
    own = own_leads(once_each(newest_first if len(leads) > MOST else leads), source, page.final_url)
    return replace(own, leads=own.leads[:MOST])


def _parts(source: Source, page: Page, places: list[Place]) -> Reading:
    """The sitemaps that an index says changed last; where it says nothing, those it names last."""
    leads = [
        Lead(url, "a sitemap", marker=place.changed)
        for place in places
        if (url := urls.canonical(place.address, base=page.final_url))
    ]
    if not leads:
        raise Drifted("the index names no sitemap")
    named = enumerate(own_leads(leads, source, page.final_url).leads)
    # dates of one sitemap are written alike, so that their words sort as the days do
    newest = sorted(named, key=lambda each: (each[1].marker or "", each[0]), reverse=True)
    return Reading((), further=tuple(dict.fromkeys(lead.url for _, lead in newest))[:PARTS])


def sitemap(body: bytes) -> Sitemap | None:
    """What a sitemap lists, in XML or as plain lines; None when this is none."""
    plain = _unpacked(body)
    if plain.lstrip()[:4].lower() == b"http":
        return Sitemap([Place(line) for line in _LINE.findall(plain.decode("utf-8", "replace"))])
    parser = XMLParser(resolve_entities=False, no_network=True, remove_comments=True, recover=True)
    try:
        root = fromstring(plain.lstrip(), parser)
    except (XMLSyntaxError, ValueError):
        return None
    kind = _name(root) if root is not None else ""
    if kind not in ("urlset", "sitemapindex"):
        return None
    places = [place for each in root if _name(each) in ("url", "sitemap") for place in _places(each)]
    return Sitemap(places, of_sitemaps=kind == "sitemapindex", titled=any(each.title for each in places))


def _places(entry: _Element) -> list[Place]:
    said: dict[str, str] = {}
    for each in entry.iter("{*}loc", "{*}lastmod", "{*}title", "{*}publication_date"):
        if each.text and "image" not in str(each.tag) and "video" not in str(each.tag):
            said.setdefault(_name(each), clean_line(each.text))
    if "loc" not in said:
        return []
    return [Place(said["loc"], said.get("title", ""), said.get("publication_date"), said.get("lastmod"))]


def _lead(place: Place, page: Page) -> Lead | None:
    url = urls.canonical(place.address, base=page.final_url)
    title = place.title or _slug(url or "")
    if url is None or not title:
        return None
    return Lead(
        url=url,
        title=title,
        published_printed=place.published,
        published=when(place.published, page),
        updated=when(place.changed, page),
        marker=place.changed or marker(title, place.published),
    )


def _slug(url: str) -> str:
    """The words of the last part of an address, for a page of which nothing else is known yet."""
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    words = clean_line(re.sub(r"[-_+.]+", " ", re.sub(r"\.(?:aspx?|html?|php)$", "", last)))
    told = re.sub(r"^\d+ (?=\D)", "", words)
    return told[:1].upper() + told[1:]


def _unpacked(body: bytes) -> bytes:
    """The sitemap itself; no more of it than any page may have."""
    if not body.startswith(_GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _LARGEST)
    except zlib.error:
        return b""


def _name(node: _Element) -> str:
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
