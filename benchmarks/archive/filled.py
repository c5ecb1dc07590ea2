"""An archive of a given size: invented rows, written by the database itself.

One article in twenty is relevant and has a portrait; four relevant ones make a story; every council has its
share. Every article has the full 64 sampled shingles. Only what no question reads is shorter than in life.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import Connection, make_url, text

from newsdesk.text import SKETCH
from storage import Store
from storage.engine import address_of, engine_for

_RELEVANT, _REPORTS = 20, 4  # one in; of a story
_APART = _RELEVANT * _REPORTS
_WORDS = ", ".join(f'"word{number}": {1 + number % 7 / 4}' for number in range(90))
_LINES = " ".join(f"Sentence {number} of a text that nobody will read again." for number in range(20))
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@contextmanager
def sqlite() -> Iterator[str]:
    """The address of a new, empty database file, which is gone afterwards."""
    with TemporaryDirectory(prefix="presswatch-archive-") as folder:
        yield f"sqlite:///{Path(folder) / 'archive.db'}"


@contextmanager
def postgresql(server: str) -> Iterator[str]:
    """The address of a new, empty database on that server, which is gone afterwards."""
    name = "presswatch_archive"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def fill(url: str, many: int, councils: Sequence[str], *, until: datetime, over: timedelta) -> Store:
    """A store of that many articles, fetched evenly over a time that ends at `until`."""
    store = Store.open(url)
    engine = engine_for(address_of(url))
    with engine.begin() as connection:
        for statement in _STATEMENTS:
            connection.execute(text(_spelt(statement, connection)), _given(connection, many, until, over))
        _write_councils(connection, many, councils)
        if connection.dialect.name == "postgresql":
            for table in ("articles", "stories"):
                connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), :many)"), {"many": many}
                )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    return store


_NUMBERS = """
    WITH RECURSIVE numbers(i) AS
        (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM numbers WHERE i < {many})"""
_STATEMENTS = (
    _NUMBERS.format(many="CAST(:many AS BIGINT)")
    + """
    INSERT INTO articles (id, url, outlet, title, fetched_at, source, kind, published, media, covers, winners,
        relevant, score, reasons, scope, event, councils, judgements, coming, topics, event_sentence,
        snippet, title_key, fingerprint, sketch, why, text)
    SELECT i, 'https://archive.example/' || i, 'Outlet ' || i % 300, 'Title ' || i, {when},
        'source-' || i % 300, 'local', {when}, 'html', '[]', '{{}}', {relevant}, 0, '[]', 'council',
        'funding', '[]', '[]', '[]', '[]', '', '', i * 7919, i * 104729, {sketch}, 'new', :lines
    FROM numbers""",
    _NUMBERS.format(many="CAST(:hashes AS BIGINT)")
    + """
    INSERT INTO shingles (hash, article)
    SELECT CAST(:least AS BIGINT) + i * CAST(:stride AS BIGINT), 1 + (i * 7919) % CAST(:many AS BIGINT)
    FROM numbers""",
    _NUMBERS.format(many="CAST(:portraits AS BIGINT)")
    + """
    INSERT INTO portraits (article, fetched_at, words) SELECT id, fetched_at, :words FROM numbers
    JOIN articles ON id = i * CAST(:each AS BIGINT)""",
    _NUMBERS.format(many="CAST(:stories AS BIGINT)")
    + """
    INSERT INTO stories (id, headline, event, scope, judgements, coming, topics,
      first_seen, last_seen, version)
    SELECT i, 'Story ' || i, 'funding', 'council', '[]', '[]', '[]', first.fetched_at, last.fetched_at, 1
    FROM numbers
    JOIN articles AS last ON last.id = i * CAST(:apart AS BIGINT) - CAST(:back AS BIGINT)
    JOIN articles AS first ON first.id = i * CAST(:apart AS BIGINT)""",
    """
    INSERT INTO story_articles (story, article, why)
    SELECT stories.id, portraits.article, 'made' FROM portraits
    JOIN stories ON stories.id = (portraits.article + CAST(:apart AS BIGINT) - 1) / CAST(:apart AS BIGINT)""",
)


def _spelt(statement: str, connection: Connection) -> str:
    """Article 1 is the latest. Times and truths are written as each database keeps them."""
    if connection.dialect.name == "postgresql":
        when = "CAST(:until AS timestamptz) - i * CAST(:step AS interval)"
        return statement.format(when=when, relevant=f"i % {_RELEVANT} = 0", sketch="''::bytea")
    when = "CAST(:until AS BIGINT) - i * CAST(:step AS BIGINT)"
    return statement.format(when=when, relevant=f"i % {_RELEVANT} = 0", sketch="x''")


def _given(connection: Connection, many: int, until: datetime, over: timedelta) -> Mapping[str, Any]:
    step = over / many
    exact = connection.dialect.name == "postgresql"
    microsecond = timedelta(microseconds=1)
    return {
        "many": many,
        "until": until if exact else (until - _EPOCH) // microsecond,
        "step": step if exact else step // microsecond,
        "hashes": many * SKETCH,
        "portraits": many // _RELEVANT,
        "stories": many // _APART,
        "least": -(1 << 63),
        "stride": (1 << 63) // (many * SKETCH + 1),
        "each": _RELEVANT,
        "apart": _APART,
        "back": _APART - _RELEVANT,
        "words": "{" + _WORDS + "}",
        "lines": _LINES,
    }


def _write_councils(connection: Connection, many: int, councils: Sequence[str]) -> None:
    rows = [
        {"story": story, "council": councils[story % len(councils)]} for story in range(1, many // _APART + 1)
    ]
    told = "INSERT INTO story_councils VALUES (:story, 0, :council, 'subject', '')"
    connection.execute(text(told), rows)
