"""What is known of each source, who is visiting it just now, and the ledger of all visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select, update

from newsdesk.model import Listing, Problem, SourceState
from storage import tables
from storage.rows import columns, insert, noun, write


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit as it was noted. `found` counts leads, `new` those not known before; `size` is in bytes."""

    source: str
    at: datetime
    status: int | None
    not_modified: bool
    problem: Problem | None
    found: int
    new: int
    size: int
    seconds: float
    warnings: tuple[str, ...]


class Sources:
    """`tx.sources`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def states(self, names: Sequence[str] | None = None) -> dict[str, SourceState]:
        """The states of these sources (an empty one where it was never visited), or of all visited ones."""
        asked = select(tables.sources)
        if names is not None:
            asked = asked.where(tables.sources.c.name.in_(names))
        states = {row["name"]: noun(SourceState, row) for row in self._db.execute(asked).mappings()}
        return {name: states.get(name) or SourceState(name) for name in (states if names is None else names)}

    def save(self, state: SourceState) -> None:
        """Writes the state. A lease on the source is left as it is."""
        row = columns(state)
        self._db.execute(
            insert(self._db, tables.sources)
            .values(row)
            .on_conflict_do_update(index_elements=["name"], set_=row)
        )

    def claim(self, names: Sequence[str], *, owner: str, now: datetime, until: datetime) -> list[str]:
        """Of these sources, those that nobody holds at `now`: they are the owner's `until` then.

        Ask `states` after claiming: what was due before may have been visited by somebody else since.
        """
        sources = tables.sources
        known = insert(self._db, sources).on_conflict_do_nothing(index_elements=["name"])
        # in order, so that two processes that claim the same names at once cannot lock each other out
        write(self._db, known, [{"name": name, "failures": 0} for name in sorted(set(names))])
        free = (
            select(sources.c.name)
            .where(sources.c.name.in_(names))
            .where(or_(sources.c.lease_until.is_(None), sources.c.lease_until <= now))
            .with_for_update(skip_locked=True)
            .cte("free")
        )
        taken = self._db.scalars(
            update(sources)
            .where(sources.c.name.in_(select(free.c.name)))
            .values(lease_owner=owner, lease_until=until)
            .returning(sources.c.name)
        )
        ours = set(taken)
        return [name for name in dict.fromkeys(names) if name in ours]

    def release(self, names: Sequence[str], *, owner: str) -> None:
        """Gives back what the owner holds of these; what somebody else took over meanwhile stays theirs."""
        sources = tables.sources
        self._db.execute(
            update(sources)
            .where(sources.c.name.in_(names), sources.c.lease_owner == owner)
            .values(lease_owner=None, lease_until=None)
        )

    def record(self, listing: Listing, *, at: datetime, found: int, new: int) -> None:
        """Notes one visit in the ledger."""
        visit = VisitRow(
            source=listing.source,
            at=at,
            status=listing.status,
            not_modified=listing.not_modified,
            problem=listing.problem,
            found=found,
            new=new,
            size=listing.size,
            seconds=listing.seconds,
            warnings=listing.warnings,
        )
        self._db.execute(tables.visits.insert(), columns(visit))

    def visits(self, name: str, limit: int) -> list[VisitRow]:
        """The latest visits to a source, newest first."""
        visits = tables.visits
        asked = select(visits).where(visits.c.source == name).order_by(visits.c.at.desc(), visits.c.id.desc())
        return [noun(VisitRow, row) for row in self._db.execute(asked.limit(limit)).mappings()]
