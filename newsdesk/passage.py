"""An article laid out for the rules: its title, its lead and the rest, sentence by sentence.

The lead is the first three sentences: English news puts who and what there, so a word there weighs more
than the same word in the background paragraphs further down. A byline, a date or another scrap of a few words
is no sentence.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from newsdesk.phrases import Lookout, Phrases, folded
from newsdesk.text import sentences

Place = Literal["title", "lead", "body"]
LEAD = 3
_SCRAP = 6  # words at most
WEIGHT: dict[Place, float] = {"title": 2.0, "lead": 1.5, "body": 1.0}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: `text` as printed, `low` folded for the rules; `start` is its place in the whole."""

    index: int
    place: Place
    text: str
    low: str
    start: int


class Passage:
    """Lines in order, the title first; `text` and `low` are all of them, one a line.

    A lookout makes searches for the phrases that it watches faster, and changes nothing else.
    """

    def __init__(self, title: str, text: str, lookout: Lookout | None = None) -> None:
        printed = [" ".join(title.split()), *sentences(text)]
        self.text = "\n".join(printed)
        self.low = folded(self.text)
        self.lines: tuple[Line, ...] = tuple(self._laid_out(printed))
        self._lookout, self._seen = lookout, lookout.seen(self.low) if lookout else None
        self._starts = [line.start for line in self.lines]

    def _laid_out(self, printed: list[str]) -> Iterator[Line]:
        start = told = 0
        for index, each in enumerate(printed):
            end = start + len(each)
            place: Place = "title" if index == 0 else "lead" if told < LEAD else "body"
            yield Line(index, place, each, self.low[start:end], start)
            start = end + 1
            told += index > 0 and each.count(" ") >= _SCRAP

    def search(self, phrases: Phrases, *, within: Place = "body") -> Line | None:
        """The first line that holds one of the phrases: title before lead, lead before body.

        `within` is the last place that is searched.
        """
        if within == "body":
            match = phrases.search(self.low, self._seen_of(phrases))
        else:
            seen = self._seen_at_top if self._lookout and phrases in self._lookout else None
            match = phrases.search(self.top if within == "lead" else self.lines[0].low, seen)
        return self.line_at(match.start()) if match else None

    def matches(self, phrases: Phrases) -> list[Line]:
        """Every line that holds one of the phrases, in order."""
        return [
            self.lines[index]
            for index in dict.fromkeys(
                self._index(at) for at in phrases.lines(self.low, self._seen_of(phrases))
            )
        ]

    def line_at(self, offset: int) -> Line:
        return self.lines[self._index(offset)]

    def _seen_of(self, phrases: Phrases) -> frozenset[str] | None:
        return self._seen if self._lookout and phrases in self._lookout else None

    @cached_property
    def _seen_at_top(self) -> frozenset[str] | None:
        return self._lookout.seen(self.top) if self._lookout else None

    def _index(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    @cached_property
    def top(self) -> str:
        """Title and lead, folded."""
        last = next((line for line in reversed(self.lines) if line.place != "body"), self.lines[0])
        return self.low[: last.start + len(last.low)]
