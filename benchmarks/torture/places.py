"""Where a life's database is: emptied and filled again in milliseconds, so that each life begins anew."""

from pathlib import Path
from typing import Protocol

import psycopg
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import make_url

Kept = dict[str, bytes]


class Place(Protocol):
    """A database at an address."""

    url: str

    def keep(self) -> Kept:
        """All that is in it. Nobody is using it."""

    def put(self, kept: Kept) -> None:
        """Nothing else is in it afterwards."""


def place(url: str) -> Place:
    return _File(url) if url.startswith("sqlite") else _Schema(url)


class _File:
    def __init__(self, url: str) -> None:
        self.url = url
        path = Path(make_url(url).database or "")
        self._files = [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")]

    def keep(self) -> Kept:
        return {each.name: each.read_bytes() for each in self._files if each.exists()}

    def put(self, kept: Kept) -> None:
        for each in self._files:
            each.unlink(missing_ok=True)
            if each.name in kept:
                each.write_bytes(kept[each.name])


class _Schema:
    """A schema that is laid once. What is in its tables comes and goes, and so does where its ids go on."""

    def __init__(self, url: str) -> None:
        self.url = url

    def keep(self) -> Kept:
        with psycopg.connect(self.url) as connection:
            kept = {}
            for table in _tables(connection):
                with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as copy:
                    kept[table] = b"".join(copy)
            for name in _sequences(connection):
                found = connection.execute(
                    SQL("SELECT last_value, is_called FROM {}").format(Identifier(name))
                )
                last, called = found.fetchone() or (1, False)
                kept[name] = f"{last} {called:d}".encode()
            return kept

    def put(self, kept: Kept) -> None:
        with psycopg.connect(self.url) as connection:
            # rows that refer to each other go and come in any order
            connection.execute("SET LOCAL session_replication_role = replica")
            for table in _tables(connection):
                connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
                if rows := kept[table]:
                    with connection.cursor().copy(
                        SQL("COPY {} FROM STDIN").format(Identifier(table))
                    ) as copy:
                        copy.write(rows)
            for name in _sequences(connection):
                last, called = map(int, kept[name].split())
                asked = SQL("SELECT setval({}, {}, {})")
                connection.execute(asked.format(Literal(name), Literal(last), Literal(bool(called))))


def _tables(connection: psycopg.Connection) -> list[str]:
    asked = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    return [str(row[0]) for row in connection.execute(asked)]


def _sequences(connection: psycopg.Connection) -> list[str]:
    asked = "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1"
    return [str(row[0]) for row in connection.execute(asked)]
