"""What stands in an article's text and is not the article: adverts, captions, links to other stories."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from crawlers.patterns import any_of

_CREDIT = any_of(
    r"\b(?:picture|pic|image|photo|photograph|credit)s?(?: credit| by)?: ?[^.]{2,60}\.?\)?$",
    r"\((?:pic|image|photo)s?: ?[^.]{2,60}\.?\)?$",
)
_CALL = any_of(  # whole lines that call the reader elsewhere
    r"(?:read (?:more|also)|more on this(?: story)?|see also|don.t miss|most read|trending) ?[:>»-].*",
    r"(?:related(?: (?:stories|articles|content|news))?|recommended|you may also like) ?[:>»-].*",
    r"read more|related (?:stories|articles|content|news)|more on this story|most read|you may also like",
    r"(?:please )?(?:sign up|subscribe|register)\b[^.]{0,80}\b(?:newsletter|bulletin|e-?mail|alert)s?\b.*",
    r"(?:get|want|receive) [^.]{0,80}(?:to your inbox|by e-?mail|newsletter)\b.*",
    r"(?:we|this (?:site|website)) uses? cookies\b.*",
    r"(?:accept|manage)(?: all)? cookies|cookie (?:policy|settings|preferences)",
    r"advertisement|advertising|sponsored(?: content)?",
    r"share(?: this(?: (?:page|article|story))?)?|follow us on .*|back to top|print this page",
    r"(?:send|e-?mail|write) (?:us )?your (?:letters?|views|comments)\b.*|letters? to the editor\b.*",
    r"(?:have your say|what do you think|let us know)\b[^.]{0,80}(?:comments?|below|letters?|e-?mail)\b.*",
    r"comments? (?:are closed|have been disabled).*|our (?:rules|guidelines) on comments.*",
)
_OFFER = any_of(  # whole lines that sell
    r".{0,40}\b(?:digital|print|magazine|online|premium)\b.{0,20}\b(?:membership|subscription|subscribe)\b.{0,40}",
    r"(?:from|just|only) £\d+(?:\.\d\d)? ?(?:/|per|a) ?(?:month|year|week|issue)\b.*",
    r"subscribe(?: (?:now|today|here))?|already (?:a|have an?) (?:member|subscriber|account)\b.*",
    r"(?:become|join as) a (?:member|subscriber)\b.*",
    r"(?:register|sign in|log in|subscribe) to (?:continue|read)\b.*|.{0,30}\bto continue reading\b.*",
    r"(?:unlimited|full) access to .*",
)
_BULLET = re.compile(r"^\s*(?:[•◼▪■●○*–-]|\d+[.)])\s")
_ENDED = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_GRADED = re.compile(r"\b(?:outstanding|good|requires improvement|inadequate)\W*$", re.IGNORECASE)


def without_clutter(text: str, *, plain: bool = False) -> str:
    """The paragraphs of a text that belong to it.

    `plain` is for text that came without markup: there, headlines of other stories have lost their links
    and are known by standing together, mid-body, without a full stop.
    """
    paragraphs = [_kept_lines(paragraph) for paragraph in text.split("\n\n")]
    paragraphs = _without_echo(each for each in _before_offer(paragraphs) if each)
    if plain:
        paragraphs = list(_without_headlines(paragraphs))
    return "\n\n".join(paragraphs)


def sells(line: str) -> bool:
    """Is this a line that offers a membership or the rest of the article for money?"""
    return bool(_OFFER.fullmatch(line.strip()))


def _kept_lines(paragraph: str) -> str:
    return "\n".join(line for line in paragraph.splitlines() if not _is_clutter(line))


def _is_clutter(line: str) -> bool:
    bare = line.strip()
    return bool(_CALL.fullmatch(bare) or (len(bare) < 250 and _CREDIT.search(bare)))


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
