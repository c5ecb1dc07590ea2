"""An article laid out for the rules: its title, its lead and the rest, sentence by sentence.

The lead is the first three sentences: English news puts who and what there, so a word there weighs more
than the same word in the background paragraphs further down.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from newsdesk.text import sentences

Place = Literal["title", "lead", "body"]
LEAD = 3
WEIGHT: dict[Place, float] = {"title": 2.0, "lead": 1.5, "body": 1.0}
_PLAIN = str.maketrans("’‘“”", "''\"\"")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: `text` as printed, `plain` with straight quotes for patterns to match."""

    index: int
    place: Place
    text: str
    plain: str


class Passage:
    """Lines in order, the title first; each place also as one string for patterns to search."""

    def __init__(self, title: str, text: str) -> None:
        printed = [title, *sentences(text)]
        self.lines = tuple(
            Line(index, _place(index), each, each.translate(_PLAIN)) for index, each in enumerate(printed)
        )
        self._regions: tuple[tuple[Place, tuple[Line, ...]], ...] = (
            ("title", self.lines[:1]),
            ("lead", self.lines[1 : 1 + LEAD]),
            ("body", self.lines[1 + LEAD :]),
        )
        self._joined = {place: "\n".join(line.plain for line in lines) for place, lines in self._regions}
        self._starts = {
            place: list(accumulate((len(line.plain) + 1 for line in lines), initial=0))
            for place, lines in self._regions
        }

    def search(self, pattern: re.Pattern[str], *, title_only: bool = False) -> Line | None:
        """The line of the first match, in the best place that has one."""
        for place, lines in self._regions:
            if title_only and place != "title":
                return None
            if found := pattern.search(self._joined[place]):
                return lines[bisect_right(self._starts[place], found.start()) - 1]
        return None

    @property
    def top(self) -> str:
        """Title and lead as one string."""
        return f"{self._joined['title']}\n{self._joined['lead']}"


def _place(index: int) -> Place:
    if index == 0:
        return "title"
    return "lead" if index <= LEAD else "body"
