"""Is the text the article? Each corpus by the metric of its own authors."""

from collections.abc import Iterator, Sequence

from benchmarks.evaluate import metrics
from benchmarks.evaluate.reading import Read
from benchmarks.evaluate.scores import scored
from benchmarks.evaluate.table import Row

# What the best peer reaches on the half of each corpus that is open to tuning: trafilatura 2.3.1, fast, by
# default, or with precision.
_SHINGLES = {
    "article-aeb": 0.957,
    "article-n4k": 0.929,
    "article-fundus-eval": 0.964,
    "article-fundus-parsers": 0.955,
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
