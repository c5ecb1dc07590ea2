"""What a returned message says: whom it could not reach, why, and of which of our messages it speaks.

Reports of the standard form (RFC 3464) are read, and nothing is guessed from prose: an absence note or a
letter from a person is left for a person.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Parsed
from email.utils import getaddresses
from hashlib import sha256
from typing import Literal

from newsdesk.text import clean_line

_SAID = 300
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
# RFC 3463: a bad mailbox, a bad domain, a moved one, no MX; and a mailbox that was switched off. All else,
# a full mailbox and a refusal for policy among it, may be otherwise next week.
_GONE = re.compile(r"5\.1\.(?:1|2|3|6|10)|5\.2\.1")
_ENVELOPE = ("Delivered-To", "X-Original-To", "Envelope-To", "To")


@dataclass(frozen=True, slots=True)
class Report:
    """`key` tells this bounce from every other. `sent_to` are addresses it came in by: one may be VERP's."""

    key: str
    kind: Literal["hard", "soft", "delayed"]
    sent_to: tuple[str, ...]
    message_id: str
    recipient: str
    status: str
    said: str


def read(content: bytes) -> Report | None:
    """The report in a mail; None when it holds none that can be read."""
    mail = message_from_bytes(content)
    about = next(
        (each for part in _parts(mail, "message/delivery-status") for each in _recipients(part)), None
    )
    if about is None or (kind := _kind(about)) is None:
        return None
    return Report(
        key=sha256(content).hexdigest(),
        kind=kind,
        sent_to=tuple(_addresses(mail, *_ENVELOPE)),
        message_id=_original(mail),
        recipient=_recipient(about),
        status=_status(about),
        said=clean_line(str(about.get("Diagnostic-Code", "")))[:_SAID],
    )


def _parts(mail: Parsed, kind: str) -> Iterator[Parsed]:
    return (each for each in mail.walk() if each.get_content_type() == kind)


def _recipients(status: Parsed) -> list[Parsed]:
    """The groups of fields that speak of one recipient each; the first group speaks of the message."""
    groups = status.get_payload()
    found = [each for each in groups if isinstance(each, Parsed)] if isinstance(groups, list) else []
    return [each for each in found if each.get("Action")]


def _kind(about: Parsed) -> Literal["hard", "soft", "delayed"] | None:
    match str(about["Action"]).strip().lower():
        case "failed":
            return "hard" if _GONE.fullmatch(_status(about)) else "soft"
        case "delayed":
            return "delayed"
    return None  # delivered, relayed, expanded: good news, which nobody asked for


def _status(about: Parsed) -> str:
    """The figures; where the field only says "5.0.0", those of the remote server's own words."""
    given = _STATUS.search(str(about.get("Status", "")))
    status = given[1] if given else ""
    remote = _STATUS.search(str(about.get("Diagnostic-Code", "")))
    return remote[1] if remote and status in ("", "5.0.0", "4.0.0") else status


def _recipient(about: Parsed) -> str:
    """Final-Recipient: rfc822; somebody@council.example"""
    written = str(about.get("Original-Recipient") or about.get("Final-Recipient") or "")
    address = written.partition(";")[2].strip().strip("<>").lower()
    return address if "@" in address else ""


def _original(mail: Parsed) -> str:
    """The Message-ID of what was returned: of its copy, else of its headers."""
    for part in _parts(mail, "message/rfc822"):
        copies = part.get_payload()
        for each in copies if isinstance(copies, list) else []:
            if isinstance(each, Parsed) and (found := _MESSAGE_ID.search(str(each.get("Message-ID", "")))):
                return found[0]
    for part in _parts(mail, "text/rfc822-headers"):
        written = part.get_payload(decode=True)
        headers = message_from_bytes(written if isinstance(written, bytes) else b"")
        if found := _MESSAGE_ID.search(str(headers.get("Message-ID", ""))):
            return found[0]
    return ""


def _addresses(mail: Parsed, *names: str) -> list[str]:
    written = [str(each) for name in names for each in mail.get_all(name, [])]
    return [address.lower() for _, address in getaddresses(written) if "@" in address]
