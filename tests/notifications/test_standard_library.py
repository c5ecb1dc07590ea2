"""Why the header block is written here: what the standard library makes of the same message.

The library's half is only looked at, never asserted: a later Python may have mended it. Ours must be right on
every Python.
"""

from collections.abc import Callable
from email import policy
from email.message import EmailMessage

from notifications.proof import sealed
from tests.notifications.mails import message

Note = Callable[[str, object], None]
LONG_PAGE = "https://digest.example/unsubscribe/" + "token" * 40
HEADLINE = "=?utf-8?q?=0D=0ABcc:_a@b.c?="


def by_the_library(name: str, value: str) -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    mail[name] = value
    return mail.as_bytes()


def test_a_long_way_out_is_left_whole_where_the_library_may_encode_it(record_property: Note) -> None:
    theirs = by_the_library("List-Unsubscribe", f"<{LONG_PAGE}>")
    record_property("library encodes a long List-Unsubscribe", b"=?utf-8?" in theirs)
    ours = sealed(message(unsubscribe=(LONG_PAGE,)))
    assert f"List-Unsubscribe: <{LONG_PAGE}>\r\n".encode() in ours


def test_a_headline_adds_no_header_where_the_library_may_let_it(record_property: Note) -> None:
    try:
        theirs = by_the_library("Subject", HEADLINE)
    except ValueError:  # the mended versions refuse it
        theirs = b""
    record_property("library lets an encoded word add a header", b"\nBcc:" in theirs)
    ours = sealed(message(subject=HEADLINE))
    assert b"\nBcc" not in ours
    assert b"Subject: = ?utf-8?q?=0D=0ABcc:_a@b.c?=\r\n" in ours
