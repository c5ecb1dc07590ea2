"""Visit the sources that are due: crawl them, keep what is new, and move each one's next visit.

What a visit shows and the validators it gave are committed together, before any page is followed: a crawl
that is killed there leaves the leads waiting, and no "not modified" can hide them. Only who was silent is
noted at the end of the round: when nobody answered, it was our own network.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from crawlers.run import crawl
from crawlers.settings import Limits
from newsdesk import conditional, habits, moves, outages, urls
from newsdesk.errors import Drifted, Held, Interrupted
from newsdesk.model import Fetched, Lead, Listing, Problem, Robots, Source, SourceState
from newsdesk.profiles import Look
from newsdesk.rhythm import after_visit, spared, urgency
from scheduler import health, holding, leasing, sharing
from scheduler.house import House, unhurried
from storage import Transaction, VisitRow

if TYPE_CHECKING:
    from scheduler.filing import Filed

_FIRST_RETRY, _LAST_TRY = timedelta(minutes=30), 5
_LONGEST_RETRY = timedelta(hours=24)
_CLAIMS = 3  # that are made in vain when others ring at the same moment
AT_ONCE = 20  # sources in a round of the service: all of them at once would be a burst after every pause
_ORDINARY = Limits()
Seen: TypeAlias = "Listing | Fetched | Filed"
Watcher = Callable[[Seen], None]


@dataclass(frozen=True, slots=True)
class Visited:
    """One source's visit: what it showed, which leads were to be followed, and what became of them."""

    source: str
    listing: Listing
    followed: tuple[Lead, ...] = ()
    filed: "tuple[Filed, ...]" = ()
    failed: tuple[Fetched, ...] = ()


def unwatched(_: Seen) -> None:
    """Nobody looks on."""


def due(
    house: House,
    names: Sequence[str] = (),
    *,
    everything: bool = False,
    most: int | None = None,
    domains: Collection[str] = (),
) -> list[Source]:
    """The sources to visit now: those named, or all that are due; with `everything` all that are not held.

    With `most` this is for one of several services, about these `domains` or all: what another holds is left
    out, and of more than its share those that may hold the most news are chosen; the others are due a minute
    later still.

    A source is also due when one of its leads is. A hold is a pause that a failure or a server's Retry-After
    asked for, of the source itself or of its host; only naming a source overrides it.
    """
    if names:
        return [house.sources[each] for each in dict.fromkeys(names)]
    now = house.clock()
    with house.store.read() as tx:
        states = tx.sources.states(list(house.sources))
        waiting = tx.leads.waiting(now)
        holds = tx.holds.lately(now)
        taken = tx.leases.names(now)
    ready = [
        source
        for name, source in house.sources.items()
        if not _is_held(states[name], now) and (everything or name in waiting or _is_due(states[name], now))
    ]
    open_ = [each for each in ready if not holding.over(_address(each, states[each.name]), holds, now)]
    if most is None:
        return open_
    free = [each for each in sharing.free(open_, taken) if not domains or sharing.of(each.url) in domains]
    ours = sharing.share(len(free), taken, most)
    return free if len(free) <= ours else _most_urgent(house, free, states, ours)


def _most_urgent(
    house: House, sources: Sequence[Source], states: Mapping[str, SourceState], most: int
) -> list[Source]:
    now = house.clock()
    with house.store.read() as tx:
        known = tx.health.profiles([each.name for each in sources])

    def held(source: Source) -> float:
        profile = known.get(source.name)
        habit = profile.habit if profile else habits.declared(source.weekly)
        return urgency(states[source.name], habit, now)

    return sorted(sources, key=held, reverse=True)[:most]


def _is_held(state: SourceState, now: datetime) -> bool:
    return state.hold_until is not None and state.hold_until > now


def _address(source: Source, state: SourceState) -> str:
    return moves.address(source.url, state.move)


def _is_due(state: SourceState, now: datetime) -> bool:
    return state.next_visit_at is None or state.next_visit_at <= now


