"""Short ways to crawl a little web and to look at what came of it."""

import os
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from crawlers.guard import Allowance
from crawlers.run import Choose, crawl
from crawlers.settings import Limits
from newsdesk.model import Fetched, Kind, Lead, Listing, Order, Robots, Source

NOW = datetime(2031, 3, 3, 6, 0, tzinfo=UTC)
CONTACT = "https://presswatch.example/about"
SIMPLE = "tests.crawlers.simple_parsers"


def source(url: str, name: str | None = None) -> Source:
    return Source(
        name=name or url,
        outlet="Northmarch Council",
        kind=Kind.COUNCIL,
        url=url,
        reader="feed",
        weekly=(1, 5),
        verified="by hand",
        verified_on=date(2031, 3, 1),
    )


def orders(*urls: str) -> list[Order]:
    return [Order(source(url)) for url in urls]


def every_lead(listings: Sequence[Listing]) -> Sequence[Sequence[Lead]]:
    return [each.leads for each in listings]


def no_lead(listings: Sequence[Listing]) -> Sequence[Sequence[Lead]]:
    return [() for _ in listings]


@dataclass
class Visit:
    """All that came of a crawl, by source."""

    listings: dict[str, Listing] = field(default_factory=dict)
    fetched: list[Fetched] = field(default_factory=list)
    robots: list[Robots] = field(default_factory=list)

    def problem(self, name: str) -> str | None:
        problem = self.listings[name].problem
        return problem.code if problem else None

    def articles(self) -> list[str]:
        return sorted(each.article.url for each in self.fetched if each.article)


def visit(
    to: Iterable[Order],
    allow: Sequence[Allowance],
    choose: Choose = every_lead,
    *,
    robots: Sequence[Robots] = (),
    limits: Limits = Limits(seconds=30, exchange=5, document=5),  # noqa: B008  (frozen)
) -> Visit:
    seen = Visit()
    for item in crawl(
        list(to),
        choose=choose,
        contact=CONTACT,
        now=NOW,
        robots=robots,
        allow=allow,
        limits=limits,
        parsers=SIMPLE,
    ):
        match item:
            case Listing():
                assert item.source not in seen.listings
                seen.listings[item.source] = item
            case Fetched():
                seen.fetched.append(item)
            case Robots():
                seen.robots.append(item)
    return seen


class Canary:
    """Listens on loopback, counts who connects, and lets `answer` do the rest with each connection."""

    def __init__(self, answer: Callable[[socket.socket, int], None] | None = None) -> None:
        self.count = 0
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.count += 1
            with connection:
                if self._answer:
                    self._answer(connection, self.count)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


def crawl_processes(of: int | None = None) -> list[int]:
    """The crawl processes whose parent is this process (or the given one), from /proc."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            status = (each / "stat").read_text().rpartition(")")[2].split()
            words = (each / "cmdline").read_bytes().split(b"\0")
        except OSError:  # it has ended in the meantime
            continue
        if int(status[1]) == (of or os.getpid()) and b"crawlers.child" in words:
            found.append(int(each.name))
    return found
