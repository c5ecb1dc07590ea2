"""The command line as a whole: help, exit codes, and terminals, pipes and databases on a bad day."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from presswatch import __version__
from tests.presswatch.cuttings import FETE, KENT, LEEDS, add
from tests.presswatch.shell import COMMAND, Shell

COMMANDS = (
    (),
    ("init",),
    ("crawl",),
    ("sources",),
    ("sources", "list"),
    ("sources", "test"),
    ("sources", "enable"),
    ("sources", "check"),
    ("sources", "discover"),
    ("sources", "record"),
    ("sources", "opml"),
    ("read",),
    ("add",),
    ("stories",),
    ("explain",),
    ("digest",),
    ("digest", "preview"),
    ("digest", "send"),
    ("digest", "skip"),
    ("serve",),
    ("doctor",),
    ("backup",),
    ("restore",),
    ("tidy",),
    ("demo",),
)
NEED_A_DATABASE = (
    ("stories",),
    ("explain", "https://example.org/"),
    ("add", "--jsonl", "-"),
    ("sources", "list"),
    ("digest", "preview"),
    ("digest", "send"),
    ("crawl",),
    ("serve",),
    ("backup",),
    ("tidy",),
)
HEAVY = (
    "alembic",
    "apscheduler",
    "jinja2",
    "lxml",
    "pydantic",
    "rich",
    "scrapy",
    "sqlalchemy",
    "starlette",
    "trafilatura",
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_what_it_is_for(bare: Shell, command: tuple[str, ...]) -> None:
    for option in ("--help", "-h"):
        said = bare.run(*command, option).out
        assert said.startswith(f"Usage: presswatch {' '.join(command)}".rstrip())
        sentences = re.sub(r"[\[{]?(ARGS|SOURCE|FILE)[\]}]?\.\.\.", "", said)
        assert "..." not in sentences, "a sentence is cut off"
    assert list(bare.folder.iterdir()) == []


def test_the_help_documents_the_exit_codes(bare: Shell) -> None:
    said = " ".join(bare.run("--help").out.split())
    for code in (
        "0 done",
        "1 failed",
        "2 wrong usage",
        "3 done but",
        "10 the database",
        "75 try again",
        "130 interrupted",
    ):
        assert code in said


def test_the_version_is_told(bare: Shell) -> None:
    assert bare.run("--version").out == f"presswatch {__version__}\n"


def test_help_imports_nothing_heavy(bare: Shell) -> None:
    listing = f"sorted(set(sys.modules) & set({HEAVY!r}))"
    program = f"""
