"""The store: opened once, then asked and told inside transactions.

with store.begin() as tx:
    tx.articles.sighted(article, keys)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from newsdesk.errors import StoreError, StoreUnfit
from storage import backup, layout
from storage.accounts import Accounts
from storage.alerts import Alerts
from storage.articles import Articles
from storage.attempts import Attempts
from storage.backup import Copy
from storage.census import Census
from storage.digests import Digests
from storage.domains import Domains
from storage.engine import address_of, compact, engine_for, is_missing, reading, take_turn
from storage.evidence import Statements
from storage.faults import explained
from storage.health import Health
from storage.holds import Holds
from storage.keys import Keys
from storage.leads import Leads
from storage.leases import Leases
from storage.ledger import Ledger
from storage.outbox import Outbox
from storage.portraits import Portraits
from storage.regrouping import Regrouping
from storage.retention import Retention
from storage.robots import Robots
from storage.routes import Routes
from storage.slices import Slices
from storage.slots import Slots
from storage.sources import Sources
from storage.stories import Stories
from storage.subscribers import Subscribers
from storage.subscriptions import Subscriptions
from storage.suppressions import Suppressions


class Transaction:
    """One transaction: an attribute for each noun. Of no use once its `with` block has ended."""

    def __init__(self, connection: Connection) -> None:
        self.sources = Sources(connection)
        self.robots = Robots(connection)
        self.health = Health(connection)
        self.holds = Holds(connection)
        self.leases = Leases(connection)
        self.domains = Domains(connection)
        self.leads = Leads(connection)
        self.articles = Articles(connection)
        self.portraits = Portraits(connection)
        self.stories = Stories(connection)
        self.evidence = Statements(connection)
        self.regrouping = Regrouping(connection)
        self.slices = Slices(connection)
        self.alerts = Alerts(connection)
        self.keys = Keys(connection)
        self.ledger = Ledger(connection)
        self.subscribers = Subscribers(connection)
        self.subscriptions = Subscriptions(connection)
        self.slots = Slots(connection)
        self.digests = Digests(connection)
        self.outbox = Outbox(connection)
        self.attempts = Attempts(connection)
        self.accounts = Accounts(connection)
        self.routes = Routes(connection)
        self.suppressions = Suppressions(connection)
        self.retention = Retention(connection)
        self.census = Census(connection)


class Store:
    """A database that may be missing, old or damaged: `open` gives one that is fit for work.

    Every method that talks to the database raises StoreBusy when it does not answer for the moment,
    StoreUnfit when waiting will not help, and StoreError when it refuses what was asked. One store may
    be shared by threads.
    """

    def __init__(self, url: str, *, migrations: Path = layout.MIGRATIONS) -> None:
        """Raises Mistake when the address cannot be read. Nothing is opened yet."""
        self._migrations = migrations
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

    def upgrade(self, *, aside: Path | None = None) -> Copy | None:
        """Brings an empty or older database to `head`, all of it or nothing.

        With a folder `aside` an older one is first copied there; the copy is returned.
        """
        found, head = self.revision(), layout.revisions(self._migrations)[0]
        older = aside is not None and found in layout.revisions(self._migrations) and found != head
        copy = self.backup(backup.unused(aside, f"before-{head}")) if older and aside else None
        with explained(self.url_shown), self._engine.begin() as connection:
            layout.upgrade(connection, self._migrations)
        return copy

    def backup(self, path: Path) -> Copy:
        """Copies the database as it is now, while it is in use, and looks the copy through.

        Raises Mistake or StoreUnfit as storage.backup.save.
        """
        if self.revision() is None:
            raise StoreUnfit(f"there is no database at {self.url_shown} yet: run `presswatch init`")
        schema = self._schema()
        with explained(self.url_shown):
            return backup.save(self._address, schema, path)

    def restore(self, copy: Copy) -> None:
        """Makes the database what it was when the copy was made: all of it or nothing."""
        backup.refuse_another_kind(self._address, copy)
        schema = self._schema()
        self.close()
        with explained(self.url_shown):
            backup.put_back(self._address, schema, copy)

    def set_aside(self, now: datetime) -> Path:
        """Gives a damaged SQLite file another name, which is returned. Another database is left alone."""
        if self._address.get_backend_name() != "sqlite":
            raise StoreUnfit(f"{self.url_shown} is damaged: that is for its server's administrator")
        self.close()
        return backup.set_aside(self._address, f"{now:%Y%m%dT%H%M%SZ}")

    def compact(self) -> None:
        """Gives a SQLite file's free pages back and empties its log. PostgreSQL does that by itself."""
        with explained(self.url_shown):
            compact(self._engine)

    def _schema(self) -> str:
        """Where PostgreSQL keeps our tables."""
        if self._address.get_backend_name() == "sqlite":
            return ""
        with explained(self.url_shown), self._reading.begin() as connection:
            return str(connection.scalar(text("SELECT current_schema()")))

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
