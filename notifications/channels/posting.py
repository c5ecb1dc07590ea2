"""One HTTPS request for each delivery, and what the answer means.

| answer                                 | meaning                                                     |
| -------------------------------------- | ----------------------------------------------------------- |
| 2xx                                    | accepted, whichever of them: workflows say 202              |
| 400, 413, 422                          | permanent: this message                                     |
| 408, 425, 429, 5xx, no connection      | the route: try later, after Retry-After where it says so    |
| any other (401, 403, 404, 410, a move) | the route: address or secret is wrong, and somebody must look |
| silence after the whole request        | uncertain                                                   |

Connections are made to public addresses only, whatever a name stands for; where the operator says that a
channel's host is private, to private ones only. Readers name no addresses. No redirect is followed. Addresses
and secrets are part of no error: services put passwords into addresses.
"""

import http.client
import json
import socket
import ssl
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery
from newsdesk.networks import is_private, is_public
from newsdesk.text import clean_line
from notifications.brief import Brief

_TIMEOUT = 20.0  # seconds, for each step
_LONGEST_ANSWER = 20_000  # octets that are read of it
_SAID = 200
_THE_MESSAGE = {400, 413, 422}
_NOT_PUBLIC = "it does not lie on the public internet: if that is meant, set private = true for this channel"
_NOT_PRIVATE = "it does not lie in a private network: take private = true off this channel"


@dataclass(frozen=True, slots=True)
class Request:
    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"


class PostingChannel(ABC):
    """What the channels over HTTP have in common; each writes its own request.

    `url` is where it goes, `secret` what proves who we are. `private` says that the host lies in a
    private network, where http: will do too.
    """

    def __init__(self, name: str, url: str, *, secret: str = "", private: bool = False) -> None:
        self.name, self._url, self._secret, self._private = name, url, secret, private
        self._connection: _Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    @abstractmethod
    def request(self, brief: Brief) -> Request:
        """What is to be asked so that this is told."""

    def send(self, delivery: Delivery) -> str:
        return self._answer(self.request(Brief.of(delivery.mail)))

    def check(self) -> str:
        """Connects, which sends nothing. Raises DeliveryError saying what failed."""
        try:
            self._connected(self._url).connect()
        except OSError as error:
            raise self._failed(f"cannot be reached: {_plain(error)}", "connect") from None
        finally:
            self._close()
        return f"{self.name}: {urlsplit(self._url).hostname} answers"

    def _answer(self, request: Request) -> str:
        phase = "connect"
        try:
            connection = self._connected(request.url)
            if connection.sock is None:
                connection.connect()
            phase = "request"
            parts = urlsplit(request.url)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(
                request.method, target, request.body, {"User-Agent": "Presswatch", **request.headers}
            )
            phase = "reply"
            response = connection.getresponse()
            said = response.read(_LONGEST_ANSWER)
            if response.will_close or response.length:
                self._close()
        except (OSError, http.client.HTTPException) as error:
            what = "cannot be reached" if phase == "connect" else "no answer"
            raise self._failed(f"{what}: {_plain(error)}", phase, uncertain=phase == "reply") from None
        return self._judged(response, said)

    def _judged(self, response: http.client.HTTPResponse, said: bytes) -> str:
        status = response.status
        words = self.without_secrets(clean_line(said.decode("utf-8", "replace"))[:_SAID])
        if 200 <= status < 300:
            return f"{status} {words}".strip()
        of_the_message = status in _THE_MESSAGE
        raise DeliveryError(
            f"{self.name}: {status} {response.reason}: {words}",
            permanent=of_the_message,
            fault="message" if of_the_message else "route",
            phase="reply",
            status=str(status),
            retry_after=_seconds(response.headers.get("Retry-After")),
        )

    def without_secrets(self, words: str) -> str:
        """Words from outside, in which nothing that only we and they should know is repeated."""
        parts = urlsplit(self._url)
        for secret in (self._url, self._secret, parts.path.strip("/"), parts.query):
            if len(secret) > 3:
                words = words.replace(secret, "…")
        return words

    def _connected(self, url: str) -> "_Connection":
        if self._connection is None:
            try:
                parts = urlsplit(url)
                tls, host, port = parts.scheme == "https", parts.hostname or "", parts.port
            except ValueError:
                raise self._failed("its address cannot be read", "connect") from None
            if not host or not (tls or (self._private and parts.scheme == "http")):
                raise self._failed("its address is no https: address", "connect")
            port = port or (443 if tls else 80)
            self._connection = _Connection(host, port, tls=tls, private=self._private)
        return self._connection

    def _failed(self, reason: str, phase: str, *, uncertain: bool = False) -> DeliveryError:
        self._close()
        words = f"{self.name}: {self.without_secrets(clean_line(reason))}"
        return DeliveryError(words, permanent=False, uncertain=uncertain, fault="route", phase=phase)

    def _close(self) -> None:
        if self._connection is not None:
            with suppress(OSError):
                self._connection.close()
        self._connection = None


class _Connection(http.client.HTTPConnection):
    """Connects to the address that was looked at, so that a name cannot mean another one a moment later."""

    def __init__(self, host: str, port: int, *, tls: bool, private: bool) -> None:
        super().__init__(host, port, timeout=_TIMEOUT)
        self._tls, self._private = tls, private

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        meant = is_private if self._private else is_public
        address = next((at for each in found if meant(at := str(each[4][0]))), None)
        if address is None:
            raise OSError(_NOT_PRIVATE if self._private else _NOT_PUBLIC)
        sock = socket.create_connection((address, self.port), timeout=_TIMEOUT)
        if self._tls:
            self.sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)
        else:
            self.sock = sock


def as_json(content: Mapping[str, Any], **headers: str) -> tuple[bytes, dict[str, str]]:
    """A body and its headers."""
    return json.dumps(content).encode(), {"Content-Type": "application/json", **headers}


def _seconds(retry_after: str | None) -> float | None:
    return float(retry_after) if retry_after and retry_after.isdecimal() else None


def _plain(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
