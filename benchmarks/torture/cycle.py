"""The main job once through, as the service does it: visit, read, place, alert, draw up, send."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from benchmarks.torture.points import Point, Watcher
from benchmarks.torture.world import BEGUN, READERS
from crawlers.guard import Allowance
from newsdesk.readers import MAIL
from notifications.channels import Route
from notifications.channels.smtp import SmtpChannel
from scheduler import alerting, collecting, digesting, sending, subscribing
from scheduler.house import House
from storage import Store
from tests.scheduler.houses import SOURCES, house


@dataclass(frozen=True, slots=True)
class Order:
    """One run at a moment. It is killed at `kill`, or its `database_fails` th statement or `file_fails` th
    opening of a file for writing fails; 0 is none."""

    url: str
    at: datetime
    smtp_port: int
    allowed: tuple[Allowance, ...]
    kill: Point | None = None
    database_fails: int = 0
    file_fails: int = 0
    counting: bool = False


def opened(order: Order) -> House:
    """The house of an order, its database laid before."""
    store = Store.open(order.url, create=False)
    port = order.smtp_port
    channel = lambda: SmtpChannel("127.0.0.1", port, security="none", timeout=10)  # noqa: E731
    return house(
        store,
        lambda: order.at,
        allow=order.allowed,
        routes={MAIL: Route(channel)},
        owner=f"victim {os.getpid()}",
        sources=SOURCES,
    )


def lay(url: str) -> None:
    """A new database with its readers."""
    store = Store.open(url)
    home = house(store, lambda: BEGUN)
    for address, name, search, bell, rules in READERS:
        subscribing.subscribe(
            home,
            address,
            name,
            search,
            bell,
            channel=MAIL,
            rules=rules,
            agreed="lives here",
            source="torture",
        )
    store.close()


def run(order: Order) -> dict[str, int]:
    """Everything that is due; says how often each point was passed, statements made and files opened."""
    watcher, tally = Watcher(order.kill), _Tally(order)
    if order.kill or order.counting:
        watcher.install()
    home = opened(order)
    tally.install()
    for job in _jobs(home):
        job()
    home.store.close()
    return {**watcher.counts, "statements": tally.statements, "files": tally.files}


def _jobs(home: House) -> list[Callable[[], Any]]:
    return [
        lambda: collecting.collect(home, collecting.due(home)),
        lambda: alerting.tell(home),
        lambda: digesting.draw_due(home),
        lambda: sending.send(home),
    ]


class _Tally:
    """Counts statements and files, and lets the n-th of them fail as a full disk or a lost server would."""

    def __init__(self, order: Order) -> None:
        self.statements = self.files = 0
        self._order = order

    def install(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._statement)
        sys.addaudithook(self._opened)

    def _statement(self, _: Any, __: Any, statement: str, *___: Any) -> None:
        self.statements += 1
        if self.statements == self._order.database_fails:
            raise OperationalError(statement, {}, OSError("the disk is full"))

    def _opened(self, name: str, what: tuple[Any, ...]) -> None:
        if name != "open" or not isinstance(what[0], str) or not isinstance(what[1], str):
            return
        if "w" not in what[1] and "r" not in what[1]:
            return
        if Path(what[0]).suffix in (".pyc", ".py"):
            return
        self.files += 1
        if self.files == self._order.file_fails:
            raise OSError(28, "No space left on device", what[0])
