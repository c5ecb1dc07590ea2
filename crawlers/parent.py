"""The crawl's side of the line to its parent: a thread for each direction, so that neither end can block."""

import asyncio
import os
import signal
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from crawlers.wire import Chosen, Granted, Message, Wanted, decode, encode
from newsdesk.model import Lead


class Parent:
    """Who gave us the job: is told of everything at once, and answers each listing with its choice."""

    def __init__(self, hears: BinaryIO, says: BinaryIO, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: dict[str, asyncio.Future[tuple[Lead, ...]]] = {}
        self._admissions: dict[str, asyncio.Future[float | None]] = {}
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        Thread(target=self._listen, args=(hears,), daemon=True).start()
        self._writer = Thread(target=self._write, args=(says,), daemon=True)
        self._writer.start()

    def say(self, message: Message) -> None:
        self._lines.put(encode(message))

    def pass_on(self, line: bytes) -> None:
        """Say what is encoded already."""
        self._lines.put(line)

    async def choose(self, source: str, listing: bytes) -> tuple[Lead, ...]:
        """Pass the listing of a source on and wait for the leads to follow."""
        self._waiting[source] = self._loop.create_future()
        self.pass_on(listing)
        return await self._waiting[source]

    async def admit(self, domain: str) -> float | None:
        """The seconds to wait before the first request to a domain; None when it is not to be asked now."""
        self._admissions[domain] = self._loop.create_future()
        self.say(Wanted(domain))
        return await self._admissions[domain]

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
            if isinstance(answer, Granted):
                self._loop.call_soon_threadsafe(self._admissions[answer.domain].set_result, answer.wait)
                continue
            assert isinstance(answer, Chosen)
            self._loop.call_soon_threadsafe(self._waiting[answer.source].set_result, answer.leads)
        # Nobody is left to tell. Our group is this process, its workers and nothing else.
        os.killpg(os.getpgrp(), signal.SIGKILL)
