from dataclasses import replace

import pytest

from newsdesk.errors import DeliveryError
from notifications.mime import to_bytes
from notifications.proof import sealed, verified
from tests.notifications.mails import message

MEANT = message(subject="Nothing new on Friday", unsubscribe=("https://digest.example/stop",))
MAIL = to_bytes(MEANT)


def test_a_mail_as_it_was_meant_passes() -> None:
    verified(MAIL, MEANT)
    assert sealed(MEANT) == MAIL


@pytest.mark.parametrize(
    ("was", "became", "told"),
    [
        (b"To: ", b"Bcc: other@council.example\r\nTo: ", "headers"),
        (b"Precedence: list\r\n", b"", "headers"),
        (b"To: director@", b"To: somebody@", "To reads"),
        (b"Friday", b"Monday", "Subject reads"),
        (
            b"<https://digest.example/stop>",
            b"=?utf-8?q?=3Chttps=3A//digest=2Eexample/stop=3E?=",
            "List-Unsubscribe",
        ),
        (b"auto-generated", b"no", "Auto-Submitted"),
        (b"A letter was", b"No letter was", "part"),
        (b"text/html", b"text/plain", "part"),
        (b"\r\nA letter", b"\nA letter", "bare"),
        (b"A letter", b"\xc3\xa4 letter", "ASCII"),
        (b"A letter", b"A" * 100 + b" letter", "76"),
        (b"Precedence: list", b"Precedence: list" + b" " * 1_000, "998"),
    ],
)
def test_a_mail_that_says_anything_else_does_not_leave(was: bytes, became: bytes, told: str) -> None:
    assert was in MAIL
    with pytest.raises(DeliveryError, match=told) as refused:
        verified(MAIL.replace(was, became), MEANT)
    assert refused.value.permanent


def test_a_truncated_mail_does_not_leave() -> None:
    with pytest.raises(DeliveryError):
        verified(MAIL[: len(MAIL) // 2], MEANT)


def test_an_identity_that_would_add_a_header_does_not_leave() -> None:
    for wrong in ("<a@b>\r\nBcc: x@y.example", "<ä@b>"):
        with pytest.raises(DeliveryError):
            sealed(replace(MEANT, message_id=wrong))
