"""The one table: what each system spent on the two rounds, beside the floor and ourselves."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from benchmarks.poll.meter import Cost

OURS, FLOOR = "presswatch", "curl"
FIRST, UNCHANGED = "first", "unchanged"
_MIB = 1 << 20
# Ours may cost at most half of what this peer does on that round, storing included.
AIMS = {FIRST: "newsboat", UNCHANGED: "reader"}


@dataclass(frozen=True, slots=True)
class Row:
    """What a system spent, a Cost for each repetition of a round, and how many items it knew in the end.

    `rounds` is empty for a system that is not installed; `stored` is None for one that reads no items.
    """

    system: str
    rounds: dict[str, list[Cost]]
    stored: int | None = None

    def cpu(self, of: str) -> float:
        return median(each.cpu for each in self.rounds[of])

    def wall(self, of: str) -> float:
        return median(each.wall for each in self.rounds[of])

    def peak(self, of: str) -> float:
        """In MiB."""
        return median(each.peak for each in self.rounds[of]) / _MIB


def printed(rows: Sequence[Row]) -> str:
    """The table for people. "of it" is what share of a system's CPU time ours is."""
    head = ["CPU s", "wall s", "peak MiB", "x floor", "ours of it"]
    lines = [["", FIRST + " round", *[""] * 4, UNCHANGED, *[""] * 4, ""], ["system", *head, *head, "items"]]
    by_name = {row.system: row for row in rows if row.rounds}
    for row in rows:
        if not row.rounds:
            lines.append([row.system, "not installed", *[""] * 10])
            continue
        cells = [cell for of in (FIRST, UNCHANGED) for cell in _cells(row, of, by_name)]
        lines.append([row.system, *cells, "-" if row.stored is None else str(row.stored)])
    widths = [max(map(len, column)) for column in zip(*lines[1:], strict=True)]
    return "\n".join(_padded(line, widths) for line in lines)


def _cells(row: Row, of: str, by_name: dict[str, Row]) -> list[str]:
    cpu = row.cpu(of)
    floor, ours = by_name.get(FLOOR), by_name[OURS].cpu(of)
    return [
        f"{cpu:.2f}",
        f"{row.wall(of):.1f}",
        f"{row.peak(of):.0f}",
        f"{cpu / floor.cpu(of):.1f}" if floor else "-",
        f"{ours / cpu:.2f}",
    ]


def verdicts(rows: Iterable[Row], items: int) -> list[tuple[bool, str]]:
    """Whether everything was stored and each aim is met, in words; a peer that is missing sets no aim."""
    by_name = {row.system: row for row in rows if row.rounds}
    ours = by_name[OURS]
    found = [(ours.stored == items, f"{ours.stored:,} of {items:,} items stored")]
    for of, peer in AIMS.items():
        if peer in by_name:
            share = ours.cpu(of) / by_name[peer].cpu(of)
            found.append((share <= 0.5, f"{of} round: {share:.2f} of {peer}'s CPU time, the aim is 0.50"))
    return found


def as_json(rows: Iterable[Row], **more: object) -> str:
    """Every repetition, for machines."""
    return json.dumps({**more, "systems": [asdict(row) for row in rows]}, indent=2) + "\n"


def _padded(line: list[str], widths: list[int]) -> str:
    name, *figures = zip(line, widths, strict=True)
    cells = [name[0].ljust(name[1]), *(cell.rjust(width) for cell, width in figures)]
    return "  ".join(cells).rstrip()
