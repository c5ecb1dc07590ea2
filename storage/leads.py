"""Which leads are known, which are still to be followed, and what became of each.

A lead is pending until it is settled, and it is settled with exactly one outcome. One that was shown but not
yet followed when the machine stopped is still pending, so nothing that was seen is ever forgotten. One that
leads to a foreign site is held: it becomes pending when it is shown as the source's own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Executable,
    Row,
    bindparam,
    func,
    literal,
    null,
    or_,
    select,
    text,
    tuple_,
    union,
    update,
)

from newsdesk.errors import Held, StoreError
from newsdesk.model import Lead, Problem
from newsdesk.text import digest
from newsdesk.urls import key
from storage import tables
from storage.rows import batches, columns, insert_into, noun, write

Outcome = Literal["kept", "dropped", "duplicate", "failed"]
ELSEWHERE = "its address is that of an article which came another way"
FOREIGN = "it leads to a site that is neither the source's own nor named in its options.hosts"


@dataclass(frozen=True, slots=True)
class LeadRow:
    """What is known of a lead. `state` is "pending" or its outcome; `attempts` counts those that failed."""

    source: str
    url: str
    title: str
    state: str
    reason: str
    attempts: int
    problem: Problem | None
    article: int | None
    first_seen: datetime
    last_seen: datetime
    next_attempt_at: datetime | None
    tried_at: datetime | None
    settled_at: datetime | None


# Put together once: that takes as long as executing them.
_ANY = select(*(tables.leads.c[name] for name in ("source", "id", "key", "guid_key", "marker", "state")))
_KNOWN = union(
    _ANY.where(tuple_(tables.leads.c.source, tables.leads.c.key).in_(bindparam("keys", expanding=True))),
    _ANY.where(
        tuple_(tables.leads.c.source, tables.leads.c.guid_key).in_(bindparam("guids", expanding=True))
    ),
)
_WAITING = (
    select(
        tables.leads.c.source,
        tables.leads.c.id,
        tables.leads.c.article,
        tables.leads.c.next_attempt_at,
        tables.addresses.c.article.label("elsewhere"),
        *(tables.leads.c[each.name] for each in fields(Lead)),
    )
    .join(tables.addresses, tables.addresses.c.key == tables.leads.c.key, isouter=True)
    .where(tables.leads.c.source.in_(bindparam("of", expanding=True)), tables.PENDING)
    .order_by(tables.leads.c.id)
)
# What is the same for every row is written out, or bound once: to look at it row by row takes its time.
_NOW = bindparam("now", type_=tables.leads.c.last_seen.type)
_AFRESH = {
    "state": text("'pending'"),
    "attempts": text("0"),
    "problem": null(),
    "last_seen": _NOW,
    "next_attempt_at": _NOW,
    "settled_at": null(),
}
_NEW = {**_AFRESH, "first_seen": _NOW, "reason": text("''")}
_HELD = {
    **_NEW,
    "state": text("'held'"),
    "reason": literal(FOREIGN, literal_execute=True),
    "next_attempt_at": null(),
    "settled_at": _NOW,
}
_CHANGED = update(tables.leads).where(tables.leads.c.id == bindparam("row"))
_LOT = 3_000  # leads that are looked up at once: PostgreSQL takes pairs one inside another, and loses heart


class Leads:
    """`tx.leads`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def take(self, source: str, leads: Sequence[Lead], *, now: datetime) -> list[Lead]:
        """Notes what a source shows and says what is to be followed now, the longest known first.

        That is each lead that is new or was held, each whose marker changed, and each that waits for its next
        attempt and whose time has come, whether or not it is still shown. One that was never read, but whose
        address is a known article's, is settled as its duplicate instead. Raises ValueError for a lead whose
        address is none.
        """
        return self.take_all({source: leads}, now=now)[source]

    def take_all(self, shown: Mapping[str, Sequence[Lead]], *, now: datetime) -> dict[str, list[Lead]]:
        """As `take`, for several sources in a few questions: their number hardly counts."""
        self._note(_lots(shown), now)
        return self._due(list(shown), now)

    def unseen(self, source: str, leads: Sequence[Lead]) -> int:
        """How many of these the source has not shown before. Ask before `take`."""
        shown = _by_key(leads)
        return len(shown) - sum(len(known) for lot in _lots({source: leads}) for known in self._known(lot))

    def hold(self, source: str, leads: Sequence[Lead], *, now: datetime) -> None:
        """Notes what a source shows of other sites: held, not followed. What is known stays as it is."""
        rows = [
            {"source": source, "now": now, **_shown(address, lead)}
            for address, lead in _by_key(leads).items()
        ]
        write(self._db, _unless_known(self._db.dialect.name, held=True), rows)

    def waiting(self, now: datetime) -> set[str]:
        """The sources that have leads whose time has come."""
        leads = tables.leads
        asked = select(leads.c.source).where(tables.PENDING, leads.c.next_attempt_at <= now)
        return set(self._db.scalars(asked.distinct()))

    def settle(
        self, source: str, lead: Lead, *, outcome: Outcome, reason: str, article: int | None, now: datetime
    ) -> None:
        """Closes a lead. An article that an earlier reading of it gave is kept when none is given."""
        self._change(
            source,
            lead,
            state=outcome,
            reason=reason,
            article=func.coalesce(article, tables.leads.c.article),
            next_attempt_at=None,
            settled_at=now,
        )

    def postpone(self, source: str, lead: Lead, *, problem: Problem, until: datetime, now: datetime) -> None:
        """Notes an attempt that failed at `now`; the next is due at `until`. Not to ask is no attempt."""
        self._change(
            source,
            lead,
            state="pending",
            reason=problem.reason,
            problem=problem,
            attempts=tables.leads.c.attempts + int(problem.code != Held.code),
            next_attempt_at=until,
            tried_at=now,
            settled_at=None,
        )

    def trace(self, url: str) -> list[LeadRow]:
        """Every lead that showed this address, or an article that is known to have this address too."""
        leads, addresses = tables.leads, tables.addresses
        article = select(addresses.c.article).where(addresses.c.key == key(url)).scalar_subquery()
        asked = select(leads).where(or_(leads.c.key == key(url), leads.c.article == article))
        return [noun(LeadRow, row) for row in self._db.execute(asked.order_by(leads.c.id)).mappings()]

    def counts(self, source: str) -> dict[str, int]:
        """How many leads of a source are in each state."""
        leads = tables.leads
        asked = (
            select(leads.c.state, func.count().label("number"))
            .where(leads.c.source == source)
            .group_by(leads.c.state)
        )
        return {row.state: row.number for row in self._db.execute(asked)}

    def _note(self, lots: "Iterable[_Lot]", now: datetime) -> None:
        new, touched, moved, changed = [], [], [], []
        parts = (part for lot in lots for part in zip(lot, self._known(lot), strict=True))
        for (source, shown), known in parts:
            for address, lead in shown.items():
                row = known.get(address)
                if row is None:
                    new.append({"source": source, "now": now, **_shown(address, lead)})
                    continue
                touched.append(row.id)
                if row.state == "held":
                    changed.append({"row": row.id, "now": now, "reason": "", **_shown(address, lead)})
                elif lead.marker is not None and row.marker not in (None, lead.marker):
                    changed.append({"row": row.id, "now": now, "reason": "changed", **_shown(address, lead)})
                elif row.key != address or (row.marker is None and lead.marker is not None):
                    moved.append({"row": row.id, **_shown(address, lead)})
        leads = tables.leads
        write(self._db, _unless_known(self._db.dialect.name), new)
        for ids in batches(touched):
            self._db.execute(update(leads).where(leads.c.id.in_(ids)).values(last_seen=now))
        write(self._db, _CHANGED, moved)
        write(self._db, _CHANGED.values(_AFRESH), changed)

    def _known(self, lot: "_Lot") -> Sequence[Mapping[int, Row[Any]]]:
        """Of each part of the lot, the rows of its leads that are known."""
        keys = [(source, address) for source, shown in lot for address in shown]
        guids = [(source, digest(lead.guid)) for source, shown in lot for lead in shown.values() if lead.guid]
        rows: dict[str, list[Row[Any]]] = {}
        for row in self._db.execute(_KNOWN, {"keys": keys, "guids": guids}):
            rows.setdefault(row.source, []).append(row)
        return [_recognised(shown, rows.get(source, ())) for source, shown in lot]

    def _due(self, sources: Sequence[str], now: datetime) -> dict[str, list[Lead]]:
        """The leads whose time has come, without those whose article came another way: these are settled."""
        due: dict[str, list[Lead]] = {each: [] for each in sources}
        over = []
        for row in self._db.execute(_WAITING, {"of": sources}):
            if row.article is None and row.elsewhere is not None:
                over.append(row.id)
            elif row.next_attempt_at <= now:
                due[row.source].append(noun(Lead, row._mapping))
        if over:
            self._pass_over(over, now)
        return due

    def _pass_over(self, rows: Sequence[int], now: datetime) -> None:
        """Settles leads whose article another source brought, or somebody by hand."""
        leads, addresses = tables.leads, tables.addresses
        article = select(addresses.c.article).where(addresses.c.key == leads.c.key).scalar_subquery()
        self._db.execute(
            update(leads)
            .where(leads.c.id.in_(rows))
            .values(state="duplicate", reason=ELSEWHERE, article=article)
            .values(next_attempt_at=None, settled_at=now)
        )

    def _change(self, source: str, lead: Lead, **values: Any) -> None:
        leads = tables.leads
        one = update(leads).where(leads.c.source == source, leads.c.key == key(lead.url))
        if self._db.execute(one.values(values)).rowcount != 1:
            raise StoreError(f"{source} never showed {lead.url}")


