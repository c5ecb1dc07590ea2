"""The two databases, set up so that the same code is safe on both."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from newsdesk.errors import Mistake

# How long to wait for a server or for a lock, in seconds. What the address says itself goes before this.
_SQLITE = {"timeout": "5"}
_POSTGRESQL = {"application_name": "presswatch", "connect_timeout": "5", "options": "-c lock_timeout=5s"}

_HOW = "write sqlite:///presswatch.db or postgresql://user@host/name"


def address_of(url: str) -> URL:
    """The address, with the driver we use. Raises Mistake, and never repeats a password in it."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise Mistake(f"the database's address cannot be read: {_HOW}") from error
    match address.get_backend_name():
        case "sqlite" if address.database not in (None, "", ":memory:"):
            return address.set(drivername="sqlite+pysqlite")
        case "sqlite":
            raise Mistake(f"a database in memory is gone at the end of each thread: {_HOW}")
        case "postgresql":
            return address.set(drivername="postgresql+psycopg")
        case other:
            raise Mistake(f"there is no way here to talk to a database of the kind {other!r}: {_HOW}")


def is_missing(address: URL) -> bool:
    """No file is there. Whether a server has a database shows only when it is asked."""
    return address.get_backend_name() == "sqlite" and not Path(address.database or "").exists()


def engine_for(address: URL) -> Engine:
    """An engine whose transactions write; see `reading`. Nothing is opened yet."""
    ours = _POSTGRESQL if address.get_backend_name() == "postgresql" else _SQLITE
    engine = create_engine(address.set(query={**ours, **address.query}), pool_pre_ping=True)
    if engine.dialect.name == "postgresql":
        return engine
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def reading(engine: Engine) -> Engine:
    """The same connections for transactions that only read, each of which sees one moment of the database."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(only_reads=True)


def take_turn(connection: Connection, turn: str) -> None:
    """Waits until no other transaction has this turn; it is given back with the transaction.

    SQLite lets one writer in at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtext(:turn))"), {"turn": f"presswatch {turn}"}
        )


def _prepare_sqlite(raw: sqlite3.Connection, _record: Any) -> None:
    raw.isolation_level = None  # the driver begins nothing by itself: _begin_sqlite does
    if raw.execute("PRAGMA page_count").fetchone() == (0,):  # later it would be in vain, and want a lock
        raw.execute("PRAGMA auto_vacuum = INCREMENTAL")
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")  # a delivery that was noted must survive a power cut
    raw.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A writer that begins as a reader fails at once, whatever its patience, when another wrote meanwhile.
    only_reads = connection.get_execution_options().get("only_reads", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {only_reads:d}")
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def compact(engine: Engine) -> None:
    """Gives SQLite's free pages back and empties its log, as far as nobody is reading just now."""
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA query_only = 0")
        # as scripts: `execute` takes one step of it, which gives back one page
        cursor.executescript("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
