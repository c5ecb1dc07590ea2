"""Signatures as an independent verifier reads them."""

from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.errors import Mistake
from notifications.dkim import SIGNED, Signer, signer
from notifications.proof import sealed
from tests.notifications.mails import message

serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
dkim = pytest.importorskip("dkim")

PAGE = "https://digest.example/leave/" + "token" * 40
MAIL = sealed(
    replace(
        message(
            subject="Rivermouth – " + "word " * 30, text="A  line \nand a tab\t\n\n\n", unsubscribe=(PAGE,)
        ),
        thread="<first@presswatch.example>",
    )
)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A private key's file, and the record a name server would have."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    path = tmp_path_factory.mktemp("dkim") / "key.pem"
    path.write_bytes(
        made.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    public = made.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return path, b"v=DKIM1; k=rsa; p=" + b64encode(public)


@pytest.fixture
def sign(key: tuple[Path, bytes]) -> Signer:
    return signer("presswatch.example", "news", key[0])


def verifies(mail: bytes, record: bytes) -> bool:
    asked: list[bytes] = []

    def dns(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return record

    held = bool(dkim.verify(mail, dnsfunc=dns))
    assert asked == [b"news._domainkey.presswatch.example."]
    return held


def test_a_signed_mail_verifies_and_is_otherwise_the_same(sign: Signer, key: tuple[Path, bytes]) -> None:
    signed = sign(MAIL)
    assert signed.endswith(MAIL)
    assert verifies(signed, key[1])
    assert sign(MAIL) == signed, "the same on every try"
    head = signed.partition(b"\r\n\r\n")[0]
    assert max(map(len, signed.removesuffix(MAIL).split(b"\r\n"))) <= 78
    for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID", "References"):
        assert name in SIGNED
        assert f"\r\n{name}: ".encode() in head


@pytest.mark.parametrize(
    ("was", "became"),
    [
        (b"Subject: ", b"Subject: not "),
        (b"List-Unsubscribe-Post: List", b"List-Unsubscribe-Post: Lust"),
        (b"\r\nTo: ", b"\r\nFrom: other@council.example\r\nTo: "),
        (b"A  line", b"No line"),
    ],
)
def test_whatever_is_changed_on_the_way_breaks_the_signature(
    sign: Signer, key: tuple[Path, bytes], was: bytes, became: bytes
) -> None:
    signed = sign(MAIL)
    assert was in signed
    assert not verifies(signed.replace(was, became, 1), key[1])


def test_a_key_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("no key")
    for name in ("no.pem", "missing.pem"):
        with pytest.raises(Mistake, match=name):
            signer("presswatch.example", "news", tmp_path / name)
