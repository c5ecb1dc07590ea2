"""How each way out is doing. One without a row is doing well."""

from sqlalchemy import Connection, delete, select

from newsdesk.routes import RouteState
from storage import tables
from storage.rows import noun, save


class Routes:
    """`tx.routes`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self) -> dict[str, RouteState]:
        rows = self._db.execute(select(tables.routes)).mappings()
        return {row["name"]: noun(RouteState, row) for row in rows}

    def save(self, state: RouteState) -> None:
        """Writes it as it now is."""
        if state == RouteState(state.name):
            self._db.execute(delete(tables.routes).where(tables.routes.c.name == state.name))
        else:
            save(self._db, tables.routes, "name", [state])
