"""For how long a domain is left alone after a request: the same answer for every crawl and every machine."""

from collections.abc import Iterable
from hashlib import blake2b
from urllib.parse import urlsplit

from crawlers.domains import domain
from crawlers.guard import Allowance
from crawlers.robots import crawl_delay
from crawlers.settings import GAP, LONGEST_GAP
from newsdesk.model import Robots


def gap(name: str) -> float:
    """Seconds between two requests: a little more than GAP, and not the same for every domain."""
    return GAP * (1 + blake2b(name.encode(), digest_size=1).digest()[0] / 1020)


def pause(name: str, robots: Iterable[Robots], allow: Iterable[Allowance] = ()) -> float:
    """Seconds from the end of a request to this domain until the next: its gap, or a longer Crawl-delay."""
    own = [each.gap for each in allow if each.gap is not None and domain(each.host) == name]
    wished = [crawl_delay(each) or 0.0 for each in robots if domain(_host(each.origin)) == name]
    return max([*(own or [gap(name)]), *(min(each, LONGEST_GAP) for each in wished)])


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
