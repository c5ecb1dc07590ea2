"""OPML, the lists of feeds that feed readers exchange (opml.org, version 2)."""

from collections.abc import Iterable
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from lxml.etree import XMLParser, XMLSyntaxError, fromstring

from newsdesk import urls
from newsdesk.errors import Mistake
from newsdesk.model import Source
from newsdesk.text import clean_line


class Outline(NamedTuple):
    """One feed of a list, and the page it belongs to."""

    title: str
    feed: str
    page: str | None = None


def outlines(body: bytes) -> list[Outline]:
    """The feeds of an OPML file, each once. Raises Mistake when it is none, or declares a document type.

    No entity is expanded and nothing outside the file is opened: such lists are passed from hand to hand.
    """
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise Mistake("the list declares a document type, which no feed reader writes: it is not read")
    parser = XMLParser(resolve_entities=False, no_network=True, remove_comments=True, recover=True)
    try:
        root = fromstring(body.strip(), parser)
    except (XMLSyntaxError, ValueError) as error:
        raise Mistake(f"the list is not XML: {error}") from error
    if root is None or root.tag != "opml":
        raise Mistake("this is not an OPML list")
    found: dict[str, Outline] = {}
    for node in root.iter("outline"):
        feed = urls.canonical(node.get("xmlUrl") or "")
        if feed:
            title = clean_line(node.get("title") or node.get("text") or "") or urls.site(feed)
            found.setdefault(
                urls.identity(feed), Outline(title, feed, urls.canonical(node.get("htmlUrl") or ""))
            )
    return list(found.values())


def opml(sources: Iterable[Source]) -> str:
    """The sources that are feeds, as a list for any feed reader."""
    lines = [
        f'    <outline type="rss" text={quoteattr(each.outlet)} title={quoteattr(each.outlet)}'
        f" xmlUrl={quoteattr(each.url)}/>"
        for each in sources
        if each.reader == "feed"
    ]
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>Presswatch</title></head>",
    ]
    return "\n".join([*head, "  <body>", *lines, "  </body>", "</opml>"]) + "\n"
