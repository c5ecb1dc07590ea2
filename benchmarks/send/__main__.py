"""python -m benchmarks.send: one slot for many readers, from stories to a mail server that took every digest.

Ours draws (matches, composes, renders, freezes) and sends, each result on the disk before its sender goes on.
Beside it the same mails from memory over as many connections (the floor of sending), and one after the other
with a connection and a commit for each. Exit code 1 when a mail was lost or doubled, or the aim is missed.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.poll.meter import Cost, measured
from benchmarks.send.work import CONNECTIONS, prepare

AIM = 60.0  # seconds for 10,000 readers on two cores, drawing and sending together
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """One work: what it cost, and how many mails and octets the server took."""

    work: str
    cost: Cost
    mails: int = 0
    octets: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    load = os.getloadavg()[0]
    with TemporaryDirectory(prefix="pw-send-") as room:
        folder = Path(room)
        if asked.database:
            (folder / "database").write_text(asked.database)
        prepare(folder, asked.readers, asked.stories)
        rows = [_measured(work, folder) for work in ("draw", "send", "floor", "naive")]
    said = f"{asked.readers:,} readers, {asked.stories} stories, {CONNECTIONS} connections"
    print(f"{said}; load of the machine before: {load:.1f}\n\n{printed(rows)}\n")
    for holds, words in (judged := verdicts(rows, asked.readers)):
        print(f"{'ok' if holds else 'MISSED'}: {words}")
    if asked.json:
        figures = {"readers": asked.readers, "stories": asked.stories, "load": load}
        asked.json.write_text(json.dumps({**figures, "works": [asdict(each) for each in rows]}, indent=2))
    return 0 if all(holds for holds, _ in judged) else 1


def printed(rows: Sequence[Row]) -> str:
    """The table for people."""
    lines = [f"{'work':8}{'CPU s':>8}{'wall s':>8}{'peak MiB':>10}{'mails':>9}{'mails/s':>9}{'kB each':>9}"]
    for row in rows:
        each = f"{row.octets / row.mails / 1000:9.1f}" if row.mails else ""
        rate = f"{row.mails / row.cost.wall:9.0f}" if row.mails else ""
        head = f"{row.work:8}{row.cost.cpu:8.1f}{row.cost.wall:8.1f}{row.cost.peak / _MIB:10.0f}"
        lines.append(f"{head}{row.mails or '':>9}{rate}{each}".rstrip())
    return "\n".join(lines)


def verdicts(rows: Sequence[Row], readers: int) -> list[tuple[bool, str]]:
    """Whether nobody was missed and the aim is met, in words."""
    by_name = {each.work: each for each in rows}
    ours = [by_name["draw"].cost, by_name["send"].cost]
    wall, aim = sum(each.wall for each in ours), AIM * readers / 10_000
    cpu = sum(each.cpu for each in ours)
    sent, floor, naive = (by_name[each] for each in ("send", "floor", "naive"))
    faster = naive.cost.wall / sent.cost.wall
    return [
        (sent.mails == floor.mails == naive.mails, f"{sent.mails:,} mails taken, each once, as of the floor"),
        (faster > 1, f"sending is {faster:.1f} times as fast as one connection and commit for each mail"),
        (wall < aim, f"drawn and sent in {wall:.0f} s with {cpu:.0f} s of CPU; the aim is {aim:.0f} s"),
    ]


def _measured(work: str, folder: Path) -> Row:
    with _sink() as sink:
        assert sink.stdout
        port = sink.stdout.readline().strip()
        command = [sys.executable, "-m", "benchmarks.send.work", work, str(folder), port]
        cost = measured(command, folder=folder, log=folder / f"{work}.log")
        if cost.status:
            sys.exit(f"{work} failed:\n{(folder / f'{work}.log').read_text()}")
        taken = json.loads(sink.communicate()[0])
    if taken["mails"] != taken["distinct"]:
        sys.exit(f"{work}: {taken['mails'] - taken['distinct']} mails came twice")
    return Row(work, cost, taken["mails"], taken["octets"])


@contextmanager
def _sink() -> Iterator["subprocess.Popen[str]"]:
    """The mail server, in a process whose time is nobody's."""
    command = [sys.executable, "-m", "benchmarks.send.sink"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sink:
        yield sink


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.send", description=__doc__)
    say = parser.add_argument
    say("--readers", type=int, default=10_000)
    say("--stories", type=int, default=300)
    say("--database", default="", help="an empty database's address; else an SQLite file")
    say("--json", type=Path, help="write every figure there too")
    return parser


if __name__ == "__main__":
    sys.exit(main())
