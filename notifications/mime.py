"""The octets of a mail: text first, then HTML, in quoted-printable."""

import re
from binascii import b2a_qp
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256

from newsdesk.model import Message
from notifications.headers import list_unsubscribe, mailbox_header, plain, unstructured

FIXED = (
    ("Auto-Submitted", "auto-generated"),  # RFC 3834: nobody's absence note should answer
    ("X-Auto-Response-Suppress", "OOF, AutoReply"),  # the same, as Exchange reads it
    ("Precedence", "list"),
    ("Content-Language", "en-GB"),
    ("MIME-Version", "1.0"),
)
THREAD = ("In-Reply-To", "References")
_OVERLONG = re.compile(r"^([^\r\n]{74,75})(=20|=09)(?=\r\n)", re.MULTILINE)


def to_bytes(message: Message) -> bytes:
    """The mail in 7-bit octets with CRLF, the same for the same message: text first, then HTML."""
    boundary = boundary_of(message)
    head = [
        mailbox_header("From", message.sender),
        mailbox_header("To", message.recipient),
        unstructured("Subject", message.subject),
        plain("Date", format_datetime(message.date)),
        plain("Message-ID", message.message_id),
        *(plain(name, message.thread) for name in THREAD if message.thread),
        plain("List-Id", message.list_id),
        *list_unsubscribe(message.unsubscribe),
        plain("Feedback-ID", feedback_id(message)),
        plain("X-Presswatch-Delivery", delivery_id(message)),
        *(plain(name, value) for name, value in FIXED),
        plain("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
    ]
    parts = ["\r\n".join(head) + "\r\n", _part("plain", message.text), _part("html", message.html)]
    return f"\r\n--{boundary}\r\n".join(parts).encode() + f"\r\n--{boundary}--\r\n".encode()


def delivery_id(message: Message) -> str:
    """Stays readable where a relay writes a Message-ID of its own, as Amazon's does."""
    return message.message_id.strip("<>").partition("@")[0]


def feedback_id(message: Message) -> str:
    """By which Gmail groups what its readers complain of: the list, the day, the kind, and us."""
    name, _, domain = message.list_id.strip("<>").partition(".")
    return f"{name}:{message.date:%Y%m%d}:{message.kind}:{domain}"


def boundary_of(message: Message) -> str:
    """ "=_" cannot occur in quoted-printable, so no text can hold a boundary."""
    return f"=_{sha256(message.message_id.encode(errors='replace')).hexdigest()[:32]}"


def _part(subtype: str, text: str) -> str:
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{quoted_printable(unified(text))}"
    )


def quoted_printable(text: str) -> str:
    """RFC 2045, 6.7, with CRLF. `text` has "\\n" for line breaks."""
    return "\r\n".join(map(_line, text.split("\n")))


@lru_cache(maxsize=16_384)  # the lines of the stories, which many readers share; each stands for itself
def _line(text: str) -> str:
    # b2a_qp breaks lines as its input does, so the input must show it a CRLF, and it does not count again
    # when it has written a line's last blank in three octets.
    encoded = b2a_qp(f"{text}\r\n".encode(), istext=True).decode("ascii")
    if encoded.endswith(("=20\r\n", "=09\r\n")):
        encoded = _OVERLONG.sub("\\1=\r\n\\2", encoded)
    return encoded.removesuffix("\r\n")


def unified(text: str) -> str:
    """Text as it can be written: one kind of line break, and "?" for half a surrogate pair."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="replace").decode()
    return text
