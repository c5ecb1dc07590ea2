"""`presswatch funnel`: from what sources show to what readers are told, day by day."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake
from newsdesk.tomltext import meant
from presswatch.cli.common import Json, opened, print_json, say

if TYPE_CHECKING:
    from newsdesk.funnel import Day
    from scheduler.house import House

_HEAD = "day         found known  wait fetch  kept  told  copy  held  dropped failed"


def funnel(
    source: Annotated[str | None, typer.Argument(metavar="[SOURCE]", help="One source; else all.")] = None,
    days: Annotated[int, typer.Option(min=1, max=3660, help="How many days back.")] = 14,
    as_json: Json = False,
) -> None:
    """Show what became of every candidate.

    Day by day: found, known, fetched, kept, told; dropped and failed, with the reasons.
    """
    with opened() as house:
        if source is not None and source not in house.sources:
            raise Mistake(f'no source is called "{source}"{meant(source, house.sources)}')
        found = _days(house, source, days)
    if as_json:
        print_json([_shape(each) for each in found])
        return
    say(_HEAD, bold=True)
    for each in found:
        counts = (each.found, each.known, each.waiting, each.fetched, each.kept, each.told)
        lost = f"{each.dropped.total():8} {each.failed.total():6}"
        numbers = " ".join(f"{number:5}" for number in (*counts, each.duplicates, each.held))
        say(f"{each.day}  {numbers} {lost}")
        for why, number in [*each.dropped.most_common(), *each.failed.most_common()]:
            say(f"{'':12}{number:5}  {why}")
    if not found:
        say("Nothing was visited in these days.")


def _days(house: "House", source: str | None, days: int) -> "list[Day]":
    from collections import Counter
    from datetime import timedelta

    from newsdesk.dates import local
    from newsdesk.funnel import Seen, funnel

    since = house.clock() - timedelta(days=days)
    with house.store.read() as tx:
        candidates = tx.ledger.candidates(since=since, source=source)
        visits = tx.ledger.known_again(since=since, source=source)
    known: Counter[Any] = Counter()
    for at, number in visits.items():
        known[local(at).date()] += number
    seen = [
        Seen(
            local(each.first_seen).date(),
            each.state,
            each.problem.code if each.problem else "",
            each.reasons or (),
            bool(each.told),
        )
        for each in candidates
    ]
    return funnel(seen, known)


def _shape(each: "Day") -> dict[str, Any]:
    numbers = ("found", "known", "waiting", "fetched", "kept", "told", "duplicates", "held")
    return {
        "day": each.day.isoformat(),
        **{name: getattr(each, name) for name in numbers},
        "dropped": dict(each.dropped),
        "failed": dict(each.failed),
    }
