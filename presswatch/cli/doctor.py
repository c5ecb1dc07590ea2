"""`presswatch doctor`: is everything in order?"""

import typer

from presswatch.cli.common import Json, console, print_json

_MARKS = {"ok": "ok     ", "warning": "look   ", "wrong": "WRONG  "}


def doctor(as_json: Json = False) -> None:
    """Check configuration, database, migrations, mail relay, clock and time zone; say what to do."""
    from presswatch import compose
    from presswatch.doctor import examine

    checks = list(examine(compose.config_path()))
    if as_json:
        print_json([{"name": each.name, "state": each.state, "words": each.words} for each in checks])
    else:
        out = console()
        for each in checks:
            out.print(f"{_MARKS[each.state]}{each.name}: {each.words}")
    if any(each.state == "wrong" for each in checks):
        raise typer.Exit(1)
