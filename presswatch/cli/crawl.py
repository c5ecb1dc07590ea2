"""`presswatch crawl`: visit sources now."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake
from newsdesk.tomltext import line_of, meant
from presswatch.cli.common import Json, complain, opened, print_json, say

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newsdesk.model import Lead
    from scheduler.collecting import Visited
    from scheduler.house import House


def crawl(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="Sources by name.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those whose time has not come; held ones stay held.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Visit, and show what would be followed; keep nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Visit sources, read what is new, tell stories.

    Without names those whose time has come are visited. What was read is never asked for again.
    """
    from presswatch.cli.progress import Progress
    from scheduler import collecting, rehearsing

    with opened(context.obj) as house:
        require_contact(house)
        require_known(house, names or [])
        sources = collecting.due(house, names or [], everything=everything)
        visit = rehearsing.rehearse if dry_run else collecting.collect
        with Progress(len(sources), shown=not as_json) as progress:
            visits = visit(house, sources, watch=progress.watch)
    if as_json:
        print_json([shape(each) for each in visits])
    else:
        if not sources:
            say("No source is due. Name one, or use --all.")
        for each in visits:
            _tell(each, dry_run=dry_run)
    for name in sorted({each.name for each in sources} - {each.source for each in visits}):
        complain(f"{name}: left alone, another process is visiting it")
    if any(each.listing.problem or each.failed for each in visits):
        raise typer.Exit(3)


def require_contact(house: "House") -> None:
    """A website's owner must be able to write to us. Raises Mistake."""
    if house.contact:
        return
    from presswatch import compose

    path = compose.config_path()
    line = line_of(path.read_text("utf-8"), ("contact",))
    raise Mistake(
        f"{path}:{line}: contact: say whom a website's owner can write to (an https: or mail address); "
        "nothing is crawled without it"
    )


def require_known(house: "House", names: "Sequence[str]") -> None:
    """Raises Mistake naming every source that is not declared, or not switched on."""
    unknown = [each for each in names if each not in house.sources]
    if unknown:
        from presswatch import compose

        declared = compose.catalogue(compose.config()).declared
        raise Mistake(*(_missing(each, declared) for each in unknown))


def _missing(name: str, declared: "Collection[str]") -> str:
    if name in declared:
        return f'"{name}" is declared but not switched on: `presswatch sources enable {name}`'
    return f'no source is called "{name}"{meant(name, declared)}'


def shape(visited: "Visited") -> dict[str, Any]:
    """One visit for scripts."""
    listing = visited.listing
    return {
        "source": visited.source,
        "status": listing.status,
        "not_modified": listing.not_modified,
        "found": len(listing.leads),
        "new": len(visited.followed),
        "followed": [lead_shape(each) for each in visited.followed],
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


def lead_shape(each: "Lead") -> dict[str, Any]:
    from presswatch import shapes

    return {
        "url": each.url,
        "title": each.title,
        "published": shapes.stamp(each.published),
        "published_printed": each.published_printed,
    }


def _tell(visited: "Visited", *, dry_run: bool) -> None:
    """One visit for people; what went wrong goes to standard error."""
    listing = visited.listing
    shown, followed = f"{len(listing.leads)} shown", len(visited.followed)
    if listing.problem:
        complain(f"{visited.source}: {listing.problem.code}: {listing.problem.reason}")
    elif dry_run:
        say(f"{visited.source}: {shown}, {followed} would be followed")
        for lead in visited.followed:
            say(f"  - {lead.title}\n    {lead.url}")
    elif listing.not_modified and not followed:
        say(f"{visited.source}: not modified")
    else:
        kept = sum(1 for each in visited.filed if each.story is not None)
        say(f"{visited.source}: {shown}, {followed} followed, {len(visited.filed)} read, {kept} in stories")
    tell_failed(visited)


def tell_failed(visited: "Visited") -> None:
    """The pages that could not be had, on standard error."""
    for each in visited.failed:
        if each.problem:
            complain(f"  {each.lead.url}: {each.problem.code}: {each.problem.reason}")
