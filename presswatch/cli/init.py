"""`presswatch init`: a commented configuration, and a database laid or brought up to date."""

import typer


def init() -> None:
    """Write presswatch.toml if it is not there yet, and lay the database or bring it up to date."""
    from presswatch import compose
    from presswatch.starter import STARTER
    from storage import Store

    path = compose.config_path()
    if path.exists():
        typer.echo(f"{path} is here already and stays as it is.")
    else:
        path.write_text(STARTER, "utf-8")
        typer.echo(f"{path} written: set `contact` in it before the first crawl.")
    settings = compose.config(path)
    store = Store(settings.database_url)
    try:
        before = store.revision()
        store.upgrade()
        after = store.head()
        if before == after:
            typer.echo(f"Database {store.url_shown} is up to date.")
        else:
            typer.echo(f"Database {store.url_shown} {'brought up to date' if before else 'laid'}.")
    finally:
        store.close()
