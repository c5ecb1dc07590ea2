"""What could be watched at an address: the pages that were fetched there, judged as sources.

Pure: whoever calls this fetches. `examine` judges one page and names further addresses worth a look, `best`
orders what was found; `crawlers.proposals` writes the best of it down as a declaration.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawlers.domains import domain
from crawlers.families import Family, sign_of
from crawlers.markup import decode, parse, visible
from crawlers.readers import READERS
from crawlers.readers.govuk import content_address
from crawlers.readers.pagers import turns_pages
from crawlers.readers.sitemaps import sitemap
from newsdesk import urls
from newsdesk.errors import Drifted, Unreadable
from newsdesk.model import Kind, Lead, Page, Source

FEEDS, PLACES = 4, 3  # further addresses of each sort that one page may ask for
_FEED_TYPE = re.compile(r"application/(?:rss|atom|feed)\+(?:xml|json)|application/rdf\+xml", re.IGNORECASE)
_FEED_PATH = re.compile(r"(?:^|[/._-])(?:rss|feed|atom)s?(?:[/._-]|$)|mgRss\.aspx|service=rss", re.IGNORECASE)
_COMMENTS = re.compile(r"comment", re.IGNORECASE)
_NEWS = re.compile(
    r"(?:all |latest |council |our )?"
    r"(?:news(?:room)?|press(?: (?:releases|office))?|media (?:releases|centre|hub))"
    r"(?: (?:and|&) (?:events|media|views|campaigns))?",
    re.IGNORECASE,
)
_NEWS_PATH = re.compile(r"/(?:[^/]+/)??[^/]*(?:news|press|media)[^/]*/", re.IGNORECASE)
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_ORDER = ("feed", "committee", "ofsted", "govuk")  # what these give is stated, not guessed from markup


class Finding(NamedTuple):
    """One page as a source: its reader (None when it shows no item), its items, and where else to look."""

    url: str
    reader: str | None
    family: str | None = None
    outlet: str = ""
    leads: tuple[Lead, ...] = ()
    further: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    options: Mapping[str, str] = MappingProxyType({})


def examine(page: Page) -> Finding:
    """Judge one page. Raises Blocked when it is a wall."""
    found = sitemap(page.body)
    if found and found.of_sitemaps:
        newest = sorted(found.places, key=lambda each: ("news" in each.address, each.changed or ""))[-1:]
        return Finding(page.final_url, None, further=tuple(each.address for each in newest))
    if found:
        whole = _read(page, ["sitemap"])
        path = None if found.titled else _news_path(whole.leads)
        return whole if path is None else _read(page, ["sitemap"], {"path": path})
    text = decode(page.body, page.content_type)
    if not re.search(r"<(?:!doctype html|html|body|head)\b", text[:5000], re.IGNORECASE):
        return _read(page, ["feed", "govuk", "evergreen"])
    try:
        tree = parse(text)
    except Unreadable:
        return Finding(page.final_url, None)
    family = sign_of(tree, text, page.final_url)
    named = [family.reader, "listing"] if family else ["listing"]
    answers = [content_address(page.final_url)] if named[0] == "govuk" else []
    further = tuple(dict.fromkeys([*_feeds(tree, page, family), *_places(tree, page), *answers]))
    return _read(page, named)._replace(
        family=family.title if family else None, outlet=_outlet(tree, page), further=further
    )


def named_sitemaps(robots: bytes) -> list[str]:
    """The sitemaps a robots.txt names, those of news first."""
    named = dict.fromkeys(_SITEMAP_LINE.findall(robots.decode("utf-8", "replace")))
    return sorted(
        (each for each in named if urls.canonical(each)), key=lambda each: "news" not in each.lower()
    )


def best(findings: Iterable[Finding]) -> list[Finding]:
    """Those with items: stated before guessed, dated before undated, more before less."""

    def rank(finding: Finding) -> tuple[int, int, int]:
        dated = sum(1 for lead in finding.leads if lead.published)
        stated = _ORDER.index(finding.reader) if finding.reader in _ORDER else len(_ORDER)
        guessed = {"sitemap": 2, "listing": 1}.get(finding.reader or "", 0)
        return stated + guessed, -dated, -len(finding.leads)

    once = {urls.identity(each.url): each for each in findings if each.reader and each.leads}
    return sorted(once.values(), key=rank)


def _read(page: Page, readers: Sequence[str], options: Mapping[str, str] = MappingProxyType({})) -> Finding:
    """What the first of these readers that finds items makes of a page."""
    notes: list[str] = []
    for reader in readers:
        try:
            reading = READERS[reader](provisional(page, reader, options), page)
        except Drifted as error:
            notes.append(f"{reader}: {error.reason}")
            continue
        return Finding(page.final_url, reader, leads=reading.leads, notes=reading.warnings, options=options)
    return Finding(page.final_url, None, notes=tuple(notes))


def _news_path(leads: Sequence[Lead]) -> str | None:
    """The part of a site where its news stands, when its sitemap lists everything."""
    parts = Counter(
        found[0] for lead in leads if (found := _NEWS_PATH.match(urlsplit(lead.url).path)) is not None
    )
    return parts.most_common(1)[0][0] if parts else None


def provisional(page: Page, reader: str, options: Mapping[str, str] = MappingProxyType({})) -> Source:
    """A source to read a page with that nobody has declared yet."""
    return Source(
        name="discovered",
        outlet=urls.site(page.final_url),
        kind=Kind.OTHER,
        url=page.final_url,
        reader=reader,
        weekly=(0, 1),
        verified="not yet",
        verified_on=page.fetched_at.date(),
        options=options,
    )


def _feeds(tree: HtmlElement, page: Page, family: Family | None) -> list[str]:
    """The feeds a page names in its head, then those its links lead to, then where its family has them."""
    stated = [
        node.get("href") for node in tree.iter("link") if _FEED_TYPE.match((node.get("type") or "").strip())
    ]
    linked = [node.get("href") for node in tree.iter("a") if _FEED_PATH.search(node.get("href") or "")]
    usual = family.feeds if family else ()
    return _own([*stated, *linked, *usual], page)[:FEEDS]


def _places(tree: HtmlElement, page: Page) -> list[str]:
    """Where links called "News" or "Press releases" lead."""
    named = [link for link in tree.iter("a") if _NEWS.fullmatch(visible(link))]
    return _own([link.get("href") for link in named if not turns_pages(link, link.get("href") or "")], page)[
        :PLACES
    ]


def _own(addresses: Iterable[str | None], page: Page) -> list[str]:
    """Addresses on the page's own domain, each once, without this page and without feeds of comments."""
    home = urls.canonical(page.final_url) or ""
    found = [urls.canonical(each or "", base=page.final_url) for each in addresses]
    return [
        each
        for each in dict.fromkeys(found)
        if each
        and each != home
        and domain(urls.site(each)) == domain(urls.site(home))
        and not _COMMENTS.search(each)
    ]


def _outlet(tree: HtmlElement, page: Page) -> str:
    """The site's name as it gives it, else the last part of the page's title."""
    for node in tree.iter("meta"):
        if node.get("property") == "og:site_name" and node.get("content"):
            return str(node.get("content")).strip()
    title = next((visible(each) for each in tree.iter("title")), "")
    return re.split(r"\s[|–—-]\s", title)[-1].strip() or urls.site(page.final_url)
