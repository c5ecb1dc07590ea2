"""The one table: a row per corpus and measure, with our figure, each peer's, and the floor."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

OURS = "presswatch"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure measured. A floor is never crossed the wrong way; with `less_is_better` it is a ceiling.

    `scores` holds ours under OURS and each peer's under its name; a system that does not answer the
    question is absent. `misses` are what went wrong, a line each, for those who ask.
    """

    corpus: str
    measure: str
    scores: dict[str, float] = field(default_factory=dict)
    floor: float | None = None
    less_is_better: bool = False
    n: int = 0
    misses: tuple[str, ...] = ()

    @property
    def ours(self) -> float:
        return self.scores[OURS]

    @property
    def verdict(self) -> Literal["ok", "BELOW", "behind", ""]:
        """BELOW its floor; else behind a peer of the same run; else ok. Compared as printed, to 3 places.

        A cost is held against its ceiling only: a peer that does less may well be cheaper.
        """
        sign = -1 if self.less_is_better else 1
        ours = sign * round(self.ours, 3)
        if self.floor is not None and ours < sign * self.floor:
            return "BELOW"
        peers = [sign * round(score, 3) for name, score in self.scores.items() if name != OURS]
        if peers and ours < max(peers) and not self.less_is_better:
            return "behind"
        return "ok" if peers or self.floor is not None else ""


def systems(rows: Iterable[Row]) -> list[str]:
    """Every system that has a score, ours first."""
    names = dict.fromkeys(name for row in rows for name in row.scores)
    return [OURS, *(name for name in names if name != OURS)]


def printed(rows: Sequence[Row]) -> str:
    """The table for people."""
    names = systems(rows)
    lines = [["corpus", "measure", "n", *names, "floor", ""]]
    for row in rows:
        scores = [_figure(row.scores.get(name)) for name in names]
        lines.append([row.corpus, row.measure, str(row.n), *scores, _figure(row.floor), row.verdict])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_padded(line, widths) for line in lines)


def listed_misses(rows: Iterable[Row]) -> str:
    """What went wrong, row by row."""
    return "\n".join(
        "\n  ".join([f"{row.corpus}, {row.measure}:", *row.misses]) for row in rows if row.misses
    )


def as_json(rows: Iterable[Row]) -> str:
    """The table for machines."""
    return json.dumps([{**asdict(row), "verdict": row.verdict} for row in rows], indent=2) + "\n"


def _figure(score: float | None) -> str:
    return "-" if score is None else f"{score:.3f}"


def _padded(line: list[str], widths: list[int]) -> str:
    """Words to the left, figures to the right."""
    cells = [
        cell.ljust(width) if at < 2 else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
