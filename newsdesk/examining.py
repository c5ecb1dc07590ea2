"""What one visit says of each level of a source: something is wrong, all is well, or nothing at all."""

from datetime import datetime

from newsdesk import conditional
from newsdesk.errors import (
    AddressDenied,
    Blocked,
    Gone,
    Held,
    Interrupted,
    Refused,
    RobotsDenied,
    RobotsHeld,
    TooLarge,
    Unreachable,
)
from newsdesk.health import CONFIRMED, Finding, Judged, Level
from newsdesk.model import Listing, SourceState
from newsdesk.profiles import Look
from newsdesk.silence import silence

_NOT_ASKED = {Held.code, Interrupted.code}
_IN_FRONT = {
    each.code
    for each in (Unreachable, Refused, Gone, RobotsDenied, RobotsHeld, AddressDenied, TooLarge, Blocked)
}


def examined(
    before: SourceState, after: SourceState, listing: Listing, look: Look | None, now: datetime
) -> Judged:
    """By level: what is wrong, None where all is well. Levels of which the visit says nothing are left out.

    `before` and `after` are the states of the source around the visit, `look` is the list beside its profile.
    """
    if listing.problem:
        return _failed(after, listing, now)
    found = look.confirmed if look else ()
    levels: dict[Level, Finding | None] = {Level.REACHABLE: _moved(before, listing)}
    doubted = {each.level for each in (look.profile.doubts if look else ())}
    for level in (Level.CANDIDATES, Level.FIELDS):
        wrong = next((each for each in found if each.level is level), None)
        if wrong or level not in doubted:
            levels[level] = wrong
    levels[Level.RHYTHM] = next((each for each in found if each.level is Level.RHYTHM), None) or _out_of_step(
        after, look, now
    )
    return levels


def _failed(after: SourceState, listing: Listing, now: datetime) -> Judged:
    problem = listing.problem
    assert problem
    if problem.code in _NOT_ASKED:
        return {}
    level = Level.REACHABLE if problem.code in _IN_FRONT else Level.CANDIDATES
    well: dict[Level, Finding | None] = {} if level is Level.REACHABLE else {Level.REACHABLE: None}
    since = after.problem_since
    lasts = after.failures >= 2 and since is not None and now - since >= CONFIRMED
    if not lasts and problem.status != 304:  # nobody may say "not modified" who was not asked for changes
        return well
    said = f"{after.failures} visits in a row" + (f", status {problem.status}" if problem.status else "")
    return {**well, level: Finding(level, problem.code, problem.reason, said)}


def _moved(before: SourceState, listing: Listing) -> Finding | None:
    """A move that no machine may follow for good, seen at two visits."""
    moved = listing.moved
    if moved is None or not moved.but or before.move is None or before.move.to != moved.to:
        return None
    return Finding(
        Level.REACHABLE, "moved", f"it has moved for good to {moved.to}, but {moved.but}", moved.to
    )


def _out_of_step(after: SourceState, look: Look | None, now: datetime) -> Finding | None:
    if look is None:
        return None
    profile = look.profile
    quiet = silence(profile.habit, profile.new_at or profile.since, now)
    if quiet.strange:
        once_in = f"by chance that happens once in {1 / max(quiet.chance, 1e-9):,.0f}"
        said = f"{quiet.expected:.1f} items were due since; {once_in}"
        return Finding(Level.RHYTHM, "silent", f"nothing new for {(now - quiet.since).days} days", said)
    trust = after.trust
    if trust and trust.lied_at and now - trust.lied_at < conditional.OFF:
        said = '"not modified" was said of a list that had changed'
        return Finding(Level.RHYTHM, "not-modified", said, trust.evidence, person=False)
    return None
