"""Places that mean harm: addresses that lead inside, bodies without end, answers that never come."""

import gzip
import zlib
from collections.abc import Iterator
from threading import Event

import brotli
import pytest

from crawlers.settings import Limits
from presswatch.demo.web import Answer, LittleWeb, Site
from tests.crawlers.visits import Canary, Visit, no_lead, orders, visit

HOST = "news.northmarch.example"
CAP = 1_000_000


def endless() -> Iterator[bytes]:
    while True:
        yield b"x" * 65536


def drip() -> Iterator[bytes]:
    while True:
        yield b"x"
        Event().wait(0.1)


ZEROS = bytes(50_000_000)
ONCE = gzip.compress(ZEROS, 1)
BODIES = {
    "gzip": Answer(ONCE, headers={"Content-Encoding": "gzip"}),
    "deflate": Answer(zlib.compress(ZEROS, 1), headers={"Content-Encoding": "deflate"}),
    "brotli": Answer(brotli.compress(ZEROS, quality=1), headers={"Content-Encoding": "br"}),
    "twice": Answer(gzip.compress(ONCE), headers={"Content-Encoding": "gzip, gzip"}),
    "endless": Answer(stream=endless),
    "announced": Answer(b"x", headers={"Content-Length": "1000000000"}),
    "drip": Answer(stream=drip),
    "silent": Answer("", delay=30),
    "long-header": Answer("", headers={"X-Long": "x" * 1_000_000}),
    "many-headers": Answer("", headers={f"X-{number}": "x" for number in range(10_000)}),
    "not-packed": Answer(b"this is no gzip", headers={"Content-Encoding": "gzip"}),
    "good": Answer("http://www.good.example/story"),
}


@pytest.fixture(scope="module")
def bodies() -> Visit:
    sites: dict[str, Site] = {f"www.{name}.example": {"/": answer} for name, answer in BODIES.items()}
    with LittleWeb(sites) as web:
        limits = Limits(seconds=30, exchange=2, size=CAP)
        return visit(orders(*(f"http://{host}/" for host in sites)), web.allowances(), no_lead, limits=limits)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("gzip", "too-large"),
        ("deflate", "too-large"),
        ("brotli", "too-large"),
        ("twice", "unreachable"),
        ("endless", "too-large"),
        ("announced", "unreachable"),
        ("drip", "unreachable"),
        ("silent", "unreachable"),
        ("long-header", "unreachable"),
        ("many-headers", "unreachable"),
        ("not-packed", "unreachable"),
        ("good", None),
    ],
)
def test_a_hostile_answer_ends_in_a_named_problem(bodies: Visit, name: str, code: str | None) -> None:
    assert bodies.problem(f"http://www.{name}.example/") == code


def test_the_reason_names_the_place_and_the_cause(bodies: Visit) -> None:
    problem = bodies.listings["http://www.drip.example/"].problem
    assert problem
    assert problem.reason == "www.drip.example did not finish its answer within 2 s"


DISGUISES = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://0x7f.1:{port}/",
    "http://2130706433:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://0:{port}/",
    "http://①②⑦.0.0.1:{port}/",
    "http://127。0。0。1:{port}/",
    "http://good.example\\@127.0.0.1:{port}/",
    "http://good.example@127.0.0.1:{port}/",
    "file:///etc/hostname",
    "ftp://127.0.0.1:{port}/",
    "data:text/html,hello",
    "javascript:alert(1)",
]


def test_no_disguise_of_this_machine_gets_a_connection() -> None:
    """Each as a source and as the target of a redirect, with the very port and with the ordinary ones."""
    with Canary() as canary:
        urls = [each.format(port=canary.port) for each in DISGUISES]
        urls += [each.format(port=80) for each in DISGUISES if "{port}" in each]
        hops = {f"/{number}": Answer("", 302, headers={"Location": url}) for number, url in enumerate(urls)}
        ascii_hops = {path: hop for path, hop in hops.items() if hop.headers["Location"].isascii()}
        with LittleWeb({HOST: ascii_hops}) as web:
            redirects = [f"http://{HOST}{path}" for path in ascii_hops]
            seen = visit(orders(*dict.fromkeys(urls), *redirects), web.allowances(), no_lead)
        assert canary.count == 0
    codes = {name: seen.problem(name) for name in [*urls, *redirects]}
    assert set(codes.values()) <= {"address-denied", "robots-held"}, codes
    assert codes["http://127.0.0.1:80/"] == "robots-held"


def test_an_allowance_does_not_open_its_port_to_other_names() -> None:
    with Canary() as canary, LittleWeb({HOST: {"/": Answer("http://x.example/")}}) as web:
        (own,) = web.allowances()
        twin = f"http://127.0.0.1:{web.port}/"
        seen = visit(orders(f"http://{HOST}/", twin, f"http://localhost:{web.port}/"), [own], no_lead)
        assert {each.host for each in web.seen} == {HOST}
        assert canary.count == 0
    assert seen.problem(f"http://{HOST}/") is None
    assert seen.problem(twin) == "address-denied"
