"""`presswatch sources`: which places are watched, and a try at one of them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from presswatch.cli.catalogue import check, enable
from presswatch.cli.common import Json, complain, opened, print_json, say
from presswatch.cli.discover import discover
from presswatch.cli.health import health
from presswatch.cli.opml import opml
from presswatch.cli.record import record

if TYPE_CHECKING:
    from newsdesk.model import Source, SourceState
    from scheduler.collecting import Visited

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The places that are watched.")
_PAGES = 3

for each in (health, enable, check, discover, record, opml):
    app.command()(each)


@app.command("list")
def list_(
    everything: Annotated[
        bool, typer.Option("--all", help="Every declared source; those that are on have a star.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the sources, last visits and problems.

    Without --all those that are switched on.
    """
    from presswatch import checks, compose
    from presswatch.notices import LATELY, notices

    settings = compose.config()
    checked = checks.read(settings.folder / settings.sources_folder)
    known = compose.catalogue(settings)
    with opened() as house:
        now, sources = house.clock(), known.declared if everything else house.sources
        with house.store.read() as tx:
            states, holds = tx.sources.states(list(sources)), tx.holds.lately(now)
            ill, rolled = tx.health.conditions(), tx.sources.rolled(since=now - LATELY)
        entries = [
            _entry(each, states[each.name], checked.get(each.name))
            | {"on": each.name in house.sources}
            | {
                "notices": [
                    *notices(
                        each,
                        states[each.name],
                        holds,
                        now,
                        conditions=ill.get(each.name, ()),
                        rolled=rolled.get(each.name),
                    )
                ]
            }
            for each in sources.values()
        ]
    if as_json:
        print_json(entries)
        return
    _tell_all(entries, stars=everything)
    if everything:
        served, on = known.served(), sum(entry["on"] for entry in entries)
        say(f"{on} of {len(entries)} are switched on; `presswatch sources enable` switches on more.")
        say(
            f"Of {served.councils} councils {served.newsroom} have a newsroom here, {served.committees} "
            f"committee papers, and {served.official} a page of Ofsted's."
        )


@app.command("test")
def try_(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")], as_json: Json = False
) -> None:
    """Visit one source, on or not, without keeping anything.

    Shows its items, and what would be made of its first pages.
    """
    from presswatch import compose
    from presswatch.cli.crawl import lead_shape, require_contact, shape
    from scheduler import rehearsing

    with opened(context.obj) as house:
        require_contact(house)
        source = compose.catalogue(compose.config()).source(name)
        (visited,) = rehearsing.rehearse(house, [source], pages=_PAGES)
    if as_json:
        print_json(shape(visited) | {"leads": [lead_shape(each) for each in visited.listing.leads]})
    else:
        _tell(source, visited)
    if visited.listing.problem or visited.failed:
        raise typer.Exit(3)


def _tell_all(entries: list[dict[str, Any]], *, stars: bool) -> None:
    widths = [max((len(entry[key]) for entry in entries), default=0) for key in ("name", "kind")]
    for entry in entries:
        mark = ("* " if entry["on"] else "  ") if stars else ""
        visited = (entry["visited_at"] or "")[:16].replace("T", " ")
        say(f"{mark}{entry['name']:{widths[0]}}  {entry['kind']:{widths[1]}}  {visited:16}  {entry['state']}")
        for notice in entry["notices"]:
            say(f"{mark and '  '}  note: {notice}")


def _entry(source: "Source", state: "SourceState", checked: dict[str, Any] | None) -> dict[str, Any]:
    from newsdesk import moves
    from presswatch import shapes

    ill = state.problem
    unvisited = (
        f"never visited; checked {checked['at'][:10]}: {checked['verdict']}" if checked else "never visited"
    )
    return {
        "name": source.name,
        "outlet": source.outlet,
        "kind": source.kind.value,
        "url": source.url,
        "read_at": moves.address(source.url, state.move),
        "reader": source.reader,
        "council": source.council,
        "weekly": list(source.weekly),
        "verified": source.verified,
        "verified_on": source.verified_on.isoformat(),
        "visited_at": shapes.stamp(state.visited_at),
        "next_visit_at": shapes.stamp(state.next_visit_at),
        "held_until": shapes.stamp(state.hold_until),
        "failures": state.failures,
        "state": f"{ill.code}: {ill.reason}" if ill else "ok" if state.visited_at else unvisited,
        "checked": checked,
    }


def _tell(source: "Source", visited: "Visited") -> None:
    from newsdesk.dates import local
    from presswatch.cli.crawl import tell_failed

    listing = visited.listing
    say(f"{source.name}: {source.url}")
    say(f"  reader {source.reader}; {source.verified} ({source.verified_on})")
    if listing.problem:
        complain(f"  {listing.problem.code}: {listing.problem.reason}")
        return
    low, high = source.weekly
    say(f"  {len(listing.leads)} items shown; a normal week brings {low} to {high}")
    for warning in listing.warnings:
        say(f"  warning: {warning}")
    for lead in listing.leads:
        when = f"{local(lead.published):%d %b %Y}" if lead.published else "no date    "
        say(f"  - {when}  {lead.title}")
    for lead in listing.held:
        say(f"  held: {lead.title}  {lead.url}")
    for filed in visited.filed:
        made = filed.assessment
        verdict = "kept" if made.relevant else "dropped"
        councils = ", ".join(f"{each.council} ({each.role})" for each in made.councils) or "no council"
        say(f"  read: {filed.title}")
        say(f"    would be {verdict}: score {made.score}, {made.event.value}, {councils}")
    tell_failed(visited)
