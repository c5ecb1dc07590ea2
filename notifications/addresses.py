"""Mail addresses, as configured ("Presswatch <digest@example.org>") and as the protocols want them."""

import re
from functools import lru_cache
from typing import NamedTuple

from newsdesk.errors import DeliveryError
from newsdesk.text import clean_line

_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]{1,64}")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_NAMED = re.compile(r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<name>[^"<>@,;:\\]*?)) ?<(?P<address>[^<>]+)>')
_QUOTED_PAIR = re.compile(r"\\(.)")


class Mailbox(NamedTuple):
    """A display name (may be empty) and an address, whose domain is plain ASCII and mostly the rest too."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower()


@lru_cache(maxsize=1_024)  # asked several times for each mail
def mailbox(written: str) -> Mailbox:
    """Reads one mailbox. Raises DeliveryError (permanent) for an address that no mail can carry.

    A domain outside ASCII is written as name servers know it. What stands before the "@" cannot be: such an
    address is only good where every server of the way offers SMTPUTF8 (RFC 6531).
    """
    line = clean_line(written)
    found = _NAMED.fullmatch(line)
    address = found["address"] if found else line
    name = (found["quoted"] or found["name"] or "") if found else ""
    local, _, domain = address.rpartition("@")
    domain = _ascii(domain)
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain) or "=?" in address:
        raise DeliveryError(f"{line!r} is not a mail address that can be written to", permanent=True)
    return Mailbox(_QUOTED_PAIR.sub(r"\1", name), f"{local}@{domain}")


def _ascii(domain: str) -> str:
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
