"""The families of content systems, and the signs by which a page shows which one made it.

The table is `crawlers/families.toml`; a new family is a new entry there and a page in the tests.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawlers.markup import decode, parse
from newsdesk import urls
from newsdesk.errors import Unreadable
from newsdesk.model import Page

_LINKED = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action"))


class Family(NamedTuple):
    """One family: its signs, and where its news stands on a listing. The table says what each part means."""

    name: str
    title: str
    reader: str
    generator: re.Pattern[str] | None
    host: re.Pattern[str] | None
    markup: re.Pattern[str] | None
    own: re.Pattern[str] | None
    least: int
    link: CSSSelector | None
    item: re.Pattern[str] | None
    dated: bool
    date: CSSSelector | None
    feeds: tuple[str, ...]


def _family(entry: dict[str, Any]) -> Family:
    def pattern(name: str) -> re.Pattern[str] | None:
        return re.compile(entry[name]) if name in entry else None

    def selector(name: str) -> CSSSelector | None:
        return CSSSelector(entry[name], translator="html") if name in entry else None

    return Family(
        name=entry["name"],
        title=entry["title"],
        reader=entry.get("reader", entry["name"]),
        generator=re.compile(entry["generator"], re.IGNORECASE) if "generator" in entry else None,
        host=pattern("host"),
        markup=pattern("markup"),
        own=pattern("own"),
        least=entry.get("least", 1),
        link=selector("link"),
        item=pattern("item"),
        dated=entry.get("dated", False),
        date=selector("date"),
        feeds=tuple(entry.get("feeds", ())),
    )


_table = tomllib.loads((files("crawlers") / "families.toml").read_text("utf-8"))
FAMILIES: dict[str, Family] = {entry["name"]: _family(entry) for entry in _table["family"]}


def sign(page: Page) -> Family | None:
    """The family whose signs an HTML page bears, or None. Raises nothing."""
    text = decode(page.body, page.content_type)
    try:
        return sign_of(parse(text), text, page.final_url)
    except Unreadable:
        return None


def sign_of(tree: HtmlElement, text: str, url: str) -> Family | None:
    """The same for a page that was parsed already; `url` is where it was found."""
    generators = " ".join(
        node.get("content") or ""
        for node in tree.iter("meta")
        if (node.get("name") or "").strip().lower() == "generator"
    )
    own = set(_own_addresses(tree, url))
    host = urls.site(url) if urls.canonical(url) else ""
    return next((each for each in FAMILIES.values() if _bears(each, host, generators, text, own)), None)


def _bears(family: Family, host: str, generators: str, text: str, own: set[str]) -> bool:
    return bool(
        (family.host and family.host.search(host))
        or (family.generator and family.generator.search(generators))
        or (family.markup and family.markup.search(text))
        or (family.own and sum(1 for each in own if family.own.search(each)) >= family.least)
    )


def _own_addresses(tree: HtmlElement, base: str) -> Iterator[str]:
    """Path and query of everything the page refers to on its own host: another site's files say nothing."""
    home = urls.canonical(base)
    if home is None:
        return
    for tag, attribute in _LINKED:
        for node in tree.iter(tag):
            url = urls.canonical(node.get(attribute) or "", base=home)
            if url and urls.site(url) == urls.site(home):
                yield local(url)


def local(url: str) -> str:
    """Path and query of an address."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
