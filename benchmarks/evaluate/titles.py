"""Is the title the headline, to the letter?"""

from collections.abc import Iterator, Sequence

from benchmarks.evaluate import metrics
from benchmarks.evaluate.reading import Read
from benchmarks.evaluate.scores import labelled, scored, share
from benchmarks.evaluate.table import Row

# The best peers have .822, .694, .756 and .633 on the whole corpora.
_FLOORS = {
    "article-n4k": 0.91,
    "article-wcxb": 0.80,
    "article-fundus-parsers": 0.76,
    "article-trafilatura": 0.70,
    "uk-pages": 1.0,
}


def rows(corpus: str, pages: Sequence[Read]) -> Iterator[Row]:
    """Exact titles, and those that differ in case and punctuation only."""
    if told := labelled(pages, "title"):
        yield scored(corpus, "title, exact", told, "title", share(_exact), floor=_FLOORS.get(corpus))
        yield scored(corpus, "title, same words", told, "title", share(_alike))


def _exact(page: Read, system: str) -> bool:
    return metrics.same_line(page.case.gold["title"], page.answers[system].title)


def _alike(page: Read, system: str) -> bool:
    return metrics.same_words(page.case.gold["title"], page.answers[system].title)
