"""Visit the sources that are due: crawl them, keep what is new, and move each one's next visit.

What a visit shows and the validators it gave are committed together, before any page is followed: a crawl
that is killed there leaves the leads waiting, and no "not modified" can hide them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawlers.run import crawl
from newsdesk import urls
from newsdesk.errors import Drifted
from newsdesk.model import Fetched, Lead, Listing, Order, Problem, Robots, Source, SourceState
from newsdesk.rhythm import after_visit
from scheduler.filing import Filed, file
from scheduler.house import House
from storage import Transaction

_LEASE = timedelta(minutes=30)
_FIRST_RETRY, _LAST_TRY = timedelta(minutes=30), 5
_LONGEST_RETRY = timedelta(hours=24)
Seen = Listing | Fetched | Filed
Watcher = Callable[[Seen], None]


@dataclass(frozen=True, slots=True)
class Visited:
    """One source's visit: what it showed, which leads were to be followed, and what became of them."""

    source: str
    listing: Listing
    followed: tuple[Lead, ...] = ()
    filed: tuple[Filed, ...] = ()
    failed: tuple[Fetched, ...] = ()


def unwatched(_: Seen) -> None:
    """Nobody looks on."""


def due(house: House, names: Sequence[str] = (), *, everything: bool = False) -> list[Source]:
    """The sources to visit now: those named, or all that are due; with `everything` all that are not held.

    A source is also due when one of its leads is. A hold is a pause that a failure or a server's Retry-After
    asked for; only naming a source overrides it.
    """
    if names:
        return [house.sources[each] for each in dict.fromkeys(names)]
    now = house.clock()
    with house.store.read() as tx:
        states = tx.sources.states(list(house.sources))
        waiting = tx.leads.waiting(now)
    return [
        source
        for name, source in house.sources.items()
        if not _is_held(states[name], now) and (everything or name in waiting or _is_due(states[name], now))
    ]


def _is_held(state: SourceState, now: datetime) -> bool:
    return state.hold_until is not None and state.hold_until > now


def _is_due(state: SourceState, now: datetime) -> bool:
    return state.next_visit_at is None or state.next_visit_at <= now


def collect(house: House, sources: Sequence[Source], *, watch: Watcher = unwatched) -> list[Visited]:
    """Crawl these sources and keep what they bring; `watch` is told of each thing as it comes.

    A source that another process holds at the moment is left to it. When `watch` raises, the crawl ends at
    once; what came before is kept, and what did not come waits for the next visit.
    """
    now = house.clock()
    with house.store.begin() as tx:
        mine = tx.sources.claim(
            [each.name for each in sources], owner=house.owner, now=now, until=now + _LEASE
        )
        states = tx.sources.states(mine)
        robots = tx.robots.known()
    try:
        return _crawl(
            house, {each.name: each for each in sources if each.name in mine}, states, robots, watch
        )
    finally:
        with house.store.begin() as tx:
            tx.sources.release(mine, owner=house.owner)


def _crawl(
    house: House,
    sources: Mapping[str, Source],
    states: Mapping[str, SourceState],
    robots: Sequence[Robots],
    watch: Watcher,
) -> list[Visited]:
    if not sources:
        return []
    round_ = _Round(house, sources, states)
    for seen in crawl(
        [_order(each, states[name]) for name, each in sources.items()],
        choose=round_.choose,
        contact=house.contact,
        now=house.clock(),
        robots=robots,
        allow=house.allow,
    ):
        if isinstance(seen, Robots):
            with house.store.begin() as tx:
                tx.robots.save(seen)
        elif isinstance(seen, Listing):
            watch(seen)
        else:
            watch(round_.receive(seen))
    return list(round_.visits.values())


def _order(source: Source, state: SourceState) -> Order:
    return Order(source, state.etag, state.last_modified, state.body_hash)


class _Round:
    """One crawl as it goes: what came of each visit, and who else shows a page that is being fetched."""

    def __init__(
        self, house: House, sources: Mapping[str, Source], states: Mapping[str, SourceState]
    ) -> None:
        self.visits: dict[str, Visited] = {}
        self._house, self._sources, self._states = house, sources, states
        self._fetching: dict[int, list[tuple[str, Lead]]] = {}

    def choose(self, listing: Listing) -> Sequence[Lead]:
        """Keep what a source shows; of two sources that show one page, the first fetches it for both."""
        followed = []
        for lead in self._keep(listing):
            asking = self._fetching.setdefault(urls.key(lead.url), [])
            asking.append((listing.source, lead))
            if len(asking) == 1:
                followed.append(lead)
        self.visits[listing.source] = Visited(listing.source, listing, tuple(followed))
        return followed

    def receive(self, fetched: Fetched) -> Filed | Fetched:
        """File the article, or put the page off; the same for whoever else showed it."""
        asking = self._fetching.pop(urls.key(fetched.lead.url))
        visited = self.visits[fetched.source]
        if fetched.article is None:
            assert fetched.problem is not None
            with self._house.store.begin() as tx:
                for source, lead in asking:
                    _put_off(tx, source, lead, fetched.problem, self._house.clock())
            self.visits[fetched.source] = replace(visited, failed=(*visited.failed, fetched))
            return fetched
        filed = file(self._house, fetched.article, lead=fetched.lead, twins=asking[1:])
        self.visits[fetched.source] = replace(visited, filed=(*visited.filed, filed))
        return filed

    def _keep(self, listing: Listing) -> Sequence[Lead]:
        """Leads, validators and the visit in one transaction; returns the leads worth following."""
        house, source, now = self._house, self._sources[listing.source], self._house.clock()
        after = after_visit(self._states[source.name], listing, weekly=source.weekly, now=now)
        with house.store.begin() as tx:
            leads = tx.leads.take(source.name, listing.leads, now=now)
            tx.sources.save(after)
            tx.sources.record(listing, at=now, found=len(listing.leads), new=len(leads))
        return [] if _is_away(listing) else leads


def _is_away(listing: Listing) -> bool:
    """A site that cannot be read now is asked for no pages either: their tries are not wasted on it."""
    return listing.problem is not None and listing.problem.code != Drifted.code


def _put_off(tx: Transaction, source: str, lead: Lead, problem: Problem, now: datetime) -> None:
    """A page that could not be had is tried again where that can help, up to five times, else closed."""
    rows = tx.leads.trace(lead.url)
    tried = next((each.attempts for each in rows if (each.source, each.url) == (source, lead.url)), 0)
    if problem.advice == "retry" and tried + 1 < _LAST_TRY:
        wait = max(_FIRST_RETRY * 2**tried, timedelta(seconds=problem.retry_after or 0))
        until = now + min(wait, _LONGEST_RETRY)
        tx.leads.postpone(source, lead, problem=problem, until=until, now=now)
        return
    reason = f"{problem.code}: {problem.reason}"
    tx.leads.settle(source, lead, outcome="failed", reason=reason, article=None, now=now)
