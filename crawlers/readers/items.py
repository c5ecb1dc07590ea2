"""The parts of an item on an HTML listing: its link, its title, its date."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawlers.markup import visible
from crawlers.readers.pagers import invites, turns_pages
from crawlers.readers.reading import marker, when
from newsdesk import urls
from newsdesk.model import Lead, Page

HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_CHROME_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary"))
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TH = r"(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?<![\d/])(?:\d{{1,2}}{_TH}(?: of)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}{_TH}, \d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})(?![\d/])",
    re.IGNORECASE,
)


def in_chrome(node: HtmlElement) -> bool:
    """Whether a node stands in the menus, the head or the foot of the page, where no list of news is.

    The header or footer of an article is the article's own.
    """
    edge = False
    for up in node.iterancestors():
        if up.tag in ("nav", "aside") or up.get("role") in _CHROME_ROLES:
            return True
        edge = up.tag != "article" and (edge or up.tag in ("header", "footer"))
    return edge


def lead(href: str | None, title: str, printed: str | None, page: Page) -> Iterator[Lead]:
    """One lead, or none where the link is no address or has no words."""
    url = urls.canonical(href, base=page.final_url) if href else None
    if url and title:
        published = when(printed, page)
        yield Lead(url, title, published_printed=printed, published=published, marker=marker(title, printed))


def item_link(item: HtmlElement, page: Page) -> HtmlElement | None:
    """The item's own link: itself, the one in its heading, or the first with words of its own."""
    if item.tag == "a":
        return item
    links = [
        link
        for link in item.iter("a")
        if (address := urls.canonical(link.get("href") or "", base=page.final_url))
        and visible(link)
        and not turns_pages(link, address)
    ]
    in_heading = [link for link in links if any(up.tag in HEADINGS for up in link.iterancestors())]
    around = [link for link in links if next(link.iter(*HEADINGS), None) is not None]
    plain = [link for link in links if not invites(visible(link))]
    return next(iter(in_heading or around or plain or links), None)


def title_of(links: list[HtmlElement]) -> str:
    """What an item's links call it: the heading inside or around one, else the longest telling words."""
    for link in links:
        if inside := next((words for each in link.iter(*HEADINGS) if (words := visible(each))), None):
            return inside
    telling = [(link, words) for link in links if (words := visible(link)) and not invites(words)]
    for link, words in telling:
        if any(up.tag in HEADINGS for up in link.iterancestors()):
            return words
    attributes = [words for link in links if (words := (link.get("title") or "").strip())]
    return max([words for _, words in telling] or attributes, key=len, default="")


def printed_date(node: HtmlElement, *, whole: bool = False) -> str | None:
    """A date as the page gives it: a machine-readable one first, else one that stands in the words.

    `whole` takes all the words where none of them is a date of a known form.
    """
    time = node if node.tag == "time" else node.find(".//time")
    if time is not None:
        return time.get("datetime") or visible(time)
    words = visible(node)
    found = _DATE.search(words)
    if found:
        return found.group()
    return words if whole and words else None
