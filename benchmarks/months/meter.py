"""What a process holds of the machine, from /proc. Linux only."""

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

_PAGE = os.sysconf("SC_PAGE_SIZE")
_OFTEN = 0.25  # seconds between two looks at the children, which come and go


@dataclass(frozen=True, slots=True)
class Held:
    """Resident bytes of the process and the most its children held together; open file handles; threads."""

    resident: int
    children: int
    handles: int
    threads: int


class Meter:
    """Watches a process for as long as its `with` block."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._over = pid, 0, Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def held(self) -> Held:
        """As it is now; of the children, the most since the last question."""
        own = Path("/proc", str(self._pid))
        most, self._most = self._most, 0
        return Held(
            resident=int((own / "statm").read_text().split()[1]) * _PAGE,
            children=most,
            handles=len(list((own / "fd").iterdir())),
            threads=len(list((own / "task").iterdir())),
        )

    def _watch(self) -> None:
        while not self._over.wait(_OFTEN):
            self._most = max(self._most, _below(self._pid))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()


def _below(pid: int) -> int:
    """The resident bytes of all that this process started, and what that started."""
    total = 0
    for task in Path("/proc", str(pid), "task").glob("*/children"):
        try:
            for each in map(int, task.read_text().split()):
                total += int(Path("/proc", str(each), "statm").read_text().split()[1]) * _PAGE + _below(each)
        except OSError:  # it has ended in the meantime
            continue
    return total
