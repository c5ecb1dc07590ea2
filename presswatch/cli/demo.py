"""`presswatch demo`: the whole program on an invented week, on this machine alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from presswatch.cli.common import say

if TYPE_CHECKING:
    from presswatch.demo.run import Demonstration, Evening, Morning
    from scheduler.collecting import Visited


def demo(
    folder: Annotated[Path, typer.Option(help="Where database and digests go.")] = Path("presswatch-demo"),
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget an earlier demonstration first.")] = False,
) -> None:
    """Show it all at work on an invented week of news.

    The news are on a little web on this machine: no account, no server and no network is needed.
    """
    from presswatch.cli.progress import Progress
    from presswatch.demo.run import Evening, demonstration

    with demonstration(folder, fresh=fresh) as show:
        say(
            f"A little web of {len(show.web.sites)} sites on this machine tells an invented week. "
            "No council, paper or person in it exists."
        )
        with Progress(len(show.house.sources)) as progress:
            for part in show.evenings(progress.watch):
                if isinstance(part, Evening):
                    _tell_evening(part, show)
                else:
                    _tell_morning(part)
        if show.again:
            say("\nDelete the folder, or add --fresh, to see the week from its beginning.")
        else:
            say(f"\nRun it again: nothing is new, and nothing is fetched twice. Everything is in {folder}.")


def _tell_evening(evening: "Evening", show: "Demonstration") -> None:
    from newsdesk.dates import english_date, local

    say(f"\n== {english_date(evening.at)}, {local(evening.at):%H:%M}: visiting the sources", bold=True)
    for each in evening.visits:
        for line in _visit_lines(each):
            say(f"  {line}")
    for name in evening.held:
        say(f"  {name}: left alone, its pause after a failure is not over")
    asked = len(evening.requests)
    conditional = sum(1 for each in evening.requests if each.conditional)
    unchanged = sum(1 for each in evening.requests if each.status == 304)
    say(
        f"  {asked} requests in {evening.seconds:.1f} s; {conditional} of them conditional, "
        f"{unchanged} answered with 304 (nothing changed)"
    )
    if any(each.filed for each in evening.visits):
        _tell_stories(evening, show)


def _visit_lines(visited: "Visited") -> Iterator[str]:
    listing = visited.listing
    if listing.problem:
        yield f"{visited.source}: NOT SEEN, {listing.problem.code}: {listing.problem.reason}"
    elif listing.not_modified:
        yield f"{visited.source}: nothing changed"
    else:
        yield f"{visited.source}: {len(listing.leads)} shown, {len(visited.filed)} read"
    for failed in visited.failed:
        if failed.problem:
            yield f"  {failed.problem.code}: {failed.lead.title}: {failed.problem.reason}"
    for filed in visited.filed:
        if filed.outcome in ("revision", "copy"):
            yield f"  {filed.outcome}: {filed.title}: {filed.why}"


def _tell_stories(evening: "Evening", show: "Demonstration") -> None:
    from presswatch.cli.tellings import story_lines

    say("\n== Stories so far", bold=True)
    for story in show.stories():
        for line in story_lines(story, show.house.desk.gazetteer.names):
            say(f"  {line}")
    dropped = [filed for each in evening.visits for filed in each.filed if not filed.assessment.relevant]
    if dropped:
        say("\n== Read and left out", bold=True)
        for filed in dropped:
            against = next(
                (each.rule for each in filed.assessment.reasons if each.weight < 0), "no sign of the topic"
            )
            say(f"  {filed.assessment.score:+5.1f}  {filed.outlet}: {filed.title} ({against})")


def _tell_morning(morning: "Morning") -> None:
    from newsdesk.dates import english_date

    say(f"\n== {english_date(morning.day)}, 07:00: the digest", bold=True)
    if morning.rendered is None:
        say("  nothing that its reader has not been told")
        return
    say(f"  {morning.rendered.subject}")
    for file in morning.files:
        say(f"  {file}")
