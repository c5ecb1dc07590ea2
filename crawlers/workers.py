"""Reads documents in processes that can be killed, because nothing else stops a parser.

One 48 kB feed keeps feedparser busy for 68 s and one page of 1 MB lxml for 22 s; no time limit inside a
process ends either. A reader that passes its deadline or its memory is killed, and only its document is lost.
"""

import asyncio
import importlib
import logging
import multiprocessing
import re
import resource
import signal
from concurrent.futures import BrokenExecutor
from typing import Any

from pebble import ProcessExpired, ProcessPool

from crawlers.settings import Limits
from newsdesk.errors import ParserKilled, PresswatchError, Unreadable
from newsdesk.model import Page, Problem

# Far above anything that a newsroom publishes, far below what keeps a parser busy for its whole deadline.
MOST_TAGS = 400_000
MOST_ENTITIES = 500_000
MOST_ATTRIBUTES = 10_000  # of one element: lxml needs 0.9 s for 20,000 and 19 s for 80,000
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{20000,}")


class Workers:
    """Warm reader processes, which live as long as this process.

    They start with the first document: a round without news needs none.
    """

    def __init__(self, parsers: str, limits: Limits) -> None:
        self._parsers = parsers
        self._limits = limits
        self._pool: ProcessPool | None = None

    async def read(self, function: str, *subjects: Any) -> Any:
        """What `function` of the parsers' module makes of the subjects, or the Problem it had with them."""
        for subject in subjects:
            if isinstance(subject, Page) and (reason := bomb(subject.body)):
                return Problem.of(Unreadable(reason))
        try:
            task = await asyncio.to_thread(self._schedule, function, subjects)
            return await asyncio.wrap_future(task)
        except TimeoutError:
            return _killed(f"reading it took longer than {self._limits.document:g} s")
        except MemoryError:
            return _killed(f"reading it took more than {self._limits.memory >> 20} MiB of memory")
        except ProcessExpired as error:
            return _killed(f"its reader died ({_cause(error.exitcode)})")
        except BrokenExecutor:
            self._pool = None  # the next document gets new processes
            return _killed("its reader died and took the others with it")

    def _schedule(self, function: str, subjects: tuple[Any, ...]) -> Any:
        if self._pool is None:
            self._pool = _pool(self._parsers, self._limits)
        arguments = (self._parsers, function, *subjects)
        return self._pool.schedule(_read, arguments, timeout=self._limits.document)


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


def _pool(parsers: str, limits: Limits) -> ProcessPool:
    """A server process that imports the parsers once and is forked for every worker; it holds no socket."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([parsers])
    return ProcessPool(limits.workers, initializer=_confine, initargs=(limits.memory,), context=context)


def _confine(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(parsers: str, function: str, *subjects: Any) -> Any:
    """In the worker. No exception of a third party crosses to the other side, only words about it."""
    try:
        return getattr(importlib.import_module(parsers), function)(*subjects)
    except PresswatchError as error:
        return Problem.of(error)
    except MemoryError:
        raise
    except Exception as error:  # a parser may raise anything; it is reported and concerns one document
        logging.getLogger(__name__).exception("%s", function)
        return Problem.of(Unreadable(f"its parser failed: {type(error).__name__}: {str(error)[:200]}"))


def _killed(reason: str) -> Problem:
    return Problem.of(ParserKilled(reason))


def _cause(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"
