"""`presswatch sources`: which places are watched, and a try at one of them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from presswatch.cli.common import Json, console, opened, print_json

if TYPE_CHECKING:
    from newsdesk.model import Source, SourceState
    from scheduler.collecting import Visited

app = typer.Typer(no_args_is_help=True, help="The places that are watched.")
_FOLLOWED = 3


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the sources, each with its last visit and what is wrong with it, if anything."""
    with opened() as house:
        with house.store.read() as tx:
            states = tx.sources.states(list(house.sources))
        entries = [_entry(each, states.get(each.name)) for each in house.sources.values()]
    if as_json:
        print_json(entries)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table("source", "outlet", "kind", "last visit", "state")
    for entry in entries:
        table.add_row(
            *(Text(str(entry[key] or "never")) for key in ("name", "outlet", "kind", "visited_at", "state"))
        )
    console().print(table)


@app.command()
def test(name: Annotated[str, typer.Argument(metavar="NAME")], as_json: Json = False) -> None:
    """Visit one source without keeping anything: what it shows, and what its newest pages would become."""
    from presswatch.cli.crawl import named, require_contact, shape
    from scheduler import rehearsing

    with opened() as house:
        require_contact(house)
        source = named(house, name)
        visited = rehearsing.rehearse(house, [source], follow=_FOLLOWED)[0]
    if as_json:
        print_json(shape(visited) | {"leads": [_lead(each) for each in visited.listing.leads]})
    else:
        _tell(source, visited)
    if visited.listing.problem or visited.failed:
        raise typer.Exit(3)


def _entry(source: "Source", state: "SourceState | None") -> dict[str, Any]:
    from presswatch import shapes

    problem = state.problem if state else None
    return {
        "name": source.name,
        "outlet": source.outlet,
        "kind": source.kind.value,
        "url": source.url,
        "reader": source.reader,
        "council": source.council,
        "weekly": list(source.weekly),
        "verified": source.verified,
        "verified_on": source.verified_on.isoformat(),
        "visited_at": shapes.stamp(state.visited_at) if state else None,
        "next_visit_at": shapes.stamp(state.next_visit_at) if state else None,
        "held_until": shapes.stamp(state.hold_until) if state else None,
        "failures": state.failures if state else 0,
        "state": f"{problem.code}: {problem.reason}" if problem else ("ok" if state else "never visited"),
    }


def _lead(each: Any) -> dict[str, Any]:
    from presswatch import shapes

    return {
        "url": each.url,
        "title": each.title,
        "published": shapes.stamp(each.published),
        "published_printed": each.published_printed,
    }


def _tell(source: "Source", visited: "Visited") -> None:
    from newsdesk.dates import local

    out = console()
    listing = visited.listing
    out.print(f"{source.name}: {source.url}")
    out.print(f"  reader {source.reader}; {source.verified} ({source.verified_on})")
    if listing.problem:
        out.print(f"  {listing.problem.code}: {listing.problem.reason}")
        return
    low, high = source.weekly
    out.print(f"  {len(listing.leads)} items shown; a normal week brings {low} to {high}")
    for warning in listing.warnings:
        out.print(f"  warning: {warning}")
    for lead in listing.leads:
        when = f"{local(lead.published):%d %b %Y}" if lead.published else "no date    "
        out.print(f"  - {when}  {lead.title}")
    for filed in visited.filed:
        verdict = "kept" if filed.assessment.relevant else "dropped"
        out.print(f"  read: {filed.title}")
        out.print(
            f"    would be {verdict}: score {filed.assessment.score}, {filed.assessment.event.value}, "
            f"{', '.join(f'{each.council} ({each.role})' for each in filed.assessment.councils) or 'no council'}"
        )
    for failed in visited.failed:
        if failed.problem:
            out.print(f"  failed: {failed.lead.url}: {failed.problem.code}: {failed.problem.reason}")
