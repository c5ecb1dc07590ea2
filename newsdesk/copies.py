"""Is one text a copy of another? Told by the words they share, and by the company each keeps.

Texts of one original differ as its editors and its readers left them: cut at the end, with captions, with
the paper's small print around them. Two such texts may share nothing that was sampled, though both are near a
third: so copies are kept by family, and a text belongs to one when it is near one of its texts and not unlike
the others. That also keeps two articles apart that share a gallery, a licence or a list of cookies.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

from newsdesk.model import Article
from newsdesk.text import SKETCH, words

# Chosen on the pages that benchmarks/evaluate/copies.py reads; alike on two halves of them.
NEAR = 0.6  # the containment from which one text is a copy of another
KIN = 0.3  # what a copy shares with its family on the mean
ONE_FAMILY = 0.3  # what two families share on the mean when a copy of both shows them to be one
CANDIDATES = 5  # known texts, those that share most of the sample
FAMILY = 8  # texts of a family that are compared; the rest say no more
# Two pages may share all of a short text and still be two: a cookie notice, "read the report here".
LITTLE = SKETCH
# A round-up that holds the whole of a short report is not a copy of it.
MUCH_LONGER = 3
# Fewer hashes than this to compare say nothing. A text that stands in one twenty times as long has three or
# four: at 3 ten more of those pairs are found, at 2 none.
ENOUGH = 3

SAME_SOURCE = timedelta(days=7)
ELSEWHERE = timedelta(days=30)

_SMALL_PRINT = re.compile(
    r"©|\b(?:cookies?|copyright|rights reserved|newsletters?|subscri\w+|consent|privacy|disclaimer"
    r"|terms of (?:use|service)|user agreement|sign up|log in)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """A stored article, as far as judging needs it. `sketch` is newsdesk.text.sketch of its text.

    `duplicate_of` is the original it was found to be a copy of, and `family` the sketches of that original's
    copies and its own; both are needed of near texts only.
    """

    id: int
    article: Article
    sketch: frozenset[int]
    duplicate_of: int | None = None
    family: tuple[frozenset[int], ...] = ()

    @property
    def original(self) -> int:
        return self.id if self.duplicate_of is None else self.duplicate_of

    @property
    def texts(self) -> tuple[frozenset[int], ...]:
        return self.family or (self.sketch,)


@dataclass(frozen=True, slots=True)
class Copied:
    """A known text that an article is a copy of, and how much of the shorter one stands in the other."""

    known: Known
    score: float


def copied(article: Article, own: frozenset[int], near: Sequence[Known]) -> list[Copied]:
    """What an article is a copy of, the nearest text first, then one text of every family that is shown to
    be the same one. Empty when it is a copy of nothing. `own` is the sketch of its text."""
    nearest: dict[int, tuple[float, float, Known]] = {}
    for known in near:
        score = _score(article, own, known)
        if score and score > nearest.get(known.original, (0.0,))[0]:
            kin = fmean(containment(own, each) for each in known.texts)
            if kin >= KIN:
                nearest[known.original] = score, kin, known
    found = sorted(nearest.values(), key=lambda each: (-each[0], -each[1], when(each[2].article), each[2].id))
    listed = [Copied(known, score) for score, _, known in found]
    return [
        each
        for each in listed
        if each is listed[0] or _one_family(own, listed[0].known.texts, each.known.texts)
    ]


def _one_family(
    own: frozenset[int], first: Sequence[frozenset[int]], second: Sequence[frozenset[int]]
) -> bool:
    return fmean(containment(one, other) for one in (*first, own) for other in second) >= ONE_FAMILY


def _score(article: Article, own: frozenset[int], known: Known) -> float:
    """The containment, or 0 when the two are no copies of one text."""
    shared, shorter, longer = compared(own, known.sketch)
    if shorter < ENOUGH or shared < NEAR * shorter:
        return 0.0
    window = SAME_SOURCE if same_source(article, known.article) else ELSEWHERE
    if not within(window, article, known.article):
        return 0.0
    short = min(len(own), len(known.sketch)) < LITTLE
    if (short or longer > MUCH_LONGER * shorter) and not _same_matter(article, known.article, short=short):
        return 0.0
    return shared / shorter


def _same_matter(one: Article, other: Article, *, short: bool) -> bool:
    """Whether a doubtful copy is one: by the titles, or where one has none unless it is short small print."""
    if one.title and other.title:
        return _titles_alike(one.title, other.title)
    return not (short and _SMALL_PRINT.search(min(one.text, other.text, key=len)))


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """How much of the shorter text stands in the other, 0 to 1, told by their sketches."""
    shared, shorter, _ = compared(a, b)
    return shared / shorter if shorter >= ENOUGH else 0.0


def compared(a: frozenset[int], b: frozenset[int]) -> tuple[int, int, int]:
    """How many hashes are shared, and how many the shorter and the longer text have.

    Only those below the lower of both ceilings count: there both sketches are whole samples of their texts.
    """
    ceiling = min(max(each) if len(each) >= SKETCH else 1 << 63 for each in (a, b))
    in_a, in_b = (sum(one <= ceiling for one in each) for each in (a, b))
    shared = sum(one <= ceiling for one in a & b)
    return shared, min(in_a, in_b), max(in_a, in_b)


def _titles_alike(one: str, other: str) -> bool:
    a, b = frozenset(words(one)), frozenset(words(other))
    return 2 * len(a & b) > min(len(a), len(b))


def same_source(one: Article, other: Article) -> bool:
    return one.source == other.source if one.source and other.source else one.outlet == other.outlet


def when(article: Article) -> datetime:
    """When it was published, or else fetched."""
    return article.published or article.fetched_at


def within(window: timedelta, one: Article, other: Article) -> bool:
    return abs(when(one) - when(other)) <= window
