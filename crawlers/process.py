"""Starts the crawl's process, speaks with it, and ends it and all that it started."""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from crawlers.wire import Message, encode

GRACE = 2.0  # seconds between asking a process to end and ending it
# The child meets hostile pages: it is given no password, key or database address of ours.
_KEPT = ("PATH", "LANG", "LC_ALL", "SSL_CERT_FILE", "SSL_CERT_DIR")


class CrawlProcess:
    """A running child. `ending` says in plain words why nothing more comes from it."""

    def __init__(self, job: Message) -> None:
        self.ending = "the crawl was broken off"
        self._room = tempfile.TemporaryDirectory(prefix="pw-")  # for what a killed process cannot put away
        self._log = Path(self._room.name, "stderr").open("w+b")  # noqa: SIM115  (closed in __exit__)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "crawlers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=_environment() | {"TMPDIR": self._room.name},
            start_new_session=True,
        )
        self.say(job)

    def say(self, message: Message) -> None:
        assert self._process.stdin
        with suppress(BrokenPipeError):  # it has ended; the end of its own line says so
            self._process.stdin.write(encode(message))
            self._process.stdin.flush()

    def lines(self, seconds: float) -> Iterator[bytes]:
        """What it says, line by line, for that long at most."""
        assert self._process.stdout
        deadline = monotonic() + seconds
        heard = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while (left := deadline - monotonic()) > 0:
                if not selector.select(left):
                    continue
                more = os.read(self._process.stdout.fileno(), 1 << 20)
                if not more:
                    self.ending = f"the crawl's process ended early ({self._how_it_ended()})"
                    return
                *whole, rest = more.split(b"\n")
                for line in whole:
                    yield bytes(heard) + line
                    heard.clear()
                heard += rest
        self.ending = "the crawl was stopped at its deadline"

    def last_words(self) -> str:
        """The end of what it wrote to stderr."""
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, size - 4000))
        return self._log.read().decode("utf-8", "replace").strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        assert self._process.stdin
        assert self._process.stdout
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.stdout.close()
        self._log.close()
        self._room.cleanup()

    def end(self) -> None:
        """Leave nothing of it running: its group is the child, what it started and nothing else."""
        self._process.terminate()
        self.wait()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with suppress(ChildProcessError):  # ours only when we are a container's first process
            while os.waitpid(-self._process.pid, os.WNOHANG) != (0, 0):
                pass

    def wait(self) -> None:
        """Let the child put its own things away and leave."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE)

    def _how_it_ended(self) -> str:
        try:
            code = self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            return "it fell silent"
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": os.pathsep.join(str(Path(each).resolve()) for each in sys.path),
    }
