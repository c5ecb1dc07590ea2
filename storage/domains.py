"""When each registrable domain may be asked again: every crawl on every machine keeps to it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from storage import tables
from storage.rows import insert, write


class Domains:
    """`tx.domains`. Whoever reads or writes about a domain here holds its lease."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def next(self, names: Iterable[str]) -> dict[str, datetime]:
        """From when on these may be asked again; one that was never asked is not among them."""
        domains = tables.domains
        asked = select(domains).where(domains.c.name.in_(list(names)))
        return {row.name: row.next_at for row in self._db.execute(asked)}

    def leave(self, until: Mapping[str, datetime]) -> None:
        """Nobody is to ask these before then."""
        if not until:
            return
        rows = [{"name": name, "next_at": moment} for name, moment in sorted(until.items())]
        first = insert(self._db, tables.domains)
        again = first.on_conflict_do_update(index_elements=["name"], set_={"next_at": first.excluded.next_at})
        write(self._db, again, rows)
