"""What the operator is told, and when: once when something needs a person, once when that is over.

Never more than five mails in any seven days: what comes meanwhile goes together in the next. What comes back
within a week of being over is told in the next mail, but is no reason for one for a week. No clock here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

AT_MOST, WEEK = 5, timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that needs a person. `key` says what it is about, and is the same for as long as it lasts.

    `missed` is what readers miss because of it. It was `told_at`, it was over at `over_at`, and that was told
    at `closed_at`; `again` is set where it came back soon.
    """

    key: str
    what: str
    since: datetime
    evidence: str = ""
    remedy: str = ""
    missed: str = ""
    told_at: datetime | None = None
    over_at: datetime | None = None
    closed_at: datetime | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What one mail tells; nothing where none is due. `kept` are all the concerns once it is queued."""

    kept: tuple[Concern, ...]
    new: tuple[Concern, ...] = ()
    over: tuple[Concern, ...] = ()
    lasting: tuple[Concern, ...] = ()

    @property
    def due(self) -> bool:
        return bool(self.new or self.over)


def bulletin(
    known: Mapping[str, Concern], current: Iterable[Concern], sent: Sequence[datetime], now: datetime
) -> Bulletin:
    """What is to be told now; `sent` are the moments of the latest mails.

    Asked again with what this leaves, it has nothing more to tell.
    """
    here = {each.key: _met(known.get(each.key), each) for each in current}
    past = [_ended(row, now) for key, row in known.items() if key not in here]
    gone = [row for row in past if row.told_at and not (row.closed_at and now - row.closed_at > WEEK)]
    waiting = [row for row in here.values() if row.told_at is None]
    lasting = [row for row in here.values() if row.told_at]
    over = [row for row in gone if row.closed_at is None]
    urgent = over or any(not row.again or now - row.since >= WEEK for row in waiting)
    if not urgent or sum(now - each < WEEK for each in sent) >= AT_MOST:
        return Bulletin((*here.values(), *gone))
    new = tuple(replace(row, told_at=now) for row in waiting)
    closed = tuple(replace(row, closed_at=now) for row in over)
    earlier = [row for row in gone if row.closed_at]
    return Bulletin((*lasting, *new, *closed, *earlier), new, closed, tuple(lasting))


def _met(row: Concern | None, said: Concern) -> Concern:
    """A concern as it is said now, with what is known of it from before."""
    if row is None:
        return said
    if row.closed_at:
        return replace(said, again=True)
    return replace(said, since=min(row.since, said.since), told_at=row.told_at, again=row.again)


def _ended(row: Concern, now: datetime) -> Concern:
    return row if row.over_at else replace(row, over_at=now)
