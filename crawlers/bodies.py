"""The text of an article, out of the tree of its page: our reading and the library's, where they agree."""

import re
from copy import deepcopy

import trafilatura
from lxml.html import HtmlElement

from crawlers import agreement
from crawlers.clutter import without_clutter
from crawlers.markup import blocks, strip_tags, visible
from crawlers.prose import prose_of
from newsdesk.errors import Unreadable
from newsdesk.text import clean_text

_LIST_GAP = re.compile(r"^(• .*)\n\n(?=• )", re.MULTILINE)
_SHORTCODE = re.compile(r"\[/?[a-z][\w-]*(?: [^\]]*)?\]")  # "[related id=7]": a blog's own markup
_MARKUP = re.compile(r"<(?:p|br|div|a|figure|img|h[1-6]|ul|!--)\b|&lt;")


def body_of(tree: HtmlElement, stated: str = "") -> tuple[str, str]:
    """The body as paragraphs, and which way it was found. `stated` is what the page gives for machines.

    Unreadable when no way finds any text: an empty article is never made.
    """
    own = prose_of(tree)
    page = _without_link_paragraphs(deepcopy(tree))
    other = _library(page, fast=len(own.text) >= agreement.ENOUGH)
    text, way = agreement.decided(own, other, _machine_text(stated))
    if text := _printed(text):
        return text, way
    longest = max((_printed(each) for each in (own.text, other, blocks(page))), key=len)
    if not longest:
        raise Unreadable("no text was found on the page")
    return longest, "page"


def _printed(text: str) -> str:
    """Without clutter; the items of a list stand together."""
    return _LIST_GAP.sub(r"\1\n", without_clutter(clean_text(text)))


def _library(tree: HtmlElement, *, fast: bool) -> str:
    """The extractor ends every block with one line break and marks list items with a hyphen."""
    found = trafilatura.extract(tree, fast=fast, include_comments=False) or ""
    lines = [line.strip() for line in found.splitlines()]
    return "\n\n".join(f"• {line[2:]}" if line.startswith("- ") else line for line in lines if line)


def _machine_text(stated: str) -> str:
    """Some pages state their body with its markup, some of it escaped."""
    bare = _SHORTCODE.sub(" ", stated)
    if _MARKUP.search(bare):
        bare = "\n\n".join(strip_tags(part) for part in re.split(r"</p>|&lt;/p&gt;|\n\n", bare))
    return clean_text(bare)


def _without_link_paragraphs(tree: HtmlElement) -> HtmlElement:
    """Paragraphs that are nothing but a link lead to other stories."""
    for node in [each for each in tree.iter("p", "h2", "h3", "h4") if len(each)]:
        linked = sum(len(visible(link)) for link in node.iter("a"))
        if linked and linked >= len(visible(node)) and node.getparent() is not None:
            node.drop_tree()
    for caption in list(tree.iter("figcaption")):
        caption.drop_tree()
    return tree
