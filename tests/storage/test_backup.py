"""A backup is whole or is none; putting it back gives the database as it was; an upgrade makes one first."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from newsdesk.errors import Mistake, StoreUnfit
from newsdesk.model import SourceState
from storage import Store, layout
from storage.backup import examine
from tests.storage.made import add, article

needs_tools = pytest.mark.skipif(
    any(shutil.which(each) is None for each in ("pg_dump", "pg_restore", "psql")),
    reason="PostgreSQL's client tools are not here",
)
pytestmark = needs_tools


def names(store: Store) -> list[str]:
    with store.read() as tx:
        return sorted(tx.sources.states())


def visit(store: Store, *sources: str) -> None:
    with store.begin() as tx:
        for each in sources:
            tx.sources.save(SourceState(each))


def test_what_is_put_back_is_as_it_was_and_what_came_later_is_gone(store: Store, tmp_path: Path) -> None:
    visit(store, "leeds")
    with store.begin() as tx:
        first = add(tx)
    copy = store.backup(tmp_path / "kept" / "a.backup")
    visit(store, "york")
    with store.begin() as tx:
        add(tx, article("https://www.york.gov.uk/1"))
    store.restore(copy)
    assert names(store) == ["leeds"]
    assert store.check() == []
    with store.begin() as tx:
        assert tx.articles.get(first).article.title
        assert add(tx, article("https://www.york.gov.uk/1")) > first
    assert [each.name for each in (tmp_path / "kept").iterdir()] == ["a.backup"]


def test_a_backup_goes_into_an_empty_database(store: Store, store_url: str, tmp_path: Path) -> None:
    visit(store, "leeds")
    copy = store.backup(tmp_path / "a.backup")
    empty = Store(store_url.replace("presswatch.db", "other.db"))
    empty.restore(copy)
    assert (names(empty), empty.revision()) == (["leeds"], Store.head())
    empty.close()


def test_a_backup_that_is_made_while_others_write_is_of_one_moment(store: Store, tmp_path: Path) -> None:
    stop = Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            visit(store, f"a{number}", f"b{number}")  # in one transaction: never one without the other
            number += 1

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            copy = store.backup(tmp_path / f"{number}.backup")
    finally:
        stop.set()
        writer.join()
    store.restore(copy)
    found = names(store)
    assert len([each for each in found if each[0] == "a"]) == len([each for each in found if each[0] == "b"])


def test_only_a_whole_backup_takes_the_place_of_an_older_one(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.backup"
    store.backup(path)
    before = path.read_bytes()
    visit(store, "leeds")
    store.backup(path)
    assert path.read_bytes() != before
    letter = tmp_path / "letter"
    letter.write_text("Dear reader")
    with pytest.raises(Mistake, match="is no backup: name another file"):
        store.backup(letter)
    assert letter.read_text() == "Dear reader"


@pytest.mark.parametrize("kept", [0.3, 0.95])
def test_a_backup_that_was_cut_off_is_refused(store: Store, tmp_path: Path, kept: float) -> None:
    with store.begin() as tx:
        for number in range(20):
            add(tx, article(f"https://www.leeds.gov.uk/news/{number}"))
    path = store.backup(tmp_path / "a.backup").path
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(StoreUnfit, match=r"damaged|pg_restore failed|none of ours"):
        examine(path)


@pytest.mark.parametrize("content", [b"", b"Dear reader", b"SQLite format 3\0" + b"\xff" * 9000, b"PGDMP\1"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.backup"
    path.write_bytes(content)
    with pytest.raises(StoreUnfit):
        examine(path)
    with pytest.raises(Mistake, match="cannot be read: No such file"):
        examine(tmp_path / "missing")


def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'presswatch.db'}")  # PostgreSQL's dumps are not edited by hand
    path = store.backup(tmp_path / "a.backup").path
    store.close()
    with closing(sqlite3.connect(path)) as copy, copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnfit, match="newer Presswatch"):
        examine(path)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_the_database_itself_is_no_place_for_its_backup(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="is the database itself"):
        store.backup(tmp_path / "presswatch.db")
    assert names(store) == []


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_copy_of_one_kind_of_database_goes_into_no_other(store: Store, tmp_path: Path) -> None:
    copy = store.backup(tmp_path / "a.backup")
    with pytest.raises(Mistake, match="is a copy of a sqlite database"):
        Store("postgresql://127.0.0.1/nowhere").restore(copy)


NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{head}"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
    {then}
"""


def newer(folder: Path, then: str = "") -> Path:
    """The migrations of a later version."""
    shutil.copytree(layout.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "r9001_later.py").write_text(NEXT.format(head=Store.head(), then=then))
    return folder


def test_an_older_database_is_backed_up_before_it_is_upgraded(
    store: Store, store_url: str, tmp_path: Path
) -> None:
    visit(store, "leeds")
    later = Store(store_url, migrations=newer(tmp_path / "migrations"))
    copy = later.upgrade(aside=tmp_path / "backups")
    assert copy
    assert (copy.path, copy.revision) == (tmp_path / "backups" / "before-9001.backup", Store.head())
    assert later.revision() == "9001"
    assert later.upgrade(aside=tmp_path / "backups") is None
    later.close()
    store.restore(examine(copy.path))
    assert (store.revision(), names(store)) == (Store.head(), ["leeds"])


def test_an_upgrade_that_fails_changes_nothing(store: Store, store_url: str, tmp_path: Path) -> None:
    visit(store, "leeds")
    later = Store(store_url, migrations=newer(tmp_path / "migrations", then='raise OSError("a defect")'))
    with pytest.raises(OSError, match="a defect"):
        later.upgrade(aside=tmp_path / "backups")
    later.close()
    assert (store.revision(), names(store), store.check()) == (Store.head(), ["leeds"], [])


FULL = """
import resource, sys
from storage import Store
from tests.storage.made import add, article
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
store, number = Store.open(sys.argv[1]), 0
while True:
    with store.begin() as tx:
        add(tx, article(f"https://www.leeds.gov.uk/news/{number}", text="x" * 20_000))
    number += 1
    print(number, flush=True)
"""


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_on_a_full_disk_nothing_that_was_kept_is_lost(store: Store, store_url: str, tmp_path: Path) -> None:
    store.close()
    said = subprocess.run(
        [sys.executable, "-c", FULL, store_url], cwd=Path(__file__).parents[2], capture_output=True, text=True
    )
    kept = int(said.stdout.split()[-1])
    assert "StoreBusy" in said.stderr
    assert "is the disk full?" in said.stderr
    assert kept > 5
    assert store.check() == []
    with store.begin() as tx:
        assert tx.census.counts().articles == kept
        add(tx, article("https://www.leeds.gov.uk/news/there-is-room-again"))
