"""The measures of text, titles and names, as the corpora's own authors define them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

_TOKEN = re.compile(r"\w+")
_BETWEEN_NAMES = re.compile(r"[,;&|]| and ")
T = TypeVar("T")
SHINGLE = 4  # words; scrapinghub/article-extraction-benchmark


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def shingles_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """F1 of mean precision and mean recall over the 4-word shingles (a multiset) of each (gold, got) pair."""
    both = [_shared(_shingles(gold), _shingles(got)) for gold, got in pairs]
    return f1(mean([p for p, _ in both]), mean([r for _, r in both]))


def words_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """Mean over the pages of the F1 of lower-cased words as a bag."""
    bags = ((_bag(gold), _bag(got)) for gold, got in pairs)
    return mean([f1(*_shared(gold, got)) for gold, got in bags])


def segments_f1(pages: Iterable[tuple[Sequence[str], Sequence[str], str]]) -> float:
    """F1 over all segments of (must have, must not have, got): is the segment, spaces folded, in the text?"""
    hits = misses = wrong = 0
    for wanted, unwanted, got in pages:
        text = " ".join(got.split())
        found = sum(" ".join(each.split()) in text for each in wanted)
        hits, misses = hits + found, misses + len(wanted) - found
        wrong += sum(" ".join(each.split()) in text for each in unwanted)
    return 2 * hits / (2 * hits + wrong + misses) if hits else 0.0


def same_line(gold: str, got: str | None) -> bool:
    """Equal but for spaces."""
    return gold.split() == (got or "").split()


def same_words(gold: str, got: str | None) -> bool:
    """Equal in their words, whatever their case and punctuation."""
    return _TOKEN.findall(_plain(gold)) == _TOKEN.findall(_plain(got or ""))


def names(printed: str | None) -> frozenset[str]:
    """The names in a byline, whatever parts them and whatever their case."""
    parts = _BETWEEN_NAMES.split(_plain(printed or ""))
    return frozenset(" ".join(_TOKEN.findall(part)) for part in parts) - {""}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    """A text of fewer words than a shingle is one shingle."""
    tokens = _TOKEN.findall(text)
    count = max(len(tokens) - SHINGLE + 1, min(len(tokens), 1))
    return Counter(tuple(tokens[at : at + SHINGLE]) for at in range(count))


def _bag(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(text.lower()))


def _shared(gold: Counter[T], got: Counter[T]) -> tuple[float, float]:
    """Precision and recall of a multiset. Two empty ones agree."""
    shared = (gold & got).total()
    if not gold and not got:
        return 1.0, 1.0
    return shared / max(got.total(), 1), shared / max(gold.total(), 1)
