"""A little web of many sources on few domains, and what its servers saw."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from crawlers.domains import domain
from crawlers.guard import Allowance
from newsdesk.model import Source
from presswatch.demo.web import Answer, LittleWeb, Seen
from tests.scheduler.houses import FETE, LETTER, REPORT, Item, feed, source

GAP = 0.3  # seconds between two requests to a domain
_ASIDE = "shared.example"  # a vendor's domain, to which a source of every other domain leads
_SINCE = datetime.now(UTC) - timedelta(days=1)


def hosts(domains: int, each: int) -> list[str]:
    """`each` hosts on each of so many registrable domains."""
    return [f"desk{n}.town{d}.example" for d in range(domains) for n in range(each)]


def sources(names: Sequence[str]) -> dict[str, Source]:
    """A source per host."""
    options = {"hosts": _ASIDE}
    made = (source(host, name="-".join(host.split(".")[:2]), options=options) for host in names)
    return {each.name: each for each in made}


def web(names: Sequence[str]) -> dict[str, Mapping[str, Answer]]:
    """Every host tells of both events in its own words and of a fete; every third leads to the vendor too."""
    sites: dict[str, Mapping[str, Answer]] = {}
    aside: list[Item] = []
    for number, host in enumerate(names):
        items = [_item(FETE, "/fete", host), _item((LETTER, REPORT)[number % 2], "/news", host)]
        if number % 3 == 0:
            aside.append(_item(FETE, f"/aside{number}", host))
            items.append(replace(aside[-1], link=f"http://{_ASIDE}/aside{number}"))
        sites[host] = feed(host, *items)
    return {**sites, _ASIDE: feed(_ASIDE, *aside)}


def _item(item: Item, path: str, host: str) -> Item:
    return replace(item, path=path, title=f"{item.title}, {host}", published=_SINCE)


def allowances(served: LittleWeb) -> tuple[Allowance, ...]:
    return served.allowances(gap=GAP)


def gaps(seen: Sequence[Seen]) -> dict[str, float]:
    """By domain the shortest time from one request to the next, as its server saw them, in seconds."""
    by_domain: dict[str, list[Seen]] = defaultdict(list)
    for each in sorted(seen, key=lambda one: one.began):
        by_domain[domain(each.host)].append(each)
    return {
        name: min(after.began - before.began for before, after in pairwise(found))
        for name, found in by_domain.items()
        if len(found) > 1
    }


def repeated(seen: Sequence[Seen]) -> int:
    """How many pages (not feeds, not robots.txt) were asked for more than once."""
    pages: dict[tuple[str, str], int] = defaultdict(int)
    for each in seen:
        pages[each.host, each.path] += each.path not in ("/rss", "/robots.txt")
    return sum(count > 1 for count in pages.values())
