"""Reading the pages of British papers, trade titles and councils, as invented ones of their shapes show them.

Each corpus elsewhere holds a handful of such pages; what stands between their paragraphs (headlines of other
stories, sign-up forms, pleas, rules) can name another council, so here it must not come along.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.evaluate import authors, bodies, dates, titles
from benchmarks.evaluate.corpora import own_pages
from benchmarks.evaluate.reading import read_all
from benchmarks.evaluate.table import Row


def rows(folder: Path) -> Iterator[Row]:
    """Body, title, date and author on the folder's `uk-pages`, or on the project's own."""
    given = list(own_pages(folder / "uk-pages")) or list(own_pages())
    pages = read_all(given)
    for measure in (bodies, titles, dates, authors):
        yield from measure.rows("uk-pages", pages)
