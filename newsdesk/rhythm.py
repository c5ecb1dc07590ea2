"""When a source is next due, and what a visit leaves behind. No clock: `now` is passed in, aware UTC.

A source is never switched off: however often it fails, it is tried once a day.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from newsdesk.model import Listing, SourceState
from newsdesk.text import digest

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
FIRST_RETRY = timedelta(minutes=30)
SPREAD = 0.1

_WEEK = timedelta(weeks=1)


def next_visit(
    state: SourceState, *, weekly: tuple[int, int], now: datetime, retry_after: float | None = None
) -> datetime:
    """When to knock again: half the mean gap between two items, or later while the source fails.

    `weekly` is the declared number of items in a normal week, from and to. Failing doubles the wait from 30
    minutes to at most a day. `retry_after` is the server's own wish in seconds and is honoured up to a day.
    Sources are spread by up to a tenth, so that they do not all fall due at once; for one source it is the
    same all day long.
    """
    wait = _patience(state.failures) if state.failures else _interval(weekly)
    spread = wait * SPREAD * _share(state.name, now)
    wait += spread if wait + spread <= LONGEST else -spread
    if retry_after is not None:
        wait = max(wait, timedelta(seconds=min(max(0.0, retry_after), LONGEST.total_seconds())))
    return now + wait


def after_visit(
    state: SourceState, listing: Listing, *, weekly: tuple[int, int], now: datetime
) -> SourceState:
    """The state a visit leaves.

    The validators of a listing that could not be read are not kept: the server would answer "not modified"
    to them, and what was lost would stay lost.
    """
    if listing.problem is not None:
        return _failed(state, listing, weekly, now)
    visited = replace(
        state,
        etag=listing.etag or (state.etag if listing.not_modified else None),
        last_modified=listing.last_modified or (state.last_modified if listing.not_modified else None),
        body_hash=listing.body_hash or (state.body_hash if listing.not_modified else None),
        visited_at=now,
        hold_until=None,
        failures=0,
        problem=None,
        problem_since=None,
    )
    return replace(visited, next_visit_at=next_visit(visited, weekly=weekly, now=now))


def _failed(state: SourceState, listing: Listing, weekly: tuple[int, int], now: datetime) -> SourceState:
    problem = listing.problem
    assert problem is not None
    visited = replace(
        state,
        visited_at=now,
        failures=state.failures + 1,
        problem=problem,
        problem_since=state.problem_since or now,
    )
    due = next_visit(visited, weekly=weekly, now=now, retry_after=problem.retry_after)
    # A mistake of the operator's is to be put right and tried at once, so nothing holds the source back.
    return replace(visited, next_visit_at=due, hold_until=None if problem.advice == "stop" else due)


def _interval(weekly: tuple[int, int]) -> timedelta:
    mean = sum(weekly) / 2
    return min(max(_WEEK / mean / 2, SHORTEST), LONGEST) if mean > 0 else LONGEST


def _patience(failures: int) -> timedelta:
    return min(FIRST_RETRY * (1 << min(failures - 1, 10)), LONGEST)


def _share(name: str, now: datetime) -> float:
    """Between 0 and 1, the same for one source during one day."""
    return (digest(f"{name} {now:%Y-%m-%d}") % 1000) / 1000
