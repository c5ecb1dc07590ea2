"""Throw-away databases: a PostgreSQL database for each test run, and a schema in it for each test.

PRESSWATCH_TEST_POSTGRESQL names a server that lets us create databases. Without one the tests on
PostgreSQL are skipped, unless PRESSWATCH_REQUIRE_POSTGRESQL is 1: then they fail.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from urllib.parse import quote

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

SERVER = os.environ.get("PRESSWATCH_TEST_POSTGRESQL", "postgresql://127.0.0.1:5432/postgres")
REQUIRED = os.environ.get("PRESSWATCH_REQUIRE_POSTGRESQL") == "1"

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


def _server() -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        reason = f"no PostgreSQL answers at {make_url(SERVER)!r}: {error}"
        if REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
