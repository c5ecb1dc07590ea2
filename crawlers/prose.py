"""The part of a page that is the article, found by where its prose lies.

The thresholds are round figures that did well over six public corpora together.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawlers.clutter import sells
from crawlers.layout import HEADINGS, Block, Layout, layout_of

_ENDED = re.compile(r"[.!?…:;。！？」][\"'”’»)\]]*$")
_LEGAL = re.compile(
    r"\bcookies?\b.*\b(?:website|site|browser|consent|experience)\b|©|\(c\) \d{4}|all rights reserved"
    r"|copyright|affiliate (?:commission|link)|through a link on our site"
    r"|\bearn (?:a |an affiliate |some )?commission",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookie|consent|gdpr|onetrust|ot-|optanon|truste|didomi|qc-cmp"
)  # no article, however long
_PROSE, _LONG, _LEGAL_LENGTH = 45, 90, 500  # characters
_MOSTLY_LINK = 0.4
_MAIN, _ARTICLE, _BEFORE = 0.8, 0.25, 0.2  # shares of the prose
_ASIDE, _COMMENTS = 0.4, 0.8  # what holds more of the prose than this is no aside, whatever it is called
_LEADS = 3  # paragraphs that may stand between the headline and the element of the text
_ROW = 100  # characters; a longer cell belongs to a table that is there for the layout


@dataclass(frozen=True, slots=True)
class Prose:
    """The article as paragraphs, empty when the page shows no prose, and what to doubt of it.

    `refused` are blocks that were passed over for their names, `linked` those that are links for the most
    part, `named` those that were kept although they bear such names; `leads` are standfirsts, `turns` where
    another article may begin.
    """

    text: str
    refused: frozenset[str] = frozenset()
    linked: frozenset[str] = frozenset()
    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    leads: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()


def prose_of(tree: HtmlElement) -> Prose:
    """The article of a page."""
    layout = layout_of(tree)
    blocks = layout.blocks
    weights = _weights(blocks)
    totals = [0] * len(layout.parents)
    for block, weight in zip(blocks, weights, strict=True):
        for place in layout.upwards(block.place) if weight else ():
            totals[place] += weight
    if not totals[0]:
        return Prose("")
    root = _root(layout, totals)
    inside = [at for at, block in enumerate(blocks) if root in layout.upwards(block.place)]
    aside = _asides(blocks, weights)
    kept = _after_headline(blocks, weights, inside)
    leads: Sequence[int] = ()
    if kept == inside:
        leads = _leads(blocks, weights, aside, inside[0], _described(tree))
    chosen = [*leads, *_kept(blocks, weights, aside, kept)]
    return Prose(
        "\n\n".join(_rows(layout, chosen)),
        frozenset(each.text for each in blocks if not aside.isdisjoint(each.called)),
        frozenset(each.text for each in blocks if 2 * each.linked > len(each.text)),
        {blocks[at].text: frozenset(blocks[at].called) for at in chosen if blocks[at].called},
        frozenset(blocks[at].text for at in chosen if blocks[at].leads or at in leads),
        frozenset(_turns(blocks, chosen)),
    )


def _weights(blocks: Sequence[Block]) -> list[int]:
    """How much prose each block is: its characters that are no link, 0 where it is none."""
    return [len(block.text) - block.linked if _is_prose(block) else 0 for block in blocks]


def _is_prose(block: Block) -> bool:
    length = len(block.text)
    return (
        length >= _PROSE
        and block.tag not in HEADINGS
        and block.linked <= _MOSTLY_LINK * length
        and (length >= _LONG or bool(_ENDED.search(block.text)))
        and not (length < _LEGAL_LENGTH and _LEGAL.search(block.text))
    )


def _asides(blocks: Sequence[Block], weights: Sequence[int]) -> set[str]:
    """The names that mean something beside the article here: not one that holds most of the prose."""
    held: Counter[str] = Counter()
    for block, weight in zip(blocks, weights, strict=True):
        held.update(dict.fromkeys(block.called, weight))
    total = sum(weights)
    return {
        name
        for name, weight in held.items()
        if weight < (_COMMENTS if name.startswith("comment") else _ASIDE) * total or _CONSENT.match(name)
    }


def _root(layout: Layout, totals: Sequence[int]) -> int:
    """The smallest element that holds nearly all prose of the page, or of its greatest article."""
    articles = [
        place
        for place, element in enumerate(layout.elements)
        if element is not None
        and (element.tag == "article" or "articleBody" in (element.get("itemprop") or ""))
        and totals[place] >= _ARTICLE * totals[0]
    ]
    place = max(articles, key=lambda each: totals[each], default=0)
    children: dict[int, list[int]] = {}
    for child, parent in enumerate(layout.parents):
        children.setdefault(parent, []).append(child)
    while below := children.get(place):
        best = max(below, key=lambda each: totals[each])
        element = layout.elements[best]
        if totals[best] < _MAIN * totals[place] or (
            element is not None and element.tag in ("p", "li", "blockquote", "pre", "tr")
        ):
            break
        place = best
    return place


def _after_headline(blocks: Sequence[Block], weights: Sequence[int], inside: list[int]) -> list[int]:
    """Without what stands above the headline, and the headline, where it lies in the passage's first part."""
    total = sum(weights[at] for at in inside)
    above = 0
    for number, at in enumerate(inside):
        if blocks[at].tag == "h1":
            return inside[number + 1 :] if above < _BEFORE * total else inside
        above += weights[at]
    return inside


