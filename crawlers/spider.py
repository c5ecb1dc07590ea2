"""Visits every source of a job: its listing first, then the leads that the parent chooses from it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner

from crawlers.client import Client, Exchange
from crawlers.moves import moved
from crawlers.parent import Parent
from crawlers.settings import scrapy_settings
from crawlers.wire import Done, Job, encode
from crawlers.workers import Workers
from newsdesk.errors import Blocked, Drifted, FetchError, Interrupted, PresswatchError, Unreadable
from newsdesk.model import Fetched, Lead, Listing, Order, Page, Problem, Source

_log = logging.getLogger(__name__)


async def crawl(job: Job, parent: Parent) -> None:
    """Do the whole job and say so."""
    workers = Workers(job.parsers, job.limits)
    runner = AsyncCrawlerRunner(scrapy_settings())
    await runner.crawl(NewsSpider, job=job, parent=parent, workers=workers)
    await asyncio.to_thread(workers.close)


class NewsSpider(Spider):
    """Scrapy's spider, used from `start()` alone: each visit is one coroutine, read from top to bottom."""

    name = "presswatch"

    def __init__(self, job: Job, parent: Parent, workers: Workers) -> None:
        super().__init__()
        self.job = job
        self.room = asyncio.Semaphore(job.limits.requests)
        self._parent = parent
        self._workers = workers

    async def start(self) -> AsyncIterator[Request]:
        self._client = Client(self.crawler.engine, self.job, self._parent.say, self._parent.admit)
        await asyncio.gather(*(self._visit(order) for order in self.job.orders))
        self._parent.say(Done())
        requests: tuple[Request, ...] = ()  # Scrapy's own queue gets none, but wants a generator of them
        for request in requests:
            yield request

    async def _visit(self, order: Order) -> None:
        leads = await self._parent.choose(order.source.name, await self._listing(order))
        await asyncio.gather(*(self._follow(order.source, lead) for lead in leads))

    async def _listing(self, order: Order) -> bytes:
        """As it is told: what cannot be written as JSON, such as half a character, is a fault like others."""
        try:
            exchange = await self._got(order.source.url, _validators(order), listing=True)
            contradicted = False
            if exchange.page.status == 304 and order.audit:
                exchange, contradicted = await self._audited(order)
            found = replace(_found(order, exchange), contradicted=contradicted)
            return encode(await self._read_listing(order, found, exchange.page))
        except Exception as error:  # noqa: BLE001  (whatever it is, it is told and concerns one source)
            problem = _problem(error, order.source.url)
            return encode(Listing(order.source.name, problem=problem, status=problem.status))

    async def _audited(self, order: Order) -> tuple[Exchange, bool]:
        """The listing behind a "not modified", and whether that is still said after another body came."""
        whole = await self._got(order.source.url, listing=True)
        if _hash(whole.page) == order.body_hash:
            return whole, False
        again = await self._got(order.source.url, _validators(order), listing=True)
        return whole, again.page.status == 304

    async def _read_listing(self, order: Order, found: Listing, page: Page) -> Listing:
        if page.status == 304:
            return _unmodified(found, order)
        if found.body_hash == order.body_hash:
            return replace(found, not_modified=True)
        reading = await self._workers.read("read_listing", order.source, page)
        if isinstance(reading, Problem):
            # Without its validators: a page that could not be read must not answer 304 the next time.
            return replace(found, problem=reading, etag=None, last_modified=None, body_hash=None)
        read = replace(
            found,
            leads=reading.leads,
            warnings=found.warnings + reading.warnings,
            held=reading.held,
            wish=reading.wish,
        )
        return await self._with_further(order.source, read, reading.further) if reading.further else read

    async def _with_further(self, source: Source, index: Listing, addresses: tuple[str, ...]) -> Listing:
        """What the parts of an index show together. A part that fails is a warning while another one works.

        The index may stay the same while a part of it changes, so its validators are not kept.
        """
        read = replace(index, etag=None, last_modified=None, body_hash=None)
        problems = []
        for address in addresses:
            part = await self._part(source, address)
            if isinstance(part, Problem):
                problems.append(part)
                read = replace(read, warnings=(*read.warnings, f"{address}: {part.reason}"))
                continue
            leads = {(each.guid, each.url): each for each in (*part.leads, *read.leads)}
            warnings = (*read.warnings, *part.warnings)
            read = replace(
                read, leads=tuple(leads.values()), held=(*read.held, *part.held), warnings=warnings
            )
        return replace(read, problem=problems[0]) if len(problems) == len(addresses) else read

    async def _part(self, source: Source, address: str) -> Any:
        """What one part of an index shows, or the problem with it. Only one level is followed."""
        try:
            exchange = await self._got(address, listing=True)
        except Interrupted:
            raise
        except FetchError as error:
            return Problem.of(error)
        part = await self._workers.read("read_listing", source, exchange.page)
        if not isinstance(part, Problem) and part.further:
            return Problem.of(Drifted("this is an index inside an index"))
        return part

    async def _follow(self, source: Source, lead: Lead) -> None:
        try:
            fetched = encode(await self._fetched(source, lead))
        except Exception as error:  # noqa: BLE001  (whatever it is, it is told and concerns one lead)
            fetched = encode(Fetched(source.name, lead, problem=_problem(error, lead.url)))
        self._parent.pass_on(fetched)

    async def _fetched(self, source: Source, lead: Lead) -> Fetched:
        page, seconds = await self._page(source, lead)
        outcome = await self._workers.read("read_article", source, lead, page)
        known = Fetched(source.name, lead, size=len(page.body), seconds=seconds)
        if isinstance(outcome, Problem):
            return replace(known, problem=outcome)
        return replace(known, article=outcome)

    async def _page(self, source: Source, lead: Lead) -> tuple[Page, float]:
        """What stands behind a lead, and the seconds it took; its summary where the listing says it all."""
        if source.pages == "none":
            said = (lead.summary or lead.title).encode()
            return Page(lead.url, lead.url, 200, "text/plain; charset=utf-8", said, self._client.now()), 0.0
        address = await self._workers.read("page_address", source, lead)
        if isinstance(address, Problem):
            raise Unreadable(address.reason)
        exchange = await self._got(address)
        return exchange.page, exchange.seconds

    async def _got(
        self, url: str, validators: dict[str, str] | None = None, *, listing: bool = False
    ) -> Exchange:
        """The page at an address. Raises FetchError; a refusal that shows a wall is Blocked by it."""
        exchange = await self._client.get(url, validators, listing=listing)
        refused = exchange.refused
        if refused is None:
            return exchange
        if not exchange.page.body:
            raise refused
        wall = await self._workers.read("read_refusal", exchange.page)
        if isinstance(wall, Problem) and wall.code == Blocked.code:
            raise Blocked(wall.reason, status=refused.status, retry_after=refused.retry_after)
        raise refused


