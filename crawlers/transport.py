"""The one place where a socket is opened: Scrapy's download handler, on aiohttp, with the guard inside.

It speaks in the errors of the house. Answers are unpacked as they arrive and cut off at the cap, so neither
an endless body nor a small one that unpacks to gigabytes is ever held whole.
"""

import asyncio
import socket
from collections.abc import Callable
from contextvars import ContextVar
from time import monotonic
from typing import Any, Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from yarl import URL

from crawlers.guard import Allowance, check_address
from crawlers.settings import Limits
from newsdesk.errors import AddressDenied, FetchError, TooLarge, Unreachable
from newsdesk.networks import is_public

SPOKEN = "gzip, deflate, br"
_KEPT = (
    "ETag", "Last-Modified", "Content-Type", "Location", "Retry-After",
    "Cache-Control", "Expires", "Age", "Date",
)  # fmt: skip
_HEADER_BYTES = 16 * 1024  # one header line; a few real servers send policies of 10 kB
_HEADERS = 128

Names = dict[tuple[str, int], Allowance]
_asked: ContextVar[tuple[str, int]] = ContextVar("asked")


class Resolver(AbstractResolver):
    """Names to addresses: ours where allowed, else the public ones among what the system's resolver says."""

    def __init__(self, names: Names, system: AbstractResolver) -> None:
        self._names = names
        self._system = system

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        if own := self._names.get((host, port)):
            return [_numeric(host, own.address, own.connect_port)]
        found = await self._system.resolve(host, port, family)
        public = [each for each in found if is_public(each["host"])]
        if found and not public:
            check_address(host, found[0]["host"])
        return public

    async def close(self) -> None:
        await self._system.close()


def guarded(names: Names) -> Callable[[Any], socket.socket]:
    """A socket factory with the last word: it sees the very address that is connected to next."""

    def open_socket(address_info: Any) -> socket.socket:
        family, kind, protocol, _, address = address_info
        own = names.get(_asked.get())
        if own is None or (own.address, own.connect_port) != address[:2]:
            check_address(_asked.get()[0], address[0])
        return socket.socket(family, kind, protocol)

    return open_socket


def mark(url: str) -> URL:
    """Note for the guard whom the running task is about to ask. Raises AddressDenied for no address."""
    try:
        asked = URL(url)
    except ValueError:
        raise AddressDenied(f"{url!r} is not an address that can be fetched") from None
    _asked.set((asked.host or "", asked.port or 0))
    return asked


class Transport:
    """Scrapy's download handler (its DownloadHandlerProtocol). There is one for http and one for https."""

    lazy = True

    def __init__(self, limits: Limits, names: Names, room: asyncio.Semaphore) -> None:
        self._limits = limits
        self._room = room
        connector = aiohttp.TCPConnector(
            resolver=Resolver(names, ThreadedResolver()),
            socket_factory=guarded(names),
            limit=0,  # `room` is the limit; waiting here would count as waiting for the server
            ttl_dns_cache=300,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=limits.exchange),
            trust_env=False,
            max_line_size=_HEADER_BYTES,
            max_field_size=_HEADER_BYTES,
            max_headers=_HEADERS,
            headers={"Accept-Encoding": SPOKEN},
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider: Any = crawler.spider
        names = {(each.host, each.port): each for each in spider.job.allow}
        return cls(spider.job.limits, names, spider.room)

    async def download_request(self, request: Request) -> Response:
        """One request and its answer, no redirect followed. Raises FetchError.

        Leaves the seconds it took in `request.meta["seconds"]`. aiohttp itself asks a second time when a
        connection breaks before anything was answered.
        """
        url = mark(request.url)
        async with self._room:
            began = monotonic()
            try:
                return await self._exchange(request, url)
            except (aiohttp.ClientError, TimeoutError, ValueError) as error:
                raise _in_our_words(error, url, self._limits) from error
            finally:
                request.meta["seconds"] = monotonic() - began

    async def _exchange(self, request: Request, url: URL) -> Response:
        headers = {str(name): str(value) for name, value in request.headers.to_unicode_dict().items()}
        async with self._session.get(url, headers=headers, allow_redirects=False) as answer:
            kept = {name: answer.headers[name] for name in _KEPT if name in answer.headers}
            body = await self._body(request, answer)
            return Response(request.url, status=answer.status, headers=kept, body=body, request=request)

    async def _body(self, request: Request, answer: aiohttp.ClientResponse) -> bytes:
        packed = answer.headers.get("Content-Encoding", "identity").strip().lower()
        if packed not in ("", "identity", "gzip", "x-gzip", "deflate", "br"):
            raise Unreachable(f"{answer.url.host} answered in {packed!r}, which it was not asked for")
        cap = request.meta.get("cap", self._limits.size)
        body = bytearray()
        async for chunk in answer.content.iter_any():
            body += chunk
            if len(body) > cap:
                if request.meta.get("cut"):
                    return bytes(body[:cap])
                raise TooLarge(f"{answer.url.host} sent more than {cap:,} bytes", status=answer.status)
        return bytes(body)

    async def close(self) -> None:
        await self._session.close()


def _numeric(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=flags)


def _in_our_words(error: Exception, url: URL, limits: Limits) -> FetchError:
    host = url.host
    match error:
        case TimeoutError():
            return Unreachable(f"{host} did not finish its answer within {limits.exchange:g} s")
        case aiohttp.ClientConnectorDNSError():
            return Unreachable(f"the name {host} could not be found")
        case aiohttp.ClientConnectorCertificateError():
            return Unreachable(f"the certificate of {host} cannot be trusted: {error.certificate_error}")
        case ValueError():  # aiohttp's InvalidURL is one, but so is its certificate error above
            return AddressDenied(f"{str(url)!r} is not an address that can be fetched")
        case aiohttp.ClientSSLError():
            return Unreachable(f"{host} offers no secure connection: {error.os_error}")
        case aiohttp.ClientConnectorError():
            return Unreachable(f"no connection to {host}: {error.os_error.strerror or error.os_error}")
        case aiohttp.ClientResponseError():
            return Unreachable(f"{host} answered with something that is not HTTP: {error.message}")
        case aiohttp.ClientPayloadError():
            return Unreachable(f"{host} broke off in the middle of its answer")
        case _:
            return Unreachable(f"{host} closed the connection without an answer")
