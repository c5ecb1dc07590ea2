"""The command line. Each command lives in its own module and imports what it needs when it runs.

Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 done but some sources, messages or lines
failed, 10 the database is not laid or not fit, 75 try again later (it is locked or away), 130 interrupted.
"""

import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, Never

import typer

from newsdesk.errors import Mistake, PresswatchError, StoreBusy, StoreUnfit
from presswatch import __version__, memory
from presswatch.cli import (
    add,
    backup,
    crawl,
    demo,
    digest,
    doctor,
    explain,
    feedback,
    funnel,
    init,
    read,
    replay,
    serve,
    sources,
    status,
    stories,
    subscribers,
    subscriptions,
    tidy,
    why,
    worker,
)
from presswatch.cli.common import complain

if TYPE_CHECKING:
    from crawlers.guard import Allowance

OK, FAILED, USAGE, NOT_INITIALISED, TRY_LATER = 0, 1, 2, 10, 75

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help is there twice as fast
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 done but some sources, messages "
    "or lines failed, 10 the database is not laid or not fit, 75 try again later, 130 interrupted.",
)
app.command()(init.init)
app.command()(crawl.crawl)
app.add_typer(sources.app, name="sources")
app.command()(add.add)
app.add_typer(stories.app, name="stories")
app.command()(explain.explain)
app.command()(why.why)
app.command()(feedback.relevant)
app.command()(feedback.irrelevant)
app.add_typer(feedback.app, name="feedback")
app.command()(replay.replay)
app.command()(funnel.funnel)
app.command()(read.read)
app.add_typer(subscriptions.app, name="subscriptions")
app.add_typer(subscribers.app, name="subscribers")
app.add_typer(digest.app, name="digest")
app.command()(serve.serve)
app.command()(worker.worker)
app.command()(status.status)
app.command()(doctor.doctor)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(tidy.tidy)
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


def main(arguments: Sequence[str] | None = None, *, allow: "Sequence[Allowance]" = ()) -> Never:
    """Run the command line and exit; every expected error ends as one clear message and its exit code.

    `arguments` are by default the process's own; `allow` as in crawlers.guard.Allowance.
    """
    memory.patient()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: what is held is given back
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a poor terminal costs a letter, not the answer
    try:
        app(arguments, prog_name="presswatch", obj=allow)
    except Mistake as mistake:
        _end(USAGE, *mistake.mistakes)
    except StoreUnfit as error:
        _end(NOT_INITIALISED, error.reason)
    except StoreBusy as error:
        _end(TRY_LATER, error.reason)
    except PresswatchError as error:
        _end(FAILED, error.reason)
    except OSError as error:
        _end(FAILED, str(error))
    _end(OK)


def _end(code: int, *lines: str) -> Never:
    for line in lines:
        complain(f"presswatch: {line}")
    sys.exit(code)
