"""Which addresses may be reached: public ones, over the ordinary web ports, and nothing else.

Names and spellings are not judged, because too many of them are 127.0.0.1 in disguise; what is judged is the
number that a connection is about to be made to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsdesk.errors import AddressDenied
from newsdesk.networks import is_public

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Allowance:
    """One host and port that may be reached although it lies on this machine.

    Made in code by tests and the demo, never from configuration. Connections for `host`:`port` go to
    `address`:`connect_port` without asking any name server. `gap` is the pause between two requests to that
    host in seconds; None keeps the ordinary one.
    """

    host: str
    port: int
    address: str
    connect_port: int
    gap: float | None = None


def check_address(host: str, address: str) -> None:
    """Raise AddressDenied unless `address`, which `host` stands for, is public."""
    if not is_public(address):
        raise AddressDenied(f"{host} leads to {address}, which is not on the public internet")


def check_url(url: str, allow: Iterable[Allowance] = ()) -> None:
    """Raise AddressDenied unless this is http(s) on its ordinary port, or on one that is allowed."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressDenied(f"{url!r} is not an address: {error}") from None
    if parts.scheme not in _PORTS or not host:
        raise AddressDenied(f"{url!r} is not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise AddressDenied(f"{url!r} carries a user name or a password")
    if port not in (None, _PORTS[parts.scheme]) and (host, port) not in {(a.host, a.port) for a in allow}:
        raise AddressDenied(f"{host} is to be reached on port {port}, which is not a web server's")