import atexit, sys
from presswatch.cli import main
atexit.register(lambda: print({listing}))
main(["--help"])
"""
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], capture_output=True, text=True
    )
    assert said.returncode == 0
    assert said.stdout.endswith("\n[]\n")


@pytest.mark.parametrize(
    "command", [("storys",), ("stories", "--sinse", "x"), ("add", "a", "b"), ("explain",)]
)
def test_wrong_usage_is_exit_code_two(bare: Shell, command: tuple[str, ...]) -> None:
    said = bare.run(*command, code=2).err
    assert "Usage: presswatch" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", NEED_A_DATABASE, ids=" ".join)
def test_without_a_configuration_every_command_says_how_to_get_one(
    bare: Shell, command: tuple[str, ...]
) -> None:
    said = bare.run(*command, code=2)
    assert said.err == "presswatch: presswatch.toml is not here: run `presswatch init` to write one\n"


@pytest.mark.parametrize("command", NEED_A_DATABASE, ids=" ".join)
def test_without_a_database_every_command_is_exit_code_ten(bare: Shell, command: tuple[str, ...]) -> None:
    bare.configure("")
    said = bare.run(*command, code=10)
    assert said.err.startswith("presswatch: there is no database at sqlite:///")
    assert said.err.endswith("run `presswatch init`\n")
    assert not (bare.folder / "presswatch.db").exists()


def test_a_database_server_that_is_away_is_exit_code_seventy_five(bare: Shell) -> None:
    bare.configure('database = "postgresql://somebody:secret@127.0.0.1:1/nowhere"')
    said = bare.run("stories", code=75)
    assert "does not answer" in said.err
    assert "secret" not in said.err


@contextmanager
def locked(path: Path) -> Iterator[None]:
    database = sqlite3.connect(path)
    try:
        database.execute("BEGIN IMMEDIATE")
        yield
    finally:
        database.close()


def test_a_locked_database_is_exit_code_seventy_five_and_can_still_be_read(shell: Shell) -> None:
    add(shell, KENT)
    shell.environment["PRESSWATCH_DATABASE"] = "sqlite:///presswatch.db?timeout=0.1"
    shell.write("cutting.txt", f"{LEEDS['title']}\n\n{LEEDS['text']}")
    with locked(shell.folder / "presswatch.db"):
        said = shell.run("add", "cutting.txt", "--url", LEEDS["url"], code=75)
        assert "is locked by another process" in said.err
        said = shell.run("add", "--jsonl", "-", stdin=b'{"url": "https://x.example/1", "text": "x"}', code=75)
        assert "is locked by another process" in said.err
        assert [each["headline"] for each in shell.json("stories")] == [KENT["title"]]
    shell.run("add", "cutting.txt", "--url", LEEDS["url"])
    assert len(shell.json("stories")) == 2


def test_a_damaged_database_is_told_with_what_to_do(bare: Shell) -> None:
    bare.configure("")
    bare.write("presswatch.db", b"SQLite format 3\0" + b"\xff" * 4096)
    assert "put a backup in its place" in bare.run("stories", code=10).err


def test_a_configuration_that_cannot_be_read_is_exit_code_two(shell: Shell) -> None:
    shell.configure("contact = \n")
    assert shell.run("stories", code=2).err.startswith("presswatch: presswatch.toml:1: not TOML: ")
    shell.write("presswatch.toml", b"contact = '\xff'")
    assert "presswatch.toml cannot be read: it is not UTF-8" in shell.run("stories", code=2).err
    shell.environment["PRESSWATCH_CONFIG"] = str(shell.folder)
    assert "cannot be read: Is a directory" in shell.run("stories", code=2).err


def test_every_mistake_is_told_on_a_line_of_its_own(shell: Shell) -> None:
    shell.configure('contact = "nobody"\nprot = 1\n')
    said = shell.run("stories", code=2).err.splitlines()
    assert [each.partition(": ")[2][:17] for each in said] == ["presswatch.toml:1", "presswatch.toml:2"]


# ---------------------------------------------------------------- processes of their own


def test_a_pipe_that_is_closed_early_is_no_catastrophe(shell: Shell) -> None:
    add(shell, *({**KENT, "url": f"{KENT['url']}{n}", "published": f"2026-01-{n:02}"} for n in range(1, 29)))
    for command in (("stories",), ("stories", "--json")):
        process = shell.start(*command)
        assert process.stdout is not None
        process.stdout.read(1)
        process.stdout.close()
        _, errors = process.communicate(timeout=60)
        assert errors == b""
    nobody, here = os.pipe()
    os.close(nobody)
    _, errors = shell.start("doctor", stdout=here).communicate(timeout=60)
    assert errors == b""
    os.close(here)


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=str,
)
def test_a_poor_terminal_costs_letters_and_not_the_answer(shell: Shell, environment: dict[str, str]) -> None:
    add(shell, KENT, title="Kent’s children’s services – “good” ✓")
    said = shell.start("stories", env=environment)
    out, errors = said.communicate(timeout=60)
    assert (said.returncode, errors) == (0, b"")
    assert b"children" in out
    told = shell.start("stories", "--json", env=environment)
    out, errors = told.communicate(timeout=60)
    assert (told.returncode, errors) == (0, b"")
    assert b"children" in out


def test_a_name_that_is_no_text_is_told_all_the_same(shell: Shell) -> None:
    process = subprocess.run(
        [*map(str.encode, COMMAND), b"add", b"\xff.txt", b"--url", b"https://example.org/"],
        cwd=shell.folder,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.returncode == 2
    assert process.stderr.endswith(b"cannot be read: No such file or directory\n")


def test_ctrl_c_is_exit_code_one_hundred_and_thirty_without_a_traceback(shell: Shell) -> None:
    process = shell.start("add", "--jsonl", "-", stdin=subprocess.PIPE, bufsize=0)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b'{"url": "https://x.example/1", "text": "Something."}\n')
    assert process.stdout.read(3) == b"new"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert shell.json("explain", "https://x.example/1")["article"]["title"]


def test_the_demonstration_needs_nothing_but_a_folder(bare: Shell) -> None:
    said = bare.finish("demo", "--folder", "show")
    assert said.code == 0
    assert said.err == ""
    assert "Stories so far" in said.out
    assert "\x1b" not in said.out
    assert sorted(each.name for each in bare.folder.iterdir()) == ["show"]


def test_people_at_a_terminal_see_what_is_said_there(shell: Shell) -> None:
    add(shell, KENT, FETE)
    here, there = os.openpty()
    process = shell.start("stories", stdout=there, stderr=there, env={"TERM": "xterm-256color"})
    process.wait(timeout=60)
    said = os.read(here, 65536).decode()
    os.close(here)
    os.close(there)
    assert KENT["title"] in said
    assert "\x1b" not in said
