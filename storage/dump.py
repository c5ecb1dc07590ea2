"""Backups of PostgreSQL, by its own tools: they must be as new as the server is."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import URL

from newsdesk.errors import StoreUnfit
from storage.tables import metadata

_VERSIONS = "alembic_version"


def save(address: URL, schema: str, path: Path) -> None:
    """Write our schema's tables into a file, as they are at one moment."""
    _run(
        "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f'--table="{schema}".*',  # --schema would also drop and make the schema itself
        f"--file={path}",
        address=address,
    )


def revision(path: Path) -> str:
    """The revision of a dump that can be read to its end."""
    listed = _run("pg_restore", "--list", str(path))
    if f"TABLE DATA {_schema(listed)} {_VERSIONS} " not in listed:
        raise StoreUnfit(f"{path} is a dump, but none of ours")
    _run("pg_restore", "--file=/dev/null", str(path))
    rows = _run("pg_restore", "--data-only", f"--table={_VERSIONS}", "--file=-", str(path)).splitlines()
    start = next(n for n, line in enumerate(rows) if line.startswith("COPY "))
    return rows[start + 1]


def put_back(address: URL, schema: str, path: Path) -> None:
    """Replace our tables by those of the dump, in one transaction."""
    listed = _run("pg_restore", "--list", str(path))
    if (was := _schema(listed)) != schema:
        raise StoreUnfit(f'{path} is of the schema "{was}" and cannot go into "{schema}"')
    with tempfile.TemporaryFile() as script:
        script.write(b"SET client_min_messages = warning;\n")
        for each in sorted({*metadata.tables, *_tables(listed)}):
            script.write(f'DROP TABLE IF EXISTS "{schema}"."{each}" CASCADE;\n'.encode())
        script.flush()
        _run("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(path), stdout=script)
        script.seek(0)
        _run(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            stdin=script,
            address=address,
        )


def _schema(listed: str) -> str:
    """Where the dumped tables were; empty when there are none."""
    return next((schema for schema, _ in _lines(listed)), "")


def _tables(listed: str) -> list[str]:
    return [table for _, table in _lines(listed)]


def _lines(listed: str) -> Iterator[tuple[str, str]]:
    """Schema and table of each line such as "220; 1259 16385 TABLE public articles presswatch"."""
    for line in listed.splitlines():
        words = line.split()
        if words[3:4] == ["TABLE"] and words[4:5] != ["DATA"]:
            yield words[4], words[5]


def _run(
    tool: str, *options: str, address: URL | None = None, stdin: object = None, stdout: object = None
) -> str:
    if shutil.which(tool) is None:
        raise StoreUnfit(f"{tool} is not here: install PostgreSQL's client tools, or back up on the server")
    environment = dict(os.environ)
    if address is not None:
        options = (*options, f"--dbname={_conninfo(address)}")
        environment["PGPASSWORD"] = str(address.password or environment.get("PGPASSWORD", ""))
    done = subprocess.run(  # noqa: S603  (our own words, and no shell)
        [tool, *options],
        env=environment,
        stdin=stdin or subprocess.DEVNULL,  # type: ignore[call-overload]
        stdout=stdout or subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if done.returncode != 0:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise StoreUnfit(f"{tool} failed: {said[-500:]}")
    return (done.stdout or b"").decode("utf-8", "replace")


def _conninfo(address: URL) -> str:
    """All but the password, which has no place among the arguments of a process."""
    from psycopg.conninfo import make_conninfo

    stated = {
        "host": address.host,
        "port": address.port,
        "user": address.username,
        "dbname": address.database,
    }
    asked = {name: str(value) for name, value in address.query.items()}
    return make_conninfo("", **asked | {name: value for name, value in stated.items() if value})
