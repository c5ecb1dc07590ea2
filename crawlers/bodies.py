"""The text of an article, out of the tree of its page."""

from copy import deepcopy

import trafilatura
from lxml.html import HtmlElement

from crawlers.clutter import without_clutter
from crawlers.markup import blocks, visible
from newsdesk.errors import Unreadable
from newsdesk.text import clean_text

ENOUGH = 120  # characters; what an extractor finds below this is a caption, not an article
_PLACES = (
    './/*[@itemprop="articleBody"]',
    ".//article",
    ".//main",
    './/*[@role="main"]',
    './/*[@id="content"]',
)


def body_of(tree: HtmlElement, stated: str = "") -> tuple[str, str]:
    """The body as paragraphs, and which way it was found. `stated` is what the page gives for machines.

    Unreadable when no way finds any text: an empty article is never made.
    """
    page = _without_link_paragraphs(deepcopy(tree))
    found = trafilatura.extract(deepcopy(page), favor_precision=True, include_comments=False)
    candidates = [("trafilatura", _paragraphs(found or "")), ("json-ld", clean_text(stated))]
    candidates += [("page", blocks(place)) for xpath in _PLACES if (place := page.find(xpath)) is not None]
    cleaned = [(way, without_clutter(text)) for way, text in candidates]
    for way, text in cleaned:
        if len(text) >= ENOUGH:
            return text, way
    way, text = max(cleaned, key=lambda each: len(each[1]))
    if not text:
        raise Unreadable("no text was found on the page")
    return text, way


def _paragraphs(found: str) -> str:
    """The extractor ends every block with one line break and marks list items with a hyphen."""
    return clean_text(
        "\n".join(f"• {line[2:]}" if line.startswith("- ") else f"\n{line}\n" for line in found.splitlines())
    )


def _without_link_paragraphs(tree: HtmlElement) -> HtmlElement:
    """Paragraphs that are nothing but a link lead to other stories."""
    for node in [each for each in tree.iter("p", "h2", "h3", "h4") if len(each)]:
        linked = sum(len(visible(link)) for link in node.iter("a"))
        if linked and linked >= len(visible(node)) and node.getparent() is not None:
            node.drop_tree()
    for caption in list(tree.iter("figcaption")):
        caption.drop_tree()
    return tree
