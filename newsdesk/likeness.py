"""Which open story an article is most like by its words, in order of arrival.

A word tells the more the fewer articles of the last days hold it: "infrastructure" tells nothing in a week
that is full of it. A story is the mean of its reports; an article is like a story when it is, on the
average, like its reports, and when both share what they dwell on most.

What an article costs does not grow with the archive: a story is closed after `reach`, a word is looked up
in a bounded number of stories, and only the ten likeliest are compared in full.
"""

from collections import Counter, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import nlargest
from math import log, sqrt

from newsdesk.portrait import COMMON, Portrait

# One setting for both corpora of benchmarks/evaluate/stories.py, chosen where the curves are flat: at 0.18
# and at 0.22 the mean of both B-cubed F1 is lower by .004 and .003.
ALIKE = 0.2  # an article joins the likeliest story from here on
_LONG = 0.09  # long articles share words by chance: this much is taken off per e-fold of telling words
_SHORT, _USUAL = 25, 50  # telling words
_DWELLS = 0.05  # what the share of each other's ten strongest words adds
_USUALLY_SHARED = 0.8  # of twice the whole, among reports of one event
_STRONGEST = 10

_RECENT = timedelta(days=14)  # what the rarity of words is counted in
_BEFORE = 24  # articles that the common words of English count for: a cold start
_UNSEEN = 1.5

_LOOKED_AT = 500  # entries of the index that one article may visit, the rarest words first
_COMPARED = 10
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """An open story, how like it an article is (1 at most, ALIKE is enough), and the words that made it."""

    story: int
    score: float
    words: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    """A story in sum: the unit vectors of its reports, how many they are, and their lengths."""

    last: datetime
    reports: int = 0
    lengths: float = 0.0
    weights: dict[str, float] = field(default_factory=dict)
    core: Collection[str] = ()


class Likeness:
    """The open stories by their telling words. Articles come in the order of their publication."""

    def __init__(self, reach: timedelta = timedelta(days=3)) -> None:
        """`reach` is how long after its last report a story is open."""
        self._reach = reach
        self._stories: dict[int, _Open] = {}
        self._holding: dict[str, dict[int, None]] = {}  # by word, the open stories that hold it
        self._closing: deque[tuple[datetime, int]] = deque()
        self._recent: deque[tuple[datetime, Portrait]] = deque()
        self._seen: Counter[str] = Counter()

    def __len__(self) -> int:
        """How many stories are open."""
        return len(self._stories)

    def see(self, article: Portrait, when: datetime) -> None:
        """Counts an article's words as words of these days, and lets go of what is too old."""
        while self._recent and when - self._recent[0][0] > _RECENT:
            self._seen.subtract(self._recent.popleft()[1].keys())
        self._recent.append((when, article))
        self._seen.update(article.keys())
        while self._closing and when - self._closing[0][0] > self._reach:
            self._close(self._closing.popleft()[1], when)

    def nearest(self, article: Portrait, when: datetime) -> list[Alike]:
        """The open stories most like an article, the likeliest first, whether or not they are ALIKE."""
        weights = self._weighed(article)
        strongest = nlargest(_STRONGEST, weights, key=weights.__getitem__)
        found = [
            self._compared(number, weights, strongest)
            for number in self._candidates(weights)
            if abs(when - self._stories[number].last) <= self._reach
        ]
        return sorted(found, key=lambda each: (-each.score, each.story))

    def add(self, story: int, article: Portrait, when: datetime) -> None:
        """Makes an article a report of a story, which is opened when it is not."""
        opened = self._stories.setdefault(story, _Open(when))
        opened.last = max(opened.last, when)
        opened.reports += 1
        opened.lengths += _length(article)
        for word, weight in self._weighed(article).items():
            opened.weights[word] = opened.weights.get(word, 0.0) + weight
            self._holding.setdefault(word, {})[story] = None
        opened.core = nlargest(_STRONGEST, opened.weights, key=opened.weights.__getitem__)
        self._closing.append((when, story))

    def _weighed(self, article: Portrait) -> dict[str, float]:
        """The article's words by strength and rarity, as a vector of length 1."""
        among = _BEFORE + len(self._recent) + 1
        weights = {
            word: strength * log(among / (_BEFORE * COMMON.get(word, 0.0) + self._seen[word] + _UNSEEN))
            for word, strength in article.items()
        }
        told = {word: weight for word, weight in weights.items() if weight > 0}
        length = sqrt(sum(weight * weight for weight in told.values()))
        return {word: weight / length for word, weight in told.items()}

    def _candidates(self, weights: Mapping[str, float]) -> list[int]:
        """The stories that share most, as far as the rarest words say within what may be looked at."""
        shared: dict[int, float] = {}
        left = _LOOKED_AT
        for word in sorted(weights.keys() & self._holding.keys(), key=lambda each: len(self._holding[each])):
            holding = self._holding[word]
            left -= len(holding)
            if left < 0:
                break
            weight = weights[word]
            for story in holding:
                opened = self._stories[story]
                shared[story] = shared.get(story, 0.0) + weight * opened.weights[word] / opened.reports
        return nlargest(_COMPARED, shared, key=shared.__getitem__)

    def _compared(self, number: int, weights: Mapping[str, float], strongest: Collection[str]) -> Alike:
        story = self._stories[number]
        both = {
            word: weight * story.weights[word] for word, weight in weights.items() if word in story.weights
        }
        mean = sum(both.values()) / story.reports
        length = max(_length(weights), story.lengths / story.reports)
        dwelt = sum(word in weights for word in story.core) / len(story.core)
        dwelt += sum(word in story.weights for word in strongest) / len(strongest)
        score = mean - _LONG * length + _DWELLS * (dwelt - _USUALLY_SHARED)
        return Alike(number, score, tuple(nlargest(_SHOWN, both, key=both.__getitem__)))

    def _close(self, number: int, when: datetime) -> None:
        """Forgets a story that nothing was added to since."""
        story = self._stories.get(number)
        if story is None or when - story.last <= self._reach:
            return
        for word in story.weights:
            del self._holding[word][number]
            if not self._holding[word]:
                del self._holding[word]
        del self._stories[number]


def _length(words: Collection[str]) -> float:
    return log(max(len(words), _SHORT) / _USUAL)
