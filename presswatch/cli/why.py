"""`presswatch why`: the fate of one address in a few lines. `explain` tells every reason."""

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from presswatch.cli.common import Json, opened, print_json, say

if TYPE_CHECKING:
    from scheduler.house import House


def why(url: Annotated[str, typer.Argument(metavar="URL")], as_json: Json = False) -> None:
    """Say what became of an address.

    In a few lines: who showed it, whether it was read, who was told. `explain` tells every reason.
    """
    with opened() as house:
        told = _told(house, url)
    if as_json:
        print_json(told)
        return
    for line in told["steps"]:
        say(line)


def _told(house: "House", url: str) -> dict[str, Any]:
    from newsdesk import urls
    from newsdesk.errors import Mistake
    from presswatch import shapes

    if urls.canonical(url) is None:
        raise Mistake(f'"{url}" is no http or https address')
    steps: list[str] = []
    with house.store.read() as tx:
        leads = tx.leads.trace(url)
        number = tx.articles.by_address([urls.key(url)])
        for each in leads:
            steps.append(f"{each.source} showed it on {shapes.stamp(each.first_seen)}: {each.state}")
            steps.append(f"  {each.reason or 'it waits to be read'}")
        if number is not None:
            steps += _read(house, tx, number)
    if not steps:
        steps = _never(house, url)
    return {"url": url, "seen": bool(leads or number), "steps": steps}


def _read(house: "House", tx: Any, number: int) -> list[str]:
    from newsdesk.funnel import why_dropped

    stored = tx.articles.get(number)
    if not stored.assessment.relevant:
        threshold = house.desk.topic.threshold
        score = f"score {stored.assessment.score:.1f}, needs {threshold}"
        return [
            f"read, and not about children's services: {why_dropped(stored.assessment.reasons)} ({score})"
        ]
    steps = [f"read, and relevant: {stored.assessment.event}"]
    for story in tx.stories.of_article(number):
        steps.append(f"story {story}: {tx.stories.get(story).headline}")
        tellings = tx.ledger.tellings(story)
        steps += [f"  told on {day} to {name}" for day, name in tellings]
        steps += [] if tellings else ["  nobody was told yet"]
    return steps


def _never(house: "House", url: str) -> list[str]:
    """Which sources might have shown it, and whether they could be read."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    near = [name for name, each in house.sources.items() if host and host in each.url]
    if not near:
        return [f"never seen: no source that is switched on watches {host}; `presswatch sources discover`"]
    with house.store.read() as tx:
        states = tx.sources.states(near)
    steps = ["never seen, although these watch that site:"]
    for name, state in states.items():
        trouble = f"; {state.problem.reason}" if state.problem else ""
        steps.append(f"  {name}, last visited {state.visited_at or 'never'}{trouble}")
    return steps
