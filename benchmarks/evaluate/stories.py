"""One event, one story, by the words alone: documents grouped online, in the order of their arrival.

One setting serves both corpora, chosen where the curves are flat (newsdesk/grouping.py); on ten topics of
ECB+ drawn by lot, fourteen times, the figure was .93 in the mean and from .86 to .99. A story is open for
three days (the dated corpus gives all reports of a story one day, so a shorter window would know the answer),
and figures are means over three orders of arrival. "At arrival" is the same without the second look: the desk
moves no report by itself, because readers have been told of its story, so there the first look is all. Every
peer is given the one threshold that suits it best over both corpora in this very run.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.evaluate import own_stories
from benchmarks.evaluate.documents import Document, arriving, documents
from benchmarks.evaluate.groupings import b_cubed
from benchmarks.evaluate.metrics import mean
from benchmarks.evaluate.table import OURS, Row
from newsdesk.likeness import Likeness
from newsdesk.portrait import portrait

_FLOORS = {"cluster-ecbplus": 0.92, "cluster-allsides-dated": 0.86}
_A_SECOND = 1000.0  # documents per second of CPU
_OPEN = timedelta(days=3)
_ORDERS = (1, 2, 3)
_THRESHOLDS = [step / 100 for step in range(8, 70, 2)]

Corpora = Mapping[str, Sequence[Document]]
Matrix = Any  # how like each document is to each: rows of figures from 0 to 1


def rows(folder: Path) -> Iterator[Row]:
    """By the words alone, then by the desk's facts and the words on the project's own stories."""
    yield from _by_words(folder)
    yield from own_stories.rows(folder)


def _by_words(folder: Path) -> Iterator[Row]:
    """B-cubed F1 for each corpus that is there, and how many documents a second of CPU takes."""
    corpora = {name: found for name in _FLOORS if (found := documents(folder / name))}
    if not corpora:
        return
    measured = {OURS: _measured(corpora, ours)}
    measured |= {
        name: _peer(corpora, alike) for name, (package, alike) in PEERS.items() if find_spec(package)
    }
    first, _ = _measured(corpora, at_arrival)
    for name, found in corpora.items():
        yield Row(name, "stories at arrival, B-cubed F1", {OURS: first[name]}, n=len(found))
        scores = {system: figures[name] for system, (figures, _) in measured.items()}
        yield Row(name, "stories, B-cubed F1", scores, _FLOORS[name], n=len(found))
    speed = {system: a_second for system, (_, a_second) in measured.items()}
    yield Row(
        "both corpora", "stories, documents per CPU s", speed, _A_SECOND, n=sum(map(len, corpora.values()))
    )


def at_arrival(arrived: Sequence[Document]) -> list[int]:
    """The number of the story that each document joins or founds."""
    return ours(arrived, again=False)


def ours(arrived: Sequence[Document], *, again: bool = True) -> list[int]:
    """The number of the story that each document is in at the end of the day, after a second look."""
    open_stories, placed = Likeness(_OPEN), dict[int, int]()
    for number, each in enumerate(arrived):
        open_stories.read(number, portrait(each.title, each.text), each.when)
        nearest = open_stories.nearest(number)
        placed[number] = nearest[0].story if nearest and nearest[0].spare >= 0 else number
        open_stories.put(number, placed[number])
        for moved in open_stories.look_again(placed[number], nearest) if again else ():
            placed[moved.report] = moved.into
    return [placed[number] for number in range(len(arrived))]


def _measured(
    corpora: Corpora, system: Callable[[Sequence[Document]], list[int]]
) -> tuple[dict[str, float], float]:
    """B-cubed F1 by corpus, and documents per second of CPU, over all orders of arrival."""
    spent, read, figures = 0.0, 0, {}
    for name, found in corpora.items():
        scores = []
        for order in _ORDERS:
            arrived = arriving(found, order)
            started = time.process_time()
            placed = system(arrived)
            spent, read = spent + time.process_time() - started, read + len(arrived)
            scores.append(b_cubed([each.group for each in arrived], placed))
        figures[name] = mean(scores)
    return figures, read / spent


# ---------------------------------------------------------------- peers


def _peer(corpora: Corpora, alike: Callable[[Sequence[Document]], Matrix]) -> tuple[dict[str, float], float]:
    def best_of(threshold: float) -> float:
        return sum(_b_cubed_at(threshold, arrived, matrix) for arrived, matrix in known)

    known = [(arrived := arriving(found, _ORDERS[0]), alike(arrived)) for found in corpora.values()]
    threshold = max(_THRESHOLDS, key=best_of)
    return _measured(corpora, lambda arrived: single_pass(arrived, alike(arrived), threshold))


def _b_cubed_at(threshold: float, arrived: Sequence[Document], matrix: Matrix) -> float:
    return b_cubed([each.group for each in arrived], single_pass(arrived, matrix, threshold))


def single_pass(arrived: Sequence[Document], matrix: Matrix, threshold: float) -> list[int]:
    """Each document joins the open story it is most like on the average, from the threshold on."""
    placed: list[int] = []
    stories: list[list[int]] = []
    for number, each in enumerate(arrived):
        row = matrix[number]
        likeness = [
            (sum(row[other] for other in story) / len(story), at)
            for at, story in enumerate(stories)
            if each.when - arrived[story[-1]].when <= _OPEN
        ]
        best, at = max(likeness, default=(0.0, -1))
        if best < threshold:
            at = len(stories)
            stories.append([])
        stories[at].append(number)
        placed.append(at)
    return placed


def _tfidf(arrived: Sequence[Document]) -> Matrix:
    """Title twice and text. Rarity is counted over the whole corpus, later documents too."""
    vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer
    texts = [f"{each.title}. {each.title}. {each.text[:6000]}" for each in arrived]
    vectors = vectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    return (vectors @ vectors.T).toarray().tolist()


def _titles(arrived: Sequence[Document]) -> Matrix:
    ratio = import_module("rapidfuzz.fuzz").token_set_ratio
    titles = [each.title.lower() for each in arrived]
    matrix = import_module("rapidfuzz.process").cdist(titles, titles, scorer=ratio, workers=1)
    return (matrix / 100).tolist()


def _minhash(arrived: Sequence[Document]) -> Matrix:
    """Words as sets, 64 permutations."""
    numpy, datasketch = import_module("numpy"), import_module("datasketch")
    hashes = []
    for each in arrived:
        one = datasketch.MinHash(num_perm=64)
        one.update_batch({word.encode() for word in f"{each.title} {each.text}".lower().split()})
        hashes.append(one.hashvalues)
    table = numpy.array(hashes)
    return [(table == row).mean(axis=1).tolist() for row in table]


PEERS: dict[str, tuple[str, Callable[[Sequence[Document]], Matrix]]] = {
    "scikit-learn TF-IDF": ("sklearn", _tfidf),
    "rapidfuzz titles": ("rapidfuzz", _titles),
    "datasketch MinHash": ("datasketch", _minhash),
}
