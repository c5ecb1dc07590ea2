"""Starts the crawl's process, speaks with it, and ends it and all that it started."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import Self

from crawlers.wire import Message, encode

GRACE = 2.0  # seconds between asking a process to end and ending it
_BEAT = 1.0  # seconds
_TOGETHER = 50  # lines at most: what they bring is stored at once, and others wait for the database meanwhile
# The child meets hostile pages: it is given no password, key or database address of ours.
_KEPT = ("PATH", "LANG", "LC_ALL", "SSL_CERT_FILE", "SSL_CERT_DIR")


class CrawlProcess:
    """A running child. `ending` says in plain words why nothing more comes from it, once that is so."""

    def __init__(self, job: Message) -> None:
        self.ending = ""
        self.out_of_time = False
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
        self._heard: SimpleQueue[bytes | None] = SimpleQueue()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.say(job)

    def say(self, message: Message) -> None:
        assert self._process.stdin
        with suppress(BrokenPipeError):  # it has ended; the end of its own line says so
            self._process.stdin.write(encode(message))
            self._process.stdin.flush()

    def lines(self, seconds: float, beat: Callable[[], None]) -> Iterator[list[bytes]]:
        """The lines it says, together those that came meanwhile. It is ended after that time; what it has
        said by then is still told.

        `beat` is called before each lot, and every second that none comes.
        """
        deadline = monotonic() + seconds
        while (line := self._next(deadline, beat)) is not None:
            yield [line, *self._waiting()]
        self.end(f"the crawl's process ended early ({self._how_it_ended()})")

    def _next(self, deadline: float, beat: Callable[[], None]) -> bytes | None:
        while not self.ending:
            beat()
            left = deadline - monotonic()
            with suppress(Empty):
                return self._heard.get(timeout=min(max(0.0, left), _BEAT))
            if left <= _BEAT:
                self.out_of_time = True
                self.end("the crawl was stopped at its deadline")
        return self._heard.get()

    def _waiting(self) -> Iterator[bytes]:
        """What has been heard already, as much of it as is dealt with at once."""
        for _ in range(min(self._heard.qsize(), _TOGETHER - 1)):
            line = self._heard.get()
            if line is None:  # its end is found where the next line is looked for
                self._heard.put(line)
                return
            yield line

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.endswith(b"\n"):  # the last one may have been cut off
                self._heard.put(line)
        self._heard.put(None)

    def last_words(self) -> str:
        """The end of what it wrote to stderr."""
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, size - 4000))
        return self._log.read().decode("utf-8", "replace").strip()

    def finish(self) -> None:
        """Let a child that has said its last word put its own things away and leave."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE)

    def end(self, why: str) -> None:
        """Leave nothing of it running: its group is the child, what it started and nothing else."""
        if self.ending:
            return
        self.ending = why
        self._process.terminate()
        self.finish()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with suppress(ChildProcessError):  # ours only when we are a container's first process
            while os.waitpid(-self._process.pid, os.WNOHANG) != (0, 0):
                pass

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end("the crawl was broken off")
        self._listener.join()
        for each in (self._process.stdin, self._process.stdout, self._log):
            assert each
            with suppress(BrokenPipeError):
                each.close()
        self._room.cleanup()

    def _how_it_ended(self) -> str:
        self.finish()
        code = self._process.poll()
        if code is None:
            return "it fell silent"
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {
        "PYTHONPATH": os.pathsep.join(str(Path(each).resolve()) for each in sys.path),
    }
