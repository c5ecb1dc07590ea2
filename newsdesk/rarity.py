"""How much a word tells in these days: the more, the fewer articles of the last fortnight hold it.

"Infrastructure" tells nothing in a week that is full of it.
"""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from math import log, sqrt

from newsdesk.portrait import COMMON, Portrait

_RECENT = timedelta(days=14)
_BEFORE = 24  # articles that the usual words of English count for: a cold start
_UNSEEN = 1.5

# Long articles share words by chance: this much is taken off per e-fold of telling words (flat: .07 to .11).
_LONG = 0.08
_SHORT, _USUAL = 25, 50  # telling words


@dataclass(frozen=True, slots=True)
class Weighed:
    """An article's words as a vector of length 1, and what its length takes off every likeness."""

    words: Mapping[str, float]
    charge: float


class Rarity:
    """Which words the articles of the last 14 days hold. Articles come in the order of their publication."""

    def __init__(self, usual: Mapping[str, float] = COMMON) -> None:
        """`usual` is the share of articles, 0 to 1, that hold a word in any fortnight."""
        self._usual = usual
        self._recent: deque[tuple[datetime, Portrait]] = deque()
        self._seen: Counter[str] = Counter()

    def see(self, article: Portrait, when: datetime) -> None:
        """Counts an article's words, and lets go of what is too old."""
        while self._recent and when - self._recent[0][0] > _RECENT:
            self._seen.subtract(self._recent.popleft()[1].keys())
        self._recent.append((when, article))
        self._seen.update(article.keys())

    def weighed(self, article: Portrait) -> Weighed:
        """The article's words by strength and rarity."""
        among = log(_BEFORE + len(self._recent) + 1)
        usual, seen = self._usual.get, self._seen
        told = {
            word: strength * rarity
            for word, strength in article.items()
            if (rarity := among - log(_BEFORE * usual(word, 0.0) + seen[word] + _UNSEEN)) > 0
        }
        length = sqrt(sum([weight * weight for weight in told.values()]))
        charge = _LONG * log(max(len(told), _SHORT) / _USUAL)
        return Weighed({word: weight / length for word, weight in told.items()}, charge)


def alike(one: Weighed, other: Weighed) -> float:
    """How like two articles are: 1 at most, and a little below 0 when long ones share nothing."""
    few, many = sorted((one.words, other.words), key=len)
    # A list, not a generator: it is a third faster, and this is what most of the time goes into.
    shared = sum([weight * many[word] for word, weight in few.items() if word in many])
    return shared - max(one.charge, other.charge)


def shared(one: Weighed, other: Weighed, most: int = 5) -> tuple[str, ...]:
    """The words that make two articles alike, the most telling first."""
    both = {word: weight * other.words[word] for word, weight in one.words.items() if word in other.words}
    return tuple(nlargest(most, both, key=both.__getitem__))
