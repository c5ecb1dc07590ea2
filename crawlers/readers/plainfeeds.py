"""RSS 2.0 and Atom 1.0 as their standards write them, straight from the XML; None for every other feed.

Nearly all feeds are of this kind, and reading one takes a fiftieth of what the feed library needs for it.
Whatever is unusual (a document type, relative bases, markup inside a title, another encoding, damage, a form
older than 2002) is left to the library, which knows them all.
"""

import re
from typing import NamedTuple

from lxml.etree import XMLParser, XMLSyntaxError, _Element, fromstring

ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
# Signs of what only the library understands, wherever they stand; searched in lower case.
_UNUSUAL = (
    b"<!doctype",
    b"<!entity",
    b"xml:base",
    b"xhtml",
    b"purl.org/dc/terms/",
    b"purl.org/atom/",
    b"fullitem",
)
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
_RSS = frozenset("title link guid description pubDate".split()) | {
    _ENCODED,
    _DC + "date",
    ATOM + "published",
    ATOM + "updated",
}
_ATOM_PARTS = frozenset(ATOM + name for name in ("title", "id", "summary", "content", "published", "updated"))
_DATES = re.compile(r"date|publish|issued|created|modif", re.IGNORECASE)
_TEXT_TYPES = (None, "text", "html", "text/plain", "text/html")
_HTML_LINKS = (None, "text/html", "application/xhtml+xml", "html")


class Entry(NamedTuple):
    """An item of a feed, each part as it stands there. Title and summary may hold HTML."""

    title: str = ""
    link: str = ""
    guid: str = ""
    summary: str = ""
    published: str | None = None
    updated: str | None = None


class Feed(NamedTuple):
    """A feed's items, the page it says it belongs to, and what was wrong with it."""

    entries: list[Entry]
    home: str | None = None
    damage: str | None = None


def plain_feed(body: bytes) -> Feed | None:
    """What the feed holds, or None when it is not one of the two plain kinds, whole and in UTF-8."""
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    encoding = _ENCODING.match(body)
    lower = body.lower()
    if any(each in lower for each in _UNUSUAL) or (
        encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")
    ):
        return None
    # huge_tree stays off: a deep or endless document is refused here and judged by the library's own limits
    parser = XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        return _of_root(fromstring(body, parser))
    except XMLSyntaxError:
        return None


def _of_root(root: _Element) -> Feed | None:
    if root.tag == ATOM + "feed":
        return _feed([_atom(each) for each in root.iterfind(ATOM + "entry")], _atom_link(root))
    channel = root.find("channel")
    if root.tag != "rss" or not (root.get("version") or "").startswith("2") or channel is None:
        return None
    items = list(channel.iterfind("item"))
    if len(items) != sum(1 for _ in root.iter("{*}item")):
        return None  # some stand in odd places
    return _feed([_rss(each) for each in items], (channel.findtext("link") or "").strip())


def _feed(entries: list[Entry | None], home: str | None) -> Feed | None:
    """The feed, unless there is anything in it that only the library understands."""
    plain = [each for each in entries if each]
    return Feed(plain, home or None) if plain and len(plain) == len(entries) else None


def _rss(item: _Element) -> Entry | None:
    said = _said(item, _RSS)
    guid = item.find("guid")
    permanent = guid is not None and guid.get("isPermaLink", "true") == "true"
    entry = said and Entry(
        title=said.get("title", ""),
        link=said.get("link") or _atom_link(item) or (said.get("guid", "") if permanent else ""),
        guid=said.get("guid", ""),
        summary=said.get("description") or said.get(_ENCODED) or "",
        published=said.get("pubDate") or said.get(ATOM + "published"),
        updated=said.get(_DC + "date") or said.get(ATOM + "updated"),
    )
    return entry if entry and _is_whole(entry, item) else None


def _atom(item: _Element) -> Entry | None:
    said = _said(item, _ATOM_PARTS)
    entry = said and Entry(
        title=said.get(ATOM + "title", ""),
        link=_atom_link(item) or "",
        guid=said.get(ATOM + "id", ""),
        summary=said.get(ATOM + "summary") or said.get(ATOM + "content") or "",
        published=said.get(ATOM + "published"),
        updated=said.get(ATOM + "updated"),
    )
    return entry if entry and _is_whole(entry, item) else None


def _is_whole(entry: Entry, item: _Element) -> bool:
    """A missing title, address or date may stand there in a form that only the library knows."""
    dated = entry.published or entry.updated or not any(_DATES.search(str(each.tag)) for each in item)
    return bool(entry.title and entry.link and dated)


def _said(item: _Element, wanted: frozenset[str]) -> dict[str, str] | None:
    """The words of the wanted children that have any; None where one comes twice or holds markup."""
    said: dict[str, str] = {}
    for each in item:
        if each.tag in wanted:
            if each.tag in said or len(each) or each.get("type") not in _TEXT_TYPES:
                return None
            said[str(each.tag)] = (each.text or "").strip()
    return {name: words for name, words in said.items() if words}


def _atom_link(entry: _Element) -> str | None:
    """The last link to the page itself, as the library takes it."""
    links = [
        each.get("href")
        for each in entry.iterfind(ATOM + "link")
        if each.get("rel", "alternate") == "alternate" and each.get("type") in _HTML_LINKS
    ]
    return (links[-1] or "").strip() if links else None