def _leads(
    blocks: Sequence[Block], weights: Sequence[int], aside: set[str], start: int, described: str
) -> list[int]:
    """The standfirst between a headline and the passage: prose, or what the page is described with."""
    headline = max((at for at in range(start) if blocks[at].tag == "h1"), default=-1)
    found = []
    for at in range(headline + 1 if headline >= 0 else max(0, start - 8), start):
        block = blocks[at]
        same = len(described) > _PROSE and block.text[:60] == described[:60]
        if block.tag in ("li", "td", "h1") or (aside.intersection(block.called) and not same):
            continue
        if same or (headline >= 0 and (weights[at] or block.leads)):
            found.append(at)
    return found[:_LEADS]


def _described(tree: HtmlElement) -> str:
    for node in tree.iter("meta"):
        if (node.get("property") or node.get("name") or "").lower() in ("og:description", "description"):
            return " ".join((node.get("content") or "").split())
    return ""


def _kept(
    blocks: Sequence[Block], weights: Sequence[int], aside: set[str], inside: Sequence[int]
) -> list[int]:
    """The blocks of the passage that belong to the article; no heading is left at its end."""
    first = next((at for at in inside if weights[at]), 0)
    last = max((at for at in inside if weights[at]), default=0)
    offer = next((at for at in inside if at > last and sells(blocks[at].text)), len(blocks))
    kept = [
        at
        for at in inside
        if at < offer
        and not aside.intersection(blocks[at].called)
        and (weights[at] or _belongs(blocks[at], before=at < first, after=at > last))
    ]
    while kept and blocks[kept[-1]].tag in HEADINGS:
        kept.pop()
    return kept


def _belongs(block: Block, *, before: bool, after: bool) -> bool:
    """Of a block that is too short, too linked or too legal for prose: does it belong all the same?"""
    length, ended = len(block.text), bool(_ENDED.search(block.text))
    if before:
        return (length > 30 and (ended or block.leads)) or (
            block.tag == "li" and length > 20 and not block.linked
        )
    if 2 * block.linked > length:
        return False
    if block.tag in HEADINGS or block.tag == "li":
        return True
    if block.tag in ("td", "th", "tr", "dd", "dt", "pre", "blockquote", "p"):
        return ended or not after
    return length > 60 or (ended and length > 15)


def _turns(blocks: Sequence[Block], chosen: Sequence[int]) -> Iterator[str]:
    """Every headline amid the text but for the first, and what follows it."""
    before = chosen[0] if chosen else 0
    for at in chosen:
        if any(each.tag == "h1" for each in blocks[before + 1 : at + 1]):
            yield blocks[at].text
        before = at


def _rows(layout: Layout, kept: Sequence[int]) -> Iterator[str]:
    """The paragraphs: list items with a bullet, short cells of one row in one line."""
    row, cells = -1, list[str]()
    for at in kept:
        block = layout.blocks[at]
        cell = block.tag in ("td", "th") and len(block.text) < _ROW
        if cells and (not cell or layout.parents[block.place] != row):
            yield " | ".join(cells)
            cells = []
        if cell:
            row = layout.parents[block.place]
            cells.append(block.text)
        else:
            yield f"• {block.text}" if block.tag == "li" else block.text
    if cells:
        yield " | ".join(cells)
