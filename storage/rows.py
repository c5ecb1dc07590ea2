"""From a row to a frozen noun and back. Columns are named as the fields are; their types do the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
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
    return kind(**{each.name: row[each.name] for each in fields(kind) if each.name not in given}, **given)


def columns(thing: "DataclassInstance", *without: str) -> dict[str, Any]:
    """The columns of a noun, one per field."""
    return {each.name: getattr(thing, each.name) for each in fields(thing) if each.name not in without}


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, which SQLAlchemy spells per database."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def write(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Executes the statement once per row: not at all when there is none."""
    if rows:
        connection.execute(statement, rows)


def batches(things: Iterable[Each]) -> Iterator[list[Each]]:
    """The things, in lists short enough for one IN (…)."""
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch
