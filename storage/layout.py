"""Which revision of our tables a database holds, and how it is brought up to date."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from newsdesk.errors import StoreUnfit
from storage.engine import take_turn

MIGRATIONS = Path(__file__).parent / "migrations"
_NAME = re.compile(r"^revision = \"(\w+)\"$", re.MULTILINE)


@cache
def revisions(folder: Path = MIGRATIONS) -> tuple[str, ...]:
    """The revisions this version knows, newest first.

    Read from the files, which are numbered in their order: Alembic takes longer to load than most commands
    take to run, so it is only loaded to change something.
    """
    files = sorted((folder / "versions").glob("r*.py"), reverse=True)
    return tuple(name for each in files for name in _NAME.findall(each.read_text("utf-8")))


def revision(connection: Connection) -> str | None:
    """The database's revision, None when it is empty. Raises StoreUnfit when the tables are not ours."""
    tables = inspect(connection).get_table_names()
    if tables and "alembic_version" not in tables:
        raise StoreUnfit(
            f"the database holds tables that are not Presswatch's ({tables[0]}, …): name another one"
        )
    return connection.scalar(text("SELECT version_num FROM alembic_version")) if tables else None


def upgrade(connection: Connection, folder: Path = MIGRATIONS) -> None:
    """Lays what is missing, inside the connection's transaction: all of it or nothing.

    Raises StoreUnfit when the database was laid by a newer version.
    """
    from alembic import command
    from alembic.config import Config

    take_turn(connection, "upgrade")
    refuse_newer(revision(connection), revisions(folder))
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def refuse_unless_current(found: str, known: Sequence[str]) -> None:
    """Raises StoreUnfit, saying what to do, when it is not the newest of the known revisions."""
    refuse_newer(found, known)
    if found != known[0]:
        wanted = f"this version wants {known[0]}: run `presswatch init` to bring it up to date"
        raise StoreUnfit(f"the database is at revision {found}, {wanted}")


def refuse_newer(found: str | None, known: Sequence[str]) -> None:
    """Raises StoreUnfit for a revision that this version does not know."""
    if found is not None and found not in known:
        raise StoreUnfit(
            f"the database was laid by a newer Presswatch (revision {found}): upgrade Presswatch"
        )
