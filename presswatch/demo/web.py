"""A little web on loopback: one real HTTP/1.1 server, many hosts, told apart by the Host header."""

import gzip
import hashlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from time import monotonic
from types import TracebackType
from typing import Self, cast

from crawlers.guard import Allowance

LOOPBACK = "127.0.0.1"
WORTH_PACKING = 200  # bytes; below that gzip makes an answer longer


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path answers.

    A 200 gets an ETag of its body and, where `modified` is set, a Last-Modified, and honours both, unless
    `validators` is false. A stated `etag` is given instead: one for all its versions is a lie. `delay` is how
    many seconds pass before anything is said. `stream` replaces the body by chunks sent one by one until it
    ends or the client leaves; it may be endless.
    """

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    modified: datetime | None = None
    validators: bool = True
    etag: str = ""
    delay: float = 0.0
    stream: Callable[[], Iterable[bytes]] | None = None

    @property
    def octets(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it was seen. Header names are lower case, `began` and `ended` monotonic seconds."""

    host: str
    path: str
    headers: Mapping[str, str]
    status: int
    began: float
    ended: float

    @property
    def conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


Site = Mapping[str, Answer] | Callable[[str, str], Answer]


class LittleWeb:
    """Serves `sites` (host to paths, or to a function of host and path) for as long as its `with` block.

    A path includes its query. Unknown hosts answer 421, unknown paths 404. The mappings may be changed while
    the server runs. `seen` is the log of answered requests, in the order they were finished.

    With a `tls` context it speaks https; another one may be put in its place at any time.
    """

    def __init__(self, sites: Mapping[str, Site], *, tls: ssl.SSLContext | None = None) -> None:
        self.sites, self.tls = sites, tls
        self.seen: list[Seen] = []
        self._server = _Server((LOOPBACK, 0), _Handler)
        self._server.web = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def allowances(self, gap: float | None = 0.0) -> tuple[Allowance, ...]:
        """What a crawl needs to reach these hosts on their ordinary port."""
        port = 443 if self.tls else 80
        return tuple(Allowance(host, port, LOOPBACK, self.port, gap) for host in self.sites)

    def answer(self, host: str, path: str) -> Answer:
        site = self.sites.get(host)
        if site is None:
            return Answer("no such host here\n", 421)
        if callable(site):
            return site(host, path)
        return site.get(path, Answer("nothing here\n", 404))

    def asked(self, host: str, path: str | None = None) -> list[Seen]:
        """The requests a host has seen, or those for one path of it."""
        return [each for each in self.seen if each.host == host and path in (None, each.path)]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False  # a client may keep its connection open for as long as it likes
    request_queue_size = 256
    web: LittleWeb

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.closing = threading.Event()

    def get_request(self) -> tuple[socket.socket, object]:
        line, address = super().get_request()
        return self.web.tls.wrap_socket(line, server_side=True) if self.web.tls else line, address

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves in the middle of an answer is none of our business."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        began = monotonic()
        server = cast(_Server, self.server)
        asked = {name.lower(): value for name, value in self.headers.items()}
        host = asked.get("host", "").rsplit(":", 1)[0].lower()
        answer = server.web.answer(host, self.path)
        if answer.delay:
            server.closing.wait(answer.delay)
        status, headers, body = _reply(answer, asked)
        try:
            self._send(status, headers, answer.stream() if answer.stream else (body,))
        finally:
            server.web.seen.append(Seen(host, self.path, asked, status, began, monotonic()))
            self.wfile.flush()  # only now: whoever has the answer finds it in the log

    def _send(self, status: int, headers: Mapping[str, str], chunks: Iterable[bytes]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers and status != 304:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        for number, chunk in enumerate(chunks):
            if number:
                self.wfile.flush()
            self.wfile.write(chunk)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name is the base class's)
        """Nothing: the log is `LittleWeb.seen`."""


def _reply(answer: Answer, asked: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
    body = answer.octets
    headers = {"Content-Type": "text/html; charset=utf-8", **answer.headers}
    if answer.stream:
        return answer.status, headers, b""
    if answer.status == 200 and answer.validators:
        headers |= _validators(answer, body)
        if _is_fresh(headers, asked):
            return 304, headers, b""
    packs = "gzip" in asked.get("accept-encoding", "") and "Content-Encoding" not in headers
    if packs and len(body) > WORTH_PACKING:
        body = gzip.compress(body, mtime=0)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    headers.setdefault("Content-Length", str(len(body)))
    return answer.status, headers, body


def _validators(answer: Answer, body: bytes) -> dict[str, str]:
    found = {"ETag": answer.etag or f'W/"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'}
    if answer.modified:
        found["Last-Modified"] = format_datetime(answer.modified.astimezone(UTC), usegmt=True)
    return found


def _is_fresh(headers: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    """As RFC 9110, 13.2.2: If-None-Match decides, and only without it does If-Modified-Since."""
    if tags := asked.get("if-none-match"):
        known = {tag.strip() for tag in tags.split(",")}
        return "*" in known or headers["ETag"] in known
    since, modified = asked.get("if-modified-since"), headers.get("Last-Modified")
    return bool(since and modified and parsedate_to_datetime(modified) <= parsedate_to_datetime(since))
