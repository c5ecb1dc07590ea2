"""What a robots.txt says to us (RFC 9309). No network here, only decisions."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from protego import Protego

from newsdesk.model import Robots

TOKEN = "presswatch"  # noqa: S105  (the name that robots.txt calls us by)
FRESH = timedelta(hours=24)  # RFC 9309, 2.4
WORTH_ANOTHER_TRY = timedelta(hours=1)  # for one that could not be had
LONGEST_USE = timedelta(days=30)  # of the last good copy, while no newer one can be had
MOST = 512_000  # bytes that are read of it; RFC 9309, 2.5 wants at least 500 KiB

_MOST_WORK = 5_000_000  # names times lines: every rule of a group is kept once per name of the group

Verdict = Literal["allow", "deny", "hold"]


def origin(url: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for. RFC 9309, 2.3."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def is_held(robots: Robots) -> bool:
    """Whether nothing may be fetched, because the rules could not be had: no answer, 429 or 5xx."""
    return robots.status is None or robots.status == 429 or not 200 <= robots.status < 500


def verdict(robots: Robots, url: str) -> Verdict:
    """May this address be fetched? A 4xx means that there are no rules (RFC 9309, 2.3.1.3)."""
    if is_held(robots):
        return "hold"
    if not _has_rules(robots) or _rules(robots.body).can_fetch(url, TOKEN):
        return "allow"
    return "deny"


def crawl_delay(robots: Robots) -> float | None:
    """The pause it asks for between two requests, in seconds; None where it asks for none."""
    delay = _rules(robots.body).crawl_delay(TOKEN) if _has_rules(robots) else None
    return delay if delay and delay > 0 else None


def is_current(robots: Robots, now: datetime) -> bool:
    return robots.fetched_at <= now < robots.expires_at


def received(of: str, status: int | None, body: bytes, now: datetime) -> Robots:
    """The record of a robots.txt just asked for; `status` None when no answer came.

    One that is made to keep its reader busy for hours counts as none that could be had.
    """
    fresh = Robots(of, now, now + FRESH, status, body[:MOST])
    if is_held(fresh):
        return Robots(of, now, now + WORTH_ANOTHER_TRY, status)
    if not _has_rules(fresh):
        return Robots(of, now, now + FRESH, status)
    if fresh.body.lower().count(b"agent") * len(_text(fresh.body).splitlines()) > _MOST_WORK:
        return Robots(of, now, now + FRESH, None)
    return fresh


def best(new: Robots, old: Robots | None, now: datetime) -> Robots:
    """Which one to follow: the new one, unless it holds everything and the last good one is not too old."""
    if old is None or not is_held(new) or is_held(old) or now - old.fetched_at > LONGEST_USE:
        return new
    return Robots(old.origin, old.fetched_at, new.expires_at, old.status, old.body)


def _has_rules(robots: Robots) -> bool:
    return robots.status is not None and 200 <= robots.status < 300


@lru_cache(maxsize=1024)
def _rules(body: bytes) -> Protego:
    return Protego.parse(_text(body))


def _text(body: bytes) -> str:
    return body.decode("utf-8-sig", "replace")
