"""When a source is next due, and what a visit leaves behind. No clock: `now` is passed in, aware UTC.

A source is due when its habit makes the next item half likely to have come by half that time: half the median
gap of the hour, so that nights, weekends and holidays are slept through where it publishes in office hours.
It is never switched off: however often it fails, it is tried once a day, and where its server says on two
days that it is gone for good (410), once a week.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from math import log

from newsdesk import conditional, moves
from newsdesk.dates import local
from newsdesk.errors import (
    Blocked,
    Drifted,
    Gone,
    Held,
    Refused,
    RobotsDenied,
    RobotsHeld,
    TooLarge,
    Unreachable,
)
from newsdesk.habits import Habit, declared, expected, until
from newsdesk.model import Listing, Problem, Source, SourceState, Wish
from newsdesk.text import digest

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
FIRST_RETRY = timedelta(minutes=30)
PAUSE = timedelta(weeks=1)  # between two tries of what is gone for good
SPREAD = 0.1

_HOUR = timedelta(hours=1)
_HALF_A_GAP = log(2) / 2  # expected items: the median gap of what comes by itself is ln 2 of them
_OF_THE_WINDOW = 0.5  # of the items that a list holds: so many may come before it is looked at again
_FIRST_RETRIES = {
    Unreachable.code: timedelta(hours=1),  # a restart is over by then
    Refused.code: timedelta(hours=1),
    RobotsHeld.code: timedelta(hours=1),
    Drifted.code: timedelta(hours=1),
    Blocked.code: timedelta(hours=2),  # who turns machines away is not persuaded by haste
    Gone.code: timedelta(hours=4),
    TooLarge.code: timedelta(hours=12),
    RobotsDenied.code: LONGEST,  # robots.txt is kept for a day anyway
}


def next_visit(
    state: SourceState,
    *,
    weekly: tuple[int, int],
    now: datetime,
    retry_after: float | None = None,
    fresh: float = 0.0,
    habit: Habit | None = None,
    window: int = 0,
) -> datetime:
    """When to knock again: after half the median gap between two items, or later while the source fails.

    `habit` is what was learnt of it; without one it is believed to do as declared, `weekly` items in a normal
    week, from and to. Where its list holds `window` items, it is looked at before half of them can have been
    pushed out. Failing doubles the wait, which begins by what failed, to at most a day. `retry_after` (of a
    refusal) and `fresh` (of an answer) are the server's own wishes in seconds; they and those of the feed are
    honoured up to a day, or a mistake in one of them would end a source. Sources are spread by up to a tenth,
    so that they do not all fall due at once; for one source it is the same all day long.
    """
    wait = _patience(state) if state.failures else _interval(habit or declared(weekly), now, window)
    spread = wait * SPREAD * _share(state.name, now)
    wait += spread if wait + spread <= LONGEST else -spread
    wish = state.wish or Wish()
    for seconds in (retry_after or 0.0, fresh, wish.seconds):
        wait = max(wait, timedelta(seconds=min(max(0.0, seconds), LONGEST.total_seconds())))
    return min(_awake(now + wait, wish), now + LONGEST)


def urgency(state: SourceState, habit: Habit, now: datetime) -> float:
    """How many items a source may hold that nobody has seen yet; what was never visited comes first."""
    if state.visited_at is None:
        return float("inf")
    return expected(habit, state.visited_at, now)


def spared(state: SourceState, listing: Listing, *, now: datetime, again: timedelta) -> SourceState:
    """The state after a visit that failed by our own fault: none the worse, and due again soon."""
    assert listing.source == state.name
    return replace(state, next_visit_at=now + again)


def is_paused(state: SourceState) -> bool:
    """Whether its server said 410 on two days at least: it is hardly coming back, but looked for weekly."""
    gone = state.problem is not None and state.problem.status == 410
    if not gone or state.gone_since is None or state.visited_at is None:
        return False
    return local(state.visited_at).date() > local(state.gone_since).date()


def after_visit(
    state: SourceState,
    listing: Listing,
    *,
    source: Source,
    now: datetime,
    unseen: int = 0,
    habit: Habit | None = None,
    window: int = 0,
) -> SourceState:
    """The state a visit leaves; `unseen` counts the items it showed that were not known before.

    `habit` is what was learnt of the source, and `window` how many items its list holds.

    The validators of a listing that could not be read are not kept: the server would answer "not modified"
    to them, and what was lost would stay lost.
    """
    learnt = replace(
        state,
        move=moves.noted(state.move, source.url, listing, now),
        trust=conditional.believed(state.trust, listing, unseen=unseen, now=now),
    )
    if listing.problem is not None:
        return _failed(learnt, listing, source.weekly, now)
    visited = replace(
        learnt,
        etag=listing.etag or (state.etag if listing.not_modified else None),
        last_modified=listing.last_modified or (state.last_modified if listing.not_modified else None),
        body_hash=listing.body_hash or (state.body_hash if listing.not_modified else None),
        visited_at=now,
        hold_until=None,
        failures=0,
        problem=None,
        problem_since=None,
        declaration=conditional.declaration(source),
        gone_since=None,
        wish=state.wish if listing.not_modified else listing.wish,
    )
    due = next_visit(visited, weekly=source.weekly, now=now, fresh=listing.fresh, habit=habit, window=window)
    return replace(visited, next_visit_at=due)


def _failed(state: SourceState, listing: Listing, weekly: tuple[int, int], now: datetime) -> SourceState:
    problem = listing.problem
    assert problem is not None
    if problem.code == Held.code:
        return _unasked(state, problem, now)
    visited = replace(
        state,
        visited_at=now,
        failures=state.failures + 1,
        problem=problem,
        problem_since=state.problem_since or now,
        gone_since=(state.gone_since or now) if problem.status == 410 else state.gone_since,
    )
    if is_paused(visited):
        return replace(visited, next_visit_at=now + PAUSE, hold_until=now + PAUSE)
    due = next_visit(visited, weekly=weekly, now=now, retry_after=problem.retry_after)
    # A mistake of the operator's is to be put right and tried at once, so nothing holds the source back.
    return replace(visited, next_visit_at=due, hold_until=None if problem.advice == "stop" else due)


def _unasked(state: SourceState, problem: Problem, now: datetime) -> SourceState:
    """Nobody knocked, since its host had sent us away a moment before: no failure, and due when that ends."""
    wait = timedelta(seconds=problem.retry_after) if problem.retry_after else FIRST_RETRY
    until = now + min(wait, LONGEST)
    since = state.problem_since or now
    return replace(state, problem=problem, problem_since=since, next_visit_at=until, hold_until=until)


def _interval(habit: Habit, now: datetime, window: int) -> timedelta:
    items = min(_HALF_A_GAP, window * _OF_THE_WINDOW) if window else _HALF_A_GAP
    return max(until(habit, now, items, LONGEST), SHORTEST)


def _awake(at: datetime, wish: Wish) -> datetime:
    """That moment, or the first full hour after it that the feed does not ask to skip."""
    for _ in range(24 * 7):
        if at.hour not in wish.hours and at.weekday() not in wish.days:
            break
        at = at.replace(minute=0, second=0, microsecond=0) + _HOUR
    return at


def _patience(state: SourceState) -> timedelta:
    first = FIRST_RETRY
    if state.problem and not state.problem.retry_after:  # else its server says what it wants
        first = _FIRST_RETRIES.get(state.problem.code, FIRST_RETRY)
    return min(first * (1 << min(state.failures - 1, 10)), LONGEST)


def _share(name: str, now: datetime) -> float:
    """Between 0 and 1, the same for one source during one day."""
    return (digest(f"{name} {now:%Y-%m-%d}") % 1000) / 1000
