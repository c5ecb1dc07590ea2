"""Silent breaks are found within two visits, and nobody honest is accused: all of them in one little web."""

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from newsdesk.health import Condition
from presswatch.demo.web import LittleWeb
from scheduler import collecting
from storage import Store, VisitRow
from tests.scheduler.breaks import BREAKS, HONEST, MOMENTS, Case, items, rss
from tests.scheduler.houses import Clock, house, source

SECURE = "www.secure.example"
ELSEWHERE = "www.elsewhere.example"


@dataclass(frozen=True)
class Found:
    """What was held against each source after each visit, and the visits."""

    conditions: list[dict[str, list[Condition]]]
    visits: dict[str, list[VisitRow]]

    def ill(self, name: str, visit: int) -> list[str]:
        return [each.code for each in self.conditions[visit].get(name, []) if each.ill]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Found]:
    """Five rounds over all of them; what breaks does so after the third."""
    folder = tmp_path_factory.mktemp("breaks")
    cases = [*BREAKS, *HONEST]
    sources = {each.source.name: each.source for each in cases}
    secure = source(SECURE, url=f"https://{SECURE}/rss", weekly=(3, 14), options={})
    sources[secure.name] = secure
    clock, store = Clock(MOMENTS[0]), Store.open(f"sqlite:///{folder / 'presswatch.db'}")
    conditions: list[dict[str, list[Condition]]] = []
    with ExitStack() as stack:
        stack.callback(store.close)
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("SSL_CERT_FILE", str(certified(folder / "good.pem", 2099)))
        web = stack.enter_context(LittleWeb({}))
        tls = stack.enter_context(LittleWeb({}, tls=context(folder / "good.pem")))
        for number, clock.at in enumerate(MOMENTS):
            web.sites = {each.host: each.site(clock.at) for each in cases}
            web.sites |= {ELSEWHERE: rss(ELSEWHERE, items(clock.at))}
            tls.sites = {SECURE: {**rss(SECURE, items(clock.at))}}
            if number == 3:
                expired = certified(folder / "expired.pem", 2021)
                patch.setenv("SSL_CERT_FILE", str(expired))
                tls.tls = context(expired)
            home = house(store, clock, sources=sources, allow=(*web.allowances(), *tls.allowances()))
            collecting.collect(home, list(sources.values()), follow=False)
            with store.read() as tx:
                conditions.append(tx.health.conditions())
        with store.read() as tx:
            visits = {name: tx.sources.visits(name, 10) for name in sources}
        yield Found(conditions, visits)


def certified(path: Path, until: int) -> Path:
    """A certificate that is its own authority and runs out in that year, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SECURE)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(until, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(SECURE)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


def context(certificate: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: case.name)
def test_a_silent_break_is_found_within_two_visits(found: Found, case: Case) -> None:
    assert found.ill(case.source.name, 2) == [], "all was well before"
    assert case.code in found.ill(case.source.name, 4)


def test_a_certificate_that_has_expired_is_found_within_two_visits(found: Found) -> None:
    assert found.ill("secure", 2) == []
    (condition,) = [each for each in found.conditions[4]["secure"] if each.ill]
    assert (condition.code, "certificate has expired" in condition.reason) == ("unreachable", True)


@pytest.mark.parametrize("case", HONEST, ids=lambda case: case.name)
def test_nobody_honest_is_accused(found: Found, case: Case) -> None:
    assert [found.ill(case.source.name, visit) for visit in range(5)] == [[]] * 5


def test_a_list_that_rolled_over_between_two_visits_is_told(found: Found) -> None:
    assert [each.rolled for each in found.visits["big-news-day"]] == [False, True, False, False, False]
    assert not any(each.rolled for each in found.visits["new-order"])
