"""Which revision of our tables a database holds, and how it is brought up to date."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from newsdesk.errors import StoreUnfit
from storage.engine import take_turn

_MIGRATIONS = Path(__file__).parent / "migrations"


@cache
def revisions() -> tuple[str, ...]:
    """The revisions this version knows, newest first."""
    return tuple(each.revision for each in ScriptDirectory(str(_MIGRATIONS)).walk_revisions())


def revision(connection: Connection) -> str | None:
    """The database's revision, None when it is empty. Raises StoreUnfit when the tables are not ours."""
    tables = inspect(connection).get_table_names()
    if tables and "alembic_version" not in tables:
        raise StoreUnfit(
            f"the database holds tables that are not Presswatch's ({tables[0]}, …): name another one"
        )
    return MigrationContext.configure(connection).get_current_revision() if tables else None


def upgrade(connection: Connection) -> None:
    """Lays what is missing, inside the connection's transaction: all of it or nothing.

    Raises StoreUnfit when the database was laid by a newer version.
    """
    take_turn(connection, "upgrade")
    refuse_newer(revision(connection), revisions())
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
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
