"""RSS, RDF, Atom and JSON feeds, read from their bytes.

The plain kinds are read straight from their XML or JSON, the rest by the feed library, which recognises and
repairs. Dates, addresses and text are judged by our own rules either way, because the library reads "BST" as
UTC, accepts impossible days and passes `javascript:` links through.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO

import feedparser

from crawlers.markup import strip_tags
from crawlers.readers.jsonfeeds import json_feed
from crawlers.readers.plainfeeds import Entry, Feed, plain_feed
from crawlers.readers.reading import Reading, instead, marker, once_each, own_leads, when
from crawlers.readers.wishes import wish
from newsdesk import urls
from newsdesk.errors import Drifted
from newsdesk.model import Lead, Page, Source

_LONE_SURROGATE = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5(?:529[6-9]|5[3-9]\d\d|[67]\d{3}));"
)


def read_feed(source: Source, page: Page) -> Reading:
    """The leads of a feed. A damaged feed gives what could be read, and a warning.

    Drifted when it is no feed at all or holds no item; Blocked when a wall came instead.
    """
    feed = json_feed(page.body) if page.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else None
    feed = feed or plain_feed(page.body) or _library_feed(page)
    read = [(entry, _lead(entry, page)) for entry in feed.entries]
    leads = [lead for _, lead in read if lead]
    if not leads:
        raise Drifted("no item of the feed has a web address" if read else "the feed holds no items")
    warnings = [f"the feed is damaged: {feed.damage}"] if feed.damage else []
    if lost := [strip_tags(entry.title) or "no title" for entry, lead in read if not lead]:
        warnings.append(
            f"{len(lost)} of {len(read)} items have no web address and were left out: {lost[0]!r}"
        )
    own = own_leads(leads, source, page.final_url, feed.home)
    once, doubt = _with_honest_guids(own.leads)
    said = (*warnings, *own.warnings, *doubt)
    return replace(own, leads=once, warnings=said, wish=wish(page.body))


def _library_feed(page: Page) -> Feed:
    """The feed as the library reads it, which knows every form and repairs what can be repaired."""
    feed = _parsed(page)
    if not feed.get("version") and not _is_channel(page):
        raise instead(page, "feed")
    damage = str(feed.bozo_exception) if _damaged(feed) else None
    return Feed([_entry(each) for each in feed.entries], feed.feed.get("link"), damage)


def _parsed(page: Page) -> feedparser.FeedParserDict:
    """What the library makes of the bytes. It neither fetches, nor sanitises: tags are dropped later."""
    headers = {"content-type": page.content_type, "content-location": page.final_url}
    for body in (page.body, _LONE_SURROGATE.sub(b"", page.body)):
        try:
            return feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
        except UnicodeEncodeError:  # the library raises on half a surrogate pair in a damaged feed
            continue
        except Exception as error:
            raise Drifted(f"the feed cannot be parsed: {type(error).__name__}: {error}") from error
    raise Drifted("the feed cannot be parsed: characters that do not exist")


def _is_channel(page: Page) -> bool:
    """Whether this is of the one form (CDF, of 1997) that the library reads without giving it a name."""
    return b"<channel" in page.body[:2000].lower()


def _damaged(feed: feedparser.FeedParserDict) -> bool:
    """A wrong or missing encoding or media type is repaired without loss and not worth a word."""
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return bool(feed.bozo) and not isinstance(feed.bozo_exception, harmless)


def _entry(entry: feedparser.FeedParserDict) -> Entry:
    updated = entry.get("updated") if "updated" in entry else None  # else the library warns and guesses
    return Entry(
        title=entry.get("title") or "",
        link=entry.get("link") or "",
        guid=entry.get("id") or "",
        summary=entry.get("summary") or "",
        published=entry.get("published") or entry.get("created"),
        updated=updated,
    )


def _lead(entry: Entry, page: Page) -> Lead | None:
    title, summary, guid = strip_tags(entry.title), strip_tags(entry.summary), entry.guid.strip() or None
    url = urls.canonical(entry.link, base=page.final_url) or urls.canonical(guid or "")
    if url is None:
        return None
    published = entry.published or entry.updated
    return Lead(
        url=url,
        title=title or summary[:120],
        guid=guid,
        published_printed=published,
        published=when(published, page),
        updated=when(entry.updated, page),
        summary=summary,
        marker=entry.updated or marker(title, summary, published),
    )


def _with_honest_guids(leads: Iterable[Lead]) -> tuple[tuple[Lead, ...], list[str]]:
    """Each item once. An id that several addresses share says nothing, so it is dropped, with a warning."""
    once = once_each(leads)
    shared = {guid for guid, count in Counter(lead.guid for lead in once).items() if guid and count > 1}
    honest = tuple(replace(lead, guid=None) if lead.guid in shared else lead for lead in once)
    return honest, [
        f"{len(shared)} ids stand for more than one address and are not trusted"
    ] if shared else []
