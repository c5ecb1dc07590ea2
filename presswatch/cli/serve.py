"""`presswatch serve`: the background service."""

from typing import Annotated

import typer


def serve(
    context: typer.Context,
    log_format: Annotated[
        str | None,
        typer.Option("--log-format", metavar="FORM", help="plain or json; else as PRESSWATCH_LOG says."),
    ] = None,
) -> None:
    """Run as a service: visit, draw up, send.

    It answers /healthz, /readyz and /metrics. Ctrl-C or SIGTERM stops it cleanly: what is under way ends, and
    nothing that was seen is lost. SIGHUP, or writing the file, has the configuration read afresh.
    """
    import asyncio
    import signal

    from presswatch import compose, logs
    from presswatch.cli.crawl import require_contact
    from presswatch.serving import serve as run
    from presswatch.web.server import listen

    logs.begin(logs.form(log_format))
    settings = compose.config()
    with compose.house(settings, allow=context.obj or ()) as house:
        require_contact(house)
        told: list[int] = []  # signals that come before the service listens for them
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda signum, _: told.append(signum))
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        at = listen(settings.http.host, settings.http.port) if settings.http.host else None
        asyncio.run(run(settings, house, at, lambda: told[0] if told else None))
