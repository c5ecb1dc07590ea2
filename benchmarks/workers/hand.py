"""One worker as a process of its own: `python -m benchmarks.workers.hand ORDER`, an order being a pickle.

It rings as the service does, only more often, and tells of each source that it has visited on a line of its
standard output.
"""

import asyncio
import logging
import pickle
import signal
import sys
from base64 import b64decode
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from crawlers.guard import Allowance
from newsdesk.model import Listing, Source
from newsdesk.readers import MAIL
from notifications.channels import Route
from notifications.channels.smtp import SmtpChannel
from presswatch.clock import now
from scheduler.collecting import Seen
from scheduler.house import House
from scheduler.service import Service, Unobserved
from scheduler.working import KINDS
from storage import Store
from tests.scheduler.houses import house


@dataclass(frozen=True)
class Order:
    """What a worker works on. `lease` is how long what it holds stays closed when it is killed."""

    url: str
    owner: str
    sources: dict[str, Source]
    allowed: tuple[Allowance, ...]
    lease: timedelta
    smtp_port: int
    engine: str = ""

    def house(self, store: Store, **stated: Any) -> House:
        return house(
            store,
            now,
            owner=self.owner,
            sources=self.sources,
            allow=self.allowed,
            lease=self.lease,
            routes={MAIL: Route(self._channel, connections=1)},
            **stated,
        )

    def _channel(self) -> SmtpChannel:
        return SmtpChannel("127.0.0.1", self.smtp_port, security="none", timeout=10)


class Told(Unobserved):
    """Says on standard output what it has seen."""

    def seen(self, seen: Seen) -> None:
        if isinstance(seen, Listing) and not seen.problem:
            print(seen.source, flush=True)


def work(order: Order) -> None:
    """Until SIGTERM."""
    timetable = dict.fromkeys(KINDS.values(), timedelta(seconds=0.5))
    store = Store.open(order.url, create=False)
    engine = None
    if order.engine:
        from scheduler.dispatching_procrastinate import Procrastinate

        engine = partial(Procrastinate, url=order.url)
    service = Service(order.house(store), timetable=timetable, observer=Told(), engine=engine)

    async def run() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await service.run(stop)

    asyncio.run(run())
    store.close()


if __name__ == "__main__":
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it rings more often than the work takes
    work(pickle.loads(b64decode(sys.argv[1])))
