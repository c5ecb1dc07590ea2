import ipaddress
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from crawlers.guard import Allowance, check_address, check_url
from newsdesk.errors import AddressDenied
from newsdesk.networks import is_private, is_public

PUBLIC = ["1.1.1.1", "8.8.8.8", "151.101.0.81", "192.0.1.1", "2606:4700:4700::1111", "2a00:1450:4009::200e"]
CLOSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:2::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "localhost",
    "",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_reached(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", CLOSED)
def test_every_other_address_may_not(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(AddressDenied, match=r"evil\.example leads to"):
        check_address("evil.example", address)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("172.31.0.1", True),
        ("192.168.1.10", True),
        ("100.64.0.1", True),
        ("::1", True),
        ("fd12::1", True),
        ("172.32.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1", False),
        ("8.8.8.8", False),
        ("localhost", False),
    ],
)
def test_a_private_address_is_one_of_an_organisations_own_network(address: str, private: bool) -> None:
    assert is_private(address) is private


@given(st.ip_addresses())
def test_no_address_is_both_private_and_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    assert not (is_private(str(address)) and is_public(str(address)))


@given(st.ip_addresses(v=4))
def test_an_address_in_another_ones_clothes_is_never_public(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    for outer in (number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert not is_public(str(ipaddress.IPv6Address(outer)))


@given(st.ip_addresses())
def test_what_python_calls_private_reserved_or_multicast_is_never_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if address.is_private or address.is_reserved or address.is_multicast or address.is_loopback:
        assert not is_public(str(address))


OWN = Allowance("news.northmarch.example", 8000, "127.0.0.1", 43210)


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/feed",
        "https://news.example/feed?a=b",
        "http://news.example:80/",
        "https://news.example:443/",
        "HTTPS://NEWS.EXAMPLE/",
        "http://news.northmarch.example:8000/feed",
    ],
)
def test_web_addresses_on_their_ordinary_or_allowed_port_pass(url: str) -> None:
    check_url(url, [OWN])


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "//news.example/",
        "news.example",
        "http://",
        "http:///path",
        "http://user@news.example/",
        "http://user:word@news.example/",
        "http://news.example:22/",
        "https://news.example:80/",
        "http://news.example:8000/",
        "http://news.northmarch.example:8001/",
        "http://news.example:99999/",
        "http://[::1/",
    ],
)
def test_everything_else_is_refused(url: str) -> None:
    with pytest.raises(AddressDenied):
        check_url(url, [OWN])


@given(st.text())
def test_no_text_whatever_ends_in_another_error(text: str) -> None:
    with suppress(AddressDenied):
        check_url(text)
