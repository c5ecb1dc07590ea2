"""Hosts that asked us to wait: noted when they do, and kept to by every source that leads there."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from crawlers.domains import domain
from newsdesk import holds
from newsdesk.errors import Held
from newsdesk.holds import Hold
from newsdesk.model import Lead, Problem
from storage import Transaction


def over(url: str, known: Sequence[Hold], now: datetime) -> Hold | None:
    """The hold that an address is under, or None."""
    if not known:
        return None
    host = _host(url)
    return holds.over(host, domain(host), known, now)


def note(tx: Transaction, url: str, problem: Problem, *, listing: bool, now: datetime) -> None:
    """Hold the host of an address that was refused, if that speaks for all of it."""
    if problem.code != Held.code and holds.is_earned(problem, listing=listing):
        host = _host(url)
        tx.holds.save(holds.held(host, domain(host), problem, tx.holds.lately(now), now))


def allowed(tx: Transaction, source: str, home: str, leads: Sequence[Lead], now: datetime) -> list[Lead]:
    """The leads that may be followed now; the others wait for the end of their hold, which costs them no try.

    The host of `home` has just answered, so it is not waited for.
    """
    known, followed = tx.holds.lately(now), []
    for lead in leads:
        hold = None if _host(lead.url) == _host(home) else over(lead.url, known, now)
        if hold is None:
            followed.append(lead)
        else:
            problem = Problem.of(Held(f"not asked: {hold.problem.reason}", status=hold.problem.status))
            tx.leads.postpone(source, lead, problem=problem, until=hold.until, now=now)
    return followed


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
