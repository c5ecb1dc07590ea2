"""What an address is, and when two addresses are the same page.

`canonical` gives an address that can be opened; `identity` says which page it names. Generic cleaners strip
parameters such as `cid` and so merge every committee page of a council into one: here only the closed lists
of `newsdesk/data/trackers.toml` are dropped, and everything unknown is kept.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from newsdesk.text import digest

_LONGEST = 4096  # characters
_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\\]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_SESSION = re.compile(r";jsessionid=[^/?;]*", re.IGNORECASE)
_ENTRY = re.compile(r"entry:[a-z0-9-]{1,80}")  # our own mark for a part of a page that is edited in place
# Nothing is to be done to such an address. Most are of this kind, and to take one apart is slow.
_CLEAN = re.compile(
    r"(?P<scheme>https?)://(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})"
    r"(?P<path>/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?)"
)
_LONGEST_CLEAN = 250  # characters, so that its host is not too long for a name either
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class _Rule(NamedTuple):
    """On these hosts (none given: on any), a path of this form names its page by `page` alone.

    `drop` are parameters, with their values, that say nothing there."""

    hosts: frozenset[str]
    path: re.Pattern[str]
    page: str
    drop: frozenset[str]


_data = tomllib.loads((files("newsdesk") / "data" / "trackers.toml").read_text("utf-8"))
_TRACKERS = frozenset(_data["names"])
_TRACKER_PREFIXES = tuple(_data["prefixes"])
_MIRRORS = tuple(_data["mirrors"])
_HOST_TRACKERS: dict[str, frozenset[str]] = {host: frozenset(names) for host, names in _data["hosts"].items()}
_RULES = tuple(
    _Rule(
        frozenset(each.get("hosts", ())),
        re.compile(each["path"]),
        each["page"],
        frozenset(each.get("drop", ())),
    )
    for each in _data["page"]
)


def canonical(url: str, base: str | None = None) -> str | None:
    """The address, cleaned but still one to open; None when it is not an honest http(s) address.

    Host in lower case (IDNA), default port, fragment, session id and known trackers gone, escapes in one
    form; the scheme, "www." and the order of parameters stay. The one fragment that is kept is "#entry:…",
    a part of a page that is edited in place. `base` resolves a relative link. Idempotent, and raises nothing.
    """
    url = url.strip()
    if len(url) <= _LONGEST_CLEAN and _CLEAN.fullmatch(url):
        return url
    if not url or url.startswith("#") or len(url) > _LONGEST or _CONTROL.search(url + (base or "").strip()):
        return None
    try:
        parts = urlsplit(urljoin(base.strip(), url) if base else url)
        host, port = _host(parts), parts.port
    except ValueError:  # a bad port, a bad IPv6 address, a name IDNA cannot write
        return None
    if host is None or port == 0:
        return None
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    query = "&".join(_parameters(_escaped(parts.query, "/?"), host))
    entry = parts.fragment if _ENTRY.fullmatch(parts.fragment) else ""
    cleaned = urlunsplit((parts.scheme, netloc, _path(parts.path), query, entry))
    return cleaned if len(cleaned) <= _LONGEST else None


def identity(url: str) -> str:
    """Which page an address names: two addresses of one page have the same identity.

    The scheme, "www.", a closing slash and the order of differently named parameters do not count. Raises
    ValueError when `canonical` gives None.
    """
    parts = _split(url)
    path, query, host = parts.path, parts.query.split("&"), parts.netloc.removeprefix("www.")
    for rule in _RULES:
        if (not rule.hosts or host in rule.hosts) and (found := rule.path.search(path)):
            host, path = (min(rule.hosts) if rule.hosts else host), found.expand(rule.page)
            query = [each for each in query if each not in rule.drop]
    # Sorted by name alone: "a=1&a=2" and "a=2&a=1" may be two pages.
    ordered = "&".join(sorted(query, key=_name))
    entry = f"#{parts.fragment}" if parts.fragment else ""
    return host + path.rstrip("/") + (f"?{ordered}" if ordered else "") + entry


@lru_cache(8192)  # each address of a listing is asked for several times in a row
def key(url: str) -> int:
    """A signed 64-bit hash of `identity(url)`. Raises ValueError when `canonical` gives None."""
    return digest(identity(url))


@lru_cache(4096)
def site(url: str) -> str:
    """The host without "www." and port. Raises ValueError when `canonical` gives None."""
    return (_split(url).hostname or "").removeprefix("www.")


@lru_cache(4096)
def mirrored(host: str) -> bool:
    """Whether a host (as `site` gives it) only copies other outlets, or poses as one of them."""
    return any(host == each or host.endswith("." + each) for each in _MIRRORS)


def _split(url: str) -> SplitResult:
    if len(url) <= _LONGEST_CLEAN and (clean := _CLEAN.fullmatch(url)):
        return SplitResult(clean["scheme"], clean["host"], clean["path"], "", "")
    cleaned = canonical(url)
    if cleaned is None:
        raise ValueError(f"not a web address: {url[:200]!r}")
    return urlsplit(cleaned)


def _host(parts: SplitResult) -> str | None:
    """The host as ASCII; None for another scheme, credentials, or a number dressed up as a name."""
    if parts.scheme not in _PORTS or "@" in parts.netloc or not parts.hostname:
        return None
    written = parts.hostname.removesuffix(".")
    if ":" in written:
        return f"[{IPv6Address(written)}]" if parts.netloc[0] == "[" and "%" not in written else None
    host = written if written.isascii() else written.encode("idna").decode("ascii").lower()
    labels = host.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        return str(IPv4Address(host)) if written.isascii() else None
    plausible = host == "localhost" or len(labels) > 1
    return host if plausible and len(host) <= 253 and all(map(_LABEL.fullmatch, labels)) else None


def _path(path: str) -> str:
    kept: list[str] = []
    steps = _SESSION.sub("", _escaped(path, "/")).split("/")[1:]
    for step in steps:
        if step == "..":
            kept = kept[:-1]
        elif step != ".":
            kept.append(step)
    if steps and steps[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _escaped(part: str, also: str) -> str:
    """One spelling for what can be spelt several ways: RFC 3986 section 6.2.2."""
    whole = _STRAY_PERCENT.sub("%25", part)
    plain = _ESCAPE.sub(lambda found: _unescaped(found[0]), whole)
    return quote(plain, safe="%!$&'()*+,;=:@" + also)


def _unescaped(escape: str) -> str:
    character = chr(int(escape[1:], 16))
    return character if character in _UNRESERVED else escape.upper()


def _parameters(query: str, host: str) -> list[str]:
    local = _HOST_TRACKERS.get(host.removeprefix("www."), frozenset())
    return [each for each in query.split("&") if each and not _tracks(_name(each), local)]


def _tracks(name: str, local: frozenset[str]) -> bool:
    return name in _TRACKERS or name in local or name.startswith(_TRACKER_PREFIXES)


def _name(parameter: str) -> str:
    return parameter.partition("=")[0].lower()
