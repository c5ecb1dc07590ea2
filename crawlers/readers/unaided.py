"""Lists recognised without being told what an item is.

First what the page states for machines (JSON-LD, microdata), then the largest group of elements of one make
that each hold a link and a date.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from crawlers.markup import visible
from crawlers.readers.items import in_chrome, item_link, lead, printed_date, title_of
from crawlers.structured import json_ld
from newsdesk.model import Lead, Page

MOST_LINKS = 4  # an item has its picture, its title, "read more" and perhaps a topic; a whole list has more
_ARTICLE = re.compile(r"(?:Article|BlogPosting|PressRelease|Report)$")
_COUNTERS = re.compile(r"\b(?:odd|even|first|last)\b|[-_]?\d+")


def unaided(tree: HtmlElement, page: Page) -> list[Lead]:
    """The list on a page, or nothing."""
    return _json_ld(tree, page) or _microdata(tree, page) or _repeated(tree, page)


# ---------------------------------------------------------------- said for machines


def _json_ld(tree: HtmlElement, page: Page) -> list[Lead]:
    return [
        each
        for data in json_ld(tree)
        for item in _members(data)
        for each in lead(str(item.get("url") or item.get("@id") or ""), _name(item), _published(item), page)
    ]


def _members(data: Any) -> Iterator[dict[str, Any]]:
    """The things an ItemList or a blog's list of posts holds, wherever it stands, and articles side by side.

    A breadcrumb is a list too, but of the way to this page; a single article is the page itself.
    """
    stack = [data]
    while stack:
        each = stack.pop()
        if isinstance(each, list):
            articles = [thing for thing in each if _is_article(thing)]
            yield from articles if len(articles) > 1 else ()
            stack.extend(reversed(each))
        elif isinstance(each, dict) and "Breadcrumb" not in str(each.get("@type")):
            held = each.get("itemListElement") or each.get("blogPost") or []
            for member in held if isinstance(held, list) else [held]:
                if isinstance(member, dict):
                    inner = member.get("item")
                    yield {**member, **inner} if isinstance(inner, dict) else member
            stack.extend(value for key in ("@graph", "mainEntity") if (value := each.get(key)))


def _is_article(thing: Any) -> bool:
    return isinstance(thing, dict) and bool(_ARTICLE.search(str(thing.get("@type")))) and bool(_name(thing))


def _name(item: dict[str, Any]) -> str:
    return " ".join(str(item.get("headline") or item.get("name") or "").split())


def _published(item: dict[str, Any]) -> str | None:
    return str(item["datePublished"]) if item.get("datePublished") else None


def _microdata(tree: HtmlElement, page: Page) -> list[Lead]:
    """Articles that are marked as such one by one; one alone is the page itself."""
    scopes = [
        node for node in tree.iterfind(".//*[@itemtype]") if _ARTICLE.search(node.get("itemtype") or "")
    ]
    leads = [each for scope in scopes for each in _of_scope(scope, page)]
    return leads if len({each.url for each in leads}) > 1 else []


def _of_scope(scope: HtmlElement, page: Page) -> Iterator[Lead]:
    link = scope.find(".//*[@itemprop='url']")
    link = link if link is not None else item_link(scope, page)
    name = scope.find(".//*[@itemprop='headline']")
    name = name if name is not None else scope.find(".//*[@itemprop='name']")
    dated = scope.find(".//*[@itemprop='datePublished']")
    if link is None:
        return
    title = (visible(name) or name.get("content") or "") if name is not None else title_of([link])
    stated = (dated.get("content") or dated.get("datetime")) if dated is not None else None
    yield from lead(link.get("href") or link.get("content"), title, stated or printed_date(scope), page)


# ---------------------------------------------------------------- alike in make


def _repeated(tree: HtmlElement, page: Page) -> list[Lead]:
    """The largest group of like elements that each hold a date and few links, one of them with a title."""
    groups: dict[tuple[str, ...], list[Lead]] = defaultdict(list)
    for node in tree.iter("article", "li", "div", "tr", "section", "a"):
        if in_chrome(node):
            continue
        count = len(list(islice(node.iter("a"), MOST_LINKS + 1)))
        link = item_link(node, page) if 0 < count <= MOST_LINKS else None
        if link is not None:
            found = lead(link.get("href"), title_of([link]), printed_date(node), page)
            groups[_make(node)] += [each for each in found if each.published]
    best = max(groups.values(), key=lambda leads: len({each.url for each in leads}), default=[])
    return best if len({each.url for each in best}) > 1 else []


def _make(node: HtmlElement) -> tuple[str, ...]:
    """What elements of one list have in common; "odd", "last" and numbers in their classes differ."""
    parent = node.getparent()
    classes = sorted(set(_COUNTERS.sub("", node.get("class") or "").split()))
    return str(node.tag), " ".join(classes), str(parent.tag) if parent is not None else ""
