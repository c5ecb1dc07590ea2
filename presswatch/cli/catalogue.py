"""`presswatch sources enable` and `check`: switch sets of sources on, and try whether they answer."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake
from presswatch.cli.common import Json, complain, opened, print_json, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsdesk.model import Source

_AT_ONCE = 25  # sources in a round, after which what was found is written down


def enable(
    names: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="Sources by name.")] = None,
    councils: Annotated[
        list[str] | None, typer.Option("--council", metavar="SLUG", help="All about a council.")
    ] = None,
    regions: Annotated[
        list[str] | None, typer.Option("--region", metavar="NAME", help="All about a region's councils.")
    ] = None,
    national: Annotated[bool, typer.Option("--national", help="All that is about no one council.")] = False,
    as_json: Json = False,
) -> None:
    """Switch sources on, in the configuration file.

    What is on stays on, and the file keeps its comments.
    """
    from presswatch import catalogue, compose

    settings = compose.config()
    known = compose.catalogue(settings)
    added = [f"council:{each}" for each in councils or ()]
    added += [f"region:{known.region(each)}" for each in regions or ()]
    added += ["national"] * national + (names or [])
    if not added:
        raise Mistake("enable takes names of sources, --council, --region or --national")
    known.chosen(added)
    before = known.chosen(settings.sources)
    text = settings.path.read_bytes().decode("utf-8")
    edited = catalogue.listed(text.removeprefix("\ufeff"), added)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    settings.path.write_bytes((mark + edited).encode("utf-8"))
    after = known.chosen([*(settings.sources or catalogue.WHEN_EMPTY), *added])
    new = [each for name, each in after.items() if name not in before]
    if as_json:
        print_json([{"name": each.name, "outlet": each.outlet, "url": each.url} for each in new])
        return
    for each in new:
        say(f"{each.name:40} {each.outlet}: {each.url}")
    say(f"{len(new)} switched on, {len(after)} on altogether.")
    if new:
        say("None of them has been visited from here yet: `presswatch sources check` tries them.")


def check(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="Sources by name.")] = None,
    as_json: Json = False,
) -> None:
    """Visit sources once and write down whether they answer.

    Those named, on or not, else all that are on. Nothing else is kept; `sources list` shows the result.
    """
    from presswatch import checks, compose
    from presswatch.cli.crawl import require_contact
    from presswatch.cli.progress import Progress
    from scheduler import rehearsing

    settings = compose.config()
    folder = settings.folder / settings.sources_folder
    found = checks.read(folder)
    with opened(context.obj) as house:
        require_contact(house)
        sources = list((compose.catalogue(settings).chosen(names) if names else house.sources).values())
        now = {}
        with Progress(len(sources), shown=not as_json) as progress:
            for at in range(0, len(sources), _AT_ONCE):
                part = {each.name: each for each in sources[at : at + _AT_ONCE]}
                for each in rehearsing.rehearse(house, list(part.values()), watch=progress.watch):
                    now[each.source] = checks.finding(part[each.source], each.listing, now=house.clock())
                checks.write(folder, found | now)  # a long check that is stopped keeps what it has
    if as_json:
        print_json(now)
    else:
        _tell(now, {each.name: each for each in sources})
    if checks.ill(now.values()) or len(now) < len(sources):
        raise typer.Exit(3)


def _tell(found: "Mapping[str, Mapping[str, Any]]", sources: "Mapping[str, Source]") -> None:
    for name, each in found.items():
        if each["verdict"] == "ok":
            say(f"{name}: {each['items']} items, {each['dated']} with a date")
        else:
            complain(f"{name}: {each['verdict']}: {each['reason']}")
        for warning in each["warnings"]:
            say(f"  warning: {warning}")
    for name in sources.keys() - found.keys():
        complain(f"{name}: there was no time to visit it")
