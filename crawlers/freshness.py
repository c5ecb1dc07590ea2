"""For how long an answer says that it stays good: nothing is gained by asking sooner. RFC 9111."""

import re

from aiohttp.helpers import parse_http_date
from scrapy.http import Response

LONGEST = 86400.0  # seconds; some servers give every page a year
_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|,)\s*no-(?:cache|store)\s*(?:,|$)", re.IGNORECASE)


def fresh(response: Response) -> float:
    """Seconds from now, at most a day; 0 where nothing is said. Cache-Control goes before Expires (5.3).

    Expires counts from the answer's own Date: many servers' clocks are wrong, and both come from the same.
    """
    control, age = header(response, "Cache-Control") or "", header(response, "Age") or ""
    if _NOT_KEPT.search(control):
        return 0.0
    if stated := _MAX_AGE.search(control):
        waited = float(age) if age.isascii() and age.isdigit() else 0.0
        return _bounded(float(stated[1]) - waited)
    return _bounded(_until(header(response, "Expires"), header(response, "Date")))


def header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value else None


def _until(expires: str | None, date: str | None) -> float:
    ends, began = parse_http_date(expires), parse_http_date(date)
    return (ends - began).total_seconds() if ends and began else 0.0


def _bounded(seconds: float) -> float:
    return min(max(0.0, seconds), LONGEST)
