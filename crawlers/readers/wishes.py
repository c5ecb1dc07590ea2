"""When a feed asks to be left alone: RSS's ttl, skipHours and skipDays, and the syndication module's period.

RSS 2.0 gives minutes and hours of GMT; the module (purl.org/rss/1.0/modules/syndication) a period and how
often in it. They are looked for in the bytes, since they stand alike in whatever form of feed.
"""

import re

from newsdesk.model import Wish

_DAYS = {name: at for at, name in enumerate((b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"))}
_PERIODS = {b"hourly": 1, b"daily": 24, b"weekly": 168, b"monthly": 720, b"yearly": 8760}  # hours
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_SKIPS = re.compile(rb"<(skipHours|skipDays)>(.{0,2000}?)</\1>", re.DOTALL | re.IGNORECASE)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*([a-z]{3})", re.IGNORECASE)
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*(\w+)", re.IGNORECASE)
_OFTEN = re.compile(rb"<sy:updateFrequency>\s*(\d{1,4})", re.IGNORECASE)
_ITEM = re.compile(rb"<(?:item|entry)[\s>]")


def wish(body: bytes) -> Wish | None:
    """What a feed asks for; None where it is nothing. Its items are left out: they may speak of feeds."""
    first = _ITEM.search(body)
    last = max(body.rfind(b"</item>"), body.rfind(b"</entry>"))
    said = body[: first.start()] + body[last:] if first and last > 0 else body
    skips = {name.lower(): inside for name, inside in _SKIPS.findall(said)}
    hours = {int(each) % 24 for each in _HOUR.findall(skips.get(b"skiphours", b""))}
    days = {
        _DAYS[each.lower()] for each in _DAY.findall(skips.get(b"skipdays", b"")) if each.lower() in _DAYS
    }
    asked = Wish(max(_ttl(said), _period(said)), frozenset(hours), frozenset(days))
    return asked if asked != Wish() else None


def _ttl(said: bytes) -> float:
    found = _TTL.search(said)
    return float(found[1]) * 60 if found else 0.0


def _period(said: bytes) -> float:
    period, often = _PERIOD.search(said), _OFTEN.search(said)
    hours = _PERIODS.get(period[1].lower(), 0) if period else 0
    return hours * 3600 / max(1, int(often[1]) if often else 1)
