"""What the commands share: opening the house, printing for people and for scripts."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake

if TYPE_CHECKING:
    from rich.console import Console

    from scheduler.house import House

Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


@contextmanager
def opened() -> "Iterator[House]":
    """The house of this folder's configuration."""
    from presswatch import compose

    with compose.house(compose.config()) as house:
        yield house


def print_json(value: Any) -> None:
    """One JSON document on standard output; text that is not ASCII stays readable."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_json_line(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def console() -> "Console":
    """Standard output for people. Text from outside is never read as markup."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


def error_console() -> "Console":
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def day(text: str | None, option: str) -> date | None:
    """A date option. Raises Mistake saying what it should look like."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Mistake(f'{option}: "{text}" is no date: write it as 2026-03-31') from None
