"""The store: opened once, then asked and told inside transactions.

with store.begin() as tx:
    tx.articles.sighted(article, keys)
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from newsdesk.errors import StoreError, StoreUnfit
from storage import layout
from storage.articles import Articles
from storage.digests import Digests
from storage.engine import address_of, engine_for, is_missing, reading, take_turn
from storage.faults import explained
from storage.leads import Leads
from storage.outbox import Outbox
from storage.robots import Robots
from storage.sources import Sources
from storage.stories import Stories


class Transaction:
    """One transaction: an attribute for each noun. Of no use once its `with` block has ended."""

    def __init__(self, connection: Connection) -> None:
        self.sources = Sources(connection)
        self.robots = Robots(connection)
        self.leads = Leads(connection)
        self.articles = Articles(connection)
        self.stories = Stories(connection)
        self.digests = Digests(connection)
        self.outbox = Outbox(connection)


class Store:
    """A database that may be missing, old or damaged: `open` gives one that is fit for work.

    Every method that talks to the database raises StoreBusy when it does not answer for the moment,
    StoreUnfit when waiting will not help, and StoreError when it refuses what was asked. One store may
    be shared by threads.
    """

    def __init__(self, url: str) -> None:
        """Raises Mistake when the address cannot be read. Nothing is opened yet."""
        self._address = address_of(url)
        self._engine = engine_for(self._address)
        self._reading = reading(self._engine)

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> "Store":
        """A store that is fit for work. An empty database is laid when `create` is true.

        Raises StoreUnfit, saying what to do, when the database is missing (and not to be created), damaged,
        older or newer than this version.
        """
        store = cls(url)
        try:
            found = store.revision()
            if found is not None:
                layout.refuse_unless_current(found, layout.revisions())
            elif create:
                store.upgrade()
            else:
                raise StoreUnfit(f"there is no database at {store.url_shown} yet: run `presswatch init`")
        except StoreError:
            store.close()
            raise
        return store

    @property
    def url_shown(self) -> str:
        """The address, fit to be shown: its password is hidden."""
        plain = self._address.set(drivername=self._address.get_backend_name())
        return plain.render_as_string(hide_password=True)

    @contextmanager
    def begin(self, *, turn: str | None = None) -> Iterator[Transaction]:
        """A transaction that writes: all of it is kept when the block ends, nothing when it raises.

        Transactions of the same `turn` come one after another, also on PostgreSQL. It is for those that
        look before they write, as in "no such article yet, so add it".
        """
        with explained(self.url_shown), self._engine.begin() as connection:
            if turn is not None:
                take_turn(connection, turn)
            yield Transaction(connection)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A transaction that only reads, and sees one moment of the database throughout."""
        with explained(self.url_shown), self._reading.begin() as connection:
            yield Transaction(connection)

    @staticmethod
    def head() -> str:
        """The revision of the tables that this version works with."""
        return layout.revisions()[0]

    def revision(self) -> str | None:
        """The revision that the database holds; None when it is empty or missing."""
        if is_missing(self._address):
            return None
        with explained(self.url_shown), self._reading.begin() as connection:
            return layout.revision(connection)

    def upgrade(self) -> None:
        """Brings an empty or older database to `head`, all of it or nothing."""
        with explained(self.url_shown), self._engine.begin() as connection:
            layout.upgrade(connection)

    def check(self) -> list[str]:
        """What is wrong with the database, a line each; empty when nothing is. Reads all of a SQLite file."""
        try:
            with explained(self.url_shown), self._reading.begin() as connection:
                if connection.dialect.name != "sqlite":
                    connection.execute(text("SELECT 1"))
                    return []
                found = [str(line) for line in connection.scalars(text("PRAGMA quick_check"))]
                orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        except StoreError as error:
            return [error.reason]
        lost = [f"a row of {each[0]} refers to a row of {each[2]} that is not there" for each in orphans]
        return [line for line in found if line != "ok"] + lost

    def close(self) -> None:
        """Gives back every connection."""
        self._engine.dispose()
