"""What the commands share: opening the house, and printing for people and for scripts."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake

if TYPE_CHECKING:
    from datetime import date

    from crawlers.guard import Allowance
    from scheduler.house import House

Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]

Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept with it.")]

# A headline that carries escape sequences must not colour, move or rename anybody's terminal.
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")


@contextmanager
def opened(allow: "Sequence[Allowance] | None" = None) -> "Iterator[House]":
    """The house of this folder's configuration; `allow` as in crawlers.guard.Allowance."""
    from presswatch import compose

    with compose.house(compose.config(), allow=allow or ()) as house:
        yield house


def say(line: str = "", *, bold: bool = False) -> None:
    """A line for people on standard output. Whatever is in it, it is plain text."""
    plain = line.translate(_CONTROLS)
    typer.echo(typer.style(plain, bold=True) if bold else plain)


def complain(line: str) -> None:
    """A line for people on standard error."""
    typer.echo(line.translate(_CONTROLS), err=True)


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """One JSON document on standard output, its text as readable as the output's encoding lets it be."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    typer.echo(json.dumps(value, ensure_ascii=plain, indent=indent))


def operator() -> str:
    """Whose word it is: the name of the account that runs the command."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "the operator"


def when(stamp: str | None) -> str:
    """A moment of a shape, to the minute: "2026-03-05 18:00"."""
    return stamp[:16].replace("T", " ") if stamp else "never"


def day(text: str | None, option: str) -> "date | None":
    """A date option. Raises Mistake saying what it should look like."""
    from datetime import date

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Mistake(f'{option}: "{text}" is no date: write it as 2026-03-31') from None
