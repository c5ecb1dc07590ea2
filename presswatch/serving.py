"""The service as a process: signals, the supervisor, HTTP, and configuration that may change meanwhile."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from presswatch import __version__, compose, supervisor
from presswatch.config import Config
from presswatch.reloading import Reloading
from presswatch.reports import Reports
from presswatch.web import readers
from presswatch.web.app import build
from presswatch.web.metrics import Metrics
from presswatch.web.server import serving
from scheduler.collecting import Seen
from scheduler.house import House
from scheduler.service import Observer, Service
from scheduler.timetable import TIMETABLE

_log = logging.getLogger("presswatch")
_LOOK = 10.0  # seconds between two looks at whether a file has changed
_ENDINGS = (signal.SIGTERM, signal.SIGINT)


class Both:
    """Several observers in a row."""

    def __init__(self, *observers: Observer) -> None:
        self._observers: Sequence[Observer] = observers

    def seen(self, seen: Seen) -> None:
        for each in self._observers:
            each.seen(seen)

    def done(self, job: str, result: object, seconds: float) -> None:
        for each in self._observers:
            each.done(job, result, seconds)

    def failed(self, job: str, seconds: float) -> None:
        for each in self._observers:
            each.failed(job, seconds)


async def serve(
    settings: Config,
    house: House,
    at: socket.socket | None,
    told: Callable[[], int | None],
    timetable: Mapping[str, timedelta] = TIMETABLE,
) -> None:
    """Serve until SIGTERM or SIGINT. A second one of these ends the process at once.

    `at` is where HTTP is answered. `told` gives the signal that came before anybody listened here, if any.
    """
    metrics = Metrics()
    service = Service(
        house, timetable=timetable, observer=Both(Reports(house), metrics), engine=compose.engine(settings)
    )
    reloading = Reloading(settings, compose.refurnished)
    stop, hup = asyncio.Event(), asyncio.Event()
    _listen(stop, hup)
    if (early := told()) is not None:
        _ended(early, stop)
    app = build(
        service,
        metrics,
        notes=lambda: {"configuration": list(reloading.mistakes) or "in force"},
        more=readers.routes(lambda: service.house),
    )
    async with serving(app, at), asyncio.TaskGroup() as beside:
        helpers = [
            beside.create_task(_reload(service, reloading, hup)),
            beside.create_task(_reassure(service)),
        ]
        _began(settings, service, at)
        whole = await service.run(stop)
        for each in helpers:
            each.cancel()
    _log.info(
        "stopped", extra={"abandoned": "" if whole else "what was under way; it is due again in minutes"}
    )


def _listen(stop: asyncio.Event, hup: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for each in _ENDINGS:
        loop.add_signal_handler(each, _ended, each, stop)
    loop.add_signal_handler(signal.SIGHUP, hup.set)


def _ended(signum: int, stop: asyncio.Event) -> None:
    if stop.is_set():
        _log.warning("stopped at once", extra={"signal": signal.Signals(signum).name})
        os._exit(128 + signum)  # what was held is free when its lease runs out
    _log.info("stopping", extra={"signal": signal.Signals(signum).name})
    supervisor.tell("STOPPING=1")
    stop.set()


def _began(settings: Config, service: Service, at: socket.socket | None) -> None:
    with service.house.store.read() as tx:
        counts = tx.census.counts()
    told = {
        "version": __version__,
        "sources": len(service.house.sources),
        "in_trouble": counts.sources_in_trouble,
        "subscriptions": counts.subscriptions,
        "database": service.house.store.url_shown,
        "http": "http://{}:{}".format(*at.getsockname()[:2]) if at else "nowhere",
        "mail": settings.smtp.host or f"written into {settings.folder / settings.outbox}",
    }
    _log.info("started", extra=told)
    supervisor.ready(f"watching {told['sources']} sources for {told['subscriptions']} subscriptions")


async def _reload(service: Service, reloading: Reloading, hup: asyncio.Event) -> None:
    """Read the files afresh when told to by SIGHUP, or when one of them was written."""
    while True:
        try:
            await asyncio.wait_for(hup.wait(), _LOOK)
        except TimeoutError:
            if not reloading.changed():
                continue
        hup.clear()
        supervisor.reloading()
        service.house = await asyncio.to_thread(reloading.read, service.house)
        supervisor.ready(f"watching {len(service.house.sources)} sources")


async def _reassure(service: Service) -> None:
    """Tell the supervisor that all is alive, for as long as every job comes back."""
    every = supervisor.watched_every()
    while every:
        if not any(service.pulses[name].since for name in service.silent()):
            supervisor.tell("WATCHDOG=1")
        await asyncio.sleep(every)
