"""Mail addresses, as configured ("Presswatch <digest@example.org>") and as the protocols want them."""

import re
from typing import NamedTuple

from newsdesk.errors import DeliveryError
from newsdesk.text import clean_line

_PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_NAMED = re.compile(r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<name>[^"<>@,;:\\]*?)) ?<(?P<address>[^<>]+)>')
_QUOTED_PAIR = re.compile(r"\\(.)")


class Mailbox(NamedTuple):
    """A display name (may be empty) and an address of plain ASCII."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower()


def mailbox(written: str) -> Mailbox:
    """Reads one mailbox. Raises DeliveryError (permanent) for an address that plain SMTP cannot carry.

    Addresses outside ASCII would need SMTPUTF8 on every server of the way, so they are refused at once.
    """
    line = clean_line(written)
    found = _NAMED.fullmatch(line)
    address = found["address"] if found else line
    name = (found["quoted"] or found["name"] or "") if found else ""
    if not _PLAIN.fullmatch(address) or "=?" in address:
        raise DeliveryError(f"{line!r} is not a mail address that can be written to", permanent=True)
    return Mailbox(_QUOTED_PAIR.sub(r"\1", name), address)
