"""Pages that are edited in place: one address for ever, its entries come and change.

Each entry is a lead of its own. Its address is the page's with "#entry:" and the entry's name, its marker is
made from its words, so an edited entry is read again and a new one is new. The entry itself is all there is
to read: such a source has `pages = "none"`. A document in GOV.UK's content API is read by its change notes.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from crawlers.markup import blocks, strip_tags, visible
from crawlers.readers.items import HEADINGS, in_chrome, printed_date
from crawlers.readers.listings import selector
from crawlers.readers.reading import Reading, html_of, instead, marker, when
from newsdesk import urls
from newsdesk.errors import Drifted
from newsdesk.model import Lead, Page, Source

_GOVUK = "https://www.gov.uk"
_FIRST = re.compile(r"first published\b[^.]{0,20}\.?", re.IGNORECASE)
_LONGEST = 60  # characters of an entry's name


class Entry(NamedTuple):
    """A part of the page: what it is called, its words, and a day where one is printed for machines."""

    name: str
    text: str
    printed: str | None = None


def read_evergreen(source: Source, page: Page) -> Reading:
    """One lead per entry; Drifted when the page has none."""
    if page.body.lstrip()[:1] == b"{":
        return _notes(page)
    tree = html_of(page)
    heading = next((words for each in tree.iter("h1") if (words := visible(each))), "")
    entries = list(_declared(source, tree) if "item" in source.options else _sections(tree))
    entries = [each for each in entries if each.name and each.text != each.name]
    if not entries:
        raise Drifted("the page shows no entry: no heading with words under it")
    return _reading(entries, heading, urls.canonical(page.final_url) or page.final_url, page)


def _reading(entries: list[Entry], heading: str, address: str, page: Page) -> Reading:
    """Two entries of one name are told apart by counting from the end, where the oldest stands."""
    seen: Counter[str] = Counter()
    leads = []
    for entry in reversed(entries):
        name = _slug(entry.name)
        seen[name] += 1
        number = f"--{seen[name]}" if seen[name] > 1 else ""  # no name has two hyphens side by side
        known = not heading or heading.lower() in entry.name.lower()
        leads.append(
            Lead(
                url=f"{address}#entry:{name}{number}",
                title=entry.name if known else f"{heading}: {entry.name}",
                published_printed=entry.printed,
                published=when(entry.printed, page),
                summary=entry.text,
                marker=marker(entry.text),
            )
        )
    return Reading(tuple(reversed(leads)))


def _declared(source: Source, tree: HtmlElement) -> Iterator[Entry]:
    """The entries that the source's selectors name."""
    title = selector(source, "title") if "title" in source.options else None
    date = selector(source, "date") if "date" in source.options else None
    for item in selector(source, "item")(tree):
        named = (
            next(iter(title(item)), None) if title else next(item.iter(*HEADINGS, "strong", "b", "a"), None)
        )
        dated = next(iter(date(item)), None) if date else item.find(".//time")
        text = blocks(item)
        name = visible(named) if named is not None else text.partition("\n")[0]
        yield Entry(name, text, printed_date(dated) if dated is not None else None)


def _sections(tree: HtmlElement) -> Iterator[Entry]:
    """What stands between a heading and the next: of the highest level that the page has two of."""
    found = [each for each in tree.iter("h2", "h3", "h4") if not in_chrome(each) and visible(each)]
    levels = Counter(str(each.tag) for each in found)
    level = next((name for name in ("h2", "h3", "h4") if levels[name] > 1), None)
    for each in found:
        if each.tag == level:
            name = visible(each)
            yield Entry(name, "\n\n".join([name, *_under(each, level)]), None)


def _under(heading: HtmlElement, level: str) -> Iterator[str]:
    """The words after a heading: its following siblings, or its box's where it stands in one alone."""
    node = heading
    parent = node.getparent()
    while parent is not None and node.getnext() is None and parent.tag in ("div", "header", "a", "span"):
        node, parent = parent, parent.getparent()
    for each in node.itersiblings():
        if each.tag in ("h1", "h2", level) or next(each.iter("h1", "h2", level), None) is not None:
            return
        if words := blocks(each):
            yield words


# ---------------------------------------------------------------- GOV.UK


def _notes(page: Page) -> Reading:
    """One lead per note in a document's history, the newest first."""
    try:
        answer = json.loads(page.body)
        address = urls.canonical(answer["base_path"], base=_GOVUK)
        title, history = str(answer["title"]), answer["details"]["change_history"]
        entries = [_note(each) for each in history]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise instead(page, "document with a change history") from error
    entries = [each for each in entries if each.text and not _FIRST.fullmatch(each.text)]
    if address is None or not entries:
        raise Drifted("the document's history holds no note")
    leads = [
        Lead(
            url=f"{address}#entry:{_slug(each.name)}",
            title=f"{strip_tags(title)}: {each.text[:120]}",
            guid=each.name,
            published_printed=each.printed,
            published=when(each.printed, page),
            summary=each.text,
            marker=marker(each.text),
        )
        for each in sorted(entries, key=lambda each: each.name, reverse=True)
    ]
    return Reading(tuple({each.url: each for each in leads}.values()))


def _note(entry: dict[str, Any]) -> Entry:
    stamp = str(entry.get("public_timestamp") or "")
    return Entry(stamp, strip_tags(str(entry.get("note") or "")), stamp or None)


def _slug(name: str) -> str:
    """An entry's name as it stands in an address: plain letters and figures."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or marker(name)
