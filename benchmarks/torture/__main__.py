"""python -m benchmarks.torture [--few N] [--moments N] [--database NAME] [--death KIND] [--jobs N] [--seed N]

The table of deaths: each line is one kind of death on one database. See benchmarks/torture/README.md.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.torture.lives import Bench, ward
from benchmarks.torture.places import place
from benchmarks.torture.points import FUNCTIONS, PHASES, reached, unreached
from benchmarks.torture.table import HEAD, KINDS, Line, Torture, every_kind
from tests.databases import postgresql_database, postgresql_schema

_MEMORY = Path("/dev/shm")  # where there is one, a file costs no disk
_OFTEN = 100  # lives between two words of progress


@contextmanager
def sqlite() -> Iterator[Iterator[str]]:
    where = _MEMORY if _MEMORY.is_dir() else None
    with TemporaryDirectory(prefix="presswatch-torture-", dir=where) as folder:
        yield (f"sqlite:///{Path(folder)}/{number}.db" for number in range(1_000))


@contextmanager
def postgresql() -> Iterator[Iterator[str]]:
    with postgresql_database() as database:
        yield (postgresql_schema(database) for _ in range(1_000))


DATABASES = {"SQLite": sqlite, "PostgreSQL": postgresql}


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    lines: list[Line] = []
    print(
        f"{datetime.now():%Y-%m-%d %H:%M} seed {asked.seed}, {asked.jobs} lives at a time\n{HEAD}", flush=True
    )
    for name in asked.database or DATABASES:
        with ExitStack() as open_:
            urls = open_.enter_context(DATABASES[name]())
            wards = [open_.enter_context(ward()) for _ in range(asked.jobs)]
            benches = [Bench(place(next(urls)), each) for each in wards]
            lines += _tortured(Torture(name, benches), asked)
    print(f"{datetime.now():%Y-%m-%d %H:%M} {sum(each.lives for each in lines)} lives")
    return 1 if any(each.faults for each in lines) else 0


def _tortured(torture: Torture, asked: argparse.Namespace) -> Iterator[Line]:
    missed = unreached(torture.truth.counts)
    number = len(reached(torture.truth.counts))
    print(f"{torture.database}: {number} points, of {len(FUNCTIONS) - len(missed)} functions", flush=True)
    for each in missed:
        print(f"    never reached: {each}")
    for run, lasted in enumerate(torture.truth.lasted):
        took = ", ".join(f"{each} {lasted[each]:.2f} s" for each in PHASES)
        print(f"    undisturbed, run {run} took: {took}", flush=True)
    kinds = every_kind(torture.truth, few=asked.few, moments=asked.moments, seed=asked.seed)
    kinds = {death: kinds[death] for death in asked.death or kinds}
    print("    to come: " + ", ".join(f"{death} {len(blows)}" for death, blows in kinds.items()), flush=True)
    for death, blows in kinds.items():
        line = torture.line(death, blows, _progress)
        print(line, flush=True)
        for fault in line.faults:
            print(f"    {fault}", flush=True)
        yield line


def _progress(line: Line) -> None:
    if line.lives % _OFTEN == 0:
        print(f"    {datetime.now():%H:%M:%S} {line}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture", description=__doc__)
    parser.add_argument("--few", type=int, metavar="N", help="only so many deaths of each kind")
    parser.add_argument("--moments", type=int, default=500, metavar="N", help="so many random moments (500)")
    parser.add_argument("--database", action="append", choices=list(DATABASES), help="one database only")
    parser.add_argument("--death", action="append", choices=KINDS, help="one kind of death only")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="so many lives at a time (2)")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments (1)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
