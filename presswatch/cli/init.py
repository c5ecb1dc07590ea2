"""`presswatch init`: a commented configuration, and a database laid or brought up to date."""

from typing import Annotated

import typer

from presswatch.cli.common import say


def init(
    no_backup: Annotated[
        bool, typer.Option("--no-backup", help="An older database has been backed up already.")
    ] = False,
) -> None:
    """Write presswatch.toml and lay the database.

    A file that is there stays as it is; an older database is backed up and then brought up to date.
    """
    from newsdesk.errors import Mistake
    from presswatch import compose, keeping
    from presswatch.starter import STARTER
    from storage import Store

    path = compose.config_path()
    if path.exists():
        say(f"{path} is here already and stays as it is.")
    else:
        try:
            path.write_text(STARTER, "utf-8")
        except OSError as error:
            raise Mistake(f"{path} cannot be written: {error.strerror}") from error
        say(f"{path} written: set `contact` in it before the first crawl.")
    settings = compose.config(path)
    store = Store(settings.database_url)
    try:
        before = store.revision()
        copy = store.upgrade(aside=None if no_backup else settings.folder / keeping.FOLDER)
        if copy:
            say(f"{copy.path} is a backup of the database as it was.")
        if before == store.head():
            say(f"Database {store.url_shown} is up to date.")
        else:
            say(f"Database {store.url_shown} {'brought up to date' if before else 'laid'}.")
    finally:
        store.close()
