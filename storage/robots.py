"""Each origin's robots.txt as last seen, so that a restart does not ask for all of them again."""

from sqlalchemy import Connection, select

from newsdesk.model import Robots as Seen
from storage import tables
from storage.rows import noun, save


class Robots:
    """`tx.robots`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def known(self) -> list[Seen]:
        """All of them, also those that have expired."""
        asked = select(tables.robots).order_by(tables.robots.c.origin)
        return [noun(Seen, row) for row in self._db.execute(asked).mappings()]

    def save(self, *seen: Seen) -> None:
        """Writes them over what was seen of those origins before; of one origin, the last counts."""
        save(self._db, tables.robots, "origin", seen)
