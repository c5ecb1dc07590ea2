"""Is the text the article? Each corpus by the metric of its own authors."""

from collections.abc import Iterator, Sequence

from benchmarks.evaluate import metrics
from benchmarks.evaluate.reading import Read
from benchmarks.evaluate.scores import scored
from benchmarks.evaluate.table import Row

# Fixed floors, below which none is taken even where no peer is installed; `scored` raises each to the best
# peer of the run. They are what the best peer (trafilatura 2.3.1 in one of its settings) has: on the whole of
# article-aeb .964, on the half of each other corpus that is open to tuning. On the whole of
# article-trafilatura it has .925, on its open half, which is harder, .914.
# The last are our own pages: there one line of clutter can name another council.
_SHINGLES = {
    "article-aeb": 0.964,
    "article-n4k": 0.929,
    "article-fundus-eval": 0.964,
    "article-fundus-parsers": 0.955,
    "uk-pages": 0.98,
}
_WORDS = {"article-wcxb": 0.937}
_SEGMENTS = {"article-trafilatura": 0.914}


def rows(corpus: str, pages: Sequence[Read]) -> Iterator[Row]:
    """One row for the text, by the metric of this corpus, if it has one."""
    if corpus in _SHINGLES:
        yield scored(corpus, "body, 4-shingle F1", pages, "text", _shingles, floor=_SHINGLES[corpus])
    elif corpus in _WORDS:
        yield scored(corpus, "body, words F1", pages, "text", _words, floor=_WORDS[corpus])
    elif corpus in _SEGMENTS:
        yield scored(corpus, "body, segments F1", pages, "text", _segments, floor=_SEGMENTS[corpus])


def _shingles(pages: Sequence[Read], system: str) -> float:
    return metrics.shingles_f1((page.case.gold["body"], page.answers[system].text or "") for page in pages)


def _words(pages: Sequence[Read], system: str) -> float:
    return metrics.words_f1((page.case.gold["body"], page.answers[system].text or "") for page in pages)


def _segments(pages: Sequence[Read], system: str) -> float:
    return metrics.segments_f1(
        (page.case.gold["must_have"], page.case.gold["must_not"], page.answers[system].text or "")
        for page in pages
    )
