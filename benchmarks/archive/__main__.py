"""python -m benchmarks.archive [--sizes N …] [--postgresql URL]: what filing an article costs, by archive.

An archive of 10,000, 100,000 and 1,000,000 articles, all fetched within the last 14 days (far more than any
newsroom sees), and the same spread over ten years. The articles filed are invented news of the labelled
corpus. Times are milliseconds of a processor, without the desk's assessing; of PostgreSQL, which works in
processes of its own, of the clock on the wall, and say little while the machine has other work. Each is the
median. Exit code 1 when filing into the largest archive takes more than twice as long as into the smallest.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks.archive.filled import fill, postgresql, sqlite
from benchmarks.evaluate.labelled import OWN, Corpus
from newsdesk.desk import Desk
from newsdesk.model import Article
from presswatch import compose
from scheduler.filing import file
from scheduler.house import House
from storage import Store

_UNTIL = datetime(2026, 11, 1, 9, tzinfo=UTC)
_WINDOW, _YEARS = timedelta(days=14), timedelta(days=3650)
_SIZES, _ON_SERVER = (10_000, 100_000, 1_000_000), 100_000
_GROWS = 2.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one archive: the seconds to lay it, and of one article, the milliseconds to assess and to file it.

    `wall` is what the clock shows for filing, whatever else the machine does.
    """

    database: str
    many: int
    over: timedelta
    laid: float
    assess: float
    file: float
    wall: float


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    costs = []
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    print(
        f"{'database':<11}{'articles':>10}{'over days':>10}{'laid in s':>10}{'assess ms':>10}{'file ms':>9}"
    )
    for cost in _costs(asked.sizes, asked.postgresql, asked.filed):
        costs.append(cost)
        print(
            f"{cost.database:<11}{cost.many:>10,}{cost.over.days:>10}{cost.laid:>10.0f}"
            f"{cost.assess:>10.1f}{cost.file:>9.1f}{cost.wall:>9.1f}",
            flush=True,
        )
    return max(map(_verdict, _by_kind(costs)), default=0)


def _costs(sizes: Sequence[int], server: str | None, filed: int) -> Iterator[Cost]:
    corpus = Corpus(OWN)
    for over in (_WINDOW, _YEARS):
        for many in sizes:
            yield _cost("SQLite", sqlite(), many, over, corpus, filed)
    for over in (_WINDOW, _YEARS) if server else ():
        for many in (each for each in sizes if each <= _ON_SERVER):
            yield _cost("PostgreSQL", postgresql(server or ""), many, over, corpus, filed)


def _cost(
    database: str, empty: AbstractContextManager[str], many: int, over: timedelta, corpus: Corpus, filed: int
) -> Cost:
    articles = _articles(corpus, filed)
    with empty as url:
        began = time.perf_counter()
        store = fill(url, many, list(corpus.desk.gazetteer.councils), until=_UNTIL, over=over)
        laid = time.perf_counter() - began
        try:
            clock = time.process_time if database == "SQLite" else time.perf_counter
            return Cost(database, many, over, laid, *_filing(articles, corpus.desk, store, clock))
        finally:
            store.close()


def _filing(
    articles: Sequence[Article], desk: Desk, store: Store, clock: Callable[[], float]
) -> tuple[float, float, float]:
    """Of one article, the milliseconds to assess it, to file it besides, and to file it by the wall clock."""
    house = House(store, lambda: desk, {}, compose.places(), {}, lambda: _UNTIL, "this benchmark", "", "")
    assess, whole, walls = [], [], []
    for article in articles:
        began = clock()
        desk.assess(article)
        between, wall = clock(), time.perf_counter()
        file(house, article)
        assess.append(between - began)
        whole.append(clock() - between)
        walls.append(time.perf_counter() - wall)
    return 1000 * median(assess), 1000 * (median(whole) - median(assess)), 1000 * median(walls)


def _articles(corpus: Corpus, filed: int) -> list[Article]:
    """News, told today: what is not relevant is looked for as a copy, and costs less."""
    news = [each.article for each in corpus.reports[:filed] if corpus.assess(each).relevant]
    return [replace(each, published=_UNTIL, fetched_at=_UNTIL) for each in news]


def _by_kind(costs: Sequence[Cost]) -> Iterator[list[Cost]]:
    for kind in dict.fromkeys((each.database, each.over) for each in costs):
        yield [each for each in costs if (each.database, each.over) == kind]


def _verdict(costs: Sequence[Cost]) -> int:
    small, large = min(costs, key=lambda each: each.many), max(costs, key=lambda each: each.many)
    grows = large.file > _GROWS * small.file
    days = small.over.days
    print(
        f"{'GROWS' if grows else 'ok'}: {small.database}, over {days} days: filing costs {small.file:.1f} ms"
        f" at {small.many:,} and {large.file:.1f} ms at {large.many:,}"
    )
    return int(grows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="numbers of stored articles")
    parser.add_argument("--filed", type=int, default=60, help="how many articles to file into each")
    parser.add_argument(
        "--postgresql", help="a server that lets us create a database; up to 100,000 articles are laid there"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
