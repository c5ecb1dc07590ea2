"""`presswatch init`: a commented configuration, and a database laid or brought up to date."""

from presswatch.cli.common import say


def init() -> None:
    """Write presswatch.toml and lay the database.

    A file that is there stays as it is; an older database is brought up to date.
    """
    from newsdesk.errors import Mistake
    from presswatch import compose
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
        store.upgrade()
        if before == store.head():
            say(f"Database {store.url_shown} is up to date.")
        else:
            say(f"Database {store.url_shown} {'brought up to date' if before else 'laid'}.")
    finally:
        store.close()
