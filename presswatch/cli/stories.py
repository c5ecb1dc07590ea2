"""`presswatch stories`: what is known, newest first."""

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.errors import Mistake
from newsdesk.tomltext import meant
from presswatch.cli.common import Json, day, opened, print_json, say

if TYPE_CHECKING:
    from scheduler.house import House


def stories(
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only stories reported on or after this date.")
    ] = None,
    council: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Only stories with this council, in any role.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    as_json: Json = False,
) -> None:
    """List the stories, newest first. Dates are those of the articles' publication, in London."""
    from newsdesk.periods import cutoff
    from presswatch import shapes
    from presswatch.cli.tellings import story_lines

    first = day(since, "--since")
    with opened() as house:
        if council:
            _require_council(house, council)
        with house.store.read() as tx:
            found = tx.stories.list(
                since=cutoff(first, "00:00") if first else None, council=council, limit=limit
            )
        names = house.desk.gazetteer.names
    if as_json:
        print_json([shapes.story(each) for each in found])
        return
    for each in found:
        for line in story_lines(each, names):
            say(line)
        say()
    say(f"{len(found)} {'story' if len(found) == 1 else 'stories'}.")


def _require_council(house: "House", slug: str) -> None:
    known = house.desk.gazetteer.councils
    if slug not in known:
        raise Mistake(f'--council: no council is called "{slug}"{meant(slug, known)}')
