"""python -m benchmarks.poll: a polling round over many feeds, and one with nothing changed.

Ours beside the floor and the peers. Exit code 1 when an item was lost or the aim is missed, 2 when a system
that is installed does not run.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.poll.rounds import Failed, row, served
from benchmarks.poll.systems import SYSTEMS
from benchmarks.poll.table import OURS, as_json, printed, verdicts

_PEERS = "BENCH_PEERS"


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    chosen = [each(asked.peers) for each in SYSTEMS if each.name in (OURS, *(asked.only or [each.name]))]
    load = os.getloadavg()[0]
    try:
        with served(asked.feeds, asked.latency) as web:
            rows = [row(each, web, asked.repeat) for each in chosen]
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 2
    said = f"{asked.feeds} feeds, {web.items:,} items, {asked.latency * 1000:g} ms away"
    print(f"{said}; median of {asked.repeat}; load of the machine before: {load:.1f}\n\n{printed(rows)}\n")
    judged = verdicts(rows, web.items)
    for holds, words in judged:
        print(f"{'ok' if holds else 'MISSED'}: {words}")
    if asked.json:
        asked.json.write_text(as_json(rows, feeds=asked.feeds, items=web.items, load=load), encoding="utf-8")
    return 0 if all(holds for holds, _ in judged) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.poll", description=__doc__)
    usual = Path(os.environ.get(_PEERS) or Path.home() / ".cache" / "presswatch" / "peers")
    where = f"a virtual environment that holds reader and urlwatch; {_PEERS} says it too"
    names = [each.name for each in SYSTEMS]
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--latency", type=float, default=0.1, metavar="SECONDS", help="before each answer")
    parser.add_argument("--repeat", type=int, default=3, help="how often; the median is shown")
    parser.add_argument("--peers", type=Path, default=usual, help=where)
    parser.add_argument("--only", action="append", choices=names, help="beside ours; may be repeated")
    parser.add_argument("--json", type=Path, help="write every figure there too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
