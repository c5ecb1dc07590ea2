"""The databases that tests run on: whoever asks for `store_url` or `empty_url` runs once on each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage import Store
from tests.databases import LaidSchemas, postgresql_database, postgresql_schema

# How long an example takes says more of the machine than of the rule.
settings.register_profile("presswatch", deadline=None)
settings.load_profile("presswatch")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with postgresql_database() as url:
        yield url


@pytest.fixture(scope="session")
def laid_schemas(postgresql: str) -> LaidSchemas:
    return LaidSchemas(postgresql)


@pytest.fixture(scope="session")
def laid_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file in which the tables are laid, and hold nothing: to be copied."""
    path = tmp_path_factory.mktemp("laid") / "presswatch.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, laid_file: Path) -> str:
    """The address of a SQLite database in which the tables are laid, and hold nothing."""
    return f"sqlite:///{shutil.copyfile(laid_file, tmp_path / 'presswatch.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database in which the tables are laid, and hold nothing."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    schemas: LaidSchemas = request.getfixturevalue("laid_schemas")
    with schemas.lent() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database in which there is nothing."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'presswatch.db'}"
    return postgresql_schema(request.getfixturevalue("postgresql"))
