"""One text out of several readings of a page: where they agree it is the article.

Readings are paragraphs parted by empty lines. They are compared by their bare words.
"""

import re
from collections.abc import Sequence

from crawlers.prose import Prose

ENOUGH = 250  # characters; a shorter reading has missed the article, or there is hardly any
_STATED = 400  # characters; what a page states for machines is often only a summary
_AGREE = 0.5  # of the shorter text, shared
_ALIKE, _SAME = 0.7, 0.9
_MORE = 1.2
_WITHIN, _AGAIN = (
    0.8,
    0.5,
)  # of our text held by the other reader, and as much again in lines that we have not
_SMALL = 0.4  # of the text; a longer ending that one reader passes over may be the article going on
_PROSE = 45  # characters
_SHORT, _LINE = 40, 200  # characters; a longer "line" is a table that is there for the layout
_TEASER = 700  # characters; less than this, beside twice as much that says something else, is no article

_WORD = re.compile(r"\w+")
_ENDED = re.compile(r"[.!?…:;。！？」][\"'”’»)\]]*$")

Runs = frozenset[tuple[str, ...]]


class Reading:
    """A text as paragraphs, with the bare words of each: those are what is compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs = text.split("\n\n")
        self.words = [_bare(each) for each in self.paragraphs]
        self._all = f" {' '.join(self.words)} "

    def holds(self, words: str) -> bool:
        """Do these words stand in the text, as they are?"""
        return f" {words} " in self._all

    def runs(self) -> Runs:
        """The runs of four words."""
        tokens = self._all.split()
        return frozenset(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False))


def decided(own: Prose, other: str, stated: str) -> tuple[str, str]:
    """The text, and who won: "page", "trafilatura", "json-ld" or "agreement".

    `own` is our reading, `other` the library's, `stated` what the page gives for machines: it decides
    between readings that differ, and wins where it says the same and more.
    """
    ours, theirs = Reading(own.text), Reading(other)
    same = len(own.text) >= ENOUGH and _agree(ours, theirs)
    if len(stated) > _STATED and (winner := _by_statement(ours, theirs, Reading(stated), same=same)):
        return winner
    if len(own.text) < ENOUGH:
        return other, "trafilatura"
    if len(other) < ENOUGH:
        return own.text, "page"
    if same:
        if _missed_most(ours, theirs, own):
            return other, "trafilatura"
        return _joined(ours, theirs, own), "agreement"
    return (own.text, "page") if len(other) < min(_TEASER, len(own.text) / 2) else (other, "trafilatura")


def _agree(ours: Reading, theirs: Reading) -> bool:
    """Is a good part of the shorter text in both?"""
    shared = sum(len(each) for each in ours.words if theirs.holds(each))
    return shared >= _AGREE * min(len(ours.text), len(theirs.text))


def _by_statement(ours: Reading, theirs: Reading, stated: Reading, *, same: bool) -> tuple[str, str] | None:
    first, second, third = ours.runs(), theirs.runs(), stated.runs()
    if same:
        either = first | second
        if _likeness(second, third) > _SAME and _likeness(first, third) < _ALIKE:
            return theirs.text, "trafilatura"
        more = len(third) > _MORE * max(len(first), len(second))
        return (stated.text, "json-ld") if more and len(third & either) > _ALIKE * len(either) else None
    own, other = _likeness(first, third), _likeness(second, third)
    if max(own, other) < _ALIKE:
        return stated.text, "json-ld"
    return (ours.text, "page") if own > other else (theirs.text, "trafilatura")


def _likeness(first: Runs, second: Runs) -> float:
    """From 0, nothing shared, to 1, the same."""
    return 2 * len(first & second) / max(1, len(first) + len(second))


def _missed_most(ours: Reading, theirs: Reading, own: Prose) -> bool:
    """Do they have ours, and half as much again in lines that we have not refused? Then the article is made
    of lines too short for prose: a list of results, a recipe."""
    refused = {_bare(each) for each in own.refused | own.linked}
    shared = sum(len(each) for each in ours.words if theirs.holds(each))
    more = sum(
        len(each)
        for each, text in zip(theirs.words, theirs.paragraphs, strict=True)
        if len(text) < _LINE and not _is_prose(text) and each not in refused and not ours.holds(each)
    )
    return shared > _WITHIN * sum(map(len, ours.words)) and more > _AGAIN * shared


def _joined(ours: Reading, theirs: Reading, own: Prose) -> str:
    """Our paragraphs, without the ends that the other reader leaves out, where those are short, doubted or
    of another article; with what it has more."""
    shared = [theirs.holds(each) for each in ours.words]
    anchors = _anchors(ours, shared)
    if not anchors:
        return ours.text
    first, last = anchors[0], anchors[-1]
    turns, doubted = (
        {_bare(each) for each in own.turns},
        _doubted(own, [ours.paragraphs[at] for at in anchors]),
    )
    end = next((at for at in range(last + 1, len(ours.words)) if ours.words[at] in turns), len(ours.words))
    small = sum(len(each) for each in ours.paragraphs[last + 1 : end]) < _SMALL * len(ours.text)
    kept = [
        at
        for at, each in enumerate(ours.paragraphs[:end])
        if shared[at]
        or first <= at <= last
        or (at < first and each in own.leads)
        or (_is_prose(each) and not (at > last and (small or each in doubted)))
    ]
    more = _missed(ours, theirs, own)
    return "\n\n".join(each for at in kept for each in (ours.paragraphs[at], *more.pop(ours.words[at], ())))


def _doubted(own: Prose, sure: Sequence[str]) -> set[str]:
    """The paragraphs with a name for what is no article that none of those has that are sure."""
    good = {name for each in sure for name in own.named.get(each, ())}
    return {each for each, names in own.named.items() if not names <= good}


def _missed(ours: Reading, theirs: Reading, own: Prose) -> dict[str, list[str]]:
    """The prose and the items of lists that only the other reader has amid the text, by the words of the
    paragraph they follow. Another line without an end is a caption or another headline."""
    shared = [ours.holds(each) for each in theirs.words]
    anchors = _anchors(theirs, shared)
    refused, linked = {_bare(each) for each in own.refused}, {_bare(each) for each in own.linked}
    more: dict[str, list[str]] = {}
    before = ""
    for at in range(anchors[0], anchors[-1]) if anchors else ():
        if shared[at]:
            before = theirs.words[at]
            continue
        item = theirs.paragraphs[at].startswith("•") and theirs.words[at] not in linked
        if theirs.words[at] not in refused and (item or _is_prose(theirs.paragraphs[at])):
            more.setdefault(before, []).append(theirs.paragraphs[at])
    return more


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _anchors(reading: Reading, shared: Sequence[bool]) -> list[int]:
    """The paragraphs that both have, and that are long enough to be no accident."""
    return [at for at, each in enumerate(reading.paragraphs) if shared[at] and len(each) > _SHORT]


def _is_prose(paragraph: str) -> bool:
    return len(paragraph) >= _PROSE and bool(_ENDED.search(paragraph))
