"""Listings of a known family of content systems, told by the shape of their items' addresses.

Class names change with every new coat of paint, addresses hardly ever. So an item is found by its link, and
what belongs to it is the largest element around that link which holds no other item.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml.html import HtmlElement

from crawlers.families import FAMILIES, Family, local
from crawlers.markup import decode
from crawlers.readers.feeds import read_feed
from crawlers.readers.items import in_chrome, lead, printed_date, title_of
from crawlers.readers.pagers import turns_pages
from crawlers.readers.reading import Reading, html_of, once_each, own_leads
from crawlers.readers.unaided import unaided
from newsdesk import urls
from newsdesk.errors import Drifted
from newsdesk.model import Lead, Page, Source

_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_DAY = re.compile(r"/(?P<year>20\d\d)[/-](?P<month>0\d|1[0-2])[/-](?P<day>[0-2]\d|3[01])(?:/|$)")
FEWEST = 2  # a lone link of the right shape is as likely a teaser beside something else

Links = dict[str, list[HtmlElement]]


def read_newsroom(source: Source, page: Page) -> Reading:
    """The leads of a listing or a feed of the family that the source's reader names.

    Drifted when neither the family's shape nor a list of dated links is found.
    """
    if _FEED.match(decode(page.body[:4000], page.content_type)):
        return read_feed(source, page)
    family = FAMILIES[source.reader]
    tree = html_of(page)
    leads = once_each(_leads(tree, page, family))
    warnings: tuple[str, ...] = ()
    if not leads:
        leads = once_each(unaided(tree, page))
        warnings = (f"no item has the shape of {family.title}; a list of dated links was read instead",)
    if not leads:
        raise Drifted(f"the page shows no item as {family.title} does, and no list of dated links")
    own = own_leads(leads, source, page.final_url)
    return replace(own, warnings=warnings + own.warnings)


def _leads(tree: HtmlElement, page: Page, family: Family) -> Iterator[Lead]:
    found = _items(tree, page, family)
    if len(found) < FEWEST:
        return
    owner = {link: url for url, links in found.items() for link in links}
    for url, links in found.items():
        title = title_of(links)
        block = _block(links[0], owner)
        printed = _date(block, family) or _from_address(url)
        if printed or not family.dated:
            yield from lead(url, title, printed, page)


def _items(tree: HtmlElement, page: Page, family: Family) -> Links:
    """Every item's links by its address, in the order of the page."""
    here = urls.canonical(page.final_url)
    found: Links = {}
    for link in family.link(tree) if family.link else tree.iter("a"):
        url = urls.canonical(link.get("href") or "", base=page.final_url)
        if url is None or here is None or urls.identity(url) == urls.identity(here):
            continue
        if (family.item and not family.item.search(local(url))) or turns_pages(link, url):
            continue
        if not in_chrome(link):
            found.setdefault(url, []).append(link)
    return found


def _block(link: HtmlElement, owner: Mapping[HtmlElement, str]) -> HtmlElement:
    """The largest element around a link that holds links of no other item."""
    url, block = owner[link], link
    for up in link.iterancestors():
        if up.tag in ("main", "body", "html") or any(owner.get(each, url) != url for each in up.iter("a")):
            break
        block = up
    return block


def _date(block: HtmlElement, family: Family) -> str | None:
    for node in family.date(block) if family.date else ():
        printed = node.get("content") or printed_date(node)
        if printed:
            return str(printed)
    return printed_date(block)


def _from_address(url: str) -> str | None:
    day = _DAY.search(url)
    return f"{day['year']}-{day['month']}-{day['day']}" if day else None
