"""What each try of each message came to. Only ever added to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from newsdesk.deliveries import Attempt
from storage import tables
from storage.rows import columns, noun, write


class Attempts:
    """`tx.attempts`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def note(self, attempts: Sequence[Attempt]) -> None:
        write(self._db, tables.attempts.insert(), [columns(each) for each in attempts])

    def of(self, delivery: int) -> list[Attempt]:
        """All tries of one message, the first one first."""
        attempts = tables.attempts
        asked = select(attempts).where(attempts.c.delivery == delivery).order_by(attempts.c.id)
        return [noun(Attempt, row) for row in self._db.execute(asked).mappings()]

    def number(self, channel: str, *, since: datetime) -> int:
        """How many tries a channel has made since then."""
        attempts = tables.attempts
        asked = select(func.count()).where(attempts.c.channel == channel, attempts.c.at > since)
        return self._db.scalars(asked).one()
