"""python -m benchmarks.evaluate [--corpora DIR] [--json FILE] [--only NAME] [--verbose] [--feedback FILE]

Prints the table; fails where a floor is broken.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.evaluate import alerts, copies, extraction, facts, ofsted, pages, relevance, stories
from benchmarks.evaluate.corpora import usual_place
from benchmarks.evaluate.peers import SYSTEMS
from benchmarks.evaluate.table import Row, as_json, listed_misses, printed

MEASURES: dict[str, Callable[[Path], Iterable[Row]]] = {
    "extraction": extraction.rows,
    "pages": pages.rows,
    "relevance": relevance.rows,
    "facts": facts.rows,
    "ofsted": ofsted.rows,
    "copies": copies.rows,
    "stories": stories.rows,
    "alerts": alerts.rows,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every floor holds, 1 when one is broken, 2 when there is nothing to measure."""
    asked = _parser().parse_args(arguments)
    missing = dict.fromkeys(each.package for each in SYSTEMS if not each.installed)
    if missing:
        print(f"not installed, so not measured: {', '.join(missing)}", file=sys.stderr)
    rows = [row for name in asked.only or MEASURES for row in MEASURES[name](asked.corpora)]
    rows += [row for file in asked.feedback for row in relevance.feedback(file)]
    if not rows:
        print(f"no corpus was found in {asked.corpora}; say where with --corpora DIR", file=sys.stderr)
        return 2
    print(printed(rows))
    if asked.verbose:
        print(listed_misses(rows))
    if asked.json:
        asked.json.write_text(as_json(rows), encoding="utf-8")
    below = [row for row in rows if row.verdict == "BELOW"]
    for row in below:
        print(f"BELOW: {row.corpus}, {row.measure}: {row.ours:.3f}, floor {row.floor:.3f}", file=sys.stderr)
    return 1 if below else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evaluate", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=usual_place(), help="the folder of labelled corpora")
    parser.add_argument("--json", type=Path, help="write the table there too")
    parser.add_argument("--verbose", action="store_true", help="list what went wrong, row by row")
    parser.add_argument(
        "--feedback", type=Path, action="append", default=[], help="a file of items that operators labelled"
    )
    parser.add_argument(
        "--only", action="append", choices=list(MEASURES), help="one measure; may be repeated"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
