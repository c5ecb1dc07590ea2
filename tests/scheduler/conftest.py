"""A store on each database, a clock, and a web that is served."""

from collections.abc import Iterator

import pytest

from presswatch.demo.web import LittleWeb
from storage import Store
from tests.scheduler.houses import COUNCIL, FETE, LETTER, MAGAZINE, PAPER, REPORT, Clock, feed


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = Store.open(store_url)
    yield store
    store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web() -> Iterator[LittleWeb]:
    sites = {PAPER: feed(PAPER, LETTER, FETE), MAGAZINE: feed(MAGAZINE, REPORT), COUNCIL: feed(COUNCIL, FETE)}
    with LittleWeb(sites) as served:
        yield served
