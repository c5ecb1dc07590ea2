"""A process that has everything loaded and forks one victim for each order: a start costs milliseconds."""

import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Self

from benchmarks.torture.cycle import Order


@dataclass(frozen=True, slots=True)
class Ended:
    """How a victim ended: by itself (with what it counted), by an error, or by a kill."""

    how: str
    counted: dict[str, int]
    seconds: float
    error: str = ""


class Zygote:
    """`run` gives it an order and waits for the victim's end; `after` kills it after so many seconds."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "benchmarks.torture.zygote"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def run(self, order: Order, *, after: float = 0.0) -> Ended:
        assert self._process.stdin
        assert self._process.stdout
        _write(self._process.stdin, (order, after))
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


def _fork(order: Order, after: float) -> Ended:
    """One victim, in a group of its own so that its crawler dies with it."""
    ours, theirs = os.pipe()
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        _be_the_victim(order, theirs)
    os.close(theirs)
    timer = threading.Timer(after, os.kill, (pid, signal.SIGKILL)) if after else None
    if timer:
        timer.start()
    with os.fdopen(ours, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(pid, 0)
    if timer:
        timer.cancel()
    seconds = time.monotonic() - began
    if os.WIFSIGNALED(status):
        return Ended("killed", {}, seconds)
    said = pickle.loads(told)
    return Ended("error", {}, seconds, said) if isinstance(said, str) else Ended("ended", said, seconds)


def _be_the_victim(order: Order, pipe: int) -> None:
    from benchmarks.torture import cycle

    os.setsid()
    try:
        said: object = cycle.run(order)
    except BaseException:  # noqa: BLE001  the victim says what it died of
        said = traceback.format_exc()
    with os.fdopen(pipe, "wb") as out:
        out.write(pickle.dumps(said))
    os._exit(0)


def main() -> None:
    """Serve orders from standard input until it is closed."""
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a victim prints is not an answer
    while (asked := _read(orders)) is not None:
        _write(answers, _fork(*asked))


if __name__ == "__main__":
    from benchmarks.torture import cycle
    from benchmarks.torture.zygote import main as serve

    cycle.opened  # noqa: B018  everything is loaded before the first fork
    serve()
