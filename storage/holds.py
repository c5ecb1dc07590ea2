"""Which hosts asked us to wait, and until when: every source and every crawl keeps to it."""

from datetime import datetime

from sqlalchemy import Connection, select

from newsdesk.holds import REMEMBERED, Hold
from storage import tables
from storage.rows import columns, insert, noun


class Holds:
    """`tx.holds`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def lately(self, now: datetime) -> list[Hold]:
        """Those in force at `now`, and those that ended so short ago that they still count."""
        holds = tables.holds
        asked = select(holds).where(holds.c.until > now - REMEMBERED).order_by(holds.c.host)
        return [noun(Hold, row) for row in self._db.execute(asked).mappings()]

    def save(self, hold: Hold) -> None:
        """Writes it over an earlier one of the same host."""
        row = columns(hold)
        self._db.execute(
            insert(self._db, tables.holds)
            .values(row)
            .on_conflict_do_update(index_elements=["host"], set_=row)
        )
