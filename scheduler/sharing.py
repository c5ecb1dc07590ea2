"""Several processes on one database: what each takes of the work, and whose turn it is at a domain.

Politeness is owed to a registrable domain, so that is what is held: only the holder of its lease asks it for
anything, wherever a lead or a redirect may point. When it is given back, the moment is written down from
which on it may be asked again, and the next holder keeps to that. A killed holder writes nothing; its lease
lasts longer than any such pause.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawlers.domains import domain
from crawlers.gaps import pause
from crawlers.settings import LONGEST_GAP
from newsdesk.model import Robots, Source
from scheduler.house import House
from scheduler.leasing import PRESENCE, Held
from storage import Transaction

_FEW = 4  # sources that are worth the start of a crawl
_DOMAIN = "domain "  # and its name: held by the process that asks it


def of(url: str) -> str:
    """The registrable domain of an address."""
    return domain(urlsplit(url).hostname or "")


def names(sources: Iterable[Source]) -> list[str]:
    """What is to be held to visit these: each of them, and its domain."""
    return [name for each in sources for name in (each.name, _DOMAIN + of(each.url))]


def free(sources: Iterable[Source], taken: Collection[str]) -> list[Source]:
    """Those of which nothing is held, by the names of what is."""
    return [each for each in sources if not {each.name, _DOMAIN + of(each.url)} & set(taken)]


def mine(sources: Iterable[Source], held: Held) -> dict[str, Source]:
    """Those that are wholly held, by their names; of the others nothing is kept from anybody."""
    ours = {each.name: each for each in sources if {*names([each])} <= held.fences.keys()}
    held.drop(held.fences.keys() - set(names(ours.values())))
    return ours


def share(number: int, taken: Iterable[str], most: int) -> int:
    """How many of so many sources one of the services at work takes at once; `taken` is what is held."""
    services = sum(each.startswith(PRESENCE) for each in taken)
    return min(most, max(_FEW, -(-number // max(1, services))))


class Domains:
    """The domains that one crawl asks, and those that another process was asking."""

    def __init__(
        self, house: House, held: Held, next_at: Mapping[str, datetime], robots: Sequence[Robots]
    ) -> None:
        """`next_at` is of the domains held already; `robots` all that are known."""
        self._refused: set[str] = set()
        self._house, self._held = house, held
        self._next = dict(next_at)
        self._robots = {each.origin: each for each in robots}
        self._asked: set[str] = set()
        held.at_last(self._leave)

    @classmethod
    def of(cls, tx: Transaction, house: House, held: Held, robots: Sequence[Robots]) -> "Domains":
        ours = [name.removeprefix(_DOMAIN) for name in held.fences if name.startswith(_DOMAIN)]
        return cls(house, held, tx.domains.next(ours), robots)

    def admit(self, name: str) -> float | None:
        """As crawlers.run.crawl asks for it."""
        if _DOMAIN + name not in self._held.fences:
            with self._house.store.begin() as tx:
                if not self._held.also(tx, _DOMAIN + name):
                    self._refused.add(name)
                    return None
                self._next |= tx.domains.next([name])
        self._asked.add(name)
        now = self._house.clock()
        wait = (self._next.get(name, now) - now).total_seconds()
        return min(max(0.0, wait), LONGEST_GAP)  # a clock that was set back costs a minute

    def busy(self, url: str) -> timedelta | None:
        """For how long what stands there is left alone, where another process was asking its domain."""
        return self._house.lease if of(url) in self._refused else None

    def learn(self, robots: Robots) -> None:
        """A robots.txt that came meanwhile."""
        self._robots[robots.origin] = robots

    def _leave(self, tx: Transaction) -> None:
        now, known = self._house.clock(), defaultdict[str, list[Robots]](list)
        for each in self._robots.values():
            known[of(each.origin)].append(each)
        pauses = {name: pause(name, known[name], self._house.allow) for name in self._asked}
        tx.domains.leave({name: now + timedelta(seconds=each) for name, each in pauses.items()})
