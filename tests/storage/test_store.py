"""Opening, refusing, rolling back, waiting."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from newsdesk.errors import Mistake, StoreBusy, StoreError, StoreUnfit
from newsdesk.model import SourceState
from storage import Store
from tests.storage.made import NOW, add, at_once, found


def run(url: str, *statements: str) -> None:
    """Statements of somebody else's, on the same database."""
    engine = create_engine(make_url(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_an_empty_database_is_laid_and_opened_again(empty_url: str) -> None:
    assert Store(empty_url).revision() is None
    first = Store.open(empty_url)
    assert first.revision() == Store.head()
    with first.begin() as tx:
        tx.sources.save(SourceState("leeds"))
    first.close()
    second = Store.open(empty_url, create=False)
    with second.read() as tx:
        assert [*tx.sources.states()] == ["leeds"]
    second.close()


def test_a_missing_database_is_not_created_unasked(empty_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnfit, match="run `presswatch init`"):
        Store.open(empty_url, create=False)
    assert [*tmp_path.iterdir()] == []


def test_a_database_laid_by_a_newer_version_is_refused(store_url: str) -> None:
    Store.open(store_url).close()
    run(store_url, "UPDATE alembic_version SET version_num = '9999'")
    for lay in (Store.open, lambda url: Store(url).upgrade()):
        with pytest.raises(StoreUnfit, match=r"newer Presswatch \(revision 9999\)"):
            lay(store_url)


def test_somebody_elses_database_is_refused(empty_url: str) -> None:
    run(empty_url, "CREATE TABLE invoices (id INTEGER)")
    with pytest.raises(StoreUnfit, match="invoices"):
        Store.open(empty_url)


def test_stores_that_open_an_empty_database_at_the_same_moment_lay_it_once(empty_url: str) -> None:
    def open_it(_: Store) -> str | None:
        store = Store.open(empty_url)
        found = store.revision()
        store.close()
        return found

    assert at_once(empty_url, *[open_it] * 4) == [Store.head()] * 4


def test_a_file_that_is_no_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "presswatch.db"
    path.write_bytes(b"This is a letter, not a database. " * 100)
    with pytest.raises(StoreUnfit, match="put a backup in its place"):
        Store.open(f"sqlite:///{path}")
    assert Store(f"sqlite:///{path}").check() != []


def test_a_damaged_page_is_found_by_the_check_and_named_when_it_is_read(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'presswatch.db'}"
    store = Store.open(url)
    assert store.check() == []
    with store.begin() as tx:
        for number in range(50):
            tx.sources.save(SourceState(f"source-{number}", etag="x" * 500))
    store.close()
    path = tmp_path / "presswatch.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    assert Store(url).check() != []
    with pytest.raises(StoreUnfit, match="damaged"), Store(url).read() as tx:
        tx.sources.states()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnfit, match="its folder exists"):
        Store.open(f"sqlite:///{tmp_path / 'nowhere' / 'presswatch.db'}")


def test_a_server_that_does_not_answer_is_busy_and_its_password_stays_hidden() -> None:
    with pytest.raises(StoreBusy) as raised:
        Store.open("postgresql://clerk:secret@127.0.0.1:1/presswatch")
    assert "secret" not in raised.value.reason
    assert "postgresql://clerk:***@127.0.0.1:1/presswatch" in raised.value.reason


def test_a_database_that_the_server_does_not_have_is_unfit(postgresql: str) -> None:
    with pytest.raises(StoreUnfit, match="does not exist"):
        Store.open(make_url(postgresql).set(database="no_such_name").render_as_string(hide_password=False))


@pytest.mark.parametrize("url", ["presswatch.db", "sqlite://", "sqlite:///:memory:", "mysql://host/name", ""])
def test_an_address_that_leads_nowhere_is_a_mistake_with_an_example(url: str) -> None:
    with pytest.raises(Mistake, match=r"write sqlite:///presswatch\.db or postgresql://"):
        Store(url)


def test_what_raises_leaves_nothing(store: Store) -> None:
    def begin_and_break_off() -> None:
        with store.begin() as tx:
            tx.sources.save(SourceState("leeds"))
            add(tx)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        begin_and_break_off()
    with store.read() as tx:
        assert tx.sources.states() == {}
        assert tx.articles.near(frozenset({1}), since=NOW) == []


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    found(store)
    with store.read() as reader:
        before = reader.stories.list()
        found(store, "https://www.leeds.gov.uk/news/2")
        assert reader.stories.list() == before
    with store.read() as reader:
        assert len(reader.stories.list()) == 2


def test_a_reader_cannot_write_and_the_next_writer_can(store: Store) -> None:
    with pytest.raises(StoreError, match=r"read-?only"), store.read() as tx:
        tx.sources.save(SourceState("leeds"))
    with store.begin() as tx:
        assert tx.sources.states() == {}
        tx.sources.save(SourceState("leeds"))


def test_threads_may_share_a_store(store: Store) -> None:
    def save(number: int) -> int:
        with store.begin() as tx:
            tx.sources.save(SourceState(f"source-{number}"))
        with store.read() as tx:
            return len(tx.sources.states())

    with ThreadPoolExecutor(4) as threads:
        assert max(threads.map(save, range(40))) == 40


def test_a_writer_that_finds_the_file_locked_is_told_to_come_back(tmp_path: Path) -> None:
    path = tmp_path / "presswatch.db"
    store = Store.open(f"sqlite:///{path}?timeout=0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="locked by another process"), store.begin():
        pass
    other.rollback()
    other.close()
    with store.begin() as tx:
        tx.sources.save(SourceState("leeds"))
    store.close()


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_a_lost_connection_to_the_server_is_survived(store: Store, store_url: str) -> None:

    def be_cut_off() -> None:
        with store.begin() as tx:
            run(
                store_url,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND datname = current_database()"
                " AND application_name = 'presswatch'",
            )
            tx.sources.save(SourceState("leeds"))

    with pytest.raises(StoreBusy):
        be_cut_off()
    with store.begin() as tx:
        tx.sources.save(SourceState("york"))
    with store.read() as tx:
        assert [*tx.sources.states()] == ["york"]


def test_transactions_of_one_turn_never_add_the_same_thing_twice(store_url: str) -> None:
    Store.open(store_url).close()

    def add_unless_there(store: Store) -> int:
        with store.begin(turn="desk") as tx:
            near = tx.articles.near(frozenset({1, 2, 3}), since=NOW)
            return near[0][0] if near else add(tx)

    assert len(set(at_once(store_url, *[add_unless_there] * 4))) == 1
