"""What every table is made of."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


# Written out, not bound, in the questions too: a database takes a partial index only for its very condition.
PENDING = sa.text("state = 'pending'")
WAITING = sa.text("state IN ('queued', 'uncertain')")
LIVE = sa.text("ended_at IS NULL")
UNTOLD = sa.text("told_at IS NULL")


def must(
    name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], *rules: Any, **more: Any
) -> sa.Column[Any]:
    """A column that always holds something."""
    return sa.Column(name, kind, *rules, nullable=False, **more)


def may(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], *rules: Any, **more: Any) -> sa.Column[Any]:
    """A column that may hold nothing."""
    return sa.Column(name, kind, *rules, nullable=True, **more)
