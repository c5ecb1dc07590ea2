"""A page as blocks of text: where each lies, how much of it is link, what its markup calls it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from crawlers.clutter import leads_away
from crawlers.markup import BLOCKS

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_GONE = frozenset(
    "script style noscript template svg math iframe object audio video canvas map head nav footer aside menu "
    "dialog button select textarea label input datalist figcaption".split()
)
_WHOLE = frozenset(("html", "body", "main", "article"))  # their names say what the page is, not what it holds
_HIDDEN = re.compile(r"display:\s*none")
_ASIDE = re.compile(  # what a class or an id calls something that is not the article
    r"(?:^|[\s_-])(?P<word>comments?|disqus\w*|respond|related\w*|recommend\w*|recirc\w*|promo\w*|advert\w*|ads?"
    r"|sponsor\w*|shar(?:e\w*|ing)|social\w*|newsletter\w*|subscri\w*|sign-?up|cookie\w*|consent\w*|gdpr\w*"
    r"|onetrust\w*|ot-\w+|optanon\w*|truste\w*|didomi\w*|qc-cmp\w*|privacy\w*|disclaimer\w*|copyright\w*|adblock\w*"
    r"|side-?bar|breadcrumbs?|nav|navigation|navbar|menu|foot(?:er)?|by-?line|bio|about-?author"
    r"|author-?(?:bio|box|info|card|details?|meta)|tags?|taglist|caption\w*|credits?|toolbar|widget\w*|outbrain"
    r"|taboola\w*|more-?(?:stories|news|articles|on|from)|read-?(?:more|next|also)|most-?(?:read|popular)|popular"
    r"|trending|teasers?|modal|pop-?up|overlay|hidden|print-?only|screen-reader\w*|sr-only|visually-?hidden"
    r"|timestamp|dateline|pagination|pager|rating\w*|skip-?link\w*|banner|toc|table-of-contents|jp-relatedposts"
    r"|sharedaddy|(?:post-?|entry-?|article-?)?meta|metadata)(?=[\s_-]|$)",
    re.IGNORECASE,
)


_LEAD = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|sub-?title|sub-?head(?:ing|line)?|dek|lead-paragraph|article-summary)(?=[\s_-]|$)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """A run of text between two block edges. `linked` counts the characters of it that are links.

    `place` is the element it lies in, as a number; `called` holds the names that say it is no article, and
    `leads` is true where its name says that it is the first of it.
    """

    text: str
    linked: int
    tag: str
    place: int
    called: tuple[str, ...]
    leads: bool = False


@dataclass(slots=True)
class Layout:
    """The blocks of a page in reading order, and the block elements they lie in: 0 is the page."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [-1])
    elements: list[HtmlElement | None] = field(default_factory=lambda: [None])

    def upwards(self, place: int) -> Iterator[int]:
        """This element and every one it lies in."""
        while place >= 0:
            yield place
            place = self.parents[place]


def layout_of(tree: HtmlElement) -> Layout:
    """One pass over the tree. What is never shown, and what is navigation by its element, is left out."""
    layout, walk = Layout(), _Walk()
    steps = etree.iterwalk(tree, events=("start", "end"))
    for event, element in steps:
        if not _is_shown(element):
            if event == "start":
                steps.skip_subtree()
            else:
                walk.hear(element.tail)
        elif event == "start":
            walk.enter(element, layout)
        else:
            walk.leave(element, layout)
    walk.close(layout)
    return layout


class _Walk:
    """Where the walk stands: the elements that are open, and the text heard since the last edge."""

    def __init__(self) -> None:
        self.open = [0]
        self.links = 0
        self.called: list[tuple[HtmlElement, str]] = []
        self.heard: list[str] = []
        self.linked = 0

    def hear(self, text: str | None) -> None:
        if text:
            self.heard.append(text)
            self.linked += len(text) if self.links else 0

    def enter(self, element: HtmlElement, layout: Layout) -> None:
        if element.tag in BLOCKS:
            self.close(layout)
            if element.tag != "br":
                layout.parents.append(self.open[-1])
                layout.elements.append(element)
                self.open.append(len(layout.parents) - 1)
        if element.tag not in _WHOLE and (name := _name_of_aside(element) or _name_of_box(element)):
            self.called.append((element, name))
        self.links += element.tag == "a"
        self.hear(element.text)

    def leave(self, element: HtmlElement, layout: Layout) -> None:
        self.links -= element.tag == "a"
        if element.tag in BLOCKS and element.tag != "br":
            self.close(layout)
            self.open.pop()
        if self.called and self.called[-1][0] is element:
            self.called.pop()
        self.hear(element.tail)

    def close(self, layout: Layout) -> None:
        """An edge: what was heard is a block of the innermost open element."""
        if text := " ".join("".join(self.heard).split()):
            element = layout.elements[self.open[-1]]
            tag = str(element.tag) if element is not None else ""
            names = tuple(name for _, name in self.called)
            leads = element is not None and _leads(_names(element))
            layout.blocks.append(Block(text, min(self.linked, len(text)), tag, self.open[-1], names, leads))
        self.heard, self.linked = [], 0


def _is_shown(element: HtmlElement) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag not in _GONE
        and element.get("hidden") is None
        and not _HIDDEN.search(element.get("style") or "")
    )


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def _name_of_aside(element: HtmlElement) -> str:
    return _aside_in(_names(element))


@lru_cache(maxsize=8192)  # a page gives the same few names to thousands of elements
def _aside_in(names: str) -> str:
    found = _ASIDE.search(names)
    return found["word"].lower() if found else ""


@lru_cache(maxsize=8192)
def _leads(names: str) -> bool:
    return bool(_LEAD.search(names))


def _name_of_box(element: HtmlElement) -> str:
    """A box that opens with a heading such as "Related stories" holds others, whatever it is called."""
    if element.tag not in ("div", "section", "ul") or not len(element):
        return ""
    first = element[0]
    if first.tag not in HEADINGS and first.tag not in ("p", "strong", "b", "span", "div"):
        return ""
    if first.tag in HEADINGS and (name := _name_of_aside(first)):
        return name
    text = "".join(first.itertext()) if len(first) <= 2 else ""
    return "related" if len(text) < 60 and leads_away(text) else ""
