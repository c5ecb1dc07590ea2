"""A process that has everything loaded and forks one victim for each order: a start costs milliseconds."""

import gc
import os
import pickle
import selectors
import signal
import struct
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from benchmarks.torture.cycle import Order
from benchmarks.torture.points import PHASES, Phase

_ROOT = Path(__file__).parents[2]
_STRAGGLERS = 60.0  # seconds in which whatever a victim started must have ended after it


@dataclass(frozen=True, slots=True)
class Moment:
    """So many seconds after a phase has begun."""

    phase: Phase
    after: float

    def __str__(self) -> str:
        return f"{self.after:.3f} s into {self.phase}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a victim ended: by itself (with what it counted), by an error, or by a kill.

    `passed` is when each phase began, in seconds from its start; the last one is that in which it ended.
    """

    how: str
    counted: dict[str, int]
    seconds: float
    passed: tuple[tuple[Phase, float], ...]
    error: str = ""

    @property
    def phase(self) -> Phase:
        return self.passed[-1][0] if self.passed else PHASES[0]


class Zygote:
    """`run` gives it an order and waits until the victim, and all that it started, is gone.

    A `cold` one has loaded the house, but nothing that the house reads from its files when it begins.
    """

    def __init__(self, *, cold: bool = False) -> None:
        self._cold = cold

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "benchmarks.torture.zygote", *(["cold"] if self._cold else [])]
        self._process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            pipe.close()
        self._process.wait()

    def run(self, order: Order, moment: Moment | None = None) -> Ended:
        assert self._process.stdin
        assert self._process.stdout
        _write(self._process.stdin, (order, moment))
        ended = _read(self._process.stdout)
        assert isinstance(ended, Ended), "the zygote is gone"
        return ended


def _write(pipe: IO[bytes], thing: object) -> None:
    octets = pickle.dumps(thing)
    pipe.write(struct.pack(">I", len(octets)) + octets)
    pipe.flush()


def _read(pipe: IO[bytes]) -> Any:
    head = pipe.read(4)
    return pickle.loads(pipe.read(struct.unpack(">I", head)[0])) if len(head) == 4 else None


def _fork(order: Order, moment: Moment | None) -> Ended:
    """One victim. Its line of marks is held by all that it starts, too: it is cut when the last has ended."""
    marks, marking = os.pipe()
    words, saying = os.pipe()
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.close(marks)
        os.close(words)
        _be_the_victim(order, marking, saying)
    os.close(marking)
    os.close(saying)
    passed, told = _watched(pid, marks, words, moment, began)
    os.close(marks)
    os.close(words)
    _, status = os.waitpid(pid, 0)
    seconds = time.monotonic() - began
    if told is None:
        return Ended("straggling", {}, seconds, passed, "something that it started did not end after it")
    if os.WIFSIGNALED(status):
        return Ended("killed", {}, seconds, passed)
    said = pickle.loads(told)
    if isinstance(said, str):
        return Ended("error", {}, seconds, passed, said)
    return Ended("ended", said, seconds, passed)


def _watched(
    pid: int, marks: int, words: int, moment: Moment | None, began: float
) -> tuple[tuple[tuple[Phase, float], ...], bytes | None]:
    """The phases that it came to, and what it said; None if something of it still runs."""
    passed: list[tuple[Phase, float]] = []
    told, deadly, patience = b"", float("inf"), float("inf")
    with selectors.DefaultSelector() as lines:
        for line in (marks, words):
            lines.register(line, selectors.EVENT_READ)
        while lines.get_map():
            until = min(deadly, patience)
            ready = lines.select(None if until == float("inf") else max(0.0, until - time.monotonic()))
            if time.monotonic() >= deadly:
                os.kill(pid, signal.SIGKILL)
                deadly = float("inf")
            if time.monotonic() >= patience:
                return tuple(passed), None
            for key, _ in ready:
                octets = os.read(key.fd, 1 << 16)
                now = time.monotonic()
                if not octets:
                    lines.unregister(key.fileobj)
                    patience = now + _STRAGGLERS
                elif key.fd == words:
                    told += octets
                else:
                    for phase in (PHASES[each] for each in octets):
                        passed.append((phase, now - began))
                        if moment and phase == moment.phase:
                            deadly = now + moment.after
    return tuple(passed), told


def _be_the_victim(order: Order, marking: int, saying: int) -> None:
    from benchmarks.torture import cycle, warm

    os.setsid()
    warm.keep(marking)
    try:
        said: object = cycle.run(order, lambda phase: _mark(marking, phase))
    except BaseException:  # noqa: BLE001  the victim says what it died of
        said = traceback.format_exc()
    with os.fdopen(saying, "wb") as out:
        out.write(pickle.dumps(said))
    os._exit(0)


def _mark(marking: int, phase: Phase) -> None:
    os.write(marking, bytes([PHASES.index(phase)]))


def _prepared(cold: bool) -> Callable[[Order, Moment | None], Ended]:
    """With everything loaded before the first fork."""
    from benchmarks.torture import rehearsal, warm  # and with it all that a run needs

    warm.install()
    if not cold:
        rehearsal.rehearse()
    gc.collect()
    gc.freeze()  # what is loaded stays shared with the victims
    return _fork


def main() -> None:
    """Serve orders from standard input until it is closed."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a victim prints is not an answer
    fork = _prepared("cold" in sys.argv)
    while (asked := _read(orders)) is not None:
        _write(answers, fork(*asked))


if __name__ == "__main__":
    from benchmarks.torture.zygote import main as serve  # so that what is pickled has its own name

    serve()
