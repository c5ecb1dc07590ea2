"""Copies of the whole database: made while it is in use, looked through before they count, put back at once.

A copy of SQLite's file by other means is no backup: of 15 made with `cp` under load one was damaged and seven
were stale. A copy becomes one under its name only when it is whole, so a half-made one is never taken for it.
"""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from sqlalchemy import URL

from newsdesk.errors import Mistake, StoreUnfit
from storage import dump, layout

_SQLITE, _POSTGRESQL = b"SQLite format 3\0", b"PGDMP"
_PATIENCE = 30.0  # seconds: for a writer to finish


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup that was looked through and is whole."""

    path: Path
    kind: Literal["sqlite", "postgresql"]
    revision: str
    size: int


def save(address: URL, schema: str, path: Path) -> Copy:
    """Copy the database into a file. What bore that name before is replaced only by a copy that is whole.

    Raises Mistake when that is something other than a backup, and StoreUnfit when no whole copy can be had.
    """
    _refuse_to_overwrite(path, address)
    half = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)  # there are readers' addresses in it
        if address.get_backend_name() == "sqlite":
            _copy(_file(address), half)
        else:
            dump.save(address, schema, half)
        found = examine(half)
        _settle(half, path)
    except OSError as error:
        raise StoreUnfit(f"the backup {path} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return Copy(path, found.kind, found.revision, found.size)


def unused(folder: Path, name: str) -> Path:
    """A file for a backup: one that is there may be all that is left of something, or be just put back."""
    endings = chain([""], (f"-{number}" for number in count(2)))
    return next(each for end in endings if not (each := folder / f"{name}{end}.backup").exists())


def examine(path: Path) -> Copy:
    """Look through a backup. Raises StoreUnfit when it is damaged, none of ours, or of a newer version."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
        size = path.stat().st_size
    except OSError as error:
        raise Mistake(f"{path} cannot be read: {error.strerror}") from error
    if start == _SQLITE:
        kind, revision = "sqlite", _examined(path)
    elif start.startswith(_POSTGRESQL):
        kind, revision = "postgresql", dump.revision(path)
    else:
        raise StoreUnfit(f"{path} is no backup")
    layout.refuse_newer(revision, layout.revisions())
    return Copy(path, kind, revision, size)  # type: ignore[arg-type]


def put_back(address: URL, schema: str, copy: Copy) -> None:
    """Make the database what it was when the copy was made: all of it or nothing."""
    if copy.kind == "postgresql":
        dump.put_back(address, schema, copy.path)
        return
    _copy(copy.path, _file(address))


def refuse_another_kind(address: URL, copy: Copy) -> None:
    """Raises Mistake for a copy of SQLite that is to go into PostgreSQL, and the other way round."""
    kind = address.get_backend_name()
    if copy.kind != kind:
        raise Mistake(f"{copy.path} is a copy of a {copy.kind} database and cannot go into {kind}")


def set_aside(address: URL, stamp: str) -> Path:
    """Give a damaged SQLite file another name, and what belongs to it too, so that nothing of it is lost."""
    file = _file(address)
    for each in ("-wal", "-shm", ""):
        part = Path(f"{file}{each}")
        if part.exists():
            part.rename(f"{file}.damaged-{stamp}{each}")
    return Path(f"{file}.damaged-{stamp}")


def _file(address: URL) -> Path:
    return Path(address.database or "")


def _refuse_to_overwrite(path: Path, address: URL) -> None:
    if not path.exists():
        return
    if path.is_dir():
        raise Mistake(f"{path} is a folder: name a file")
    if address.get_backend_name() == "sqlite" and path.samefile(_file(address)):
        raise Mistake(f"{path} is the database itself: name another file")
    with path.open("rb") as file:
        start = file.read(16)
    if start and start != _SQLITE and not start.startswith(_POSTGRESQL):
        raise Mistake(f"{path} is there and is no backup: name another file")


def _copy(source: Path, target: Path) -> None:
    """SQLite's own way, in one transaction on either side."""
    with (
        closing(sqlite3.connect(f"file:{quote(str(source))}?mode=rw", uri=True, timeout=_PATIENCE)) as old,
        closing(sqlite3.connect(target, timeout=_PATIENCE)) as new,
    ):
        old.backup(new)


def _examined(path: Path) -> str:
    """The revision of a SQLite copy that is whole."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, and nothing beside it
            wrong = [line for (line,) in copy.execute("PRAGMA integrity_check") if line != "ok"]
            found = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise StoreUnfit(f"{path} is damaged or none of ours ({error})") from error
    if wrong or not found:
        raise StoreUnfit(f"{path} is damaged: {wrong[0] if wrong else 'it says no revision'}")
    return str(found[0])


def _settle(half: Path, path: Path) -> None:
    """Give it its name once it is safely on the disk."""
    _to_disk(half)
    half.replace(path)
    _to_disk(path.parent)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
