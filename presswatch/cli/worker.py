"""`presswatch worker`: one more pair of hands for a database that others work on too."""

from typing import Annotated

import typer

from newsdesk.errors import Mistake
from newsdesk.tomltext import meant


def worker(
    context: typer.Context,
    only: Annotated[
        str, typer.Option("--only", metavar="KINDS", help="Of crawl, alert, draw, send; several by commas.")
    ] = "",
    log_format: Annotated[
        str | None,
        typer.Option("--log-format", metavar="FORM", help="plain or json; else as PRESSWATCH_LOG says."),
    ] = None,
) -> None:
    """Share the work of a service.

    It runs elsewhere on the same database. Any number of these, and of `presswatch serve`, divide what is
    due among themselves. It answers no HTTP, reads no bounces and tidies nothing up: that is left to
    `presswatch serve`. It ends as that does.
    """
    import asyncio
    import signal

    from presswatch import compose, logs
    from presswatch.cli.crawl import require_contact
    from presswatch.serving import serve
    from scheduler.timetable import TIMETABLE

    jobs = _jobs(only)
    logs.begin(logs.form(log_format))
    settings = compose.config()
    with compose.house(settings, allow=context.obj or ()) as house:
        require_contact(house)
        told: list[int] = []  # signals that come before the service listens for them
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda signum, _: told.append(signum))
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        timetable = {name: every for name, every in TIMETABLE.items() if name in jobs}
        asyncio.run(serve(settings, house, None, lambda: told[0] if told else None, timetable))


def _jobs(only: str) -> set[str]:
    from scheduler.working import KINDS

    kinds = [each.strip() for each in only.split(",") if each.strip()] or list(KINDS)
    unknown = [each for each in kinds if each not in KINDS]
    if unknown:
        raise Mistake(
            *(f'--only: there is no work called "{each}"{meant(each, KINDS)}' for each in unknown),
            f"--only: choose among {', '.join(KINDS)}",
        )
    return {KINDS[each] for each in kinds}
