"""Reading articles: body, title, date and author on every corpus of pages, and what a page costs."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.evaluate import authors, bodies, dates, titles
from benchmarks.evaluate.corpora import cases
from benchmarks.evaluate.metrics import mean
from benchmarks.evaluate.reading import Read, read_all
from benchmarks.evaluate.table import Row

CORPORA = (
    "article-aeb",
    "article-n4k",
    "article-fundus-eval",
    "article-fundus-parsers",
    "article-wcxb",
    "article-trafilatura",
    "article-htmldate",
)


def rows(folder: Path) -> Iterator[Row]:
    """Every measure of extraction on every corpus that is there."""
    every = [case for corpus in CORPORA for case in cases(folder / corpus)]
    if not every:
        return
    pages = read_all(every)
    for corpus in CORPORA:
        own = [page for page in pages if page.case.corpus == corpus]
        if own:
            for measure in (bodies, titles, dates, authors):
                yield from measure.rows(corpus, own)
    yield _cost(pages)
    yield _falls(pages)


def _cost(pages: Sequence[Read]) -> Row:
    """Milliseconds of CPU per page. Ours and trafilatura's count everything: text, title, dates, author."""
    spent = {name: 1000 * mean([page.seconds[name] for page in pages]) for name in pages[0].seconds}
    return Row(
        "all pages", "CPU ms per page", spent, spent.get("trafilatura"), less_is_better=True, n=len(pages)
    )


def _falls(pages: Sequence[Read]) -> Row:
    """Pages that a system fell over, with an error that is none of its own."""
    fell = {name: float(sum(name in page.fell for page in pages)) for name in pages[0].seconds}
    return Row("all pages", "fell over", fell, 0.0, less_is_better=True, n=len(pages))
