"""Which lives are lived, and the line of the table that each kind of death gets."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TypeVar

from benchmarks.torture.cycle import CALLS, Call, Fault
from benchmarks.torture.lives import RUNS, Bench, Blow, Lived, Truth
from benchmarks.torture.points import PHASES, Phase, points
from benchmarks.torture.zygote import Moment

Thing = TypeVar("Thing")
KINDS = ("named points", "random moments", *(f"n-th {call}" for call in CALLS))
HEAD = (
    f"{'database':11} {'death':20} {'lives':>5} {'died':>5} {'lost':>5} {'doubled':>7} {'wrong':>5} "
    f"{'repeated':>8}   died in " + " ".join(f"{each:>6}" for each in PHASES)
)


@dataclass
class Line:
    """One line of the table. `faults` says in words what was lost, doubled or wrong, and in which life."""

    database: str
    death: str
    lives: int = 0
    died: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    repeated: int = 0
    phases: Counter[Phase] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, lived: Lived) -> None:
        verdict = lived.verdict
        self.lives += 1
        if lived.phase:
            self.died += 1
            self.phases[lived.phase] += 1
        self.lost += bool(verdict.lost)
        self.doubled += bool(verdict.doubled)
        self.wrong += bool(verdict.wrong)
        self.repeated += verdict.repeated
        for what in ("lost", "doubled", "wrong"):
            self.faults += [f"{lived.blow}: {what}: {each}" for each in getattr(verdict, what)]

    def __str__(self) -> str:
        return (
            f"{self.database:11} {self.death:20} {self.lives:5} {self.died:5} {self.lost:5} {self.doubled:7} "
            f"{self.wrong:5} {self.repeated:8}           "
            + " ".join(f"{self.phases[each]:6}" for each in PHASES)
        )


class Torture:
    """One kind of database, tortured on as many benches as are given."""

    def __init__(self, database: str, benches: Sequence[Bench]) -> None:
        self.database, self._benches = database, benches
        self.truth = benches[0].truth()

    def line(self, death: str, blows: Iterable[Blow], told: Callable[[Line], None] = lambda _: None) -> Line:
        """Every blow in a life of its own; `told` is told after each."""
        line, free = Line(self.database, death), SimpleQueue[Bench]()
        for bench in self._benches:
            free.put(bench)

        def live(blow: Blow) -> Lived:
            bench = free.get()
            try:
                return bench.live(blow, self.truth)
            finally:
                free.put(bench)

        with ThreadPoolExecutor(len(self._benches)) as pool:
            for lived in pool.map(live, blows):
                line.add(lived)
                told(line)
        return line


def at_points(truth: Truth) -> list[Blow]:
    """At every named point, on entering and on leaving, in the evening and in the morning."""
    return [Blow(run, point=each) for run in range(len(RUNS)) for each in points(truth.counts[run])]


def at_moments(truth: Truth, number: int, seed: int) -> list[Blow]:
    """So many moments, as many in each phase, spread evenly over the time that it took undisturbed.

    One that comes when its phase has ended already falls into the next, or after the end.
    """
    dice, blows = random.Random(seed), []
    for n in range(number):
        phase = PHASES[n % len(PHASES)]
        # where it does its work: articles are filed and the alert leaves in the evening, digests are drawn in
        # the morning
        runs = {"crawl": (0, 1), "story": (0,), "digest": (1,), "send": (0, 1)}[phase]
        run = dice.choice(runs)
        blows.append(Blow(run, moment=Moment(phase, dice.uniform(0.0, truth.lasted[run][phase]))))
    return blows


def at_calls(truth: Truth, call: Call) -> list[Blow]:
    """The n-th call of a kind fails, for every n until a run completes."""
    return [
        Blow(run, fault=Fault(call, nth))
        for run in range(len(RUNS))
        for nth in range(1, truth.number(run, call) + 1)
    ]


def sample(things: Sequence[Thing], only: int | None) -> Sequence[Thing]:
    """All of them, or so many spread evenly over them."""
    if only is None or len(things) <= only:
        return things
    return [things[number * len(things) // only] for number in range(only)]


def every_kind(truth: Truth, *, few: int | None, moments: int, seed: int) -> dict[str, Sequence[Blow]]:
    """What is to be died of: by its name in the table."""
    kinds = [sample(at_points(truth), few), at_moments(truth, moments if few is None else few, seed)]
    calls = [sample(at_calls(truth, call), few) for call in CALLS]
    return dict(zip(KINDS, [*kinds, *calls], strict=True))
