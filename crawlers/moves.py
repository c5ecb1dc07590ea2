"""Where a listing moved to, and whether a machine may believe that."""

import re
from urllib.parse import urlsplit

from crawlers.domains import domain
from newsdesk import urls
from newsdesk.model import Moved

_HOME = re.compile(r"/?(?:(?:index|home|default)(?:\.\w+)?/?)?", re.IGNORECASE)
_LOGIN_HOST = re.compile(r"(?:login|logon|signin|auth|sso|accounts?|idp)[.-]", re.IGNORECASE)
_LOGIN_PATH = re.compile(r"(?:^|[/=])(?:log-?[io]n|sign-?in|sso|saml2?|oauth2?|authorize)(?:[/?.&]|$)", re.I)


def moved(declared: str, to: str) -> Moved | None:
    """The move, with what speaks against adopting it unseen; None for no honest address.

    Another domain may belong to somebody else by now: names of newsrooms that closed are bought for their
    readers. All that it shows would be told as the outlet's own, so a person has to look first.
    """
    home, there = urls.canonical(declared), urls.canonical(to)
    if home is None or there is None:
        return None
    parts = urlsplit(there)
    if _LOGIN_HOST.match(parts.hostname or "") or _LOGIN_PATH.search(f"{parts.path}?{parts.query}"):
        return Moved(there, "a login stands there")
    if _HOME.fullmatch(parts.path) and not parts.query and not _HOME.fullmatch(urlsplit(home).path):
        return Moved(there, "that is the site's home page")
    if domain(urls.site(there)) != domain(urls.site(home)):
        return Moved(there, "that is another domain")
    return Moved(there)
