"""The background service: an alarm clock that rings, and jobs that decide from rows what is to be done.

The clock keeps nothing: a bell that was missed is made good by the next, because each job asks the database
what is due. A job that is still running when its bell rings again is left to finish.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from newsdesk.errors import PresswatchError
from scheduler import bouncing, bulletins, leasing, tidying, working
from scheduler.collecting import Seen
from scheduler.dispatching import Engine, InProcess
from scheduler.house import House
from scheduler.pulses import Pulse
from scheduler.timetable import TIMETABLE

_log = logging.getLogger(__name__)
PATIENCE = timedelta(seconds=30)  # how long a clean stop waits for what is under way

Job = Callable[[House], object]


class Observer(Protocol):
    """Is told what happens, in the thread in which it happens."""

    def seen(self, seen: Seen) -> None:
        """A crawl brought this."""

    def done(self, job: str, result: object, seconds: float) -> None:
        """A job ended well."""

    def failed(self, job: str, seconds: float) -> None:
        """A job raised."""


class Unobserved:
    """Nobody is told."""

    def seen(self, seen: Seen) -> None:
        pass

    def done(self, job: str, result: object, seconds: float) -> None:
        pass

    def failed(self, job: str, seconds: float) -> None:
        pass


class _Stopping(Exception):
    """Ends what is under way when the service stops: what has not been done yet stays waiting."""


class Service:
    """Rings for the jobs. `house` may be exchanged at any time: each job takes the one of its moment."""

    def __init__(
        self,
        house: House,
        *,
        timetable: Mapping[str, timedelta] = TIMETABLE,
        observer: Observer | None = None,
        engine: Engine | None = None,
    ) -> None:
        """Only the jobs of the timetable are rung for. Without an engine whoever finds work does it."""
        self.house = house
        now = house.clock()
        self.pulses = {name: Pulse(name, every, now) for name, every in timetable.items()}
        self.stopping = threading.Event()
        self._observer = observer or Unobserved()
        self._under_way: set[asyncio.Task[None]] = set()
        self.dispatcher = engine(self._hinted) if engine else InProcess(self._do)

    async def run(self, stop: asyncio.Event) -> bool:
        """Ring until `stop`, then let what is under way come to an end, at most 30 seconds.

        False when something had to be abandoned: what it held is free when its lease has run out.
        """
        clock = AsyncIOScheduler(timezone="UTC")
        for name, job in self._jobs().items():
            clock.add_job(
                self._ring,
                "interval",
                args=[name, job],
                id=name,
                seconds=self.pulses[name].every.total_seconds(),
                next_run_time=self.house.clock(),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        with leasing.held(self.house, [f"{leasing.PRESENCE}{self.house.owner}"]) as self._presence:
            clock.start()
            hints = asyncio.create_task(self.dispatcher.run_worker())
            await stop.wait()
            self.stopping.set()
            clock.pause()
            hints.cancel()
            self._under_way.add(hints)
            left: set[asyncio.Task[None]] = set()
            if self._under_way:
                _, left = await asyncio.wait(self._under_way, timeout=PATIENCE.total_seconds())
            clock.shutdown(wait=False)
        return not left

    def silent(self) -> dict[str, str]:
        """The jobs that were not rung for, or that do not come back, each with the reason."""
        now = self.house.clock()
        reasons = {name: pulse.silent(now) for name, pulse in self.pulses.items()}
        return {name: reason for name, reason in reasons.items() if reason}

    def _jobs(self) -> dict[str, Job]:
        def shared(job: str) -> Job:
            return lambda house: self.dispatcher.dispatch(job, working.keys(house, job))

        jobs: dict[str, Job] = {
            **{job: shared(job) for job in working.KINDS.values()},
            "bounces": lambda house: bouncing.collect(house, beat=self._unless_stopping),
            "operator": bulletins.tell_operator,
            "tidy": lambda house: tidying.tidy(house, beat=self._unless_stopping),
        }
        return {name: job for name, job in jobs.items() if name in self.pulses}

    def _do(self, job: str, about: frozenset[str]) -> object:
        return working.work(self.house, job, about, watch=self._observer.seen, beat=self._unless_stopping)

    def _hinted(self, job: str, about: frozenset[str]) -> object:
        """What another service found due, done by this one."""
        began = self.house.clock()
        try:
            result = self._do(job, about)
        except _Stopping:
            return None
        except PresswatchError as raised:
            _log.error("hint failed", extra={"job": job, "about": sorted(about), "reason": raised.reason})
            self._observer.failed(job, (self.house.clock() - began).total_seconds())
            return None
        self._observer.done(job, result, (self.house.clock() - began).total_seconds())
        return result

    def _unless_stopping(self) -> None:
        if self.stopping.is_set():
            raise _Stopping

    async def _ring(self, name: str, job: Job) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            await _in_thread(lambda: self._work(name, job))
        finally:
            self._under_way.discard(task)

    def _work(self, name: str, job: Job) -> None:
        house, error, result = self.house, "", None
        self.pulses[name] = self.pulses[name].begun(house.clock())
        try:
            self._presence.beat()
            result = job(house)
        except _Stopping:
            _log.info("broken off", extra={"job": name})
        except PresswatchError as raised:
            # what is wrong now may be right at the next bell: a locked database, a relay that is away
            error = raised.reason
            _log.error("job failed", extra={"job": name, "reason": error})
        except Exception as raised:  # noqa: BLE001  (one defect must not stop the other jobs)
            error = repr(raised)
            _log.exception("job failed", extra={"job": name})
        self.pulses[name] = ended = self.pulses[name].ended(house.clock(), error)
        if error:
            self._observer.failed(name, ended.seconds)
        elif result is not None:
            self._observer.done(name, result, ended.seconds)


async def _in_thread(work: Callable[[], None]) -> None:
    """Work in a thread that cannot hold up the end of the process, as asyncio's own threads can."""
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def run() -> None:
        try:
            work()
        finally:
            with suppress(RuntimeError):  # the service gave up waiting, and its loop is closed
                loop.call_soon_threadsafe(done.set)

    threading.Thread(target=run, daemon=True).start()
    await done.wait()
