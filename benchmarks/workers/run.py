"""Some workers on one database, one of them killed; and what is in the database when all is done."""

import pickle
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import psycopg

from benchmarks.torture.verdict import Outcome, outcome
from benchmarks.torture.world import post_office
from benchmarks.workers import town
from benchmarks.workers.hand import Order
from newsdesk.model import Delivery
from presswatch.clock import now
from presswatch.demo.web import LittleWeb
from storage import Store

_PATIENCE = 100.0  # seconds
_LOOK = 0.2
_ROOT = Path(__file__).parents[2]


@dataclass
class Found:
    """What came of a run. Times in seconds; `taken_over` is how long the unfinished sources of the killed
    worker waited for another one, `lease` how long they could have to."""

    seconds: float
    visits: dict[str, int]
    outcome: Outcome
    leads: dict[str, int]
    gaps: dict[str, float]
    refetched: int
    mails: Counter[int]
    unfinished: int = 0
    taken_over: float = 0.0
    claimed: int = 0


@dataclass
class _Worker:
    order: Order
    visited: list[str] = field(default_factory=list)

    def start(self) -> None:
        order = b64encode(pickle.dumps(self.order)).decode()
        command = [sys.executable, "-m", "benchmarks.workers.hand", order]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        self.visited.extend(line.strip() for line in self.process.stdout)

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self._reader.join()


def run(
    url: str,
    *,
    workers: int,
    domains: int,
    each: int,
    mails: int = 0,
    lease: timedelta = timedelta(seconds=8),
    kill: bool = False,
    engine: str = "",
) -> Found:
    """So many workers on an empty database and `each` sources on so many domains."""
    hosts = town.hosts(domains, each)
    store = Store.open(url)
    with ExitStack() as stack:
        stack.callback(store.close)
        post, port = stack.enter_context(post_office())
        web = stack.enter_context(LittleWeb(town.web(hosts)))
        with store.begin() as tx:
            tx.outbox.queue([_mail(n) for n in range(mails)], now=now())
        plain = Order(url, "", town.sources(hosts), town.allowances(web), lease, port, engine)
        hands = [_Worker(replace(plain, owner=f"worker {n + 1}")) for n in range(workers)]
        began = time.monotonic()
        for hand in hands:
            hand.start()
            stack.callback(hand.process.kill)
        unfinished, taken_over = _killed(url, hands[-1]) if kill else (0, 0.0)
        _wait(lambda: _is_done(store, hosts, mails))
        seconds = time.monotonic() - began
        for hand in hands:
            hand.end()
        return Found(
            seconds=seconds,
            visits={hand.order.owner: len(hand.visited) for hand in hands},
            outcome=outcome(url),
            leads=_leads(store),
            gaps=town.gaps(web.seen),
            refetched=town.repeated(web.seen),
            mails=Counter(post.copies().values()),
            unfinished=unfinished,
            claimed=_queued(store),
            taken_over=taken_over,
        )


def _mail(number: int) -> Delivery:
    name = f"<{number}@presswatch.example>"
    octets = f"Message-ID: {name}\r\nSubject: news\r\n\r\nNews.\r\n".encode()
    return Delivery(0, name, "news@presswatch.example", f"reader{number}@example.org", octets)


def _killed(url: str, victim: _Worker) -> tuple[int, float]:
    """Kill it in the middle of its first crawl; how many sources it left unfinished, and for how long."""
    _wait(lambda: len(victim.visited) >= 2)
    victim.process.kill()
    at = time.monotonic()
    victim.process.wait()
    with psycopg.connect(url, autocommit=True) as database:
        left = _unfinished(database, victim.order.owner)
        _wait(lambda: not _owned(database, victim.order.owner) & left)
    return len(left), time.monotonic() - at


def _unfinished(database: "psycopg.Connection[tuple[str]]", owner: str) -> set[str]:
    found = database.execute(
        "SELECT name FROM leases WHERE owner = %s AND name NOT LIKE '%% %%' AND (name NOT IN "
        "(SELECT name FROM sources WHERE visited_at IS NOT NULL) OR name IN "
        "(SELECT source FROM leads WHERE state = 'pending'))",
        (owner,),
    )
    return {name for (name,) in found}


def _owned(database: "psycopg.Connection[tuple[str]]", owner: str) -> set[str]:
    return {name for (name,) in database.execute("SELECT name FROM leases WHERE owner = %s", (owner,))}


def _is_done(store: Store, hosts: Sequence[str], mails: int) -> bool:
    with store.read() as tx:
        visited = sum(each.visited_at is not None for each in tx.sources.states().values())
        waiting = tx.leads.waiting(now() + timedelta(days=2))
        # what a killed sender had claimed, at most 8, waits for the 10 minutes of its claim
        return visited == len(hosts) and not waiting and tx.outbox.waiting().get("accepted", 0) >= mails - 8


def _leads(store: Store) -> dict[str, int]:
    with store.read() as tx:
        found: Counter[str] = Counter()
        for name in tx.sources.states():
            found.update(tx.leads.counts(name))
    return dict(sorted(found.items()))


def _queued(store: Store) -> int:
    with store.read() as tx:
        return tx.outbox.waiting().get("queued", 0)


def _wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > until:
            raise TimeoutError("the workers did not come to an end")
        time.sleep(_LOOK)
