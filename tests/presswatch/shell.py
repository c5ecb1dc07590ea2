"""A shell in a folder of its own: runs the command line as somebody at a terminal would."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

from crawlers.guard import Allowance
from presswatch.cli import main

COMMAND = (sys.executable, "-m", "presswatch")


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Shell:
    """`run` stays in this process, which is quick; `start` gives the command a process of its own."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    allow: Sequence[Allowance] = ()

    def run(self, *arguments: object, stdin: bytes = b"", code: int | None = 0) -> Answer:
        """Run it, and insist on an exit code unless that is None."""
        out, err = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with (
            chdir(self.folder),
            _environment(self.environment),
            _stdin(stdin),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main([str(each) for each in arguments], allow=self.allow)
            except SystemExit as ended:
                answer = Answer(int(ended.code or 0), _said(out), _said(err))
        assert code is None or answer.code == code, f"{answer.code}: {answer.out}{answer.err}"
        return answer

    def json(self, *arguments: object, code: int = 0) -> Any:
        return self.run(*arguments, "--json", code=code).json

    def start(self, *arguments: object, **more: Any) -> "subprocess.Popen[bytes]":
        environment = _outside() | self.environment | more.pop("env", {})
        words = [*COMMAND, *map(str, arguments)]
        pipes: dict[str, Any] = {"stdin": subprocess.DEVNULL}
        pipes |= {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(words, cwd=self.folder, env=environment, **pipes | more)

    def finish(self, *arguments: object, **more: Any) -> Answer:
        """Run it in a process of its own, to its end."""
        process = self.start(*arguments, **more)
        out, err = process.communicate(timeout=60)
        return Answer(process.returncode, out.decode(), err.decode())

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def configure(self, text: str) -> Path:
        return self.write("presswatch.toml", text)


def _said(stream: TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, BytesIO)
    return buffer.getvalue().decode()


def _outside() -> dict[str, str]:
    """The environment without anything of ours, but with a way to find the house."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PRESSWATCH_")}
    return plain | {"PYTHONPATH": str(Path(__file__).parents[2])}


@contextmanager
def _environment(ours: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    for name in [each for each in os.environ if each.startswith("PRESSWATCH_")]:
        del os.environ[name]
    os.environ.update(ours)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _stdin(content: bytes) -> Iterator[None]:
    before, sys.stdin = sys.stdin, TextIOWrapper(BytesIO(content), "utf-8")
    try:
        yield
    finally:
        sys.stdin = before
