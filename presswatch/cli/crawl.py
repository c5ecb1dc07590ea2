"""`presswatch crawl`: visit sources now."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake
from newsdesk.tomltext import line_of, meant
from presswatch.cli.common import Json, console, error_console, opened, print_json

if TYPE_CHECKING:
    from newsdesk.model import Source
    from scheduler.collecting import Visited
    from scheduler.house import House


def crawl(
    names: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Sources by name.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those whose time has not come; held ones stay held.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Visit, and show what would be followed; keep nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Visit the sources that are due (or those named), read what is new and place it in stories."""
    from presswatch.cli.progress import Progress
    from scheduler import collecting, rehearsing

    with opened() as house:
        require_contact(house)
        require_known(house, names or [])
        sources = collecting.due(house, names or [], everything=everything)
        if not sources and not as_json:
            console().print("No source is due. Name one, or use --all.")
        with Progress(len(sources), shown=not as_json) as progress:
            if dry_run:
                visits = rehearsing.rehearse(house, sources, watch=progress.watch)
            else:
                visits = collecting.collect(house, sources, watch=progress.watch)
    if as_json:
        print_json([shape(each) for each in visits])
    else:
        for each in visits:
            tell(each)
    if any(each.listing.problem or each.failed for each in visits):
        raise typer.Exit(3)


def require_contact(house: "House") -> None:
    """A website's owner must be able to write to us. Raises Mistake."""
    if house.contact:
        return
    from presswatch import compose

    path = compose.config_path()
    line = line_of(path.read_text("utf-8"), ("contact",)) if path.is_file() else 1
    raise Mistake(
        f"{path}:{line}: contact: say whom a website's owner can write to (an https: or mail address); "
        "nothing is crawled without it"
    )


def require_known(house: "House", names: list[str]) -> None:
    unknown = [each for each in names if each not in house.sources]
    if unknown:
        raise Mistake(*(f'no source is called "{each}"{meant(each, house.sources)}' for each in unknown))


def shape(visited: "Visited") -> dict[str, Any]:
    """One visit for scripts."""
    listing = visited.listing
    return {
        "source": visited.source,
        "status": listing.status,
        "not_modified": listing.not_modified,
        "found": len(listing.leads),
        "new": visited.new,
        "problem": {"code": listing.problem.code, "reason": listing.problem.reason}
        if listing.problem
        else None,
        "warnings": list(listing.warnings),
        "articles": [
            {
                "url": each.url,
                "title": each.title,
                "outcome": each.outcome,
                "relevant": each.assessment.relevant,
                "event": each.assessment.event.value,
                "story": each.story,
            }
            for each in visited.filed
        ],
        "failed": [
            {"url": each.lead.url, "code": each.problem.code, "reason": each.problem.reason}
            for each in visited.failed
            if each.problem
        ],
    }


def tell(visited: "Visited") -> None:
    """One visit for people; what went wrong goes to standard error."""
    out, errors = console(), error_console()
    listing = visited.listing
    if listing.problem:
        errors.print(f"{visited.source}: {listing.problem.code}: {listing.problem.reason}")
    elif listing.not_modified:
        out.print(f"{visited.source}: not modified")
    else:
        kept = sum(1 for each in visited.filed if each.story is not None)
        out.print(
            f"{visited.source}: {len(listing.leads)} shown, {visited.new} followed, {len(visited.filed)} read, "
            f"{kept} in stories"
        )
    for each in visited.failed:
        if each.problem:
            errors.print(f"  {each.lead.url}: {each.problem.code}: {each.problem.reason}")


def named(house: "House", name: str) -> "Source":
    require_known(house, [name])
    return house.sources[name]
