"""Reads documents in processes that can be killed, because nothing else stops a parser.

One 48 kB feed keeps feedparser busy for 68 s and one page of 1 MB lxml for 22 s; no time limit inside a
process ends either. A reader that passes its deadline or its memory is killed, and only its document is lost.
"""

import asyncio
import gc
import importlib
import logging
import multiprocessing
import re
import resource
import signal
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from time import monotonic
from typing import Any

from crawlers.settings import Limits
from newsdesk.errors import ParserKilled, PresswatchError, Unreadable
from newsdesk.model import Page, Problem

# Far above anything that a newsroom publishes, far below what keeps a parser busy for its whole deadline.
MOST_TAGS = 400_000
MOST_ENTITIES = 500_000
MOST_ATTRIBUTES = 10_000  # of one element: lxml needs 0.9 s for 20,000 and 19 s for 80,000
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{20000,}")


class Workers:
    """A few warm readers. They start with the first document: a round without news needs none."""

    def __init__(self, parsers: str, limits: Limits) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([parsers])  # imported once, and forked from for every reader
        self._readers = [_Reader(context, parsers, limits) for _ in range(limits.workers)]
        self._idle: asyncio.LifoQueue[_Reader] = asyncio.LifoQueue()
        for reader in self._readers:
            self._idle.put_nowait(reader)

    async def read(self, function: str, *subjects: Any) -> Any:
        """What `function` of the parsers' module makes of the subjects, or the Problem it had with them."""
        for subject in subjects:
            if isinstance(subject, Page) and (reason := bomb(subject.body)):
                return Problem.of(Unreadable(reason))
        reader = await self._idle.get()
        try:
            return await asyncio.to_thread(reader.read, function, subjects)
        finally:
            self._idle.put_nowait(reader)

    def close(self) -> None:
        for reader in self._readers:
            reader.kill()


class _Reader:
    """One process with a line of its own, so that its death is nobody else's; started again when needed."""

    def __init__(self, context: ForkServerContext, parsers: str, limits: Limits) -> None:
        self._context = context
        self._parsers = parsers
        self._limits = limits
        self._line: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None

    def read(self, function: str, subjects: tuple[Any, ...]) -> Any:
        """Blocks until it has an answer or is killed for having none."""
        line = self._line or self._start()
        until = monotonic() + self._limits.document
        try:
            line.send((function, subjects))
            if line.poll(max(0.0, until - monotonic())):
                return line.recv()
            reason = f"reading it took longer than {self._limits.document:g} s"
        except (EOFError, OSError):
            reason = f"its reader died ({self._how_it_ended()})"
        self.kill()
        return Problem.of(ParserKilled(reason))

    def kill(self) -> None:
        if self._process and self._line:
            self._process.kill()
            self._process.join()
            self._line.close()
        self._process = self._line = None

    def _start(self) -> Connection:
        self._line, theirs = self._context.Pipe()
        arguments = (theirs, self._parsers, self._limits.memory)
        self._process = self._context.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        theirs.close()
        return self._line

    def _how_it_ended(self) -> str:
        assert self._process
        self._process.join(1)
        code = self._process.exitcode
        return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"


def bomb(body: bytes) -> str | None:
    """Why this is not worth a parser's time, or None. Linear in the size of the body."""
    if body.startswith(b"%PDF-"):
        return None
    if body.count(b"<") > MOST_TAGS:
        return f"it has more than {MOST_TAGS:,} tags"
    if body.count(b"&") > MOST_ENTITIES:
        return f"it has more than {MOST_ENTITIES:,} entities"
    if any(len(tag[0].split()) > MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(body)):
        return f"one of its elements has more than {MOST_ATTRIBUTES:,} attributes"
    return None


def _serve(line: Connection, parsers: str, memory: int) -> None:
    """The life of a reader process: it answers until nobody asks any more."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module = importlib.import_module(parsers)
    gc.freeze()  # what is loaded stays, and stays shared with the process that this one was forked from
    while True:
        try:
            function, subjects = line.recv()
        except EOFError:
            return
        line.send(_answer(getattr(module, function), subjects, memory))


def _answer(function: Any, subjects: tuple[Any, ...], memory: int) -> Any:
    """No exception of a third party crosses to the other side, only words about it."""
    try:
        return function(*subjects)
    except PresswatchError as error:
        return Problem.of(error)
    except MemoryError:
        return Problem.of(ParserKilled(f"reading it took more than {memory >> 20} MiB of memory"))
    except Exception as error:  # a parser may raise anything; it is reported and concerns one document
        logging.getLogger(__name__).exception("%s", function.__name__)
        return Problem.of(Unreadable(f"its parser failed: {type(error).__name__}: {str(error)[:200]}"))