_Lot = Sequence[tuple[str, Mapping[int, Lead]]]


def _by_key(leads: Iterable[Lead]) -> dict[int, Lead]:
    """Each address once, as it is shown first."""
    shown: dict[int, Lead] = {}
    for lead in leads:
        shown.setdefault(key(lead.url), lead)
    return shown


def _lots(shown: Mapping[str, Iterable[Lead]]) -> Iterator[_Lot]:
    """Each source with its leads by their keys, together as many as are looked up at once."""
    lot: list[tuple[str, Mapping[int, Lead]]] = []
    room = _LOT
    for source, leads in shown.items():
        for part in map(dict, batches(_by_key(leads).items(), _LOT)):
            if len(part) > room:
                yield lot
                lot, room = [], _LOT
            lot.append((source, part))
            room -= len(part)
    if lot:
        yield lot


@cache
def _unless_known(dialect: str, *, held: bool = False) -> Executable:
    """New rows, or what somebody noted meanwhile. Put together once, as the questions above."""
    new = insert_into(dialect, tables.leads).on_conflict_do_nothing(index_elements=["source", "key"])
    return new.values(_HELD if held else _NEW)


def _shown(address: int, lead: Lead) -> dict[str, Any]:
    return {"key": address, "guid_key": digest(lead.guid) if lead.guid else None, **columns(lead)}


def _recognised(shown: Mapping[int, Lead], rows: Sequence[Row[Any]]) -> dict[int, Row[Any]]:
    """The row of each lead that is known: by its address, else by its guid.

    A feed that gives one guid to two items is not believed about any. Nor is a guid that was shown with two
    addresses before, or whose old address is still shown beside the new one: those are two items.
    """
    by_key = {row.key: row for row in rows if row.key in shown}
    guids = [lead.guid for lead in shown.values() if lead.guid]
    if len(set(guids)) < len(guids):
        return by_key
    times = Counter(row.guid_key for row in rows)
    by_guid = {row.guid_key: row for row in rows if times[row.guid_key] == 1 and row.key not in shown}
    found = {address: by_guid.get(digest(lead.guid)) for address, lead in shown.items() if lead.guid}
    return {address: row for address, row in found.items() if row is not None} | by_key
