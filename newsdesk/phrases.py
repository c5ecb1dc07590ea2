r"""Phrases: the small language in which the rules name the words they look for.

A phrase is written as it is read: `social workers? (strike|walk out)`. It means whole words, in upper or
lower case, with any kind of apostrophe. `(a|b)` is a choice, `?` makes the letter or group before it
optional, `\w*` leaves the end of a word open, and `…` is a gap of up to 80 characters. A phrase never runs
over the end of a line. Whatever else a regular expression knows works as well.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import ahocorasick

_GAP = r"(?!\w)[^\n]{0,80}?(?<!\w)"
_AROUND_GAP = re.compile(" ?… ?")
_TELLING = 0.1  # commonness below which a run is worth looking out for
_COMMON = frozenset(
    "children council families inspect inspector inspectors ofsted service services social".split()
)
_OPTIONAL = ("?", "*")
_BRACKET = re.compile(r"\\.|[()]")
# What is not plain text in a phrase outside its groups: classes, escapes, optional letters and the rest.
_NOT_PLAIN = re.compile(r"\[[^\]]*\][?*+]?|\\.[?*+]?|[^\0][?*]|[….^$+?*]|\{[^}]*\}|\0[?*]?")


_FOLDED = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("İ", "I"))


def folded(text: str) -> str:
    """Lower case with straight quotes and dashes; every character keeps its place.

    What is not Latin-1 becomes "?": a string of one byte a character is searched several times as fast.
    """
    for printed, plain in _FOLDED:
        text = text.replace(printed, plain)
    return text.lower().encode("latin-1", "replace").decode("latin-1")


def listed(words: str) -> list[str]:
    """The items of a list in a string, parted by semicolons or line ends."""
    return [item for line in words.splitlines() for each in line.split(";") if (item := each.strip())]


class Phrases:
    """Several phrases that mean the same to a rule. Texts are given folded.

    `seen` is what a lookout that watches these phrases saw in the text: it saves time, and changes nothing.
    Raises ValueError for a phrase that cannot be read or that has no plain letters to look for.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = tuple(_Phrase.of(each) for each in phrases)
        self._runs = frozenset(run for each in self._phrases for run in each.telling[0])
        self._by_run = [(run, each) for each in self._phrases for run in each.anchor]

    def search(self, text: str, seen: frozenset[str] | None = None) -> re.Match[str] | None:
        """The leftmost match in a text."""
        found = [match for each in self._possible(seen) if (match := each.first(text))]
        return min(found, key=lambda match: match.start()) if found else None

    def lines(self, text: str, seen: frozenset[str] | None = None) -> list[int]:
        """A place of a match in every line of a text that has one, in order."""
        return sorted(match.start() for each in self._possible(seen) for match in each.in_lines(text))

    def ends(self, text: str) -> list[int]:
        """Where the matches in a piece of text end, in order."""
        here = dict.fromkeys(each for run, each in self._by_run if run in text)
        return sorted(match.end() for each in here for match in each.pattern.finditer(text))

    def __contains__(self, text: str) -> bool:
        for run, each in self._by_run:  # noqa: SIM110 - most time goes into this loop, and any() takes twice as long
            if run in text and each.first(text):
                return True
        return False

    @property
    def anchors(self) -> Iterator[str]:
        """The runs of letters that phrases are found by."""
        return (run for each in self._phrases for runs in each.telling for run in runs)

    def _possible(self, seen: frozenset[str] | None) -> Iterable["_Phrase"]:
        if seen is None:
            return self._phrases
        if seen.isdisjoint(self._runs):
            return ()
        return [each for each in self._phrases if each.is_possible(seen)]


