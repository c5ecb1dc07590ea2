"""`presswatch sources health`: how well each source is, on four levels, and what to do."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake
from newsdesk.tomltext import meant
from presswatch.cli.common import Json, opened, print_json, say, when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.house import House

_BARS = "▁▂▃▄▅▆▇█"


def health(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One source; else all.")] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Its list is right as it is: learn it anew from the next visit.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show how well sources are.

    Levels, since when, evidence, remedy, items a day over four weeks.

    Exit code 3 when one of them needs a person.
    """
    from presswatch import wellness

    with opened() as house:
        if name is not None and name not in house.sources:
            raise Mistake(f'no source that is switched on is called "{name}"{meant(name, house.sources)}')
        if accept:
            _accept(house, name)
        found = wellness.sources(house, [name] if name else list(house.sources))
    if as_json:
        print_json(found)
    else:
        _tell(found, whole=name is not None)
    if any(each["needs_somebody"] for each in found):
        raise typer.Exit(3)


def _accept(house: "House", name: str | None) -> None:
    if name is None:
        raise Mistake("--accept: say of which source, as in: presswatch sources health NAME --accept")
    with house.store.begin() as tx:
        tx.health.forget(name)


def _tell(found: "Sequence[dict[str, Any]]", *, whole: bool) -> None:
    width = max((len(each["name"]) for each in found), default=0)
    for each in found:
        mark = "!" if each["needs_somebody"] else " "
        line = sparkline(each["items_per_day"])
        say(f"{mark} {each['name']:{width}}  {line}  {each['rhythm']}")
        for level in each["levels"]:
            if level["state"] == "fixed" and not whole:
                continue
            _tell_level(level)
        if whole:
            _tell_more(each)


def _tell_level(level: "dict[str, Any]") -> None:
    say(f"    {level['level']}: {level['state']} since {when(level['since'])}: {level['reason']}")
    if level["state"] != "fixed":
        for words in filter(None, (level["evidence"], level["remedy"])):
            say(f"      {words}")


def _tell_more(source: "dict[str, Any]") -> None:
    if not source["levels"]:
        say("    nothing is wrong, and nothing was")
    if source["rolled_at"]:
        say(f"    items may have come and gone unseen before {when(source['rolled_at'])}")
    say(f"    next visit {when(source['next_visit_at'])}; {source['silence']}")


def sparkline(numbers: "Sequence[int]") -> str:
    """One bar for each number, the highest the highest; a dot for none."""
    most = max(numbers, default=0)
    return "".join(
        "·" if not each else _BARS[(each * (len(_BARS) - 1) + most - 1) // most] for each in numbers
    )