def collect(
    house: House,
    sources: Sequence[Source],
    *,
    watch: Watcher = unwatched,
    follow: bool = True,
    beat: Callable[[], None] = unhurried,
    limits: Limits = _ORDINARY,
) -> list[Visited]:
    """Crawl these sources and keep what they bring; `watch` is told of each thing as it comes.

    Without `follow` only the listings are visited: what they show is kept, its pages wait for the next visit.
    A source is left to the process that holds it or its domain at the moment. `beat` is called every second
    or so. When it or `watch` raises, the crawl ends at once; what came before is kept, and what did not come
    waits for the next visit. Raises LeaseLost when this process was held up for so long that another took
    over.
    """
    with leasing.held(house, sharing.names(sources)) as held:
        mine = sharing.mine(sources, held)
        with house.store.read() as tx:
            states = tx.sources.states(list(mine))
            robots = tx.robots.known()
            records = health.Records.of(tx, list(mine))
            domains = sharing.Domains.of(tx, house, held, robots)
        round_ = _Round(house, mine, states, records, follow, held, domains)

        def pulse() -> None:
            beat()
            held.beat()

        _crawl(round_, robots, watch, pulse, limits)
    return list(round_.visits.values())


def collect_due(
    house: House,
    domains: Collection[str] = (),
    *,
    watch: Watcher = unwatched,
    beat: Callable[[], None] = unhurried,
) -> list[Visited]:
    """This service's share of the sources that are due now, of all or of these domains; see `collect`."""
    for _ in range(_CLAIMS):
        sources = due(house, most=AT_ONCE, domains=domains)
        if not sources:
            return []
        if visits := collect(house, sources, watch=watch, beat=beat):
            return visits
    return []


def _crawl(
    round_: "_Round", robots: Sequence[Robots], watch: Watcher, beat: Callable[[], None], limits: Limits
) -> None:
    if not round_.sources:
        return
    house, now = round_.house, round_.house.clock()
    visiting = crawl(
        [
            conditional.order(each, round_.states[name], now, suspect=round_.suspects(name, now))
            for name, each in round_.sources.items()
        ],
        choose=round_.choose,
        contact=house.contact,
        now=now,
        robots=robots,
        allow=house.allow,
        limits=limits,
        beat=beat,
        admit=round_.domains.admit,
    )
    with closing(visiting):  # nothing is given back while it may still ask somebody
        for seen in visiting:
            if isinstance(seen, Robots):
                round_.robots.append(seen)
                round_.domains.learn(seen)
            elif isinstance(seen, Listing):
                watch(seen)
            else:
                watch(round_.receive(seen))
    round_.finish()


