"""`presswatch sources opml`: lists of feeds, from and for feed readers."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from newsdesk.errors import Mistake
from presswatch.cli.common import complain, say


def opml(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A list to turn into declarations; - reads standard input."),
    ] = None,
) -> None:
    """Print the watched feeds as OPML, or read such a file.

    Of a FILE in that form it prints a declaration for each feed.

    Nothing is fetched and nothing is switched on: save the declarations, correct them, and try each.
    """
    from presswatch import clock, compose

    declared = compose.sources(compose.config())
    if file is None:
        from crawlers.opml import opml as written

        say(written(declared.values()).rstrip())
        return
    from crawlers.discovery import Finding
    from crawlers.opml import outlines
    from crawlers.proposals import declaration
    from newsdesk import urls

    try:
        body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise Mistake(f"{file} cannot be read: {error.strerror}") from error
    known = {urls.identity(each.url) for each in declared.values()}
    new = [each for each in outlines(body) if urls.identity(each.feed) not in known]
    for each in new:
        finding = Finding(each.feed, "feed", outlet=each.title)
        say(declaration(finding, today=clock.now().date(), verified="from a list of feeds; not yet fetched"))
    complain(f"{len(new)} feeds; those that are watched already were left out.")
