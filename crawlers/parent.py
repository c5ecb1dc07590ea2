"""The crawl's side of the line to its parent: a thread for each direction, so that neither end can block."""

import asyncio
import os
import signal
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from crawlers.wire import Chosen, Message, decode, encode
from newsdesk.model import Lead, Listing


class Parent:
    """Who gave us the job: is told of everything at once, and answers each listing with its choice."""

    def __init__(self, hears: BinaryIO, says: BinaryIO, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: dict[str, asyncio.Future[tuple[Lead, ...]]] = {}
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        Thread(target=self._listen, args=(hears,), daemon=True).start()
        self._writer = Thread(target=self._write, args=(says,), daemon=True)
        self._writer.start()

    def say(self, message: Message) -> None:
        self._lines.put(encode(message))

    async def choose(self, listing: Listing) -> tuple[Lead, ...]:
        """Tell of a listing and wait for the leads to follow."""
        self._waiting[listing.source] = self._loop.create_future()
        self.say(listing)
        return await self._waiting[listing.source]

    def flush(self) -> None:
        """Return when everything has been said."""
        self._lines.put(None)
        self._writer.join()

    def _write(self, says: BinaryIO) -> None:
        while (line := self._lines.get()) is not None:
            says.write(line)
            says.flush()

    def _listen(self, hears: BinaryIO) -> None:
        for line in hears:
            answer = decode(line)
            assert isinstance(answer, Chosen)
            self._loop.call_soon_threadsafe(self._waiting[answer.source].set_result, answer.leads)
        # Nobody is left to tell. Our group is this process, its workers and nothing else.
        os.killpg(os.getpgrp(), signal.SIGKILL)
