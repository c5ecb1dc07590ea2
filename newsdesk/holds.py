"""Servers that asked us to wait: their host is left alone first, and on repetition all of its domain.

A hold ends by itself after a day at the latest, so nothing is silent for good. It is remembered for another
day: who refuses again within that is given twice as long.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.model import Problem
from newsdesk.rhythm import FIRST_RETRY, LONGEST

REMEMBERED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hold:
    """A host that is left alone `until` then; `wide` where that goes for its whole `domain`."""

    host: str
    domain: str
    since: datetime
    until: datetime
    strikes: int
    wide: bool
    problem: Problem


def is_earned(problem: Problem, *, listing: bool) -> bool:
    """Whether a refusal speaks for its whole host.

    429 and any stated Retry-After do. A bare 503 does for a listing; that of a single page may be that page's
    own trouble, and one broken page must not silence a newsroom.
    """
    return problem.status == 429 or bool(problem.retry_after) or (listing and problem.status == 503)


def held(host: str, domain: str, problem: Problem, holds: Iterable[Hold], now: datetime) -> Hold:
    """The hold that a refusal earns: of the domain where its host, or another one of it, refused lately."""
    lately = [each for each in holds if each.domain == domain and now < each.until + REMEMBERED]
    before = next((each.strikes for each in lately if each.host == host), 0)
    wait = FIRST_RETRY * (1 << min(before, 10))
    wish = timedelta(seconds=min(problem.retry_after or 0.0, LONGEST.total_seconds()))
    until = now + min(max(wait, wish), LONGEST)
    return Hold(host, domain, now, until, before + 1, bool(lately), problem)


def over(host: str, domain: str, holds: Iterable[Hold], now: datetime) -> Hold | None:
    """The hold that an address is under, the longest of several; None when it may be asked."""
    ours = [each for each in holds if now < each.until and (each.host == host or _covers(each, domain))]
    return max(ours, key=lambda each: each.until, default=None)


def _covers(hold: Hold, domain: str) -> bool:
    return hold.wide and hold.domain == domain
