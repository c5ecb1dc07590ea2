"""`presswatch serve`: the background service."""

import typer


def serve(context: typer.Context) -> None:
    """Run as a service: visit, draw up, send.

    Ctrl-C or SIGTERM stops it cleanly: what is under way ends, and nothing that was seen is lost.
    """
    import asyncio
    import logging
    import signal
    import threading

    from presswatch.cli.common import complain, opened
    from presswatch.cli.crawl import require_contact
    from scheduler.service import run

    logging.basicConfig(format="%(asctime)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each bell that finds a job at work
    with opened(context.obj) as house:
        require_contact(house)
        told = threading.Event()  # by a signal that comes before the service listens for it
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: told.set())
        complain(f"Watching {len(house.sources)} sources for {len(house.subscriptions)} subscriptions.")
        asyncio.run(run(house, told=told.is_set))
