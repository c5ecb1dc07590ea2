"""What a database's complaint means, in our own errors: wait, or stop and do this."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, StatementError, TimeoutError as PoolTimeout

from newsdesk.errors import PresswatchError, StoreBusy, StoreError, StoreUnfit

if TYPE_CHECKING:
    from psycopg import Error as PostgresqlError

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_CLOSED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}

# libpq gives no code when it cannot connect; these are its words for what waiting will not cure
_HOPELESS = ("does not exist", "authentication failed", "no password supplied", "no pg_hba.conf entry")


@contextmanager
def explained(address: str) -> Iterator[None]:
    """Turns what SQLAlchemy raises inside into StoreBusy, StoreUnfit or StoreError, naming the address."""
    try:
        yield
    except StatementError as error:
        raise _meaning(error, address) from error
    except sqlite3.Error as error:
        raise _of_sqlite(error, address) from error
    except PoolTimeout as error:
        raise StoreBusy(f"every connection to {address} is in use") from error


def _meaning(error: StatementError, address: str) -> PresswatchError:
    match error.orig:
        case PresswatchError() as ours:
            return ours
        case sqlite3.Error() as complaint:
            return _of_sqlite(complaint, address)
        case other:
            lost = isinstance(error, DBAPIError) and error.connection_invalidated
            return _of_another(other, address, lost=lost)


def _of_sqlite(complaint: sqlite3.Error, address: str) -> StoreError:
    code = getattr(complaint, "sqlite_errorcode", 0) & 0xFF  # the primary code of an extended one
    if code in _BUSY:
        return StoreBusy(f"{address} is locked by another process")
    if code in _FULL:
        return StoreBusy(f"{address} cannot be written or read ({complaint}): is the disk full?")
    if code in _DAMAGED:
        return StoreUnfit(f"{address} is damaged or no database ({complaint}): put a backup in its place")
    if code in _CLOSED:
        return StoreUnfit(
            f"{address} cannot be opened ({complaint}): see that its folder exists and is writable"
        )
    return StoreError(f"{address}: {complaint}")


def _of_another(complaint: BaseException | None, address: str, *, lost: bool) -> StoreError:
    from psycopg import Error  # slow to load, and SQLite needs nothing of it

    if isinstance(complaint, Error):
        return _of_postgresql(complaint, address, lost=lost)
    return StoreError(f"{address}: {complaint}")


def _of_postgresql(complaint: "PostgresqlError", address: str, *, lost: bool) -> StoreError:
    from psycopg import errors as pg

    reason = " ".join(str(complaint).split())
    match complaint:
        case pg.InvalidCatalogName() | pg.InvalidAuthorizationSpecification() | pg.InvalidPassword():
            return StoreUnfit(f"{address} cannot be opened: {reason}")
        case pg.OperationalError() if complaint.sqlstate is None and any(
            word in reason for word in _HOPELESS
        ):
            return StoreUnfit(f"{address} cannot be opened: {reason}")
        case (
            pg.InsufficientPrivilege()
            | pg.ReadOnlySqlTransaction()
            | pg.UndefinedTable()
            | pg.UndefinedColumn()
        ):
            return StoreUnfit(f"{address} is not laid as it should be: {reason}")
        case pg.OperationalError() | pg.InterfaceError():
            return StoreBusy(f"{address} does not answer or is locked: {reason}")
        case _:
            return StoreBusy(f"{address} was lost: {reason}") if lost else StoreError(f"{address}: {reason}")
