"""The background service: an alarm clock that rings, and jobs that decide from rows what is to be done.

The clock keeps nothing: a bell that was missed is made good by the next, because each job asks the database
what is due. A job that is still running when its bell rings again is left to finish.
"""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from newsdesk.errors import PresswatchError
from scheduler import collecting, digesting, sending
from scheduler.collecting import Seen
from scheduler.house import House
from scheduler.timetable import TIMETABLE

_log = logging.getLogger(__name__)
_PATIENCE = timedelta(seconds=30)  # how long a clean stop waits for a job that is under way

Job = Callable[[], object]


class _Stopping(Exception):
    """Ends a crawl that is under way when the service stops: what it has not brought yet stays waiting."""


async def run(
    house: House,
    *,
    stop: asyncio.Event | None = None,
    told: Callable[[], bool] = bool,
    timetable: Mapping[str, timedelta] = TIMETABLE,
) -> None:
    """Ring until SIGTERM or SIGINT (or `stop`), then let what is under way finish, at most 30 seconds.

    `told` says whether such a signal came before the service began to listen for it.
    """
    stop = stop or asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    if told():
        stop.set()
    under_way: set[asyncio.Task[None]] = set()
    clock = AsyncIOScheduler(timezone="UTC")
    for name, job in _jobs(house, stop).items():
        clock.add_job(
            _ring,
            "interval",
            args=[name, job, under_way],
            id=name,
            seconds=timetable[name].total_seconds(),
            next_run_time=house.clock(),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
    clock.start()
    await stop.wait()
    clock.pause()
    if under_way:
        await asyncio.wait(under_way, timeout=_PATIENCE.total_seconds())
    clock.shutdown(wait=False)


def _jobs(house: House, stop: asyncio.Event) -> dict[str, Job]:
    def unless_stopping(_: Seen) -> None:
        if stop.is_set():
            raise _Stopping

    return {
        "collect": lambda: collecting.collect(house, collecting.due(house), watch=unless_stopping),
        "digest": lambda: digesting.draw_due(house),
        "send": lambda: sending.send(house),
    }


async def _ring(name: str, job: Job, under_way: set[asyncio.Task[None]]) -> None:
    task = asyncio.current_task()
    assert task is not None
    under_way.add(task)
    try:
        with suppress(_Stopping):
            await _in_thread(job)
    except PresswatchError as error:
        # what is wrong now may be right at the next bell: a locked database, a relay that is away
        _log.error("%s: %s", name, error.reason)
    finally:
        under_way.discard(task)


async def _in_thread(job: Job) -> None:
    """Run a job in a thread that cannot hold up the end of the process, as asyncio's own threads can."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def work() -> None:
        error: BaseException | None = None
        try:
            job()
        except BaseException as raised:  # noqa: BLE001  (it is raised again where the job was rung for)
            error = raised
        with suppress(RuntimeError):  # the service gave up waiting, and its loop is closed
            loop.call_soon_threadsafe(_settle, done, error)

    threading.Thread(target=work, daemon=True).start()
    await done


def _settle(done: asyncio.Future[None], error: BaseException | None) -> None:
    if done.cancelled():
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