class _Round:
    """One crawl as it goes: what came of each visit, and who else shows a page that is being fetched."""

    def __init__(
        self,
        house: House,
        sources: Mapping[str, Source],
        states: Mapping[str, SourceState],
        records: health.Records,
        follow: bool,
        held: leasing.Held,
        domains: sharing.Domains,
    ) -> None:
        self.domains = domains
        self.visits: dict[str, Visited] = {}
        self.house, self.sources, self.states = house, sources, states
        self._records, self._follows, self._held = records, follow, held
        self._listings: list[Listing] = []
        self.robots: list[Robots] = []
        self._fetching: dict[int, list[tuple[str, Lead]]] = {}
        self._failed: dict[int, Problem] = {}

    def suspects(self, name: str, now: datetime) -> bool:
        return self._records.suspects(self.states[name], now)

    def choose(self, listings: Sequence[Listing]) -> Sequence[Sequence[Lead]]:
        """Keep what these sources show; of two that show one page, the first fetches it for both."""
        kept = self._keep(listings)
        return [self._followed(each, leads) for each, leads in zip(listings, kept, strict=True)]

    def _followed(self, listing: Listing, leads: Sequence[Lead]) -> Sequence[Lead]:
        followed = []
        for lead in leads:
            asking = self._fetching.setdefault(urls.key(lead.url), [])
            asking.append((listing.source, lead))
            if len(asking) == 1:
                followed.append(lead)
        self.visits[listing.source] = Visited(listing.source, listing, tuple(followed))
        return followed

    def receive(self, fetched: Fetched) -> "Filed | Fetched":
        """File the article, or put the page off; the same for whoever else showed it."""
        asking = self._fetching.pop(urls.key(fetched.lead.url))
        visited = self.visits[fetched.source]
        shown = partial(self._held.show, names=[source for source, _ in asking])
        if fetched.article is None:
            assert fetched.problem is not None
            with self.house.store.begin() as tx:
                shown(tx)
                holding.note(tx, fetched.lead.url, fetched.problem, listing=False, now=self.house.clock())
                elsewhere = self.domains.busy(fetched.lead.url)
                for source, lead in asking:
                    _put_off(tx, source, lead, fetched.problem, self.house.clock(), elsewhere)
            self._failed[urls.key(fetched.lead.url)] = fetched.problem
            self.visits[fetched.source] = replace(visited, failed=(*visited.failed, fetched))
            return fetched
        from scheduler.filing import file  # with the desk it needs, which a round without news does not

        filed = file(self.house, fetched.article, lead=fetched.lead, twins=asking[1:], shown=shown)
        self.visits[fetched.source] = replace(visited, filed=(*visited.filed, filed))
        return filed

    def _keep(self, listings: Sequence[Listing]) -> Sequence[Sequence[Lead]]:
        """Leads, validators and visits in one transaction; returns the leads worth following of each."""
        self._listings += listings
        speaking = [each for each in listings if not _waits(each)]
        if not speaking:
            return [() for _ in listings]
        with self.house.store.begin() as tx:
            self._held.show(tx, [each.source for each in listings])
            self._keep_robots(tx)
            kept = self._kept(tx, speaking)
        return [kept.get(each.source, ()) for each in listings]

    def _kept(self, tx: Transaction, listings: Sequence[Listing]) -> dict[str, Sequence[Lead]]:
        """Each question is asked once for all of them: so many statements as sources would cost the most."""
        now = self.house.clock()
        unseen = {
            each.source: tx.leads.unseen(each.source, each.leads) for each in listings if each.contradicted
        }
        leads = tx.leads.take_all({each.source: each.leads for each in listings}, now=now)
        for each in listings:
            tx.leads.hold(each.source, each.held, now=now)
        looks = health.looked(tx, self._records, self.states, self.sources, listings, now)
        after = {
            each.source: self._after(each, looks.get(each.source), unseen.get(each.source, 0), now)
            for each in listings
        }
        tx.sources.save(*after.values())
        tx.sources.record(*(_visit(each, len(leads[each.source]), looks, now) for each in listings))
        health.note(tx, self._records, self.states, after, listings, looks, now)
        return {each.source: self._to_follow(tx, each, leads[each.source], now) for each in listings}

    def _after(self, listing: Listing, seen: Look | None, unseen: int, now: datetime) -> SourceState:
        profile = seen.profile if seen else self._records.profiles.get(listing.source)
        return after_visit(
            self.states[listing.source],
            listing,
            source=self.sources[listing.source],
            now=now,
            unseen=unseen,
            habit=profile.habit if profile else None,
            window=profile.last if profile else 0,
        )

    def _to_follow(
        self, tx: Transaction, listing: Listing, leads: Sequence[Lead], now: datetime
    ) -> Sequence[Lead]:
        """Those that may be asked for now; a host that refused its listing is held."""
        home = _address(self.sources[listing.source], self.states[listing.source])
        if listing.problem:
            holding.note(tx, home, listing.problem, listing=True, now=now)
        elif self._follows and leads:
            leads = holding.allowed(tx, listing.source, home, leads, now)
        return self._not_failed(tx, listing.source, leads) if self._follows and not _is_away(listing) else []

    def _not_failed(self, tx: Transaction, source: str, leads: Sequence[Lead]) -> Sequence[Lead]:
        """Those that this round did not ask for in vain already, for a source that answered earlier."""
        for lead in leads:
            if problem := self._failed.get(urls.key(lead.url)):
                _put_off(tx, source, lead, problem, self.house.clock(), self.domains.busy(lead.url))
        return [each for each in leads if urls.key(each.url) not in self._failed]

    def finish(self) -> None:
        """Note who was silent, and keep the robots.txt that came after the last listing."""
        silent = [each for each in self._listings if health.is_silent(each)]
        with self.house.store.begin(turn="outage" if silent else None) as tx:
            spared_hosts = self._verdict(tx)
            self._held.show(tx, [each.source for each in silent])
            for each in silent:
                if self._host(each.source) in spared_hosts:
                    self._spare(tx, each)
            self._kept(tx, [each for each in silent if self._host(each.source) not in spared_hosts])
            self._keep_robots(tx)

    def _verdict(self, tx: Transaction) -> frozenset[str]:
        hosts = {name: self._host(name) for name in self.sources}
        watched = len({urls.site(each.url) for each in self.house.sources.values()})
        return health.verdict(tx, hosts, self._listings, watched, self.house.clock())

    def _host(self, name: str) -> str:
        return urls.site(self.sources[name].url)

    def _spare(self, tx: Transaction, listing: Listing) -> None:
        now = self.house.clock()
        tx.sources.save(spared(self.states[listing.source], listing, now=now, again=outages.AGAIN))
        tx.sources.record(VisitRow.of(listing, at=now, found=0, new=0, spared=True))

    def _keep_robots(self, tx: Transaction) -> None:
        """One that is lost with a crash is asked for again."""
        tx.robots.save(*self.robots)
        self.robots = []


