"""The main job once through, as the service does it: visit, read, place, alert, draw up, send."""

import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from benchmarks.torture.points import Phase, Point, Watcher
from benchmarks.torture.world import BEGUN, READERS
from crawlers.guard import Allowance
from newsdesk.desk import Desk
from newsdesk.readers import MAIL
from notifications.channels import Route
from notifications.channels.smtp import SmtpChannel
from scheduler import alerting, collecting, digesting, sending, subscribing
from scheduler.house import House
from storage import Store
from tests.scheduler.houses import DESK, SOURCES, house

Call = Literal["statement", "answer", "file", "request", "command"]
CALLS: dict[Call, str] = {
    "statement": "a statement or commit fails as on a full disk or a lost server; nothing of it is kept",
    "answer": "a commit succeeds, and its answer is lost",
    "file": "a file cannot be opened",
    "request": "a request is answered by 500",
    "command": "a mail command is answered by hanging up",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The `nth` call of a kind fails."""

    call: Call
    nth: int

    def __str__(self) -> str:
        return f"{self.call} {self.nth} fails"


@dataclass(frozen=True, slots=True)
class Order:
    """One run at a moment, and where it is killed or what fails in it. `counting` counts points and calls."""

    url: str
    at: datetime
    smtp_port: int
    allowed: tuple[Allowance, ...]
    kill: Point | None = None
    fault: Fault | None = None
    counting: bool = False


@dataclass
class Marks:
    """Tells `marks` of each phase as it begins."""

    marks: Sequence[Callable[[Phase], None]]
    now: Phase | None = None

    def begin(self, phase: Phase) -> None:
        if phase != self.now:
            self.now = phase
            for mark in self.marks:
                mark(phase)

    def desk(self) -> Desk:
        """A crawl that asks for the desk has an article to be filed."""
        if self.now == "crawl":
            self.begin("story")
        return DESK


def opened(order: Order, marks: Marks) -> House:
    """The house of an order, its database laid before."""
    store = Store.open(order.url, create=False)
    port = order.smtp_port
    channel = lambda: SmtpChannel("127.0.0.1", port, security="none", timeout=10)  # noqa: E731
    home = house(
        store,
        lambda: order.at,
        allow=order.allowed,
        routes={MAIL: Route(channel)},
        owner=f"victim {os.getpid()}",
        sources=SOURCES,
    )
    return replace(home, desk_of=marks.desk)


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


def run(order: Order, mark: Callable[[Phase], None]) -> dict[str, int]:
    """Everything that is due; says how often each point was passed and each kind of call was made."""
    watcher, tally = Watcher(order.kill), _Tally(order.fault)
    marks = Marks((mark, watcher.begin) if order.kill or order.counting else (mark,))
    if order.fault or order.counting:
        tally.install()
    marks.begin("crawl")
    home = opened(order, marks)
    collecting.collect(home, collecting.due(home))
    marks.begin("story")
    alerting.tell(home)
    marks.begin("digest")
    digesting.draw_due(home)
    marks.begin("send")
    sending.send(home)
    home.store.close()
    return watcher.counts | tally.counts


@dataclass
class _Tally:
    """Counts calls, and lets one of them fail."""

    fault: Fault | None
    counts: dict[str, int] = field(default_factory=dict)
    _process: int = field(default_factory=os.getpid)

    def install(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)
        sys.addaudithook(self._audit)

    def _fails(self, call: Call) -> bool:
        self.counts[call] = self.counts.get(call, 0) + 1
        return self.fault == Fault(call, self.counts[call])

    def _statement(self, connection: Connection, _: Any, statement: str, *__: Any) -> None:
        if self._fails("statement"):
            raise _lost(connection, statement)

    def _commit(self, connection: Connection) -> None:
        if self._fails("statement"):
            raise _lost(connection, "COMMIT")
        if self._fails("answer"):
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.commit()
            raise _lost(connection, "COMMIT")

    def _audit(self, name: str, what: tuple[Any, ...]) -> None:
        """Of all that the interpreter tells: files that the house itself opens, not those it starts."""
        if name != "open" or not isinstance(what[0], str) or not isinstance(what[1], str):
            return
        if not {"r", "w"} & set(what[1]) or Path(what[0]).suffix in (".pyc", ".py"):
            return
        if os.getpid() == self._process and self._fails("file"):
            raise OSError(28, "No space left on device", what[0])


def _lost(connection: Connection, statement: str) -> OperationalError:
    """As the driver says it."""
    if connection.dialect.name == "sqlite":
        full = sqlite3.OperationalError("disk I/O error")
        full.sqlite_errorcode = sqlite3.SQLITE_IOERR
        return OperationalError(statement, {}, full)
    from psycopg import OperationalError as Lost

    return OperationalError(statement, {}, Lost("server closed the connection unexpectedly"))
