"""Visit sources without keeping anything: what would be followed, and what would be made of it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from crawlers.run import crawl
from newsdesk.excerpts import excerpt
from newsdesk.model import Article, Fetched, Lead, Listing, Order, Robots, Source
from scheduler.collecting import Visited, Watcher, unwatched
from scheduler.filing import Filed
from scheduler.house import House


class _Over(Exception):
    """Ends a rehearsal's transaction without keeping it."""


def rehearse(
    house: House, sources: Sequence[Source], *, pages: int = 0, watch: Watcher = unwatched
) -> list[Visited]:
    """Visit these sources without their validators and store nothing.

    What a true visit would follow is only named. The first `pages` items of each source are read, known or
    not, to see what would be made of them.
    """
    if not sources:
        return []
    by_name = {each.name: each for each in sources}
    visits: dict[str, Visited] = {}

    def choose(listings: Sequence[Listing]) -> Sequence[Sequence[Lead]]:
        for each in listings:
            visits[each.source] = Visited(each.source, each, _would_follow(house, each))
        return [each.leads[:pages] for each in listings]

    with house.store.read() as tx:
        robots = tx.robots.known()
    for seen in crawl(
        [Order(each) for each in sources],
        choose=choose,
        contact=house.contact,
        now=house.clock(),
        robots=robots,
        allow=house.allow,
    ):
        if isinstance(seen, Robots):
            continue
        watch(seen)
        if isinstance(seen, Fetched):
            visits[seen.source] = _with(house, by_name[seen.source], visits[seen.source], seen)
    return list(visits.values())


def _with(house: House, source: Source, visited: Visited, seen: Fetched) -> Visited:
    if seen.article is None:
        return replace(visited, failed=(*visited.failed, seen))
    return replace(visited, filed=(*visited.filed, _would_file(house, source, seen.article)))


def _would_follow(house: House, listing: Listing) -> tuple[Lead, ...]:
    """The leads that a visit would follow: asked in a transaction that is rolled back."""
    leads: list[Lead] = []
    with suppress(_Over), house.store.begin() as tx:
        leads = tx.leads.take(listing.source, listing.leads, now=house.clock())
        raise _Over
    return tuple(leads)


def _would_file(house: House, source: Source, article: Article) -> Filed:
    assessment = replace(house.desk.assess(article), snippet=excerpt(article.text, source.snippet))
    return Filed(
        outcome="new",
        article=0,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        assessment=assessment,
        stories=(),
        why="a rehearsal",
        source=source.name,
    )
