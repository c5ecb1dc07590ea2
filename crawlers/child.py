"""The crawl's own process: `python -m crawlers.child` reads a job from stdin and answers on stdout.

Worker processes import this module again to know where they come from, so what is slow to load is imported
by its functions.
"""

import asyncio
import gc
import logging
import multiprocessing
import os
import resource
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from crawlers.wire import Job

_LOOKED_FOR_EVERY = (
    50_000  # new objects: a crawl makes few circles, and Python's own 700 looks for them all day
)


def main() -> None:
    if os.getpgrp() != os.getpid():
        sys.exit("crawlers.child is started by crawlers.run, as the leader of its own process group")
    gc.disable()  # nothing that is loaded is garbage, and looking for some takes a fifth of the time
    from crawlers.wire import Job, decode

    says = _take_stdout()
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGTERM, _leave)
    hears = os.fdopen(os.dup(0), "rb")  # not sys.stdin, which the interpreter wants for itself when it ends
    job = decode(hears.readline())
    assert isinstance(job, Job)
    asyncio.run(_crawl(job, hears, says))


async def _crawl(job: "Job", hears: BinaryIO, says: BinaryIO) -> None:
    from crawlers.parent import Parent
    from crawlers.spider import crawl

    gc.freeze()
    gc.set_threshold(_LOOKED_FOR_EVERY)
    gc.enable()
    loop = asyncio.get_running_loop()
    # A thread for every name that may be looked up at the same time, and for every reader.
    loop.set_default_executor(ThreadPoolExecutor(job.limits.requests + job.limits.workers))
    parent = Parent(hears, says, loop)
    await crawl(job, parent)
    parent.flush()
    os._exit(0)  # without waiting for a name server that still owes an answer


def _leave(*_: object) -> None:
    """End at once, and take the workers along: one of them may be deaf in a loop of its parser."""
    for worker in multiprocessing.active_children():
        worker.kill()
    os._exit(1)


def _take_stdout() -> BinaryIO:
    """Keep the line to the parent for ourselves; what a library prints goes to stderr."""
    line = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(line, "wb")


if __name__ == "__main__":
    main()
