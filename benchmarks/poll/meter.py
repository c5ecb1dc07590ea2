"""What a command costs, with all that it starts: `python -m benchmarks.poll.meter REPORT COMMAND…`.

A process of its own, so that nothing but the measured tree is below it. Linux only.
"""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER, linux/prctl.h
_OFTEN = 0.03  # seconds between two looks at the memory
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Cost:
    """`cpu` is user and system time of the whole tree in seconds, `peak` the most memory it held in bytes.

    Memory is the sum of what each process holds; what two of them share counts for both.
    """

    cpu: float
    wall: float
    peak: int
    status: int


def measured(command: Sequence[str], *, folder: Path, log: Path) -> Cost:
    """Runs a command in a folder and measures it; what it says goes to the log."""
    report = folder / "cost.json"
    meter = [sys.executable, "-m", "benchmarks.poll.meter", str(report), str(folder), *command]
    with log.open("ab") as said:
        subprocess.run(meter, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=True)
    return Cost(**json.loads(report.read_text()))


def _measure(command: Sequence[str], folder: str) -> Cost:
    # Whoever loses its parent becomes our child, so that no process is left out of the sum.
    if ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "cannot adopt orphans")
    began, over, peaks = monotonic(), Event(), [0]
    started = subprocess.Popen(command, cwd=folder)
    watch = Thread(target=_watch, args=(over, peaks))
    watch.start()
    cpu, status = 0.0, 0
    try:
        while True:
            pid, ended, used = os.wait4(-1, 0)
            cpu += used.ru_utime + used.ru_stime
            if pid == started.pid:
                status = os.waitstatus_to_exitcode(ended)
    except ChildProcessError:  # all have ended
        wall = monotonic() - began
    over.set()
    watch.join()
    return Cost(cpu, wall, max(peaks), status)


def _watch(over: Event, peaks: list[int]) -> None:
    while not over.wait(_OFTEN):
        peaks.append(_held())


def _held() -> int:
    """The resident bytes of all processes below this one."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                fields = (each / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended in the meantime
                continue
            parents[int(each.name)], pages[int(each.name)] = int(fields[1]), int(fields[21])
    return sum(size for pid, size in pages.items() if _is_below(pid, parents)) * _PAGE


def _is_below(pid: int, parents: dict[int, int]) -> bool:
    while pid := parents.get(pid, 0):
        if pid == os.getpid():
            return True
    return False


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(asdict(_measure(sys.argv[3:], sys.argv[2]))))