def _visit(listing: Listing, new: int, looks: Mapping[str, Look], now: datetime) -> VisitRow:
    rolled = listing.source in looks and looks[listing.source].rolled
    return VisitRow.of(listing, at=now, found=len(listing.leads), new=new, rolled=rolled)


def _was_interrupted(listing: Listing) -> bool:
    """It was not the source's fault, so it is due as before."""
    return listing.problem is not None and listing.problem.code == Interrupted.code


def _waits(listing: Listing) -> bool:
    """It says nothing yet: whether its source or we were away is known when the round is over."""
    return _was_interrupted(listing) or health.is_silent(listing)


def _is_away(listing: Listing) -> bool:
    """A site that cannot be read now is asked for no pages either: their tries are not wasted on it."""
    return listing.problem is not None and listing.problem.code != Drifted.code


def _put_off(
    tx: Transaction, source: str, lead: Lead, problem: Problem, now: datetime, elsewhere: timedelta | None
) -> None:
    """A page that could not be had is tried again where that can help, up to five times, else closed.

    One that was in flight when the crawl's own time was over is due as before; one whose domain another
    process was visiting is due `elsewhere` later, which costs it no try.
    """
    if problem.code == Interrupted.code:
        if elsewhere:
            held = Problem.of(Held(problem.reason))
            tx.leads.postpone(source, lead, problem=held, until=now + elsewhere, now=now)
        return
    rows = tx.leads.trace(lead.url)
    tried = next((each.attempts for each in rows if (each.source, each.url) == (source, lead.url)), 0)
    if problem.code == Held.code or (problem.advice == "retry" and tried + 1 < _LAST_TRY):
        wait = max(_FIRST_RETRY * 2**tried, timedelta(seconds=problem.retry_after or 0))
        until = now + min(wait, _LONGEST_RETRY)
        tx.leads.postpone(source, lead, problem=problem, until=until, now=now)
        return
    reason = f"{problem.code}: {problem.reason}"
    tx.leads.settle(source, lead, outcome="failed", reason=reason, article=None, now=now)
