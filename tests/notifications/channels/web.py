"""A real web server on the loopback interface that answers as it is told to and keeps what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Desk:
    """Answers with each of `says` in turn, and with the last one from then on; None hangs up."""

    says: list[tuple[int, dict[str, str], str] | None] = field(default_factory=lambda: [(200, {}, "ok")])
    asked: list[Asked] = field(default_factory=list)

    def next(self) -> tuple[int, dict[str, str], str] | None:
        return self.says.pop(0) if len(self.says) > 1 else self.says[0]


@contextmanager
def serving(desk: Desk) -> Iterator[int]:
    """The port of a running server."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            desk.asked.append(
                Asked(self.command, self.path, dict(self.headers.items()), self.rfile.read(size))
            )
            says = desk.next()
            if says is None:
                self.close_connection = True
                return
            status, headers, body = says
            self.send_response(status)
            for name, value in ({"Content-Type": "application/json"} | headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST = do_PUT = answer  # noqa: N815  named by the standard library

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
