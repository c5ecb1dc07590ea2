"""The little web of feeds, in a process of its own: `python -m benchmarks.poll.web FEEDS LATENCY`.

Prints its port and serves until its standard input ends. Each feed has an address of its own on loopback.
"""

import asyncio
import gzip
import socket
import sys
from collections.abc import Callable
from email.utils import format_datetime
from hashlib import blake2b

from benchmarks.poll.feeds import ELSEWHERE, NEWEST, PATH, Feed, feeds

SLOW = 20  # times the latency of the others
_MODIFIED = format_datetime(NEWEST, usegmt=True)
_ROBOTS = b"User-agent: *\nDisallow: /admin/\n"


class Site:
    """What one host answers: a feed with its validators, plain and packed, and a robots.txt."""

    def __init__(self, feed: Feed) -> None:
        self.slow = SLOW if feed.manner == "slow" else 1
        self._feed = feed
        self._etag = f'"{blake2b(feed.body, digest_size=8).hexdigest()}"'
        self._packed = gzip.compress(feed.body, mtime=0)

    def answer(self, path: str, headers: dict[str, str]) -> bytes:
        manner = self._feed.manner
        if path == "/robots.txt":
            return _reply("200 OK", _ROBOTS, "Content-Type: text/plain")
        if path not in (PATH, ELSEWHERE) or manner == "missing":
            return _reply("404 Not Found", b"nothing here\n")
        if manner == "broken":
            return _reply("500 Internal Server Error", b"out of order\n")
        if manner == "moved" and path == PATH:
            return _reply("302 Found", b"", f"Location: {ELSEWHERE}")
        return self._listing(headers)

    def _listing(self, headers: dict[str, str]) -> bytes:
        """As RFC 9110, 13.2.2: If-None-Match decides, and only without it does If-Modified-Since."""
        validators = f"ETag: {self._etag}\r\nLast-Modified: {_MODIFIED}"
        asked = headers.get("if-none-match")
        if asked == self._etag if asked else headers.get("if-modified-since") == _MODIFIED:
            return f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n\r\n".encode()
        kind = "Content-Type: application/xml; charset=utf-8\r\nVary: Accept-Encoding"
        if "gzip" in headers.get("accept-encoding", ""):
            return _reply("200 OK", self._packed, validators, kind, "Content-Encoding: gzip")
        return _reply("200 OK", self._feed.body, validators, kind)


def _reply(status: str, body: bytes, *headers: str) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers])
    return f"{head}\r\n\r\n".encode() + body


class _Connection(asyncio.Protocol):
    """One visitor, who asks one thing after another."""

    def __init__(self, site: Site, latency: float) -> None:
        self._site, self._latency = site, latency
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while b"\r\n\r\n" in self._heard:
            head, _, self._heard = self._heard.partition(b"\r\n\r\n")
            asked, *lines = head.decode("latin-1").split("\r\n")
            path = asked.split(" ")[1]
            pairs = (line.partition(": ") for line in lines)
            answer = self._site.answer(path, {name.lower(): value for name, _, value in pairs})
            late = self._latency * (self._site.slow if path == PATH else 1)
            asyncio.get_running_loop().call_later(late, self._say, answer)

    def _say(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


async def _serve(number: int, latency: float) -> None:
    loop = asyncio.get_running_loop()
    listening = socket.create_server(("127.1.0.1", 0), backlog=128)
    port = listening.getsockname()[1]
    for at, feed in enumerate(feeds(number)):
        each = socket.create_server((feed.host, port), backlog=128) if at else listening
        await loop.create_server(_visitors(Site(feed), latency), sock=each)
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def _visitors(site: Site, latency: float) -> Callable[[], _Connection]:
    return lambda: _Connection(site, latency)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2])))
