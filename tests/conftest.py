"""The databases that tests run on: whoever asks for `store_url` runs once on each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import postgresql_database, postgresql_schema


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with postgresql_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'presswatch.db'}"
    return postgresql_schema(request.getfixturevalue("postgresql"))
