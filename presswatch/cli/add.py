"""`presswatch add`: cuttings by hand, one file or many lines of JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Mistake, ReadError
from presswatch.cli.common import Json, complain, opened, print_json, say

if TYPE_CHECKING:
    from scheduler.filing import Filed


def add(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Text or HTML (.html, .htm); - reads standard input."),
    ] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Many at once: a JSON object a line; - reads standard input."),
    ] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it; else the site's name.")] = None,
    published: Annotated[str | None, typer.Option(help='When: "2023-08-02" or as printed.')] = None,
    title: Annotated[str | None, typer.Option(help="Its headline; else it is found in the file.")] = None,
    as_json: Json = False,
) -> None:
    """Add cuttings by hand: articles that no source brought.

    Each JSON line has url, outlet, published, title and text or html. Adding the same again changes nothing.
    """
    if (file is None) == (jsonl is None):
        raise Mistake("add takes either FILE or --jsonl FILE")
    if jsonl is not None:
        if url or outlet or published or title:
            raise Mistake("--jsonl: each line says its own url, outlet, published and title")
        _add_many(jsonl, as_json=as_json)
        return
    assert file is not None
    if url is None:
        raise Mistake("add FILE needs --url: the address is what tells one article from another")
    from presswatch.cli.cuttings import Cutting, file_cutting, read_file

    body, media = read_file(file)
    with opened() as house:
        filed = file_cutting(house, Cutting(str(file), url, body, media, outlet or "", published, title))
    if as_json:
        print_json(_shape(filed))
    else:
        say(_line(filed))


def _add_many(path: Path, *, as_json: bool) -> None:
    """Every good line is added, every bad one named; the exit code is 3 where there was a bad one."""
    from presswatch.cli.cuttings import file_cutting, parse_line, read_lines

    good = bad = 0
    with opened() as house:
        for where, line in read_lines(path):
            try:
                filed = file_cutting(house, parse_line(line, where))
            except (Mistake, ReadError) as error:
                bad += 1
                for each in error.reason.splitlines():
                    complain(f"presswatch: {each}")
                continue
            good += 1
            if as_json:
                print_json(_shape(filed), indent=None)
            else:
                say(_line(filed))
    complain(f"{good} added or known already, {bad} could not be read.")
    if bad:
        raise typer.Exit(3)


def _shape(filed: "Filed") -> dict[str, Any]:
    return {
        "url": filed.url,
        "outcome": filed.outcome,
        "relevant": filed.assessment.relevant,
        "event": filed.assessment.event.value,
        "story": filed.story,
        "why": filed.why,
    }


def _line(filed: "Filed") -> str:
    where = f"story {filed.story}" if filed.story else "not relevant"
    return f"{filed.outcome:8} {where:14} {filed.assessment.event.value:20} {filed.title}"
