"""HTML pages that list news: by the selectors a source declares, else by what such pages have in common.

Without selectors a listing is read from its JSON-LD ItemList, or from the largest group of elements of one
make that each hold a link and a date.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.cssselect import CSSSelector, SelectorError
from lxml.html import HtmlElement

from crawlers.markup import visible
from crawlers.readers.reading import Reading, foreign, html_of, marker, once_each, when
from crawlers.structured import json_ld
from newsdesk import urls
from newsdesk.errors import Drifted, Mistake
from newsdesk.model import Lead, Page, Source

_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,? \d{4}"
    r"|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})\b",
    re.IGNORECASE,
)
MOST_LINKS = 4  # an item has its picture, its title, "read more" and perhaps a topic; a whole list has more
_CHROME = frozenset(("nav", "header", "footer", "aside"))


def read_listing_page(source: Source, page: Page) -> Reading:
    """The leads of an HTML listing; Drifted when neither way finds one."""
    tree = html_of(page)
    if "item" in source.options:
        leads = once_each(_selected(source, tree, page))
        missing = f"the selector {source.options['item']!r} finds no item with a link and a title"
    else:
        leads = once_each(_item_list(tree, page) or _repeated(tree, page))
        missing = "no list of items was recognised on the page"
    if not leads:
        raise Drifted(missing)
    warnings = foreign(leads, source, page.final_url)
    if "date" in source.options and not any(lead.published for lead in leads):
        warnings.append(f"the selector {source.options['date']!r} finds no date on any item")
    return Reading(leads, tuple(warnings))


def selector(source: Source, name: str) -> CSSSelector:
    """The declared selector of that name; Mistake when it is not CSS."""
    try:
        return CSSSelector(source.options[name], translator="html")
    except SelectorError as error:
        raise Mistake(
            f"source {source.name}: options.{name}: {source.options[name]!r} is no selector: {error}"
        ) from error


def _selected(source: Source, tree: HtmlElement, page: Page) -> Iterator[Lead]:
    parts = {name: selector(source, name) for name in ("link", "title", "date") if name in source.options}
    for item in selector(source, "item")(tree):
        link = next(iter(parts["link"](item)), None) if "link" in parts else _first_link(item)
        title = next(iter(parts["title"](item)), None) if "title" in parts else link
        dated = next(iter(parts["date"](item)), None) if "date" in parts else item
        if link is None or title is None:
            continue
        printed = _printed_date(dated, whole="date" in parts) if dated is not None else None
        yield from _lead(link.get("href"), visible(title), printed, page)


def _lead(href: str | None, title: str, printed: str | None, page: Page) -> Iterator[Lead]:
    url = urls.canonical(href, base=page.final_url) if href else None
    if url and title:
        published = when(printed, page)
        yield Lead(url, title, published_printed=printed, published=published, marker=marker(title, printed))


def _first_link(item: HtmlElement) -> HtmlElement | None:
    """The item's own link: itself, the one in its heading, or the first with words."""
    if item.tag == "a":
        return item
    links = [link for link in item.iter("a") if link.get("href") and visible(link)]
    in_heading = [
        link for link in links if any(up.tag in ("h1", "h2", "h3", "h4", "h5") for up in link.iterancestors())
    ]
    around = [link for link in links if link.find(".//h2") is not None or link.find(".//h3") is not None]
    return next(iter(in_heading or around or links), None)


def _printed_date(node: HtmlElement, *, whole: bool) -> str | None:
    """A date as the page gives it: a machine-readable one first, else one that stands in the words."""
    time = node if node.tag == "time" else node.find(".//time")
    if time is not None:
        return time.get("datetime") or visible(time)
    words = visible(node)
    found = _DATE.search(words)
    if found:
        return found.group()
    return words if whole and words else None


# ---------------------------------------------------------------- without selectors


def _item_list(tree: HtmlElement, page: Page) -> list[Lead]:
    return [
        lead
        for data in json_ld(tree)
        for item in _members(data)
        for lead in _lead(str(item.get("url") or item.get("@id") or ""), _name(item), _published(item), page)
    ]


def _members(data: Any) -> Iterator[dict[str, Any]]:
    """The things an ItemList or a blog's list of posts holds, wherever it stands in the data.

    A breadcrumb is a list too, but of the way to this page.
    """
    stack = [data]
    while stack:
        each = stack.pop()
        if isinstance(each, list):
            stack.extend(reversed(each))
        elif isinstance(each, dict) and "Breadcrumb" not in str(each.get("@type")):
            held = each.get("itemListElement") or each.get("blogPost") or []
            for member in held if isinstance(held, list) else [held]:
                if isinstance(member, dict):
                    inner = member.get("item")
                    yield {**member, **inner} if isinstance(inner, dict) else member
            stack.extend(value for key in ("@graph", "mainEntity") if (value := each.get(key)))


def _name(item: dict[str, Any]) -> str:
    return " ".join(str(item.get("headline") or item.get("name") or "").split())


def _published(item: dict[str, Any]) -> str | None:
    return str(item["datePublished"]) if item.get("datePublished") else None


def _repeated(tree: HtmlElement, page: Page) -> list[Lead]:
    """The largest group of like elements that each hold a date and few links, one of them with a title."""
    groups: dict[tuple[str, ...], list[Lead]] = defaultdict(list)
    for node in tree.iter("article", "li", "div", "tr", "section"):
        if any(up.tag in _CHROME for up in node.iterancestors()):
            continue
        if not 0 < len(list(islice(node.iter("a"), MOST_LINKS + 1))) <= MOST_LINKS:
            continue
        link = _first_link(node)
        if link is None:
            continue
        printed = _printed_date(node, whole=False)
        make = (
            str(node.tag),
            node.get("class") or "",
            str(parent.tag) if (parent := node.getparent()) is not None else "",
        )
        groups[make] += [
            lead for lead in _lead(link.get("href"), _title(link), printed, page) if lead.published
        ]
    best = max(groups.values(), key=len, default=[])
    return best if len(best) > 1 else []


def _title(link: HtmlElement) -> str:
    heading = next(iter(link.iter("h1", "h2", "h3", "h4")), link)
    return visible(heading)
