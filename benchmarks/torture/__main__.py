"""python -m benchmarks.torture [--short] [--random N] [--database URL ...] [--seed N]: the table of deaths.

Each line is one kind of death on one database: how many were died, and what was lost, doubled or repeated.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.torture.cycle import Order, lay
from benchmarks.torture.points import FUNCTIONS, points
from benchmarks.torture.verdict import Outcome, judged, outcome
from benchmarks.torture.world import EVENING, LATER, READERS, SEVEN, World, world
from benchmarks.torture.zygote import Ended, Zygote
from tests.databases import postgresql_database, postgresql_schema

Thing = TypeVar("Thing")
_RECOVERIES = 3  # runs in which everything must have been made good
_TIMES = (EVENING, SEVEN)
EXPECTED = [address for address, *_ in READERS]


@dataclass
class Line:
    """One line of the table."""

    database: str
    death: str
    died: int = 0
    survived: int = 0
    repeated: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.database:11} {self.death:22} {self.died:5} {self.survived:8} {len(self.wrong):6} "
            f"{self.repeated:9}"
        )


class Torture:
    """One kind of database. `fresh` gives the address of a new one."""

    def __init__(self, name: str, fresh: Iterator[str], here: World, zygote: Zygote) -> None:
        self.name, self._fresh, self._world, self._zygote = name, fresh, here, zygote
        self.truth, self.counts, self.seconds = self._undisturbed()

    def _undisturbed(self) -> tuple[Outcome, tuple[dict[str, int], ...], tuple[float, ...]]:
        url = self._laid()
        ends = [self._counted(self._order(url, at, counting=True)) for at in _TIMES]
        if wrong := [each.error or each.how for each in ends if each.how != "ended"]:
            raise SystemExit(f"{self.name}: the undisturbed run ended in: {wrong[0]}")
        truth, timed = outcome(url), self._timed()
        sent = sorted(recipient for recipient, _ in self._world.post.copies())
        if sent != sorted(EXPECTED):
            raise SystemExit(f"{self.name}: undisturbed, mail went to {sent}, not to {sorted(EXPECTED)}")
        return truth, tuple(each.counted for each in ends), timed

    def _timed(self) -> tuple[float, ...]:
        url = self._laid()
        return tuple(self._run(self._order(url, at)).seconds for at in _TIMES)

    def killed_at_points(self, only: int | None) -> Line:
        """At every named point, on entering and on leaving, in the evening and in the morning."""
        line = Line(self.name, "named points")
        deadly = [(at, each) for at, counts in enumerate(self.counts) for each in points(_calls(counts))]
        for at, point in _sample(deadly, only):
            self._one(line, at, replace(self._order("", _TIMES[at]), kill=point), str(point))
        return line

    def killed_at_random(self, times: int, seed: int) -> Line:
        line, dice = Line(self.name, "random moments"), random.Random(seed)
        for _ in range(times):
            at = dice.randrange(len(_TIMES))
            after = dice.uniform(0.0, self.seconds[at])
            self._one(line, at, self._order("", _TIMES[at]), f"{after:.3f} s in run {at}", after=after)
        return line

    def failed(self, what: str, only: int | None) -> Line:
        """The n-th statement, opened file, request or mail command fails, for every n of a whole run."""
        line = Line(self.name, f"the n-th {what} fails")
        for at, counts in enumerate(self.counts):
            for n in _sample(range(1, counts.get(f"{what}s", 0) + 1), only and only // 2):
                order = self._order("", _TIMES[at])
                fault = {"statement": "database_fails", "file": "file_fails"}.get(what)
                self._one(
                    line,
                    at,
                    replace(order, **{fault: n}) if fault else order,  # type: ignore[arg-type]
                    f"{what} {n} of run {at}",
                    request=n if what == "request" else 0,
                    command=n if what == "command" else 0,
                )
        return line

    def _one(
        self,
        line: Line,
        at: int,
        order: Order,
        told: str,
        *,
        after: float = 0.0,
        request: int = 0,
        command: int = 0,
    ) -> None:
        """A life with one disturbance in run `at`, and recovery."""
        url = self._laid()
        disturbed = 0
        for number, when in enumerate(_TIMES):
            plain = self._order(url, when)
            if number == at:
                self._world.fails_at = request and self._world.requests + request
                self._world.post.fails_at = command and self._world.post.commands + command
                ended = self._run(replace(order, url=url, at=when), after=after)
                disturbed += ended.how != "ended" or bool(request or command)
            else:
                self._run(plain)
                continue
            for again in range(1, _RECOVERIES + 1):
                healed = self._run(replace(plain, at=when + again * LATER))
                if healed.how != "ended":
                    line.wrong.append(f"{told}: recovery {again} ended in {healed.error or healed.how}")
        line.died += bool(disturbed)
        line.survived += not disturbed
        verdict = judged(outcome(url), self.truth, self._world.post, EXPECTED, 1)
        line.repeated += verdict.repeated
        line.wrong += [f"{told}: {each}" for each in verdict.wrong]

    def _counted(self, order: Order) -> Ended:
        """With how many requests were made and mail commands given, too."""
        requests, commands = self._world.requests, self._world.post.commands
        ended = self._run(order)
        made = {"requests": self._world.requests - requests, "commands": self._world.post.commands - commands}
        return replace(ended, counted={**ended.counted, **made})

    def _run(self, order: Order, *, after: float = 0.0) -> Ended:
        return self._zygote.run(order, after=after)

    def _laid(self) -> str:
        url = next(self._fresh)
        lay(url)
        self._world.renew()
        return url

    def _order(self, url: str, at: object, **more: object) -> Order:
        return Order(url, at, self._world.smtp_port, self._world.allowed, **more)  # type: ignore[arg-type]


def _calls(counts: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in counts.items() if " " in name}


def _sample(things: Iterable[Thing], only: int | None) -> list[Thing]:
    """All of them, or so many spread evenly over them."""
    everything = list(things)
    if only is None or len(everything) <= only:
        return everything
    return [everything[number * len(everything) // only] for number in range(only)]


@contextmanager
def sqlite() -> Iterator[Iterator[str]]:
    with TemporaryDirectory(prefix="presswatch-torture-") as folder:
        yield (f"sqlite:///{Path(folder)}/{number}.db" for number in range(1_000_000))


@contextmanager
def postgresql() -> Iterator[Iterator[str]]:
    with postgresql_database() as database:
        yield (postgresql_schema(database) for _ in range(1_000_000))


DATABASES = {"SQLite": sqlite, "PostgreSQL": postgresql}


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    lines: list[Line] = []
    print(f"{'database':11} {'death':22} {'died':>5} {'survived':>8} {'wrong':>6} {'repeated':>9}")
    with ExitStack() as open_:
        here = open_.enter_context(world())
        zygote = open_.enter_context(Zygote())
        for name in asked.database or DATABASES:
            torture = Torture(name, open_.enter_context(DATABASES[name]()), here, zygote)
            for line in _lines(torture, asked.few, asked.random, asked.seed):
                print(line, flush=True)
                for each in line.wrong:
                    print(f"    {each}", flush=True)
                lines.append(line)
            _unreached(torture)
    return 1 if any(each.wrong for each in lines) else 0


def _lines(torture: Torture, few: int | None, times: int, seed: int) -> Iterator[Line]:
    yield torture.killed_at_points(few)
    yield torture.killed_at_random(times if few is None else few, seed)
    for what in ("statement", "file", "request", "command"):
        yield torture.failed(what, few)


def _unreached(torture: Torture) -> None:
    reached = {name.split(" ")[1] for counts in torture.counts for name in _calls(counts)}
    for each in FUNCTIONS:
        if each not in reached:
            print(f"    never reached: {each}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__)
    parser.add_argument("--few", type=int, metavar="N", help="only so many deaths of each kind")
    parser.add_argument("--random", type=int, default=500, metavar="N", help="so many random moments")
    parser.add_argument("--database", action="append", choices=list(DATABASES), help="one database only")
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main())
