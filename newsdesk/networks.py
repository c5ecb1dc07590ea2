"""Which numeric addresses are public hosts', for all who open connections to where somebody wrote."""

from ipaddress import IPv4Address, IPv6Network, ip_address, ip_network

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
# Where an organisation's own hosts are: loopback, RFC 1918, RFC 6598 (overlay networks use it), RFC 4193. Not
# link local, where clouds keep what must not be asked.
_INSIDE = tuple(
    ip_network(each)
    for each in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "::1/128",
        "fc00::/7",
    )
)
# All that is given out for use on the public internet. Mapped and compatible IPv4, NAT64, unique local, link
# local, site local, segment routing and multicast addresses lie outside.
_GIVEN_OUT = IPv6Network("2000::/3")


def is_public(address: str) -> bool:
    """Whether a numeric address is a public host's. A text that is no address is not."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    if any(number in network for network in _CLOSED):
        return False
    return number.is_global and (isinstance(number, IPv4Address) or number in _GIVEN_OUT)


def is_private(address: str) -> bool:
    """Whether a numeric address is a host's of an organisation's own network, or of this machine."""
    try:
        number = ip_address(address)
    except ValueError:
        return False
    return any(number in network for network in _INSIDE)
