"""Are those named in the byline the authors: all of them and nobody else?"""

from collections.abc import Iterator, Sequence

from benchmarks.evaluate import metrics
from benchmarks.evaluate.reading import Read
from benchmarks.evaluate.scores import labelled, scored, share
from benchmarks.evaluate.table import Row

# trafilatura 2.3.1 has .726, .652 and .556, goose3 3.1.22 .840 on the whole corpora.
_FLOORS = {
    "article-n4k": 0.726,
    "article-wcxb": 0.652,
    "article-trafilatura": 0.556,
    "article-fundus-parsers": 0.840,
    "uk-pages": 1.0,
}


def rows(corpus: str, pages: Sequence[Read]) -> Iterator[Row]:
    """Exact sets of names."""
    if signed := labelled(pages, "author"):
        yield scored(corpus, "author, exact set", signed, "author", share(_names), floor=_FLOORS.get(corpus))


def _names(page: Read, system: str) -> bool:
    return metrics.names(page.case.gold["author"]) == metrics.names(page.answers[system].author)
