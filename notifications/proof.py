"""The proof that a reader gets from the octets exactly what was meant, made before any mail leaves."""

import re
from binascii import a2b_qp
from email.header import decode_header, make_header
from email.message import Message as Parsed
from email.parser import HeaderParser
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from newsdesk.errors import DeliveryError
from newsdesk.model import Message
from notifications.addresses import mailbox
from notifications.headers import LONGEST_LINE, cleaned
from notifications.mime import (
    FIXED,
    THREAD,
    boundary_of,
    delivery_id,
    feedback_id,
    to_bytes,
    unified,
)

_HEADERS = HeaderParser()
_FOLD = re.compile(r"\r\n(?=[ \t])")
_LONGEST_BODY_LINE = 76  # octets; RFC 2045, 6.7


def sealed(message: Message) -> bytes:
    """The octets to send, checked. Raises DeliveryError (permanent) rather than let a wrong mail leave."""
    mail = to_bytes(message)
    verified(mail, message)
    return mail


def verified(mail: bytes, message: Message) -> None:
    """Reads the octets back and compares. Raises DeliveryError (permanent) naming what is not as meant.

    Holds whatever a headline contains and whichever Python runs: the set and order of the headers, every
    value as a reader's program decodes it, both texts, and the limits on lines. The parts are found by their
    boundary, as RFC 2046 says: the library's parser goes line by line, which takes five times as long.
    """
    head, _, body = mail.partition(b"\r\n\r\n")
    parsed = _HEADERS.parsestr(head.decode(errors="surrogateescape") + "\r\n\r\n")
    wrong = [
        *_wrong_lines(mail, message),
        *_wrong_headers(parsed, message),
        *_wrong_parts(body, message, broken=bool(parsed.defects)),
    ]
    if wrong:
        raise DeliveryError(f"the mail does not say what was meant: {'; '.join(wrong)}", permanent=True)


def _wrong_lines(mail: bytes, message: Message) -> list[str]:
    # an address may need more than ASCII (see addresses), and nothing else may
    address = mailbox(message.recipient).address
    plain = mail if address.isascii() else mail.replace(address.encode(), b"", 1)
    lines = mail.split(b"\r\n")
    head = lines.index(b"") if b"" in lines else len(lines)
    checks = {
        "an octet outside ASCII": not plain.isascii(),
        "a bare CR or LF": not len(lines) - 1 == mail.count(b"\r") == mail.count(b"\n"),
        "a header line over 998 octets": max(map(len, lines[:head]), default=0) > LONGEST_LINE,
        "a body line over 76 octets": max(map(len, lines[head:]), default=0) > _LONGEST_BODY_LINE,
    }
    return [what for what, found in checks.items() if found]


def _wrong_headers(parsed: Parsed, message: Message) -> list[str]:
    meant, found = _meant(message), [(name, _decoded(name, value)) for name, value in parsed.items()]
    if [name for name, _ in meant] != [name for name, _ in found]:
        return [f"its headers are {', '.join(name for name, _ in found)}"]
    return [f"{name} reads {value!r}" for name, value in found if (name, value) not in meant]


def _wrong_parts(body: bytes, message: Message, *, broken: bool) -> list[str]:
    mark = f"--{boundary_of(message)}".encode()
    before, *parts = (b"\r\n" + body).split(b"\r\n" + mark)
    after = parts.pop() if parts else b""
    if before or after != b"--\r\n" or broken or not all(each.startswith(b"\r\n") for each in parts):
        return ["it does not fall into parts"]
    found = [_read(each.removeprefix(b"\r\n")) for each in parts]
    meant = [("text/plain", unified(message.text)), ("text/html", unified(message.html))]
    return [] if found == meant else ["a part does not read as it was written"]


def _read(part: bytes) -> tuple[str, str]:
    """The kind of a part and its text, as a reader's program has them."""
    head, _, content = part.partition(b"\r\n\r\n")
    kind, charset = _of_part(head)
    text = a2b_qp(content).decode(charset, "replace") if charset else ""
    return kind, text.replace("\r\n", "\n")


@lru_cache(maxsize=16)  # every mail of ours has the same two
def _of_part(head: bytes) -> tuple[str, str]:
    """What the headers of a part say: its kind and character set; no set where they cannot be read."""
    fields = _HEADERS.parsestr(head.decode("ascii", "replace") + "\r\n\r\n")
    if fields.get("Content-Transfer-Encoding") != "quoted-printable" or fields.defects:
        return "unknown", ""
    return fields.get_content_type(), str(fields.get_content_charset())


def _meant(message: Message) -> list[tuple[str, str]]:
    """Every header, as the reader's program should show it."""
    unsubscribe = [("List-Unsubscribe", ", ".join(f"<{each}>" for each in message.unsubscribe))]
    one_click = [("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
    return [
        ("From", _shown(message.sender)),
        ("To", _shown(message.recipient)),
        ("Subject", cleaned(message.subject)),
        ("Date", format_datetime(message.date)),
        ("Message-ID", message.message_id),
        *((name, message.thread) for name in THREAD if message.thread),
        ("List-Id", message.list_id),
        *(unsubscribe if message.unsubscribe else []),
        *(one_click if any(each.lower().startswith("https:") for each in message.unsubscribe) else []),
        ("Feedback-ID", feedback_id(message)),
        ("X-Presswatch-Delivery", delivery_id(message)),
        *FIXED,
        ("Content-Type", f'multipart/alternative; boundary="{boundary_of(message)}"'),
    ]


def _decoded(name: str, value: str) -> str:
    line = _FOLD.sub("", value)
    if name == "Subject":
        return _words(line).strip()
    if name in {"From", "To"}:
        display, address = parseaddr(line)
        return f"{_words(display)} <{address}>"
    return line


@lru_cache(maxsize=1_024)
def _words(line: str) -> str:
    return str(make_header(decode_header(line)))


def _shown(written: str) -> str:
    box = mailbox(written)
    return f"{cleaned(box.name)} <{box.address}>"
