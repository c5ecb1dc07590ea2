"""Throw-away databases: a PostgreSQL database for each test run, and schemas in it for its tests.

PRESSWATCH_TEST_POSTGRESQL names a server that lets us create databases. Without one the tests on
PostgreSQL are skipped, unless PRESSWATCH_REQUIRE_POSTGRESQL is 1: then they fail.

Laying the tables takes half a second on PostgreSQL, emptying them a hundredth of that: so a laid schema is
washed after a test and lent again, and a laid SQLite file is copied.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from urllib.parse import quote

import psycopg
import pytest
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import make_url

from storage import Store
from storage.tables import metadata

SERVER = os.environ.get("PRESSWATCH_TEST_POSTGRESQL", "postgresql://127.0.0.1:5432/postgres")
REQUIRED = os.environ.get("PRESSWATCH_REQUIRE_POSTGRESQL") == "1"

_LAYOUT = """
    SELECT string_agg(concat_ws(' ', c.relname, a.attname, a.atttypid), ', ' ORDER BY c.relname, a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace"""
_NUMBERS_FROM_ONE = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = current_schema()"""

_numbers = count(1)


@contextmanager
def postgresql_database() -> Iterator[str]:
    """The address of a new, empty database, which is gone afterwards."""
    name = f"presswatch_test_{os.getpid()}"
    with _server() as server:
        server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        # nothing here has to survive a power cut
        server.execute(SQL("ALTER DATABASE {} SET synchronous_commit = off").format(Identifier(name)))
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
        server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def postgresql_schema(database: str) -> str:
    """The address of a new, empty schema in that database."""
    name = f"t{next(_numbers)}"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(name)))
    return f"{database}?options={quote(f'-c search_path={name} -c lock_timeout=5s')}"


class LaidSchemas:
    """Schemas of a database in which our tables are laid and hold nothing."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._washed: list[tuple[str, object]] = []

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The address of one, for one test."""
        url, layout = self._washed.pop() if self._washed else self._laid()
        yield url
        if _wash(url, layout):
            self._washed.append((url, layout))

    def _laid(self) -> tuple[str, object]:
        url = postgresql_schema(self._database)
        Store.open(url).close()
        with psycopg.connect(url) as connection:
            return url, _layout(connection)


def _wash(url: str, layout: object) -> bool:
    """False where it cannot be lent again: its tables were changed, or somebody still holds them."""
    try:
        with psycopg.connect(url) as connection:
            if _layout(connection) != layout:
                return False
            tables = [Identifier(each.name) for each in reversed(metadata.sorted_tables)]
            held = [
                each for each in tables if connection.execute(SQL("DELETE FROM {}").format(each)).rowcount
            ]
            connection.execute(_NUMBERS_FROM_ONE)
        with psycopg.connect(url, autocommit=True) as connection:
            for each in held:  # so that rows lie again in the order in which they come
                connection.execute(SQL("VACUUM {}").format(each))
    except psycopg.Error:
        return False
    return True


def _layout(connection: psycopg.Connection[tuple[object, ...]]) -> object:
    revision: Composed = SQL("SELECT version_num FROM {}").format(Identifier("alembic_version"))
    return connection.execute(_LAYOUT).fetchone(), connection.execute(revision).fetchall()


def _server() -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        reason = f"no PostgreSQL answers at {make_url(SERVER)!r}: {error}"
        if REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
