"""uvicorn, as a guest in a loop that is already running: it takes no signals and writes no log of its own."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette

from newsdesk.errors import Mistake

_GRACE = 5  # seconds for answers that are under way when the service stops


def listen(host: str, port: int) -> socket.socket:
    """Take the port, before anything else is begun. Raises Mistake when somebody else has it."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, *_, address = found[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise Mistake(
            f"nothing can be served at {host}:{port} ({os.strerror(error.errno or 0)}): name another port in "
            "PRESSWATCH_HTTP_PORT or under [http] in presswatch.toml"
        ) from error


@asynccontextmanager
async def serving(app: Starlette, at: socket.socket | None) -> AsyncIterator[None]:
    """Answer at this socket, if there is one, until the block ends."""
    if at is None:
        yield
        return
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=5,
        limit_concurrency=100,
        ws="none",
    )
    server = _Guest(config)
    running = asyncio.create_task(server.serve(sockets=[at]))
    try:
        yield
    finally:
        server.should_exit = True
        await running


class _Guest(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The service has its own ideas about them."""
        yield
