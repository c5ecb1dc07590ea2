"""What a page states about itself for machines: JSON-LD, microdata, meta elements, in that order of trust."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from crawlers.markup import visible
from newsdesk.text import clean_line

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|\w*News\w*|Report|PressRelease|TechArticle)$")
_ELSEWHERE = frozenset(("aside", "footer", "nav", "li"))
_JSON_FIELDS = (
    ("title", "headline"),
    ("published", "datePublished"),
    ("updated", "dateModified"),
    ("body", "articleBody"),
    ("site", "publisher"),
    ("byline", "author"),
)
_MICRODATA = (
    ("title", "headline"),
    ("published", "datePublished"),
    ("updated", "dateModified"),
    ("byline", "author"),
)
_META: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title"),
    "published": (
        "article:published_time", "article:published", "og:published_time", "datepublished", "publishdate",
        "publish-date", "publish_date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued",
        "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "date",
    ),
    "updated": (
        "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified",
        "dc.date.modified",
    ),
    "byline": ("author", "article:author", "parsely-author", "dc.creator", "byl"),
    "site": ("og:site_name", "application-name"),
}  # fmt: skip


class Claim(NamedTuple):
    """A value a page states, and where it states it."""

    value: str
    by: str


def claims(tree: HtmlElement) -> dict[str, list[Claim]]:
    """Per field (title, published, updated, byline, body, site) every claim, the most trusted first.

    "page" is when the page itself was made, by its entry as a web page.
    """
    found: dict[str, list[Claim]] = defaultdict(list)
    for field, claim in (*_json_ld(tree), *_microdata(tree), *_meta(tree)):
        if claim.value:
            found[field].append(claim)
    return found


# ---------------------------------------------------------------- JSON-LD


def _json_ld(tree: HtmlElement) -> Iterator[tuple[str, Claim]]:
    things = [thing for data in json_ld(tree) for thing in _things(data)]
    article = next((each for each in things if _ARTICLE.search(" ".join(_types(each)))), {})
    for field, name in _JSON_FIELDS if article else ():
        value = _names(article.get(name)) if field in ("byline", "site") else _text(article.get(name))
        yield field, Claim(value, "json-ld")
    for each in things:
        if "WebPage" in _types(each):
            yield "page", Claim(_text(each.get("datePublished")), "json-ld of the page")


def json_ld(tree: HtmlElement) -> Iterator[Any]:
    """What each JSON-LD script of a page holds; None for one that is broken."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            yield _loaded(script.text or "")


def _loaded(text: str) -> Any:
    try:
        return json.loads(re.sub(r"^\s*(?://)?<!\[CDATA\[|(?://)?\]\]>\s*;?$|;\s*$", "", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """Everything that is described; the page's own entry comes before what a list on it names."""
    level = [data]
    for _ in range(6):  # a page's own article never lies deeper
        things = [each for item in level for each in (item if isinstance(item, list) else [item])]
        things = [each for each in things if isinstance(each, dict)]
        yield from things
        level = [
            each[key]
            for each in things
            for key in ("@graph", "mainEntity", "mainEntityOfPage")
            if key in each
        ]


def _types(thing: dict[str, Any]) -> list[str]:
    kind = thing.get("@type")
    return [str(each) for each in (kind if isinstance(kind, list) else [kind])]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    return unescape(str(value)).strip() if isinstance(value, str | int | float) else ""


def _names(value: Any) -> str:
    """The names of people or organisations, whether given as words, as objects or as a list of either."""
    people = value if isinstance(value, list) else [value]
    names = [_text(each.get("name")) if isinstance(each, dict) else _text(each) for each in people]
    return ", ".join(dict.fromkeys(name for name in names if name and not name.startswith("http")))


# ---------------------------------------------------------------- microdata and meta elements


def _microdata(tree: HtmlElement) -> Iterator[tuple[str, Claim]]:
    marked = list(tree.iterfind(".//*[@itemprop]"))
    for field, prop in _MICRODATA:
        for node in own(each for each in marked if each.get("itemprop") == prop):
            stated = node.get("content") or node.get("datetime") or _inner_name(node) or visible(node)
            yield field, Claim(clean_line(stated), "microdata")


def own(nodes: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """Not the nodes of teasers: what stands in a list, an aside or the footer speaks of other pages."""
    return (node for node in nodes if not any(up.tag in _ELSEWHERE for up in node.iterancestors()))


def _inner_name(node: HtmlElement) -> str:
    inner = node.find('.//*[@itemprop="name"]')
    return (inner.get("content") or visible(inner)) if inner is not None else ""


def _meta(tree: HtmlElement) -> Iterator[tuple[str, Claim]]:
    stated: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        stated.setdefault(name.strip().lower(), clean_line(node.get("content") or ""))
    for field, names in _META.items():
        for name in names:
            if (value := stated.get(name)) and not (field == "byline" and value.startswith("http")):
                yield field, Claim(value, name)
