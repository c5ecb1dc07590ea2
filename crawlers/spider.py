"""Visits every source of a job: its listing first, then the leads that the parent chooses from it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from hashlib import blake2b
from typing import TypeVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner

from crawlers.client import Client, Exchange
from crawlers.parent import Parent
from crawlers.settings import scrapy_settings
from crawlers.wire import Done, Job, encode
from crawlers.workers import Workers
from newsdesk.errors import Blocked, PresswatchError, Unreadable
from newsdesk.model import Fetched, Lead, Listing, Order, Page, Problem, Source

_log = logging.getLogger(__name__)
_Found = TypeVar("_Found", Listing, Fetched)


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
        self._client = Client(self.crawler.engine, self.job, self._parent.say)
        await asyncio.gather(*(self._visit(order) for order in self.job.orders))
        self._parent.say(Done())
        requests: tuple[Request, ...] = ()  # Scrapy's own queue gets none, but wants a generator of them
        for request in requests:
            yield request

    async def _visit(self, order: Order) -> None:
        listing = await self._listing(order)
        leads = await self._parent.choose(listing)
        await asyncio.gather(*(self._follow(order.source, lead) for lead in leads))

    async def _listing(self, order: Order) -> Listing:
        try:
            exchange = await self._got(order.source.url, _validators(order))
            return _sayable(await self._read_listing(order, exchange))
        except Exception as error:  # noqa: BLE001  (whatever it is, it is told and concerns one source)
            problem = _problem(error, order.source.url)
            return Listing(order.source.name, problem=problem, status=problem.status)

    async def _read_listing(self, order: Order, exchange: Exchange) -> Listing:
        page = exchange.page
        found = Listing(
            source=order.source.name,
            status=page.status,
            etag=exchange.etag,
            last_modified=exchange.last_modified,
            body_hash=blake2b(page.body, digest_size=16).hexdigest(),
            size=len(page.body),
            seconds=exchange.seconds,
            warnings=(f"it has moved for good to {exchange.moved}",) if exchange.moved else (),
        )
        if page.status == 304:
            return _unmodified(found, order)
        if found.body_hash == order.body_hash:
            return replace(found, not_modified=True)
        reading = await self._workers.read("read_listing", order.source, page)
        if isinstance(reading, Problem):
            # Without its validators: a page that could not be read must not answer 304 the next time.
            return replace(found, problem=reading, etag=None, last_modified=None, body_hash=None)
        return replace(found, leads=reading.leads, warnings=found.warnings + reading.warnings)

    async def _follow(self, source: Source, lead: Lead) -> None:
        try:
            fetched = _sayable(await self._fetched(source, lead))
        except Exception as error:  # noqa: BLE001  (whatever it is, it is told and concerns one lead)
            fetched = Fetched(source.name, lead, problem=_problem(error, lead.url))
        self._parent.say(fetched)

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

    async def _got(self, url: str, validators: dict[str, str] | None = None) -> Exchange:
        """The page at an address. Raises FetchError; a refusal that shows a wall is Blocked by it."""
        exchange = await self._client.get(url, validators)
        refused = exchange.refused
        if refused is None:
            return exchange
        if not exchange.page.body:
            raise refused
        wall = await self._workers.read("read_refusal", exchange.page)
        if isinstance(wall, Problem) and wall.code == Blocked.code:
            raise Blocked(wall.reason, status=refused.status, retry_after=refused.retry_after)
        raise refused


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


def _sayable(found: _Found) -> _Found:
    """The same. Raises ValueError for what cannot be written as JSON, such as half a character."""
    encode(found)
    return found


def _problem(error: Exception, where: str) -> Problem:
    """An error as it is written down; a fault of ours or of a library counts against the page that met it."""
    if isinstance(error, PresswatchError):
        return Problem.of(error)
    _log.error("%s", where, exc_info=error)
    return Problem.of(Unreadable(f"unexpected {type(error).__name__}: {str(error)[:200]}"))
