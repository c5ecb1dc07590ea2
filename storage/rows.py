"""From a row to a frozen noun and back. Columns are named as the fields are; their types do the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Noun = TypeVar("Noun", bound="DataclassInstance")
Each = TypeVar("Each")

# SQLite takes 32,766 bound values in one statement and PostgreSQL 65,535.
BATCH = 10_000


def noun(kind: type[Noun], row: Mapping[Any, Any], **given: Any) -> Noun:
    """The noun that a row holds; `given` are the fields that come from elsewhere."""
    return kind(**{each: row[each] for each in _names(kind) if each not in given}, **given)


def columns(thing: "DataclassInstance", *without: str) -> dict[str, Any]:
    """The columns of a noun, one per field."""
    return {each: getattr(thing, each) for each in _names(type(thing)) if each not in without}


@cache
def _names(kind: type["DataclassInstance"]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, which SQLAlchemy spells per database."""
    return insert_into(connection.dialect.name, table)


def insert_into(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """The same, where the statement is put together once for all connections to such a database."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def save(
    connection: Connection, table: Table, key: str | tuple[str, ...], things: Sequence["DataclassInstance"]
) -> None:
    """Writes nouns of one kind over the rows of the same key."""
    keys = (key,) if isinstance(key, str) else key
    for kind in {type(each) for each in things}:
        statement = _upsert(connection.dialect.name, table, keys, _names(kind))
        write(connection, statement, [columns(each) for each in things])


@cache
def _upsert(dialect: str, table: Table, keys: tuple[str, ...], names: Sequence[str]) -> Executable:
    """Put together once: that takes as long as executing it."""
    new = insert_into(dialect, table)
    return new.on_conflict_do_update(
        index_elements=keys, set_={each: new.excluded[each] for each in names if each not in keys}
    )


def write(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Executes the statement once per row: not at all when there is none."""
    if rows:
        connection.execute(statement, rows)


def batches(things: Iterable[Each], most: int = BATCH) -> Iterator[list[Each]]:
    """The things, in lists short enough for one IN (…)."""
    rest = iter(things)
    while batch := list(islice(rest, most)):
        yield batch
