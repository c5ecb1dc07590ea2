"""Hints carried by Procrastinate, in the database that holds everything else; from the extra `cluster`.

Of Procrastinate only the queue is used: its locks, retries and timetable are not, because who may work on
what, pauses and time zones are ours already. A hint that nobody has begun is not given twice.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status

from newsdesk.errors import StoreBusy
from scheduler.dispatching import Work

_log = logging.getLogger(__name__)
_QUEUE, _TASK = "presswatch", "presswatch.hint"
_AT_ONCE = 4  # hints that one worker follows at the same time
_PATIENCE = 25.0  # seconds for what is under way when the worker is stopped


class Procrastinate:
    """Hints in the database at `url`; what it lays there is made when it is missing."""

    def __init__(self, work: Work, url: str) -> None:
        self._work = work
        self._url = url.replace("postgresql+psycopg:", "postgresql:", 1)
        self._out = App(connector=SyncPsycopgConnector(conninfo=self._url))
        with self._out.open():
            if not self._out.check_connection():
                self._out.schema_manager.apply_schema()

    def dispatch(self, kind: str, keys: frozenset[str]) -> None:
        """Raises StoreBusy when the database does not take it."""
        try:
            with self._out.open():
                for key in sorted(keys):
                    self._hint(kind, key)
        except ConnectorException as error:
            raise StoreBusy(f"the queue of hints does not answer: {error}") from error

    def _hint(self, kind: str, key: str) -> None:
        task = self._out.configure_task(_TASK, queue=_QUEUE, queueing_lock=f"{kind}:{key}")
        with suppress(AlreadyEnqueued):
            task.defer(kind=kind, key=key)

    async def run_worker(self) -> None:
        app = App(connector=PsycopgConnector(conninfo=self._url, min_size=1, max_size=3))
        app.task(name=_TASK, queue=_QUEUE)(self._follow)
        async with app.open_async():
            for each in await app.job_manager.get_stalled_jobs():  # of workers that were killed
                await app.job_manager.finish_job(each, Status.FAILED, delete_job=True)
            await app.run_worker_async(
                queues=[_QUEUE],
                concurrency=_AT_ONCE,
                install_signal_handlers=False,
                delete_jobs="always",
                shutdown_graceful_timeout=_PATIENCE,
            )

    async def _follow(self, kind: str, key: str) -> None:
        await asyncio.to_thread(self._work, kind, frozenset({key}))

    def stats(self) -> Mapping[str, int]:
        with self._out.open():
            found: Counter[str] = Counter()
            for status in ("todo", "doing"):
                rows = self._out.job_manager.list_jobs(queue=_QUEUE, status=status)
                found[status] = len(list(rows))
        return found