class Lookout:
    """Rules most of many phrases out in one pass over a text."""

    def __init__(self, watched: Iterable[Phrases]) -> None:
        self._watched = frozenset(watched)
        self._automaton = ahocorasick.Automaton()
        for run in {run for each in self._watched for run in each.anchors}:
            self._automaton.add_word(run, run)
        self._automaton.make_automaton()

    def seen(self, text: str) -> frozenset[str]:
        """The anchors of the watched phrases that stand in a folded text."""
        return frozenset([run for _, run in self._automaton.iter(text)])

    def __contains__(self, phrases: Phrases) -> bool:
        return phrases in self._watched


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase made ready: only lines that hold its anchors are tried, which most lines do not.

    Of `anchor` one run of letters must stand in the line, and one of each of the `others`. `telling` are
    those of them that do not stand in every text anyway.
    """

    anchor: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    telling: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, phrase: str) -> "_Phrase":
        runs = sorted(anchors(phrase), key=_commonness)
        if not runs:
            raise ValueError(f"{phrase!r} has no plain letters to look for")
        telling = [each for each in runs if _commonness(each) < _TELLING]
        try:
            pattern = re.compile(expression(phrase))
        except re.error as error:
            raise ValueError(f"{phrase!r} cannot be read: {error}") from error
        return cls(runs[0], tuple(runs[1:]), tuple(telling or runs[:1]), pattern)

    def is_possible(self, seen: frozenset[str]) -> bool:
        return not any(map(seen.isdisjoint, self.telling))

    def first(self, text: str) -> re.Match[str] | None:
        for run in self.anchor:
            if run in text:
                found = list(self.in_lines(text, only=1))
                return min(found, key=lambda match: match.start()) if found else None
        return None

    def in_lines(self, text: str, *, only: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """A match for each line that has one, for each run of the anchor at most `only`."""
        for run in self.anchor:
            found, at = 0, text.find(run)
            while at >= 0 and found < only:
                start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
                end = end if end >= 0 else len(text)
                if self._may_be_in(text[start:end]) and (match := self.pattern.search(text, start, end)):
                    found += 1
                    yield match
                at = text.find(run, end)

    def _may_be_in(self, line: str) -> bool:
        for others in self.others:
            for run in others:
                if run in line:
                    break
            else:
                return False
        return True


def _commonness(runs: tuple[str, ...]) -> float:
    """How likely one of the runs is in any line: halved by each letter, high for the field's own words."""
    bare = (run.strip(" '").removesuffix("'s") for run in runs)
    return float(sum(0.25 if run in _COMMON else 0.5 ** len(run) for run in bare))


def expression(phrase: str) -> str:
    """The regular expression of a phrase."""
    words = re.sub(r"\((?!\?)", "(?:", phrase)
    return rf"(?<!\w)(?:{_AROUND_GAP.sub(lambda _: _GAP, words)})(?!\w)"


def anchors(phrase: str) -> list[tuple[str, ...]]:
    """Runs of plain letters: of each tuple at least one run stands in every match."""
    choices = [_anchors_of_choice(each) for each in _choices(_AROUND_GAP.sub("…", phrase))]
    if len(choices) == 1:
        return choices[0]
    best = [min(each, key=_commonness) for each in choices if each]
    return [tuple(run for runs in best for run in runs)] if len(best) == len(choices) else []


def _anchors_of_choice(phrase: str) -> list[tuple[str, ...]]:
    groups = list(_groups(phrase))
    plain = phrase
    for start, end in reversed(groups):
        plain = f"{plain[:start]}\0{plain[end:]}"
    known: list[tuple[str, ...]] = [
        (run,) for run in _NOT_PLAIN.sub("\0", plain).split("\0") if len(run) > 1 or run == "£"
    ]
    for start, end in groups:
        inside = phrase[start + 1 : end - 1]
        if not phrase.startswith(_OPTIONAL, end) and not inside.startswith("?"):
            known.extend(anchors(inside))
    return known


def _groups(phrase: str) -> Iterator[tuple[int, int]]:
    """Where the outermost groups of a phrase start and end."""
    depth = start = 0
    for bracket in _BRACKET.finditer(phrase):
        if bracket[0] == "(":
            start = start if depth else bracket.start()
            depth += 1
        elif bracket[0] == ")":
            depth -= 1
            if depth == 0:
                yield start, bracket.end()


def _choices(phrase: str) -> list[str]:
    """What stands between the bars that are in no group."""
    inner = list(_groups(phrase))
    bars = [
        at
        for at, each in enumerate(phrase)
        if each == "|" and not any(start < at < end for start, end in inner)
    ]
    return [phrase[start + 1 : end] for start, end in pairwise((-1, *bars, len(phrase)))]
