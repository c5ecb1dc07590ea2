"""Near copies by the words alone: every pair of texts of one page found, and no other pair.

The texts carry no titles, so what `newsdesk.duplicates` decides by titles (short texts, round-ups) is not
measured here. Of the 4,896 pairs in 2,155 of its texts 94 share no shingle at all (one extractor took the
footer for the article), so that nothing that compares words gets above .990 on those; 22 more are of texts
too short to be told from a cookie notice. Of the 20 false pairs 15 are of two pages with one cookie list.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

from benchmarks.evaluate.documents import documents
from benchmarks.evaluate.groupings import pair_f1
from benchmarks.evaluate.table import OURS, Row
from newsdesk.duplicates import LITTLE, NEAR, containment
from newsdesk.text import fingerprint, sketch, words

_CORPUS = "dedup-variants"
_FLOOR = 0.99
_A_SECOND = 1500.0  # texts per second of CPU

Pairs = Iterable[tuple[int, int]]


def rows(folder: Path) -> Iterator[Row]:
    """F1 of the pairs, and how many texts a second of CPU takes, for finding and comparing together."""
    found = documents(folder / _CORPUS)
    if not found:
        return
    texts, gold = [each.text for each in found], [each.group for each in found]
    scores, speed = {}, {}
    for name, (package, system) in SYSTEMS.items():
        if package is None or find_spec(package):
            started = time.process_time()
            pairs = system(texts)
            speed[name] = len(texts) / (time.process_time() - started)
            scores[name] = pair_f1(gold, pairs)
    yield Row(_CORPUS, "copies, F1 of pairs", scores, _FLOOR, n=len(texts))
    yield Row(_CORPUS, "copies, texts per CPU s", speed, _A_SECOND, n=len(texts))


def ours(texts: Sequence[str]) -> Pairs:
    """The pairs that share enough, found by the shingles they share."""
    sketches = [sketch(text) for text in texts]
    full = [number for number, each in enumerate(sketches) if len(each) >= LITTLE]
    return [
        (one, other)
        for one, other in _sharing((number, sketches[number]) for number in full)
        if containment(sketches[one], sketches[other]) >= NEAR
    ]


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
