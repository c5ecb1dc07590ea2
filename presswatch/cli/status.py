"""`presswatch status`: is all well? One screen."""

import typer

from presswatch.cli.common import Json, opened, print_json, say, when


def status(as_json: Json = False) -> None:
    """Show on one screen whether all is well, and what needs you.

    Exit code 3 when something does.
    """
    from presswatch import wellness

    with opened() as house:
        found = wellness.status(house)
    if as_json:
        print_json(found)
    else:
        say(f"service    {', '.join(found['services']) or 'not running'}")
        say(f"last visit {when(found['last_visit_at'])}")
        if found["offline_since"]:
            say(f"network    away since {when(found['offline_since'])}: no source is blamed")
        say(f"sources    {_counted(found['sources'])}")
        say(f"digests    {_counted(found['slots_today'])} today")
        say(f"outbox     {_counted(found['outbox'])}")
        say()
        for each in found["needs"]:
            say(f"! {each['what']}" + (f" (since {when(each['since'])})" if each["since"] else ""), bold=True)
            for words in (each.get("evidence"), each.get("remedy")):
                if words:
                    say(f"    {words}")
        if not found["needs"]:
            say("Nothing needs you.")
    if found["needs"]:
        raise typer.Exit(3)


def _counted(numbers: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(numbers.items())) or "none"
