"""Near copies by the words alone: texts filed one after the other, each judged as an article is.

Two texts are taken for one when they end in one family (newsdesk.copies). The texts carry no titles, so what
the desk asks titles about, it decides by the words. Figures are means over three orders of arrival.

Of the 4,896 pairs in 2,155 of its texts about 72 cannot be found: one extractor took the footer or a licence
for the article, and shares no word in five with anything that another saw on that page.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

from benchmarks.evaluate.documents import Document, arriving, documents
from benchmarks.evaluate.groupings import pair_f1
from benchmarks.evaluate.metrics import mean
from benchmarks.evaluate.table import OURS, Row
from newsdesk.copies import CANDIDATES, FAMILY, Known
from newsdesk.duplicates import judge
from newsdesk.model import Article
from newsdesk.text import fingerprint, sketch, words

_CORPUS = "dedup-variants"
_FLOOR = 0.99
_A_SECOND = 1500.0  # texts per second of CPU
_ORDERS = (1, 2, 3)
NOW = datetime(2027, 1, 1, tzinfo=UTC)

Pairs = Iterable[tuple[int, int]]


def rows(folder: Path) -> Iterator[Row]:
    """F1 of the pairs, and how many texts a second of CPU takes, for finding and comparing together."""
    found = documents(folder / _CORPUS)
    if not found:
        return
    scores, speed = {}, {}
    for name, (package, system) in SYSTEMS.items():
        if package is None or find_spec(package):
            scores[name], speed[name] = _measured(found, system)
    yield Row(_CORPUS, "copies, F1 of pairs", scores, _FLOOR, n=len(found))
    yield Row(_CORPUS, "copies, texts per CPU s", speed, _A_SECOND, n=len(found))


def _measured(found: Sequence[Document], system: Callable[[Sequence[str]], Pairs]) -> tuple[float, float]:
    """F1 of pairs, and texts per second of CPU, over all orders of arrival."""
    figures, spent = [], 0.0
    for order in _ORDERS:
        arrived = arriving(found, order)
        texts = [each.text for each in arrived]
        started = time.process_time()
        pairs = system(texts)
        spent += time.process_time() - started
        figures.append(pair_f1([each.group for each in arrived], pairs))
    return mean(figures), len(_ORDERS) * len(found) / spent


def ours(texts: Sequence[str]) -> Pairs:
    """The pairs that ended in one family."""
    archive = Archive()
    for number, text in enumerate(texts):
        archive.file(number, text)
    return [pair for family in archive.families.values() for pair in combinations(sorted(family), 2)]


@dataclass
class Archive:
    """The texts so far, in memory: what the store is to the filing of articles."""

    families: dict[int, list[int]] = field(default_factory=dict)
    known: list[Known] = field(default_factory=list)
    holding: dict[int, list[int]] = field(default_factory=dict)

    def file(self, number: int, text: str) -> None:
        article, own = Article("", "", "", text, NOW), sketch(text)
        verdict = judge(article, own, same_address=None, same_title=(), near=self._near(own))
        self.known.append(Known(number, article, own, verdict.of))
        self.families.setdefault(number if verdict.of is None else verdict.of, []).append(number)
        for former in verdict.also:
            self._move(former, verdict.of)
        for each in own:
            self.holding.setdefault(each, []).append(number)

    def _near(self, own: frozenset[int]) -> list[Known]:
        shared = Counter(number for each in own for number in self.holding.get(each, ()))
        found = [self.known[number] for number, _ in shared.most_common(CANDIDATES)]
        return [replace(each, family=self._sketches(each.original)) for each in found]

    def _sketches(self, original: int) -> tuple[frozenset[int], ...]:
        return tuple(self.known[each].sketch for each in self.families[original][:FAMILY])

    def _move(self, former: int, of: int | None) -> None:
        assert of is not None
        gone = self.families.pop(former)
        self.families[of] += gone
        for each in gone:
            self.known[each] = replace(self.known[each], duplicate_of=of)


def _sharing(keyed: Iterable[tuple[int, Iterable[int]]]) -> set[tuple[int, int]]:
    """The pairs that share a key."""
    holding = defaultdict(list)
    for number, keys in keyed:
        for key in keys:
            holding[key].append(number)
    return {pair for numbers in holding.values() for pair in combinations(numbers, 2)}


# ---------------------------------------------------------------- peers


def _same_words(texts: Sequence[str]) -> Pairs:
    return _sharing((number, [fingerprint(text)]) for number, text in enumerate(texts))


def _minhash(texts: Sequence[str]) -> Pairs:
    """5-word shingles, 128 permutations, Jaccard .3."""
    library = import_module("datasketch")
    index = library.MinHashLSH(threshold=0.3, num_perm=128)
    pairs = []
    for number, text in enumerate(texts):
        tokens = words(text)
        own = library.MinHash(num_perm=128)
        own.update_batch([" ".join(tokens[at : at + 5]).encode() for at in range(max(len(tokens) - 4, 1))])
        pairs += [(other, number) for other in index.query(own)]
        index.insert(number, own)
    return pairs


def _tfidf(texts: Sequence[str]) -> Pairs:
    """Cosine .6."""
    vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer
    vectors = vectorizer(sublinear_tf=True).fit_transform(texts)
    near = (vectors @ vectors.T).tocoo()
    return [
        (one, other)
        for one, other, alike in zip(near.row.tolist(), near.col.tolist(), near.data.tolist(), strict=True)
        if one < other and alike >= 0.6
    ]


SYSTEMS: dict[str, tuple[str | None, Callable[[Sequence[str]], Pairs]]] = {
    OURS: (None, ours),
    "same words": (None, _same_words),
    "datasketch MinHash": ("datasketch", _minhash),
    "scikit-learn TF-IDF": ("sklearn", _tfidf),
}