def _found(order: Order, exchange: Exchange) -> Listing:
    """A listing as far as it is known before it is read."""
    page, to = exchange.page, exchange.moved
    return Listing(
        source=order.source.name,
        status=page.status,
        etag=exchange.etag,
        last_modified=exchange.last_modified,
        body_hash=_hash(page),
        size=len(page.body),
        seconds=exchange.seconds,
        warnings=(f"it has moved for good to {to}",) if to else (),
        moved=moved(order.source.url, to) if to else None,
        fresh=exchange.fresh,
    )


def _hash(page: Page) -> str:
    return blake2b(page.body, digest_size=16).hexdigest()


def _validators(order: Order) -> dict[str, str]:
    given = {"If-None-Match": order.etag, "If-Modified-Since": order.last_modified}
    return {name: value for name, value in given.items() if value}


def _unmodified(found: Listing, order: Order) -> Listing:
    """A 304 may bring new validators; where it brings none, the old ones stay good. RFC 9110, 15.4.5."""
    return replace(
        found,
        not_modified=True,
        etag=found.etag or order.etag,
        last_modified=found.last_modified or order.last_modified,
        body_hash=order.body_hash,
    )


def _problem(error: Exception, where: str) -> Problem:
    """An error as it is written down; a fault of ours or of a library counts against the page that met it."""
    if isinstance(error, PresswatchError):
        return Problem.of(error)
    _log.error("%s", where, exc_info=error)
    return Problem.of(Unreadable(f"unexpected {type(error).__name__}: {str(error)[:200]}"))
