"""What stands in an article's text and is not the article: adverts, captions, links to other stories."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from crawlers.calls import AWAY, CALL, CREDIT, INVITATION, OFFER, RULE

_BULLET = re.compile(r"^\s*(?:[•◼▪■●○*–-]|\d+[.)])\s")
_ENDED = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_LONGEST, _CAPTION = 500, 250  # characters; a longer paragraph is not one line of clutter
_GRADED = re.compile(r"\b(?:outstanding|good|requires improvement|inadequate)\W*$", re.IGNORECASE)


def without_clutter(text: str, *, plain: bool = False) -> str:
    """The paragraphs of a text that belong to it.

    `plain` is for text that came without markup: there, headlines of other stories have lost their links
    and are known by standing together, mid-body, without a full stop.
    """
    paragraphs = _without_empty_sections([_kept_lines(paragraph) for paragraph in text.split("\n\n")])
    paragraphs = _without_echo(each for each in _before_offer(paragraphs) if each)
    if plain:
        paragraphs = list(_without_headlines(paragraphs))
    return "\n\n".join(paragraphs)


def sells(line: str) -> bool:
    """Is this a line that offers a membership or the rest of the article for money?"""
    return bool(OFFER.fullmatch(line.strip()))


def leads_away(heading: str) -> bool:
    """Is this the heading of a box that holds other stories?"""
    return bool(AWAY.fullmatch(heading.strip(" :.…»›>\n\t")))


def _kept_lines(paragraph: str) -> str:
    return "\n".join(line for line in paragraph.splitlines() if not _is_clutter(line))


def _without_empty_sections(paragraphs: list[str]) -> list[str]:
    """Without the headings at the end below which nothing but clutter stood."""
    kept = list(paragraphs)
    while len(kept) > 1 and (not kept[-1] or (len(kept) < len(paragraphs) and _is_heading(kept[-1]))):
        kept.pop()
    return kept


def _is_heading(paragraph: str) -> bool:
    return len(paragraph.split()) <= 8 and not _ENDED.search(paragraph) and not _BULLET.match(paragraph)


def _is_clutter(line: str) -> bool:
    bare = line.strip(" \t•*")
    if len(bare) < _CAPTION and CREDIT.search(bare):
        return True
    return len(bare) < _LONGEST and any(each.fullmatch(bare) for each in (CALL, RULE, INVITATION))


def _before_offer(paragraphs: list[str]) -> list[str]:
    """Up to the first offer of a membership after which no real paragraph follows."""
    last = max((at for at, paragraph in enumerate(paragraphs) if _is_prose(paragraph)), default=-1)
    for at in range(last + 1, len(paragraphs)):
        if any(map(sells, paragraphs[at].splitlines())):
            return paragraphs[:at]
    return paragraphs


def _is_prose(paragraph: str) -> bool:
    return bool(_ENDED.search(paragraph)) and len(paragraph.split()) >= 8


def _without_echo(paragraphs: Iterable[str]) -> list[str]:
    """A paragraph printed twice in a row (a standfirst, a caption) once."""
    return [paragraph for paragraph, _ in groupby(paragraphs)]


def _without_headlines(paragraphs: list[str]) -> Iterator[str]:
    """Not the runs of two or more headline-like lines between two paragraphs of prose."""
    at = 0
    while at < len(paragraphs):
        end = at
        while end < len(paragraphs) and _is_headline(paragraphs[end]):
            end += 1
        between = at > 0 and end < len(paragraphs) and not paragraphs[at - 1].endswith(":")
        after = max(end, at + 1)
        if end - at < 2 or not between:
            yield from paragraphs[at:after]
        at = after


def _is_headline(paragraph: str) -> bool:
    """One line of five words or more, without an end and without a bullet; a line with a grade is news."""
    return (
        "\n" not in paragraph
        and 5 <= len(paragraph.split()) <= 20
        and paragraph[:1].isupper()
        and not _ENDED.search(paragraph)
        and not _BULLET.match(paragraph)
        and not _GRADED.search(paragraph)
    )
