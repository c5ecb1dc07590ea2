"""RSS, RDF, Atom and JSON feeds, read from their bytes.

The feed library repairs and recognises; dates, addresses and text are judged by our own rules, because the
library reads "BST" as UTC, accepts impossible days and passes `javascript:` links through.
"""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO

import feedparser

from crawlers.markup import decode, parse, strip_tags
from crawlers.readers.reading import Reading, foreign, marker, once_each, when
from crawlers.walls import recognise
from newsdesk import urls
from newsdesk.errors import Blocked, Drifted, Unreadable
from newsdesk.model import Lead, Page, Source

_LONE_SURROGATE = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5(?:529[6-9]|5[3-9]\d\d|[67]\d{3}));"
)


def read_feed(source: Source, page: Page) -> Reading:
    """The leads of a feed. A damaged feed gives what could be read, and a warning.

    Drifted when it is no feed at all or holds no item; Blocked when a wall came instead.
    """
    feed = _parsed(page)
    if not feed.get("version"):  # of no bytes at all the library makes an object without one
        raise _no_feed(page)
    read = [(entry, _lead(entry, page)) for entry in feed.entries]
    leads = [lead for _, lead in read if lead]
    if not leads:
        raise Drifted("no item of the feed has a web address" if read else "the feed holds no items")
    warnings = [f"the feed is damaged: {feed.bozo_exception}"] if _damaged(feed) else []
    if lost := [strip_tags(entry.get("title") or "") or "no title" for entry, lead in read if not lead]:
        warnings.append(
            f"{len(lost)} of {len(read)} items have no web address and were left out: {lost[0]!r}"
        )
    warnings += foreign(leads, source, page.final_url, feed.feed.get("link"))
    once, doubt = _with_honest_guids(leads)
    return Reading(once, (*warnings, *doubt))


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


def _damaged(feed: feedparser.FeedParserDict) -> bool:
    """A wrong or missing encoding or media type is repaired without loss and not worth a word."""
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return bool(feed.bozo) and not isinstance(feed.bozo_exception, harmless)


def _no_feed(page: Page) -> Blocked | Drifted:
    if not page.body.strip():
        return Drifted("the feed is empty: no bytes came")
    text = decode(page.body, page.content_type)
    if not re.search(r"<(?:!doctype html|html|body|head)\b", text[:5000], re.IGNORECASE):
        return Drifted("this is not a feed of a known kind")
    try:
        wall = recognise(parse(text), text)
    except Unreadable:
        wall = None
    if wall:
        return Blocked(f"a {wall} page came where the feed should be", status=page.status)
    return Drifted("an HTML page came where the feed should be")


def _lead(entry: feedparser.FeedParserDict, page: Page) -> Lead | None:
    title = strip_tags(entry.get("title") or "")
    guid = (entry.get("id") or "").strip() or None
    url = urls.canonical(entry.get("link") or "", base=page.final_url) or urls.canonical(guid or "")
    if url is None:
        return None
    summary = strip_tags(entry.get("summary") or "")
    updated = entry.get("updated") if "updated" in entry else None
    published = entry.get("published") or entry.get("created") or updated
    return Lead(
        url=url,
        title=title or summary[:120],
        guid=guid,
        published_printed=published,
        published=when(published, page),
        updated=when(updated, page),
        summary=summary,
        marker=updated or marker(title, summary, published),
    )


def _with_honest_guids(leads: list[Lead]) -> tuple[tuple[Lead, ...], list[str]]:
    """Each item once. An id that several addresses share says nothing, so it is dropped, with a warning."""
    once = once_each(leads)
    shared = {guid for guid, count in Counter(lead.guid for lead in once).items() if guid and count > 1}
    honest = tuple(replace(lead, guid=None) if lead.guid in shared else lead for lead in once)
    return honest, [
        f"{len(shared)} ids stand for more than one address and are not trusted"
    ] if shared else []
