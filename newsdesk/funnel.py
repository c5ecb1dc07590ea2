"""From what sources show to what readers are told, day by day: nothing disappears without a line here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from newsdesk.model import Reason

UNCLEAR = "too few signs of children's services"


@dataclass(slots=True)
class Day:
    """One local date. `found` = `waiting` + `fetched` + `held` + `duplicates` + `failed`, and
    `fetched` = `kept` + `dropped`: every candidate has exactly one outcome."""

    day: date
    found: int = 0
    known: int = 0
    waiting: int = 0
    fetched: int = 0
    kept: int = 0
    told: int = 0
    duplicates: int = 0
    held: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    @property
    def adds_up(self) -> bool:
        """Whether every candidate of the day is accounted for."""
        outcomes = self.waiting + self.fetched + self.duplicates + self.held + self.failed.total()
        return self.found == outcomes and self.fetched == self.kept + self.dropped.total()


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate as the funnel counts it; `failure` is its error's code."""

    day: date
    state: str
    failure: str = ""
    reasons: Sequence[Reason] = ()
    told: bool = False


def funnel(candidates: Iterable[Seen], known: Mapping[date, int]) -> list[Day]:
    """Day by day, the latest first. `known` says how often candidates were shown again on each day."""
    days: dict[date, Day] = {day: Day(day, known=number) for day, number in known.items()}
    for each in candidates:
        _count(days.setdefault(each.day, Day(each.day)), each)
    return sorted(days.values(), key=lambda each: each.day, reverse=True)


def _count(day: Day, each: Seen) -> None:
    day.found += 1
    match each.state:
        case "pending":
            day.waiting += 1
        case "kept":
            day.fetched += 1
            day.kept += 1
            day.told += each.told
        case "dropped":
            day.fetched += 1
            day.dropped[why_dropped(each.reasons)] += 1
        case "duplicate":
            day.duplicates += 1
        case "held":
            day.held += 1
        case _:
            day.failed[each.failure or "failed"] += 1


def why_dropped(reasons: Sequence[Reason]) -> str:
    """The rule that spoke most against an article; where none did, too little spoke for it."""
    against = min(reasons, key=lambda each: each.weight, default=None)
    return against.rule if against is not None and against.weight < 0 else UNCLEAR
