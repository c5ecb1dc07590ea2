"""`presswatch backup` and `presswatch restore`: a copy of the whole database, and the way back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from presswatch.cli.common import complain, say

if TYPE_CHECKING:
    from presswatch.keeping import Restored


def backup(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Else a new file in the folder backups.")
    ] = None,
) -> None:
    """Copy the whole database into a file.

    It may be in use meanwhile, and the copy is looked through. PostgreSQL is copied by its own pg_dump. The
    file holds readers' addresses: keep it as you keep those.
    """
    from presswatch import clock, compose, keeping
    from storage import Store

    settings = compose.config()
    store = Store.open(settings.database_url, create=False)
    try:
        copy = store.backup(file or keeping.place(settings, clock.now()))
    finally:
        store.close()
    say(f"{copy.path}: {copy.size:,} bytes, revision {copy.revision}, looked through and whole.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `presswatch backup` wrote.")],
    force: Annotated[
        bool, typer.Option("--force", help="Also over a database that is in use; it is backed up first.")
    ] = False,
) -> None:
    """Put a backup in the database's place. Stop the service first.

    What readers were sent since the backup was made is not known in it: the next digest would tell it again,
    unless you say `presswatch digest skip --until DATE`.
    """
    from presswatch import clock, compose, keeping

    _tell(keeping.restore(compose.config(), file, force=force, now=clock.now()))


def _tell(restored: "Restored") -> None:
    from newsdesk.dates import local

    if restored.before:
        say(f"What was there before is now {restored.before}.")
    say(f"{restored.copy.path} (revision {restored.copy.revision}) is put back and whole.")
    from storage import Store

    if restored.copy.revision != Store.head():
        say("It is of an older version: run `presswatch init` to bring it up to date.")
        return
    if restored.newest is None:
        say("Nothing had happened in it yet.")
        return
    when = f"{local(restored.newest):%d %B %Y %H:%M}"
    say(f"The last it knows of happened on {when}. What was accepted until then is not sent again.")
    if restored.waiting:
        say(f"{restored.waiting} messages waited then; they are sent with the Message-IDs they had.")
    if restored.subscriptions:
        complain(
            "What was sent after that is not known any more: the next digest tells it all again, in one. "
            "If readers have had it: presswatch crawl; presswatch digest skip --until DATE"
        )
