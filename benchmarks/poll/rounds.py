"""The two rounds of a system, measured: the first, and one in which nothing has changed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.poll.feeds import feeds
from benchmarks.poll.meter import Cost, measured
from benchmarks.poll.systems import System, Web
from benchmarks.poll.table import FIRST, UNCHANGED, Row


class Failed(Exception):
    """A system ended in an error, and says why."""


@contextmanager
def served(number: int, latency: float) -> Iterator[Web]:
    """So many feeds, in a process whose time is nobody's. `latency` is in seconds, before each answer."""
    command = [sys.executable, "-m", "benchmarks.poll.web", str(number), str(latency)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout
        port = int(server.stdout.readline())
        try:
            yield Web(list(feeds(number)), port)
        finally:
            server.communicate()  # the end of its input is the end of it


def row(system: System, web: Web, repeat: int) -> Row:
    """Both rounds, so many times from nothing. Raises Failed."""
    rounds: dict[str, list[Cost]] = {FIRST: [], UNCHANGED: []}
    if system.program is None:
        return Row(system.name, {})
    for _ in range(repeat):
        with TemporaryDirectory(prefix="pw-poll-") as room:
            costs, stored = polled(system, web, Path(room))
        for name, cost in costs.items():
            rounds[name].append(cost)
    return Row(system.name, rounds, stored)


def polled(system: System, web: Web, folder: Path) -> tuple[dict[str, Cost], int | None]:
    """What both rounds cost in an empty folder, and how many items are known then. Raises Failed."""
    system.prepare(folder, web)
    costs = {}
    for name in (FIRST, UNCHANGED):
        costs[name] = _round(system, web, folder)
        system.settle(folder)
    return costs, system.stored(folder)


def _round(system: System, web: Web, folder: Path) -> Cost:
    log = folder / "log"
    cost = measured([system.program or "", *system.command(web)], folder=folder, log=log)
    if cost.status:
        raise Failed(f"{system.name} ended with {cost.status}: {log.read_text(errors='replace')[-2000:]}")
    return replace(cost, cpu=cost.cpu - system.aside(folder))
