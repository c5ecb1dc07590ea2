"""What is known of each source, and the ledger of all visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from newsdesk.model import Listing, Problem, SourceState
from storage import tables
from storage.rows import columns, noun, save, write


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit as it was noted. `found` counts leads, `new` those not known before; `size` is in bytes.

    `rolled`: nothing was left of what the visit before had shown, so items may have come and gone between
    them. `spared`: it failed while we were offline ourselves.
    """

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
    rolled: bool = False
    spared: bool = False

    @classmethod
    def of(
        cls,
        listing: Listing,
        *,
        at: datetime,
        found: int,
        new: int,
        rolled: bool = False,
        spared: bool = False,
    ) -> "VisitRow":
        """The visit that gave this listing."""
        return cls(
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
            rolled=rolled,
            spared=spared,
        )


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

    def save(self, *states: SourceState) -> None:
        """Writes these states."""
        save(self._db, tables.sources, "name", states)

    def record(self, *visits: VisitRow) -> None:
        """Notes these visits in the ledger."""
        write(self._db, tables.visits.insert(), [columns(each) for each in visits])

    def visits(self, name: str, limit: int) -> list[VisitRow]:
        """The latest visits to a source, newest first."""
        visits = tables.visits
        asked = select(visits).where(visits.c.source == name).order_by(visits.c.at.desc(), visits.c.id.desc())
        return [noun(VisitRow, row) for row in self._db.execute(asked.limit(limit)).mappings()]

    def latest(self) -> VisitRow | None:
        """The latest visit of all."""
        visits = tables.visits
        row = self._db.execute(select(visits).order_by(visits.c.id.desc()).limit(1)).mappings().first()
        return noun(VisitRow, row) if row else None

    def moments(
        self, names: Sequence[str], *, since: datetime
    ) -> dict[str, list[tuple[datetime | None, datetime]]]:
        """Of each lead of these sources that was first seen since then: when it says it was published, and
        when it was first seen."""
        leads = tables.leads
        found: dict[str, list[tuple[datetime | None, datetime]]] = {each: [] for each in names}
        asked = select(leads.c.source, leads.c.published, leads.c.first_seen)
        for row in self._db.execute(asked.where(leads.c.source.in_(names), leads.c.first_seen >= since)):
            found[row.source].append((row.published, row.first_seen))
        return found

    def rolled(self, *, since: datetime) -> dict[str, datetime]:
        """The sources of which items may have come and gone unseen since then, and when that was last."""
        visits = tables.visits
        asked = select(visits.c.source, func.max(visits.c.at).label("at"))
        asked = asked.where(visits.c.rolled, visits.c.at >= since).group_by(visits.c.source)
        return {row.source: row.at for row in self._db.execute(asked)}
