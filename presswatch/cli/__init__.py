"""The command line. Each command lives in its own module and imports what it needs when it runs.

Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 done but some sources or messages failed,
10 not initialised, 75 try again later (database locked or away), 130 interrupted.
"""

import sys
from typing import Annotated, Never

import typer

from newsdesk.errors import Mistake, PresswatchError, StoreBusy, StoreUnfit
from presswatch import __version__
from presswatch.cli import add, crawl, demo, digest, doctor, explain, init, serve, sources, stories

OK, FAILED, USAGE, PARTLY, NOT_INITIALISED, TRY_LATER, INTERRUPTED = 0, 1, 2, 3, 10, 75, 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 partly failed, "
    "10 not initialised, 75 try again later, 130 interrupted.",
)
app.command()(init.init)
app.command()(crawl.crawl)
app.add_typer(sources.app, name="sources")
app.command()(add.add)
app.command()(stories.stories)
app.command()(explain.explain)
app.add_typer(digest.app, name="digest")
app.command()(serve.serve)
app.command()(doctor.doctor)
app.command()(demo.demo)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"presswatch {__version__}")
        raise typer.Exit


@app.callback()
def presswatch(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Watches where news about English children's social care services breaks; tells each reader once."""


def main() -> Never:
    """Run the command line; every expected error ends as one clear message and its exit code."""
    try:
        app()
    except Mistake as mistake:
        _say(*mistake.mistakes)
        code = USAGE
    except StoreUnfit as error:
        _say(error.reason)
        code = NOT_INITIALISED
    except StoreBusy as error:
        _say(error.reason)
        code = TRY_LATER
    except PresswatchError as error:
        _say(error.reason)
        code = FAILED
    except KeyboardInterrupt:
        code = INTERRUPTED
    else:
        code = OK
    sys.exit(code)


def _say(*lines: str) -> None:
    for line in lines:
        typer.echo(f"presswatch: {line}", err=True)
