"""modern.gov, the committee system of most councils: what is new, a committee's papers, a feed of either.

Its addresses tell items apart by ids in the query (`CId`, `MId`, `Id`, `IId`), so these stay as they are.
"""

import re
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from crawlers.markup import decode, visible
from crawlers.patterns import any_of
from crawlers.readers.feeds import read_feed
from crawlers.readers.reading import Reading, html_of, marker, once_each, own_leads, when
from newsdesk import urls
from newsdesk.errors import Drifted
from newsdesk.model import Lead, Page, Source

_ITEM = re.compile(
    r"/(?P<page>ieListDocuments|ieDecisionDetails|ieIssueDetails|mgAi|mgIssueHistoryHome|ieDocHome|mgConsultationDisplay)"
    r"\.aspx$|/documents/[a-z]+\d+/",
    re.IGNORECASE,
)
_IDS = frozenset(("cid", "mid", "id", "iid", "planid"))
_DATE = any_of(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,? \d{4}"
    r"(?:,? (?:at )?\d{1,2}[.:]\d{2} ?(?:am|pm)?)?",
    r"\b\d{1,2}/\d{1,2}/\d{4}",
)


def read_committee(source: Source, page: Page) -> Reading:
    """The leads of a modern.gov page or feed; Drifted when it names no paper, meeting or decision."""
    if "<rss" in decode(page.body[:2000], page.content_type).lower():
        return read_feed(source, page)
    leads = once_each(lead for link in html_of(page).iter("a") if (lead := _lead(link, page)) is not None)
    if not leads:
        raise Drifted("the page names no meeting, paper or decision")
    return own_leads(leads, source, page.final_url)


def _lead(link: HtmlElement, page: Page) -> Lead | None:
    url = urls.canonical(link.get("href") or "", base=page.final_url)
    title = visible(link) or (link.get("title") or "").strip()
    if url is None or not title or not _ITEM.search(urlsplit(url).path):
        return None
    row = next(link.iterancestors("li", "tr", "p", "dd"), link)
    words = visible(row)
    dated = _DATE.search(title) or _DATE.search(words)
    printed = dated.group() if dated else None
    return Lead(
        url=url,
        title=title if len(title) > 12 else words[:200],
        guid=_identity(url),
        published_printed=printed,
        published=when(printed, page),
        marker=marker(words),
    )


def _identity(url: str) -> str | None:
    """The page's name and its ids: "ielistdocuments cid=251 mid=8471"."""
    parts = urlsplit(url)
    ids = sorted(f"{key.lower()}={value}" for key, value in parse_qsl(parts.query) if key.lower() in _IDS)
    item = _ITEM.search(parts.path)
    return " ".join([item["page"].lower(), *ids]) if item and item["page"] and ids else None
