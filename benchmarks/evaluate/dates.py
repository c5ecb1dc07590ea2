"""Is the date of publication the right day, and the right moment where the page gives one?"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from benchmarks.evaluate.reading import Read
from benchmarks.evaluate.scores import labelled, scored, share
from benchmarks.evaluate.table import Row

# htmldate 1.11.0 on the whole corpora; pages of the fundus parsers all carry structured data.
_FLOORS = {
    "article-n4k": 0.838,
    "article-wcxb": 0.856,
    "article-trafilatura": 0.868,
    "article-htmldate": 0.907,
    "article-fundus-parsers": 1.0,
    "uk-pages": 1.0,
}

_MOMENTS = {"article-fundus-parsers": 1.0, "uk-pages": 1.0}


def rows(corpus: str, pages: Sequence[Read]) -> Iterator[Row]:
    """Exact days, and exact moments where the labels have a zone."""
    if dated := labelled(pages, "date"):
        yield scored(corpus, "date, exact day", dated, "day", share(_day), floor=_FLOORS.get(corpus))
    if timed := [page for page in labelled(pages, "datetime") if _gold(page).tzinfo]:
        floor = _MOMENTS.get(corpus)
        yield scored(corpus, "date, exact moment", timed, "moment", share(_moment), floor=floor)


def _day(page: Read, system: str) -> bool:
    return page.answers[system].day == str(page.case.gold["date"])[:10]


def _moment(page: Read, system: str) -> bool:
    """To the second: some sites print fractions of it."""
    got = page.answers[system].moment
    return got is not None and abs((got - _gold(page)).total_seconds()) < 1


def _gold(page: Read) -> datetime:
    return datetime.fromisoformat(page.case.gold["datetime"])
