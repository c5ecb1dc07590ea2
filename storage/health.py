"""How well each source is, when we were offline, and what the operator was told of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from newsdesk.concerns import Concern
from newsdesk.health import Condition
from newsdesk.outages import Outage
from newsdesk.profiles import Profile
from storage import tables
from storage.rows import columns, insert, noun, save, write


class Health:
    """`tx.health`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def profiles(self, sources: Sequence[str] | None = None) -> dict[str, Profile]:
        """What the lists of these sources look like, or of all; those that were never read have none."""
        profiles = tables.profiles
        asked = select(profiles)
        if sources is not None:
            asked = asked.where(profiles.c.source.in_(sources))
        return {row.source: row.profile for row in self._db.execute(asked)}

    def keep(self, profiles: Mapping[str, Profile]) -> None:
        """Writes the profiles of these sources over earlier ones."""
        new = insert(self._db, tables.profiles)
        over = new.on_conflict_do_update(index_elements=["source"], set_={"profile": new.excluded.profile})
        write(self._db, over, [{"source": name, "profile": each} for name, each in profiles.items()])

    def forget(self, source: str) -> None:
        """Its list is learnt anew, and nothing is held against it any more."""
        for table in (tables.profiles, tables.conditions):
            self._db.execute(delete(table).where(table.c.source == source))

    def conditions(self, sources: Sequence[str] | None = None) -> dict[str, list[Condition]]:
        """The conditions of these sources, or of all that have any, from the ground up."""
        conditions = tables.conditions
        asked = select(conditions)
        if sources is not None:
            asked = asked.where(conditions.c.source.in_(sources))
        found: dict[str, list[Condition]] = {}
        for row in self._db.execute(asked).mappings():
            found.setdefault(row["source"], []).append(noun(Condition, row))
        return {source: sorted(each, key=_height) for source, each in found.items()}

    def note(self, conditions: Sequence[Condition]) -> None:
        """Writes each over an earlier one of the same source and level."""
        save(self._db, tables.conditions, ("source", "level"), conditions)

    def outage(self) -> Outage | None:
        """The one that has not ended, recognised or not."""
        outages = tables.outages
        row = self._db.execute(select(outages).where(outages.c.ended_at.is_(None))).mappings().first()
        return noun(Outage, row) if row else None

    def outages(self, *, since: datetime) -> list[Outage]:
        """Those that began since then, the latest first."""
        outages = tables.outages
        asked = select(outages).where(outages.c.since >= since).order_by(outages.c.since.desc())
        return [noun(Outage, row) for row in self._db.execute(asked).mappings()]

    def save_outage(self, outage: Outage) -> None:
        """Adds it, or writes over it where it has an id. One that ended unrecognised is forgotten."""
        outages = tables.outages
        if outage.id and outage.ended_at and not outage.recognised:
            self._db.execute(delete(outages).where(outages.c.id == outage.id))
        elif outage.id:
            row = columns(outage, "id")
            self._db.execute(update(outages).where(outages.c.id == outage.id).values(row))
        else:
            self._db.execute(outages.insert().values(columns(outage, "id")))

    def concerns(self) -> dict[str, Concern]:
        """What the operator was told or is to be told, by key."""
        rows = self._db.execute(select(tables.concerns)).mappings()
        return {row["key"]: noun(Concern, row) for row in rows}

    def save_concerns(self, concerns: Sequence[Concern]) -> None:
        """These are all there are from now on."""
        table = tables.concerns
        self._db.execute(delete(table).where(table.c.key.not_in([each.key for each in concerns])))
        save(self._db, table, "key", concerns)

    def bulletins(self, *, since: datetime) -> list[datetime]:
        """When the operator was written to since then."""
        bulletins = tables.bulletins
        return list(self._db.scalars(select(bulletins.c.at).where(bulletins.c.at >= since)))

    def sent(self, message_id: str, *, at: datetime) -> None:
        """Notes that the operator is written to."""
        write(self._db, tables.bulletins.insert(), [{"message_id": message_id, "at": at}])


def _height(condition: Condition) -> int:
    return [*type(condition.level)].index(condition.level)
