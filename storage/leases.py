"""Who holds what, until when; and a number that tells a holder who has overslept.

A lease is short and renewed while its holder is alive, so what a killed process held is free within minutes.
A process that was merely stopped for a while may wake up and believe that it still holds something. So each
claim raises the `fence` of the name, and whoever writes shows theirs: only the latest is accepted.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select, tuple_, update

from newsdesk.errors import LeaseLost
from storage import tables
from storage.rows import insert

Fences = Mapping[str, int]  # the names that are held, and the number that each was claimed with


class Leases:
    """`tx.leases`. Names are free text; those of sources are the sources' own."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def claim(self, names: Iterable[str], *, owner: str, now: datetime, until: datetime) -> dict[str, int]:
        """Of these names, those that nobody holds at `now`: they are the owner's `until` then.

        Ask what is to be done after claiming: somebody else may have done it since you looked.
        """
        # in order, so that two processes that claim the same names at once cannot lock each other out
        wanted = sorted(set(names))
        rows = [{"name": name, "owner": owner, "until": until, "fence": 1} for name in wanted]
        if not rows:
            return {}
        leases = tables.leases
        unless_known = insert(self._db, leases).on_conflict_do_nothing(index_elements=["name"])
        claimed = unless_known.returning(leases.c.name, leases.c.fence)
        new = {row.name: row.fence for row in self._db.execute(claimed, rows)}
        # what somebody is claiming or writing about this very moment is theirs: nobody waits for it
        asked = select(leases.c.name).where(leases.c.name.in_(wanted), leases.c.until <= now)
        free = set(self._db.scalars(asked.order_by(leases.c.name).with_for_update(skip_locked=True)))
        taken = self._db.execute(
            update(leases)
            .where(leases.c.name.in_(free - new.keys()))
            .values(owner=owner, until=until, fence=leases.c.fence + 1)
            .returning(leases.c.name, leases.c.fence)
        )
        return new | {row.name: row.fence for row in taken}

    def renew(self, fences: Fences, *, until: datetime) -> None:
        """Hold them longer. Raises LeaseLost when somebody else has claimed one of them meanwhile.

        A lease that ran out and that nobody wanted is still its last holder's.
        """
        leases = tables.leases
        renewed = self._db.scalars(
            update(leases).where(_are(fences)).values(until=until).returning(leases.c.name)
        )
        _refuse(set(fences) - set(renewed))

    def show(self, fences: Fences) -> None:
        """Called first by whoever writes as a holder. Raises LeaseLost when one of these is somebody else's.

        Until the transaction ends nobody can claim them.
        """
        leases = tables.leases
        # in order, for the reason given in `claim`
        asked = select(leases.c.name).where(_are(fences)).order_by(leases.c.name)
        ours = self._db.scalars(asked.with_for_update(read=True))
        _refuse(set(fences) - set(ours))

    def release(self, fences: Fences, *, now: datetime) -> None:
        """Give them back; what somebody else has claimed meanwhile stays theirs."""
        leases = tables.leases
        self._db.execute(update(leases).where(_are(fences)).values(until=now))

    def names(self, now: datetime) -> list[str]:
        """What is held at `now`."""
        leases = tables.leases
        return list(
            self._db.scalars(select(leases.c.name).where(leases.c.until > now).order_by(leases.c.name))
        )

    def held(self, now: datetime) -> dict[str, int]:
        """How many names each owner holds at `now`."""
        leases = tables.leases
        asked = select(leases.c.owner, func.count().label("number")).where(leases.c.until > now)
        return {row.owner: row.number for row in self._db.execute(asked.group_by(leases.c.owner))}


def _are(fences: Fences) -> ColumnElement[bool]:
    leases = tables.leases
    return tuple_(leases.c.name, leases.c.fence).in_(list(fences.items()))


def _refuse(lost: Sequence[str] | set[str]) -> None:
    if lost:
        raise LeaseLost(
            f"{min(lost)} is no longer ours: this process was held up for so long that another took over"
        )
