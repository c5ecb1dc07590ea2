"""From bytes to characters to a tree: decided once, for every reader of HTML."""

import codecs
import re
from collections.abc import Iterator
from html import unescape

import lxml.html
from lxml import etree
from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser
from w3lib.encoding import html_to_unicode

from newsdesk.errors import Unreadable
from newsdesk.text import clean_line, clean_text

BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table td th tr ul".split()
)
UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "object", "head"))


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Stray bytes in a page that calls itself UTF-8 are nearly always Windows quotes and dashes."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


codecs.register_error("presswatch-windows-1252", _as_windows_1252)


def decode(body: bytes, content_type: str = "") -> str:
    """The characters of a page. Bytes that are valid UTF-8 are UTF-8, whatever the page declares.

    Otherwise a byte order mark, then the HTTP header, then the page's own declaration, then Windows-1252
    decide; ISO-8859-1 is read as Windows-1252, as browsers do.
    """
    if not body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return body.decode("utf-8-sig").replace("\0", "")
        except UnicodeDecodeError:
            pass
    encoding, text = html_to_unicode(content_type, body, default_encoding="cp1252")
    if encoding == "utf-8":
        text = body.decode("utf-8", errors="presswatch-windows-1252")
    return text.replace("\0", "").removeprefix("\ufeff")


def parse(text: str) -> HtmlElement:
    """The tree of a page; Unreadable when it holds no element at all. No entity or address is followed."""
    parser = HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except ParserError as error:
        raise Unreadable("the page is empty") from error


def visible(node: HtmlElement) -> str:
    """The words of a node as one line; what scripts and styles hold is left out."""
    return clean_line("".join(_pieces(node, " ")))


def blocks(node: HtmlElement) -> str:
    """The words of a node as paragraphs, list items with a bullet."""
    return clean_text("".join(_pieces(node, "\n\n", bullet="• ", flat=True)))


def _pieces(node: HtmlElement, edge: str, bullet: str = "", *, flat: bool = False) -> Iterator[str]:
    """The text of a node in reading order, with an edge where a block begins or ends."""
    steps = etree.iterwalk(node, events=("start", "end"))
    for event, each in steps:
        begins = event == "start"
        if each.tag in BLOCKS:
            yield edge
        if begins and (each.tag in UNSEEN or not isinstance(each.tag, str)):
            steps.skip_subtree()
            continue
        if begins and each.tag == "li":
            yield bullet
        text = each.text if begins else each.tail if each is not node else None
        if text:
            yield _flat(text) if flat else text


def _flat(text: str) -> str:
    """Line breaks in the source of a page are spaces."""
    return re.sub(r"[\r\n\t\f\v]+", " ", text)


# A piece of HTML without anything but words, a few entities, and tags whose contents are seen.
_PLAIN = re.compile(
    r"(?:[^<&]++|&(?:amp|lt|gt|quot|nbsp|#[0-9]{2,4});"
    r"|</?(?:p|br|div|ul|ol|li|h[1-6]|a|b|i|u|em|strong|span|img|small)"
    r"(?:\s++[a-z-]++=(?:\"[^\"<>]*+\"|'[^'<>]*+'))*+\s*+/?>)*+"
)
_TAG = re.compile(r"</?([a-z0-9]+)[^>]*>")


def strip_tags(fragment: str) -> str:
    """The words of a piece of HTML (a feed's title or summary), tags gone and entities read."""
    if not re.search(r"[<&]", fragment):
        return clean_line(fragment)
    if _PLAIN.fullmatch(fragment):  # nearly all are, and a tree takes ten times as long
        return clean_line(unescape(_TAG.sub(lambda tag: " " if tag[1] in BLOCKS else "", fragment)))
    try:
        return visible(parse(f"<div>{fragment}</div>"))
    except Unreadable:
        return ""
