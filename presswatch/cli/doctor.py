"""`presswatch doctor`: is everything in order?"""

import typer

from presswatch.cli.common import Json, print_json, say

_MARKS = {"ok": "ok     ", "warning": "look   ", "wrong": "WRONG  "}


def doctor(as_json: Json = False) -> None:
    """Check that all is in order, or say what to do.

    Looks at configuration, sources, database, migrations, mail relay, clock and time zone. The exit code is 1
    where something is wrong.
    """
    from presswatch import compose
    from presswatch.doctor import examine

    checks = list(examine(compose.config_path()))
    if as_json:
        print_json([{"name": each.name, "state": each.state, "words": each.words} for each in checks])
    else:
        for each in checks:
            say(f"{_MARKS[each.state]}{each.name}: {each.words}")
    if any(each.state == "wrong" for each in checks):
        raise typer.Exit(1)
