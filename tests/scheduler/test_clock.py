"""The planner and the drawing on real databases: whatever clocks do, each reader and day has one digest."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, select

from newsdesk.readers import Subscription
from newsdesk.slots import Bell
from scheduler import digesting
from scheduler.house import House
from scheduler.planning import plan
from storage import Store, tables
from storage.engine import address_of, engine_for
from tests.databases import LaidSchemas
from tests.newsdesk.clocks import BELLS, DAY, History, Span, histories, left_out, told_twice
from tests.scheduler.houses import Clock, house

_IN_MEMORY = Path("/dev/shm")  # nothing here has to survive a power cut, and there are thousands of commits
_LIVED_THROUGH: dict[str, Any] = {
    "derandomize": True,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],  # each history begins with empty tables
}


@pytest.fixture
def on_sqlite(laid_file: Path) -> Iterator["Opened"]:
    with TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
        path = shutil.copyfile(laid_file, Path(folder) / "presswatch.db")
        with opened(f"sqlite:///{path}") as both:
            yield both


@pytest.fixture
def on_postgresql(laid_schemas: LaidSchemas) -> Iterator["Opened"]:
    with laid_schemas.lent() as url, opened(url) as both:
        yield both


@settings(max_examples=40, **_LIVED_THROUGH)
@given(history=histories())
def test_whatever_the_clock_does_on_sqlite(on_sqlite: "Opened", history: History) -> None:
    live_through(on_sqlite, history)


@settings(max_examples=10, **_LIVED_THROUGH)
@given(history=histories())
def test_whatever_the_clock_does_on_postgresql(on_postgresql: "Opened", history: History) -> None:
    live_through(on_postgresql, history)


READERS = {name: bell for name, bell in BELLS.items() if name not in ("while clocks change", "sunday nights")}
TICKS = 4  # of a history: each is dozens of transactions


class Opened(NamedTuple):
    """A store, and its tables as they are."""

    store: Store
    book: Engine


@contextmanager
def opened(url: str) -> Iterator[Opened]:
    store, engine = Store.open(url), engine_for(address_of(url))
    try:
        yield Opened(store, engine)
    finally:
        engine.dispose()
        store.close()


def live_through(on: Opened, history: History) -> None:
    with on.book.begin() as connection:
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(table.delete())
    clock = Clock(history.ticks[0].now)
    home = house(on.store, clock)
    ids = asked(home, history)
    for number, tick in enumerate(history.ticks[:TICKS]):
        clock.at = tick.now
        if tick.falls_over:
            plan(home)
            continue
        digesting.draw_due(home)
        told, promised = digests(on.book), slots(on.store)
        for name, bell in READERS.items():
            spans = [*told.get(ids[name], ()), *promised.get(bell, ())]
            late = left_out(bell, history.since[name], spans, history.ticks[: number + 1])
            assert (name, late) == (name, set())
    told = digests(on.book)
    for name, bell in READERS.items():
        assert (name, told_twice(bell, told.get(ids[name], ()))) == (name, [])


def asked(home: House, history: History) -> Mapping[str, int]:
    """By name the ids of subscriptions that began when the history says."""
    ids = {}
    with home.store.begin() as tx:
        for number, (name, bell) in enumerate(READERS.items()):
            address, since = f"reader{number}@northmarch.example", history.since[name]
            subscriber = tx.subscribers.known(address, now=since - DAY)
            wanted = Subscription(0, subscriber.id, address, name, bell=bell, since=since)
            ids[name] = tx.subscriptions.add(wanted)
    return ids


def digests(book: Engine) -> Mapping[int, list[Span]]:
    """By subscription the dates that its digests cover."""
    told: dict[int, list[Span]] = {}
    table = tables.digests.c
    with book.connect() as connection:
        rows = connection.execute(select(table.subscription, table.local_date, table.covers_from)).all()
    for row in rows:
        told.setdefault(row.subscription, []).append((row.covers_from or row.local_date, row.local_date))
    return told


def slots(store: Store) -> Mapping[Bell, list[Span]]:
    """By bell the dates of slots that are yet to be drawn."""
    promised: dict[Bell, list[Span]] = {}
    with store.read() as tx:
        for each in tx.slots.open():
            promised.setdefault(each.slot.bell, []).append((each.slot.covers_from, each.slot.local_date))
    return promised
