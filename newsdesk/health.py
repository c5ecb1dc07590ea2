"""How well a source is, on four levels: reachable, candidates found, fields complete, new items in rhythm.

Nothing is said of a source on the word of one visit: what looks wrong is believed when the next visit, an
hour later at the earliest, finds it again. A level that falls ill and well again three times in a week is
flapping, until it was quiet for three days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

OFTEN, WITHIN = 3, timedelta(days=7)
CALM = timedelta(days=3)
CONFIRMED = timedelta(minutes=50)  # between two visits that agree: a restart is over by then
HEALS = timedelta(days=1)  # what is over sooner needs nobody
_READERS = timedelta(hours=6)  # a digest does not speak of what is shorter

State = Literal["open", "flapping", "fixed"]


class Level(StrEnum):
    """From the ground up: a level can only be judged where those below are well."""

    REACHABLE = "reachable"
    CANDIDATES = "candidates"
    FIELDS = "fields"
    RHYTHM = "rhythm"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong at a level: its `code`, the reason, the figures it rests on.

    `person` is false where the house has seen to it already and nobody has to do anything.
    """

    level: Level
    code: str
    reason: str
    evidence: str = ""
    person: bool = True


@dataclass(frozen=True, slots=True)
class Condition:
    """How one level of a source stands, `since` when. `openings` are when it fell ill of late.

    `ill` is what the latest visit found: what flaps is well at times.
    """

    source: str
    level: Level
    state: State
    code: str
    reason: str
    evidence: str
    since: datetime
    person: bool
    ill: bool
    openings: tuple[datetime, ...]


Judged = Mapping[Level, Finding | None]


def judged(source: str, known: Sequence[Condition], seen: Judged, now: datetime) -> list[Condition]:
    """What a visit changes of the conditions of a source. Levels that it says nothing of stay as they are."""
    before = {each.level: each for each in known}
    after = [_next(source, before.get(level), level, finding, now) for level, finding in seen.items()]
    return [each for each in after if each is not None and each != before.get(each.level)]


def needs_somebody(condition: Condition, now: datetime) -> bool:
    """Whether it is time to ask for a person: it has not healed itself in a day.

    A silence has taken its time before it is called one.
    """
    if condition.state == "fixed" or not condition.person:
        return False
    return condition.level is Level.RHYTHM or now - condition.since >= HEALS


def concerns_readers(condition: Condition, now: datetime) -> bool:
    """Whether a digest says that this source could not be seen."""
    return condition.state != "fixed" and condition.person and now - condition.since >= _READERS


def _next(
    source: str, before: Condition | None, level: Level, finding: Finding | None, now: datetime
) -> Condition | None:
    if finding is None:
        return _well(before, now) if before else None
    if before and before.ill:
        lasting = now - before.openings[-1] >= CALM
        return _told(replace(before, state="open" if lasting else before.state), finding)
    lately = [each for each in (before.openings if before else ()) if now - each < WITHIN]
    openings = (*lately, now)[-OFTEN:]
    flaps = len(openings) == OFTEN
    since = before.since if before and before.state == "flapping" else now
    state: State = "flapping" if flaps else "open"
    return _told(Condition(source, level, state, "", "", "", since, True, True, openings), finding)


def _told(condition: Condition, finding: Finding) -> Condition:
    return replace(
        condition,
        code=finding.code,
        reason=finding.reason,
        evidence=finding.evidence,
        person=finding.person,
    )


def _well(before: Condition, now: datetime) -> Condition:
    if before.state == "fixed":
        return before
    if before.state == "flapping" and now - before.openings[-1] < CALM:
        return replace(before, ill=False)
    return replace(before, state="fixed", ill=False, since=now)
