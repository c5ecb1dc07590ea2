"""The feeds that are polled: made up, the same in every run, in the forms and sizes that newsrooms publish.

Of every ten, five are a blog system's RSS with whole articles in it, three a plain RSS, two Atom; of every
hundred, one is RDF and one is Atom with XHTML, which only the feed library reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from random import Random
from typing import Literal

NEWEST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PATH, ELSEWHERE = "/news/feed.xml", "/syndication/news.xml"
Manner = Literal["plain", "moved", "slow", "missing", "broken"]

_MANNERS: dict[int, Manner] = {3: "missing", 5: "broken", 7: "moved", 8: "moved", 9: "slow"}  # of a hundred
_RDF, _XHTML = 10, 11  # of a hundred
_WORDS = (
    "council children services social care report inspectors families carers plan board cabinet member "
    "review school support team funding budget staff local authority improvement visit letter young people "
    "foster homes court partners police health strategy practice workers manager director published today "
    "said new"
).split()


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of the little web. `items` is how many it holds, `manner` how its server behaves."""

    host: str
    body: bytes
    items: int
    manner: Manner

    @property
    def answers(self) -> bool:
        return self.manner not in ("missing", "broken")

    def url(self, port: int) -> str:
        return f"http://{self.host}:{port}{PATH}"


def host(n: int) -> str:
    """Where the n-th feed lives: on an address of its own, because politeness takes each for a domain."""
    return f"127.1.{n // 250}.{n % 250 + 1}"


def site(n: int) -> str:
    """The site that the n-th feed's items link to. Nobody goes there: pages are no part of polling."""
    return f"www.newsroom-{n}.example"


def feeds(number: int) -> Iterator[Feed]:
    """So many feeds."""
    for n in range(number):
        items = 20 + n * 7 % 21
        body = _written(n, f"https://{site(n)}", items).encode()
        yield Feed(host(n), body, items, _MANNERS.get(n % 100, "plain"))


def _written(n: int, site: str, items: int) -> str:
    chance = Random(n)
    if n % 100 == _RDF:
        return _rdf(site, items, chance)
    if n % 10 >= 8 or n % 100 == _XHTML:
        return _atom(site, items, chance, xhtml=n % 100 == _XHTML)
    return _rss(site, items, chance, whole=n % 10 < 5)


def _rss(site: str, items: int, chance: Random, *, whole: bool) -> str:
    lines = []
    for at in range(items):
        content = f"<content:encoded><![CDATA[{_article(chance, 8)}]]></content:encoded>" if whole else ""
        more = f"<dc:creator><![CDATA[{_said(chance, 2)}]]></dc:creator>{content}" if whole else ""
        lines.append(
            f"<item><title>{_title(chance)}</title><link>{site}/news/{at}-{chance.randrange(10**6)}/</link>"
            f"<pubDate>{format_datetime(_when(at))}</pubDate><category><![CDATA[News]]></category>"
            f'<guid isPermaLink="false">{site}/?p={1000 + at}</guid>'
            f"<description>{escape(_article(chance, 1))}</description>{more}</item>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>'
        f"<title>News</title><link>{site}/</link><description>News</description><language>en-GB</language>"
        f'<atom:link href="{site}{PATH}" rel="self" type="application/rss+xml"/>\n{"".join(lines)}'
        "</channel></rss>\n"
    )


def _atom(site: str, items: int, chance: Random, *, xhtml: bool) -> str:
    lines = []
    for at in range(items):
        said = _article(chance, 1)
        inside = f'<div xmlns="http://www.w3.org/1999/xhtml">{said}</div>' if xhtml else escape(said)
        lines.append(
            f"<entry><id>{site}/entry/{at}</id><title>{_title(chance)}</title>"
            f'<link rel="alternate" type="text/html" href="{site}/news/{at}"/>'
            f"<published>{_when(at).isoformat()}</published><updated>{_when(at).isoformat()}</updated>"
            f'<summary type="{"xhtml" if xhtml else "html"}">{inside}</summary></entry>\n'
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f'<id>{site}/</id><title>News</title><link href="{site}/"/><updated>{NEWEST.isoformat()}</updated>\n'
        f"{''.join(lines)}</feed>\n"
    )


def _rdf(site: str, items: int, chance: Random) -> str:
    lines = [
        f'<item rdf:about="{site}/news/{at}"><title>{_title(chance)}</title><link>{site}/news/{at}</link>'
        f"<description>{escape(_article(chance, 1))}</description>"
        f"<dc:date>{_when(at).isoformat()}</dc:date></item>\n"
        for at in range(items)
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{site}/"><title>News</title>'
        f"<link>{site}/</link></channel>\n{''.join(lines)}</rdf:RDF>\n"
    )


def _article(chance: Random, paragraphs: int) -> str:
    more = "<a href='https://www.example.org/'>more</a>"
    return "".join(f"<p>{_said(chance, 45)} {more}.</p>" for _ in range(paragraphs))


def _title(chance: Random) -> str:
    return _said(chance, 9).capitalize()


def _said(chance: Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))


def _when(at: int) -> datetime:
    return NEWEST - timedelta(hours=5 * at)
