"""`presswatch serve`: the background service."""


def serve() -> None:
    """Run in the background: visit what is due, draw up digests, send. Ctrl-C or SIGTERM stops it cleanly."""
    import asyncio

    from presswatch.cli.common import error_console, opened
    from presswatch.cli.crawl import require_contact
    from scheduler.service import run

    with opened() as house:
        require_contact(house)
        error_console().print(
            f"Watching {len(house.sources)} sources for {len(house.subscriptions)} subscriptions."
        )
        asyncio.run(run(house))
