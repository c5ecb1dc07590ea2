"""`presswatch tidy`: let go what has had its time."""

import typer

from presswatch.cli.common import Json, opened, print_json, say


def tidy(context: typer.Context, as_json: Json = False) -> None:
    """Let go what has had its time.

    That is what is older than [retention] in presswatch.toml says; the service does it once a day. Titles,
    facts, and what tells that something is known stay for ever.
    """
    from dataclasses import asdict

    from scheduler.tidying import tidy as let_go

    with opened(context.obj) as house:
        tidied = asdict(let_go(house))
    if as_json:
        print_json(tidied)
        return
    for name, number in tidied.items():
        say(f"{number:8,} {name}")
