"""The addresses a reader may be sent to, and the words they stand behind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsdesk.text import clean_line

_PLAIN = re.compile(r"[^\s<>\"\\]+")
_LONGEST = 2_000  # characters; longer addresses break in mail clients and are never a page's own


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead. An empty `url` means words alone."""

    words: str
    url: str = ""


def link(words: str, url: str) -> Link:
    """A link, or the words alone when the address is not one for a reader."""
    return Link(words, url if for_readers(url) else "")


def for_readers(url: str) -> bool:
    """True for http(s) addresses of a host, without credentials, unseen characters or room for tricks."""
    if len(url) > _LONGEST or clean_line(url) != url or not _PLAIN.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def ways_out(addresses: Sequence[str]) -> tuple[Link, ...]:
    """The unsubscribe addresses as readers see them: a page where there is one, else an email."""
    pages = [link("Unsubscribe", each) for each in addresses if for_readers(each)]
    letters = [Link("Unsubscribe by email", each) for each in addresses if each.startswith("mailto:")]
    return tuple((pages or letters)[:1])
