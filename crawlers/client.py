"""Asks for one address, politely: the guard and robots.txt on every hop, our name on every request."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from urllib.parse import urldefrag, urljoin, urlsplit

from scrapy.core.engine import ExecutionEngine
from scrapy.http import Request, Response

from crawlers.freshness import fresh, header
from crawlers.guard import check_url
from crawlers.pace import Pace
from crawlers.refusals import check_status
from crawlers.robots import MOST, best, crawl_delay, is_current, origin, received, verdict
from crawlers.settings import REDIRECTS
from crawlers.wire import Job
from newsdesk.errors import FetchError, Held, Interrupted, Refused, RobotsDenied, RobotsHeld
from newsdesk.holds import is_earned
from newsdesk.model import Page, Problem, Robots
from newsdesk.rhythm import FIRST_RETRY

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came back. `moved` is where a listing lives now when its server says so for good.

    `fresh` is for how many seconds the answer says that it stays good. `refused` is set when the server would
    not give the page; what it sent instead is in `page`.
    """

    page: Page
    etag: str | None
    last_modified: str | None
    seconds: float
    moved: str | None = None
    refused: Refused | None = None
    fresh: float = 0.0


@dataclass(slots=True)
class _Walk:
    """One address on its way through redirects."""

    url: str
    headers: Mapping[str, str]
    obeys: bool = True
    seconds: float = 0.0
    moved: str | None = None
    meta: Mapping[str, object] = field(default_factory=dict)


class Client:
    """The only way out of a crawl. `post` is told of every robots.txt that was asked for.

    `admit` is asked once for each registrable domain; see crawlers.run.crawl.
    """

    def __init__(
        self,
        engine: ExecutionEngine,
        job: Job,
        post: Callable[[Robots], None],
        admit: Callable[[str], Awaitable[float | None]],
    ) -> None:
        self._engine = engine
        self._allow = job.allow
        self._pace = Pace(engine.downloader, job.allow)
        self._name = job.user_agent
        self._now = job.now
        self._began = monotonic()
        self._post = post
        self._old = {each.origin: each for each in job.robots}
        self._rules: dict[str, asyncio.Task[Robots]] = {}
        self._failures: dict[str, FetchError] = {}
        self._held: dict[str, Refused] = {}
        self._turns: dict[str, asyncio.Lock] = {}
        self._admit = admit
        self._admitted: dict[str, bool] = {}

    def now(self) -> datetime:
        """The crawl's own time: what its parent said, and what has passed since."""
        return self._now + timedelta(seconds=monotonic() - self._began)

    async def get(
        self, url: str, validators: Mapping[str, str] | None = None, *, listing: bool = False
    ) -> Exchange:
        """A page, a 304 where validators are given, or a refusal. Raises FetchError for anything else.

        A host that asked us to wait is not asked again in this crawl: Held.
        """
        walk = _Walk(url, {"Accept": _ACCEPT, "Accept-Language": "en-GB,en;q=0.8", **(validators or {})})
        response = await self._follow(walk)
        refused = check_status(response, self.now(), not_modified=bool(validators))
        if refused and is_earned(Problem.of(refused), listing=listing):
            self._held[_host(walk.url)] = refused
        return Exchange(
            page=Page(
                url=url,
                final_url=walk.url,
                status=response.status,
                content_type=header(response, "Content-Type") or "",
                body=response.body,
                fetched_at=self.now(),
            ),
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
            seconds=walk.seconds,
            moved=walk.moved,
            refused=refused,
            fresh=fresh(response),
        )

    async def _follow(self, walk: _Walk) -> Response:
        """The first answer that is no redirect."""
        for_good = True
        for _ in range(REDIRECTS + 1):
            check_url(walk.url, self._allow)
            if walk.obeys:
                await self._check_robots(walk.url)
            response = await self._ask(walk)
            onward = header(response, "Location")
            if response.status not in _REDIRECTS or not onward:
                return response
            walk.url = urldefrag(urljoin(walk.url, onward)).url
            for_good = for_good and response.status in _FOR_GOOD
            walk.moved = walk.url if for_good else walk.moved
        raise Refused(f"{response.url} redirects more than {REDIRECTS} times", status=response.status)

    async def _ask(self, walk: _Walk) -> Response:
        headers = {"User-Agent": self._name, **walk.headers}
        slot = self._pace.slot(walk.url)
        async with self._turns.setdefault(
            slot, asyncio.Lock()
        ):  # what waits hears of a refusal before it asks
            await self._check_admitted(slot)
            self._check_held(walk.url)
            meta = {"download_slot": slot, **walk.meta}
            response = await self._engine.download_async(Request(walk.url, headers=headers, meta=meta))
        walk.seconds += response.meta["seconds"]
        return response

    async def _check_admitted(self, name: str) -> None:
        if name not in self._admitted:
            wait = await self._admit(name)
            self._admitted[name] = wait is not None
            await asyncio.sleep(wait or 0.0)
        if not self._admitted[name]:
            raise Interrupted(f"another process is visiting {name}")

    def _check_held(self, url: str) -> None:
        if refused := self._held.get(_host(url)):
            wait = max(refused.retry_after or 0.0, FIRST_RETRY.total_seconds())
            raise Held(f"not asked: {refused.reason}", status=refused.status, retry_after=wait)

    async def _check_robots(self, url: str) -> None:
        of = origin(url)
        if of not in self._rules:
            self._rules[of] = asyncio.ensure_future(self._robots(of))
        robots = await self._rules[of]
        match verdict(robots, url):
            case "deny":
                raise RobotsDenied(f"{of}/robots.txt closes {url} to us")
            case "hold":
                if failure := self._failures.get(of):  # the place itself cannot be reached: say that
                    raise type(failure)(f"{failure.reason} (when asked for its robots.txt)")
                why = f"status {robots.status}" if robots.status else "no usable answer"
                raise RobotsHeld(f"{of}/robots.txt could not be read ({why})", status=robots.status)

    async def _robots(self, of: str) -> Robots:
        """The rules of an origin: those we were given while they are current, else asked for once."""
        old = self._old.get(of)
        robots = old if old and is_current(old, self.now()) else await self._ask_for_robots(of, old)
        if delay := crawl_delay(robots):
            self._pace.slow_down(of, delay)
        return robots

    async def _ask_for_robots(self, of: str, old: Robots | None) -> Robots:
        walk = _Walk(f"{of}/robots.txt", {}, obeys=False, meta={"cap": MOST, "cut": True})
        status, body = None, b""
        try:
            response = await self._follow(walk)
            status, body = response.status, response.body
        except Refused:
            status = 404  # RFC 9309, 2.3.1.2: more than five redirects count as none being there
        except Interrupted:  # it was not asked, which is nothing to be remembered
            raise
        except FetchError as error:  # the record says so by having no status
            if origin(walk.url) == of:
                self._failures[of] = error
        robots = best(received(of, status, body, self.now()), old, self.now())
        self._post(robots)
        return robots


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
