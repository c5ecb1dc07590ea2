"""From an HTTP status to an error of the house."""

from datetime import datetime
from urllib.parse import urlsplit

from aiohttp.helpers import parse_http_date
from scrapy.http import Response

from crawlers.freshness import header
from newsdesk.errors import Gone, Refused

LONGEST_WAIT = 7 * 86400.0  # seconds; a server's wish beyond that is a mistake of its own


def check_status(response: Response, now: datetime, *, not_modified: bool = False) -> Refused | None:
    """The refusal, unless this is a 200 or, where one was asked for, a 304. Raises Gone."""
    status = response.status
    if status == 200 or (status == 304 and not_modified):
        return None
    host = urlsplit(response.url).hostname
    if status in (404, 410):
        raise Gone(f"{host} says that {response.url} is not there ({status})", status=status)
    # A date counts from the server's own clock, where it tells the time: many run wrong.
    answered = parse_http_date(header(response, "Date")) or now
    wait = seconds(header(response, "Retry-After") or "", answered)
    return Refused(f"{host} answered {_meaning(status)}", status=status, retry_after=wait)


def seconds(retry_after: str, now: datetime) -> float | None:
    """A Retry-After header as seconds from `now`: a number or a date, None for neither. RFC 9110, 10.2.3."""
    wish = retry_after.strip()
    if wish.isascii() and wish.isdigit():
        return min(float(wish[:9]), LONGEST_WAIT)
    if (date := parse_http_date(wish)) is None:
        return None
    return min(max((date - now).total_seconds(), 0.0), LONGEST_WAIT)


def _meaning(status: int) -> str:
    words = {401: "that one has to log in", 403: "that we may not", 429: "that we ask too often"}
    if status >= 500:
        return f"that it is in trouble itself ({status})"
    return f"{words.get(status, 'with something that is no page')} ({status})"
