"""Places that mean harm: addresses that lead inside, bodies without end, answers that never come."""

import gzip
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import brotli  # type: ignore[import-untyped]
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from crawlers.guard import Allowance
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
    assert set(codes.values()) == {"address-denied"}, codes


def test_an_allowance_does_not_open_its_port_to_other_names() -> None:
    with Canary() as canary, LittleWeb({HOST: {"/": Answer("http://x.example/")}}) as web:
        (own,) = web.allowances()
        twin = f"http://127.0.0.1:{web.port}/"
        seen = visit(orders(f"http://{HOST}/", twin, f"http://localhost:{web.port}/"), [own], no_lead)
        assert {each.host for each in web.seen} == {HOST}
        assert canary.count == 0
    assert seen.problem(f"http://{HOST}/") is None
    assert seen.problem(twin) == "address-denied"


# ---------------------------------------------------------------- certificates


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that this host has given itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


def over_tls(certificate: Path, name: str = HOST) -> Visit:
    """A visit by https to a server that shows this certificate and answers "closed" to everything."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def answer(connection: socket.socket, count: int) -> None:
        with suppress(OSError), context.wrap_socket(connection, server_side=True) as line:
            line.recv(4096)
            line.sendall(b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")

    with Canary(answer) as server:
        allow = Allowance(name, 443, "127.0.0.1", server.port, 0.0)
        return visit(orders(f"https://{name}/feed"), [allow], no_lead)


def test_a_server_whose_certificate_nobody_vouches_for_is_not_asked(certificate: Path) -> None:
    problem = over_tls(certificate).listings[f"https://{HOST}/feed"].problem
    assert problem
    assert problem.code == "unreachable"
    assert problem.reason.startswith(f"the certificate of {HOST} cannot be trusted")


def test_a_certificate_is_for_the_names_it_names(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    other = "www.other.example"
    assert over_tls(certificate).problem(f"https://{HOST}/feed") == "gone"
    assert over_tls(certificate, other).problem(f"https://{other}/feed") == "unreachable"
