"""Which addresses may be reached: public ones, over the ordinary web ports, and nothing else.

Names and spellings are not judged, because too many of them are 127.0.0.1 in disguise; what is judged is the
number that a connection is about to be made to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from newsdesk.errors import AddressDenied

# Source: IANA's registries of special-purpose IPv4 and IPv6 addresses. `is_global` alone is not enough: what
# it lets through differs between Python versions, and multicast and the tunnels (addresses that hide another
# one) count as global in most of them.
_CLOSED = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo, benchmarking, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
# All that is given out for use on the public internet. Mapped and compatible IPv4, NAT64, unique local, link
# local, site local, segment routing and multicast addresses lie outside.
_GIVEN_OUT = IPv6Network("2000::/3")
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


def is_public(address: str) -> bool:
    """Whether a numeric address is a public host's. A text that is no address is not."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    if any(number in network for network in _CLOSED):
        return False
    return number.is_global and (isinstance(number, IPv4Address) or number in _GIVEN_OUT)


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
