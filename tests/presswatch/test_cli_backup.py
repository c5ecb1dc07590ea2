"""`backup`, `restore`, `digest skip` and `tidy`, as somebody on a bad day would use them."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from presswatch.clock import now
from scheduler.leasing import PRESENCE
from storage import Store
from tests.presswatch.cuttings import KENT, LEEDS, add
from tests.presswatch.shell import COMMAND, Shell

pytestmark = pytest.mark.skipif(shutil.which("pg_dump") is None, reason="PostgreSQL's tools are not here")


def headlines(shell: Shell) -> set[str]:
    return {each["headline"] for each in shell.json("stories")}


def test_a_backup_is_put_back_after_a_mishap(either: Shell) -> None:
    add(either, KENT)
    said = either.run("backup").out
    (file,) = (either.folder / "backups").iterdir()
    assert said.startswith(f"{file}: ")
    assert said.endswith("looked through and whole.\n")
    assert file.stat().st_mode & 0o077 == 0, "it holds readers' addresses"
    add(either, LEEDS)
    assert "--force" in either.run("restore", file, code=2).err
    assert len(headlines(either)) == 2
    said = either.run("restore", file, "--force").out
    assert headlines(either) == {KENT["title"]}
    (before,) = (either.folder / "backups").glob("before-restore-*")
    assert f"What was there before is now {before}." in said
    either.run("restore", before, "--force")
    assert len(headlines(either)) == 2
    assert len(list((either.folder / "backups").iterdir())) == 3, "none replaces another"


def test_nothing_is_put_back_while_a_service_is_at_work(shell: Shell) -> None:
    add(shell, KENT)
    shell.run("backup", "a.backup")
    store = Store(f"sqlite:///{shell.folder / 'presswatch.db'}")
    with store.begin() as tx:
        until = now() + timedelta(minutes=3)
        tx.leases.claim([f"{PRESENCE}host:1"], owner="host:1", now=now(), until=until)
    store.close()
    assert (
        "service host:1 is at work: stop it first" in shell.run("restore", "a.backup", "--force", code=2).err
    )


def test_a_damaged_database_is_set_aside_and_replaced(shell: Shell) -> None:
    add(shell, KENT)
    shell.run("backup", "a.backup")
    damaged = shell.write("presswatch.db", b"SQLite format 3\0" + b"\xff" * 4096).read_bytes()
    assert "is damaged" in shell.run("restore", "a.backup", code=10).err
    shell.run("restore", "a.backup", "--force")
    assert headlines(shell) == {KENT["title"]}
    (aside,) = shell.folder.glob("presswatch.db.damaged-*")
    assert aside.read_bytes() == damaged


def test_a_backup_goes_into_a_fresh_house_without_force(shell: Shell, tmp_path: Path) -> None:
    add(shell, KENT)
    shell.run("backup", tmp_path / "a.backup")
    other = Shell(tmp_path / "other")
    other.folder.mkdir()
    other.run("init")
    assert "--force" not in other.run("restore", tmp_path / "a.backup").out
    assert headlines(other) == {KENT["title"]}


def test_a_file_that_is_no_backup_changes_nothing(shell: Shell) -> None:
    add(shell, KENT)
    shell.write("a.backup", "Dear reader")
    assert "a.backup is no backup" in shell.run("restore", "a.backup", "--force", code=10).err
    assert headlines(shell) == {KENT["title"]}
    assert not (shell.folder / "backups").exists()


def test_what_readers_had_since_the_backup_is_not_told_again_once_it_is_skipped(shell: Shell) -> None:
    shell.run("subscriptions", "add", "--to", "director@northmarch.example", "--agreed", "asked by mail")
    today = now().date().isoformat()
    add(shell, KENT, published=(now() - timedelta(days=1)).date().isoformat())
    shell.run("backup", "a.backup")
    shell.run("digest", "send")
    assert len(list((shell.folder / "outbox").iterdir())) == 1
    said = shell.run("restore", "a.backup", "--force")
    assert "presswatch digest skip --until" in said.err
    skipped = shell.json("digest", "skip", "--until", today)
    assert skipped["digests"] == 1
    assert shell.json("digest", "skip", "--until", today)["digests"] == 0
    assert shell.json("digest", "send")["accepted"] == 0
    assert "yet to come" in shell.run("digest", "skip", "--until", "2099-01-01", code=2).err


def test_messages_that_waited_when_the_backup_was_made_are_told_of_and_can_be_skipped(shell: Shell) -> None:
    shell.run("subscriptions", "add", "--to", "director@northmarch.example", "--agreed", "asked by mail")
    add(shell, KENT, published=(now() - timedelta(days=1)).date().isoformat())
    shell.configure('outbox = "presswatch.toml/never"')
    assert shell.json("digest", "send", code=3)["waiting"] == 1
    shell.run("backup", "a.backup")
    said = shell.run("restore", "a.backup", "--force").out
    assert "1 messages waited then" in said
    assert shell.json("digest", "skip", "--until", now().date().isoformat())["messages"] == 1
    assert shell.json("digest", "send")["waiting"] == 0


def test_tidying_a_young_house_takes_nothing_away(shell: Shell) -> None:
    add(shell, KENT)
    assert set(shell.json("tidy").values()) == {0}
    assert "0 texts" in shell.run("tidy").out
    shell.configure("[retention]\ntexts = 3\n")
    assert "presswatch.toml:2: retention.texts" in shell.run("tidy", code=2).err


# ---------------------------------------------------------------- databases on a bad day


@pytest.mark.parametrize("kept", [0.4, 0.9])
def test_the_service_does_not_start_on_a_database_that_was_cut_off(shell: Shell, kept: float) -> None:
    add(shell, *({**KENT, "url": f"{KENT['url']}{number}"} for number in range(30)))
    path = shell.folder / "presswatch.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    shell.configure('contact = "https://presswatch.example/contact"\n[http]\nport = 0\n')
    said = shell.finish("serve")
    assert said.code == 10
    assert "put a backup in its place" in said.err
    assert "Traceback" not in said.err


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_lost(shell: Shell) -> None:
    add(shell, KENT)
    os.chmod(shell.folder, 0o555)
    os.chmod(shell.folder / "presswatch.db", 0o444)
    unprivileged = ["setpriv", "--bounding-set=-dac_override"] if os.getuid() == 0 else []
    process = subprocess.run(
        [*unprivileged, *COMMAND, "add", "--jsonl", "-"],
        input=b'{"url": "https://x.example/1", "text": "Something."}\n',
        cwd=shell.folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
    )
    os.chmod(shell.folder, 0o755)
    os.chmod(shell.folder / "presswatch.db", 0o644)
    assert process.returncode == 10, process.stderr
    assert b"see that its folder exists and is writable" in process.stderr
    assert headlines(shell) == {KENT["title"]}


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
from presswatch.cli import main
main()
"""


def test_a_full_disk_is_told_and_leaves_no_half_made_backup(shell: Shell) -> None:
    add(shell, *({**KENT, "url": f"{KENT['url']}{number}"} for number in range(30)))
    shell.run("backup", "a.backup")
    before = (shell.folder / "a.backup").read_bytes()
    for command, code in ((["backup", "a.backup"], 75), (["add", "--jsonl", "-"], 75)):
        process = subprocess.run(
            [sys.executable, "-c", FULL, "40000", *command],
            input=b'{"url": "https://x.example/1", "text": "' + b"Something. " * 9000 + b'"}\n',
            cwd=shell.folder,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
        )
        assert process.returncode == code, process.stderr
        assert b"is the disk full?" in process.stderr
    assert (shell.folder / "a.backup").read_bytes() == before
    assert not list(shell.folder.glob("*.part"))
    assert headlines(shell) == {KENT["title"]}
