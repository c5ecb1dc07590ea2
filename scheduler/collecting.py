"""Visit the sources that are due: crawl them, keep what is new, and move each one's next visit.

What a visit shows and the validators it gave are committed together, before any page is followed: a crawl
that is killed there finds the same leads waiting at the next visit, and no "not modified" can hide them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawlers.run import crawl
from newsdesk.model import Fetched, Lead, Listing, Order, Problem, Robots, Source, SourceState
from newsdesk.rhythm import after_visit
from scheduler.filing import Filed, file
from scheduler.house import House

_LEASE = timedelta(minutes=30)
_FIRST_RETRY, _LAST_TRY = timedelta(minutes=30), 5
_LONGEST_RETRY = timedelta(hours=24)
Seen = Listing | Fetched | Filed
Watcher = Callable[[Seen], None]


@dataclass(frozen=True, slots=True)
class Visited:
    """One source's visit: what it showed, how many leads were new, and what became of the pages followed."""

    source: str
    listing: Listing
    new: int = 0
    filed: tuple[Filed, ...] = ()
    failed: tuple[Fetched, ...] = ()


@dataclass(slots=True)
class _Round:
    """What one crawl has brought so far."""

    listings: dict[str, Listing] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=dict)
    filed: dict[str, list[Filed]] = field(default_factory=dict)
    failed: dict[str, list[Fetched]] = field(default_factory=dict)

    def visited(self) -> list[Visited]:
        return [
            Visited(
                name,
                listing,
                self.new.get(name, 0),
                tuple(self.filed.get(name, ())),
                tuple(self.failed.get(name, ())),
            )
            for name, listing in self.listings.items()
        ]


def unwatched(_: Seen) -> None:
    """Nobody looks on."""


def due(house: House, names: Sequence[str] = (), *, everything: bool = False) -> list[Source]:
    """The sources to visit now: those named, or all that are due; with `everything` all that are not held.

    A hold is a pause that a failure or a server's Retry-After asked for; only naming a source overrides it.
    """
    if names:
        return [house.sources[each] for each in names]
    now = house.clock()
    with house.store.read() as tx:
        states = tx.sources.states(list(house.sources))
    return [
        source
        for name, source in house.sources.items()
        if _is_due(states.get(name), now, everything=everything)
    ]


def _is_due(state: SourceState | None, now: datetime, *, everything: bool) -> bool:
    if state is None:
        return True
    if state.hold_until and state.hold_until > now:
        return False
    return everything or state.next_visit_at is None or state.next_visit_at <= now


def collect(house: House, sources: Sequence[Source], *, watch: Watcher = unwatched) -> list[Visited]:
    """Crawl these sources and keep what they bring; `watch` is told of each thing as it comes.

    A source that another process holds at the moment is left to it.
    """
    now = house.clock()
    names = [each.name for each in sources]
    with house.store.begin() as tx:
        mine = tx.sources.claim(names, owner=house.owner, now=now, until=now + _LEASE)
        states = tx.sources.states(mine)
        robots = tx.robots.known()
    try:
        return _crawl(house, [each for each in sources if each.name in set(mine)], states, robots, watch)
    finally:
        with house.store.begin() as tx:
            tx.sources.release(mine, owner=house.owner)


def _crawl(
    house: House,
    sources: Sequence[Source],
    states: dict[str, SourceState],
    robots: Sequence[Robots],
    watch: Watcher,
) -> list[Visited]:
    by_name = {each.name: each for each in sources}
    round_ = _Round()

    def choose(listing: Listing) -> Sequence[Lead]:
        leads = _keep(house, by_name[listing.source], states.get(listing.source), listing)
        round_.new[listing.source] = len(leads)
        return leads

    if not sources:
        return []
    orders = [_order(each, states.get(each.name)) for each in sources]
    for seen in crawl(
        orders,
        choose=choose,
        contact=house.contact,
        now=house.clock(),
        robots=robots,
        allow=house.allow,
    ):
        if isinstance(seen, Robots):
            with house.store.begin() as tx:
                tx.robots.save(seen)
        elif isinstance(seen, Listing):
            round_.listings[seen.source] = seen
            watch(seen)
        else:
            _receive(house, by_name[seen.source], seen, round_, watch)
    return round_.visited()


def _order(source: Source, state: SourceState | None) -> Order:
    if state is None:
        return Order(source)
    return Order(source, state.etag, state.last_modified, state.body_hash)


def _keep(house: House, source: Source, state: SourceState | None, listing: Listing) -> Sequence[Lead]:
    """Leads, validators and the visit in one transaction; returns the leads worth following."""
    now = house.clock()
    after = after_visit(state or SourceState(source.name), listing, weekly=source.weekly, now=now)
    with house.store.begin() as tx:
        leads = tx.leads.take(source.name, listing.leads, now=now)
        tx.sources.save(after)
        tx.sources.record(listing, at=now, found=len(listing.leads), new=len(leads))
    return leads


def _receive(house: House, source: Source, fetched: Fetched, round_: _Round, watch: Watcher) -> None:
    if fetched.article is None:
        assert fetched.problem is not None
        _put_off(house, fetched, fetched.problem)
        round_.failed.setdefault(source.name, []).append(fetched)
        watch(fetched)
        return
    filed = file(house, fetched.article, lead=fetched.lead)
    round_.filed.setdefault(source.name, []).append(filed)
    watch(filed)


def _put_off(house: House, fetched: Fetched, problem: Problem) -> None:
    """A page that could not be had is tried again where that can help, up to five times, else closed."""
    now = house.clock()
    with house.store.begin() as tx:
        tried = next(
            (each.attempts for each in tx.leads.trace(fetched.lead.url) if each.source == fetched.source), 0
        )
        if problem.advice == "retry" and tried + 1 < _LAST_TRY:
            wait = max(_FIRST_RETRY * 2**tried, timedelta(seconds=problem.retry_after or 0))
            until = now + min(wait, _LONGEST_RETRY)
            tx.leads.postpone(fetched.source, fetched.lead, problem=problem, until=until, now=now)
        else:
            tx.leads.settle(
                fetched.source,
                fetched.lead,
                outcome="failed",
                reason=f"{problem.code}: {problem.reason}",
                article=None,
                now=now,
            )
