"""The installation's own secrets, with which links are signed. Laid with the first use, kept in backups."""

from datetime import datetime

from sqlalchemy import Connection, select

from storage import tables
from storage.rows import insert

Secrets = tuple[str, ...]


class Keys:
    """`tx.keys`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self) -> Secrets:
        """Every key, the newest last."""
        asked = select(tables.keys.c.secret).order_by(tables.keys.c.id)
        return tuple(self._db.scalars(asked))

    def first(self, secret: str, *, now: datetime) -> Secrets:
        """Every key; `secret` becomes the first where there is none. Ask in a transaction with a turn."""
        if not self.all():
            once = insert(self._db, tables.keys)
            self._db.execute(once, {"secret": secret, "created_at": now})
        return self.all()
