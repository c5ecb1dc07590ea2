"""Title, dates, byline, language and own address of an HTML page, each with the place it was taken from."""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime

from lxml.html import HtmlElement

from crawlers.bylines import byline_of
from crawlers.markup import visible
from crawlers.publication import dates_of
from crawlers.structured import Claim, claims
from newsdesk import urls
from newsdesk.model import Lead
from newsdesk.text import clean_line, words

_BESIDE_SITE = re.compile(r"\s+[|–—·»-]\s+")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself. `winners` names where each value came from."""

    title: str = ""
    published: datetime | None = None
    published_printed: str | None = None
    updated: datetime | None = None
    updated_printed: str | None = None
    byline: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    body: str = ""
    winners: Mapping[str, str] = field(default_factory=dict)


def read_metadata(tree: HtmlElement, lead: Lead, url: str, outlet: str, now: datetime) -> Metadata:
    """Everything a page states or shows of itself; what it does not say is taken from the lead."""
    stated = claims(tree)
    title = _title(tree, stated, lead, outlet, url)
    published, updated = dates_of(tree, stated, lead, url, now)
    byline = byline_of(tree, stated, outlet)
    won = {
        "title": title,
        "published": published and published.claim,
        "updated": updated and updated.claim,
        "byline": byline,
    }
    return Metadata(
        title=clean_line(title.value),
        published=published.at if published else None,
        published_printed=clean_line(published.printed) if published else None,
        updated=updated.at if updated else None,
        updated_printed=clean_line(updated.printed) if updated else None,
        byline=byline.value if byline else None,
        language=_language(tree),
        canonical_url=_canonical(tree, url),
        body=next((claim.value for claim in stated.get("body", [])), ""),
        winners={name: claim.by for name, claim in won.items() if claim},
    )


# ---------------------------------------------------------------- title


def _title(tree: HtmlElement, stated: Mapping[str, list[Claim]], lead: Lead, outlet: str, url: str) -> Claim:
    """The h1 that what the page states for machines confirms; else its only h1; else what it states.

    Measured on public corpora this rule beats every extractor; a name of the site is never a title.
    """
    sites = {_plain(claim.value) for claim in stated.get("site", [])} | {_plain(outlet), _label(url)}
    shown = [text for node in tree.iter("h1") if (text := visible(node)) and _plain(text) not in sites]
    head = next((visible(node) for node in tree.iter("title")), "")
    claimed = [Claim(bare, each.by) for each in stated.get("title", []) if (bare := _bare(each.value, sites))]
    confirmers = [_plain(claim.value) for claim in claimed] + [_plain(lead.title)]
    for text in shown:
        plain = _plain(text)
        for claim in claimed:
            if plain.endswith(f" {_plain(claim.value)}") and _is_kicker(text, claim.value):
                return claim
        if any(plain in each for each in confirmers if each) or _plain(head).startswith(plain):
            return _as_typed(text, claimed)
    if len(shown) == 1 and (not claimed or any(_kin(shown[0], claim.value) for claim in claimed)):
        return Claim(shown[0], "h1")
    if claimed:
        return claimed[0]
    bare = _bare(head, sites)
    return Claim(bare, "title") if bare else Claim(lead.title, "lead")


def _as_typed(shown: str, claimed: Iterable[Claim]) -> Claim:
    """The headline, as it was typed where only its quotation marks were set for show."""
    straight = shown.translate(_STRAIGHT)
    same = (
        each
        for each in claimed
        if each.by == "json-ld" and each.value != shown and each.value.translate(_STRAIGHT) == straight
    )
    return next(same, Claim(shown, "h1"))


def _bare(title: str, sites: Set[str]) -> str:
    """Without the site's name before or after it."""
    parts = _BESIDE_SITE.split(title)
    kept = [at for at, part in enumerate(parts) if _plain(part) not in sites]
    if len(kept) == len(parts):
        return title
    return parts[kept[0]] if kept else ""


def _is_kicker(shown: str, claimed: str) -> bool:
    """Is what the headline says more than the claim only a word or two, as "Opinion" or "News"?"""
    return len(words(shown)) - len(words(claimed)) <= 2 and len(words(claimed)) >= 4


def _kin(one: str, other: str) -> bool:
    """Do two titles share a word of some length?"""
    long = {word for word in words(other) if len(word) > 3}
    return not long or any(word in long for word in words(one))


def _label(url: str) -> str:
    """ "example" of https://www.example.co.uk/news: sites often call themselves so."""
    return urls.site(url).partition(".")[0] if urls.canonical(url) else ""


def _plain(text: str) -> str:
    return " ".join(words(text))


# ---------------------------------------------------------------- language, address


def _language(tree: HtmlElement) -> str | None:
    root = tree.getroottree().getroot()
    said = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or ""
    )
    found = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?\b", said.strip())
    return found.group().replace("_", "-").lower() if found else None


def _canonical(tree: HtmlElement, url: str) -> str | None:
    """The page's own word for its address, believed on the same site only, and not for the front page."""
    for node in tree.iter("link"):
        if "canonical" in (node.get("rel") or "").lower().split():
            own = urls.canonical(node.get("href") or "", base=url)
            if own and urls.site(own) == urls.site(url) and (not _is_front(own) or _is_front(url)):
                return own
    return None


def _is_front(url: str) -> bool:
    return url.split("/", 3)[3:] in ([], [""])
