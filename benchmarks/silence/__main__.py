"""`python -m benchmarks.silence [SOURCES]`: the table of docs/health.md, so many newsrooms of each."""

import sys

from benchmarks.silence.simulated import EVEN, OFFICE, Kind, simulate, table

KINDS = [
    Kind(weekly, days, spread, holidays)
    for spread in (1.0, 1.5, 2.5)
    for weekly in (1, 2, 7, 21, 70)
    for days, holidays in ((EVEN, 0.6), (OFFICE, 0.6), (OFFICE, 0.3))
]


def main() -> None:
    sources = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    results = [simulate(kind, sources, seed=seed(kind)) for kind in KINDS]
    for line in table(results):
        print(line)
    months, alarms = sum(each.months for each in results), sum(each.alarms for each in results)
    print(f"in all 1 false alarm in {months / max(alarms, 1):.0f} source-months")


def seed(kind: Kind) -> int:
    return int(kind.weekly * 10 + kind.spread * 100)


if __name__ == "__main__":
    main()
