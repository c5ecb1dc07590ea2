"""A store on each database."""

from collections.abc import Iterator

import pytest

from storage import Store


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = Store.open(store_url)
    yield store
    store.close()
