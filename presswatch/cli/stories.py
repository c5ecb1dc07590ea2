"""`presswatch stories`: what is known, newest first; one story with its evidence; merges and splits."""

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.errors import Mistake
from newsdesk.tomltext import meant
from presswatch.cli.common import Json, Why, day, opened, operator, print_json, say

if TYPE_CHECKING:
    from scheduler.editing import Edited
    from scheduler.house import House

app = typer.Typer(rich_markup_mode=None)

Number = Annotated[int, typer.Argument(metavar="ID", help="Its number, as `presswatch stories` shows it.")]


@app.callback(invoke_without_command=True)
def stories(
    context: typer.Context,
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
    from datetime import datetime, time

    from newsdesk.dates import LONDON
    from presswatch import shapes
    from presswatch.cli.tellings import story_lines

    if context.invoked_subcommand:
        return
    first = day(since, "--since")
    start = datetime.combine(first, time(), LONDON) if first else None
    with opened() as house:
        if council:
            _require_council(house, council)
        with house.store.read() as tx:
            found = tx.stories.list(since=start, council=council, limit=limit)
        names = house.desk.gazetteer.names
    if as_json:
        print_json([shapes.story(each) for each in found])
        return
    for each in found:
        for line in story_lines(each, names):
            say(line)
        say()
    say(f"{len(found)} {'story' if len(found) == 1 else 'stories'}.")


@app.command()
def show(number: Number, as_json: Json = False) -> None:
    """Show one story, and why each report is there.

    What an operator said of its reports follows.
    """
    from presswatch import shapes
    from presswatch.cli.tellings import evidence_line, story_lines
    from scheduler.editing import living

    with opened() as house:
        with house.store.read() as tx:
            story = living(tx, number)
            articles = [each.article for each in story.reports]
            why = {each: tx.stories.placements(each) for each in articles}
            said = tx.evidence.of(articles)
        names = house.desk.gazetteer.names
    reasons = {each: next(one.why for one in placed if one.story == number) for each, placed in why.items()}
    if as_json:
        reports = [shapes.report(each) | {"why": reasons[each.article]} for each in story.reports]
        print_json(
            shapes.story(story) | {"articles": reports, "evidence": [shapes.evidence(each) for each in said]}
        )
        return
    for line in story_lines(story, names, reasons):
        say(line)
    for each in said:
        say(f"   {evidence_line(each)}")


@app.command()
def merge(
    into: Annotated[int, typer.Argument(metavar="INTO", help="The story that stays.")],
    other: Annotated[int, typer.Argument(metavar="OTHER", help="The story whose reports go into it.")],
    why: Why = "",
    as_json: Json = False,
) -> None:
    """Make two stories one. It is remembered: no later rule, report or edit parts their reports again.

    Whoever was told of either counts as told, but for a new judgement that they did not see.
    """
    from scheduler.editing import merge

    with opened() as house:
        _tell(house, merge(house, into, other, by=operator(), why=why), as_json=as_json)


@app.command()
def split(
    number: Number,
    addresses: Annotated[list[str], typer.Argument(metavar="URL...", help="Reports of the story.")],
    why: Why = "",
    as_json: Json = False,
) -> None:
    """Take reports out of a story, into one of their own. Copies of them follow, and it is remembered.

    Whoever saw one of these reports counts as told of the new story.
    """
    from scheduler.editing import split

    with opened() as house:
        _tell(house, split(house, number, addresses, by=operator(), why=why), as_json=as_json)


def _tell(house: "House", edited: "Edited", *, as_json: bool) -> None:
    from presswatch import shapes
    from presswatch.cli.tellings import story_lines

    if as_json:
        print_json([shapes.story(each) for each in edited.stories])
        return
    for each in edited.stories:
        for line in story_lines(each, house.desk.gazetteer.names):
            say(line)


def _require_council(house: "House", slug: str) -> None:
    known = house.desk.gazetteer.councils
    if slug not in known:
        raise Mistake(f'--council: no council is called "{slug}"{meant(slug, known)}')
