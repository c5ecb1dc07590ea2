"""Collected feeds: nothing is lost against the feed library, and no feed breaks anything."""

import gzip
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest

from crawlers.readers import read_listing
from newsdesk import urls
from newsdesk.errors import PresswatchError
from newsdesk.model import Lead
from tests.crawlers.examples import ADDRESS, a_page, a_source
from tests.recorded import RECORDED

CORPORA = RECORDED.parent / "corpora"
LEAST = {"feeds-feedparser": 40, "feeds-gofeed": 10, "feeds-mixed": 600}  # items with an address, at least
NAMES = tuple(LEAST)
needs_corpora = pytest.mark.skipif(
    not CORPORA.is_dir(), reason=f"the collected feeds are not here ({CORPORA})"
)


def collected(name: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Each file of a corpus, with what its project expects of it."""
    with gzip.open(CORPORA / name / "expect.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            path: Path = CORPORA / name / entry["file"]
            raw = path.read_bytes()
            yield entry, gzip.decompress(raw) if path.suffix == ".gz" else raw


def library(body: bytes) -> list[tuple[str, str]]:
    """Address and title of every item that has an address, as the feed library reads it."""
    headers = {"content-type": "application/xml", "content-location": ADDRESS}
    try:
        feed = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False)
    except Exception:  # noqa: BLE001 - whatever the library cannot read, it finds nothing in
        return []
    found = [
        (urls.canonical(each.get("link") or "", base=ADDRESS) or urls.canonical(each.get("id") or ""), each)
        for each in feed.entries
    ]
    return [(url, each.get("title") or "") for url, each in found if url]


def ours(body: bytes, hosts: str) -> tuple[Lead, ...]:
    try:
        return read_listing(a_source(options={"hosts": hosts}), a_page(body, "application/xml")).leads
    except PresswatchError:
        return ()


@needs_corpora
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_against_the_feed_library(name: str) -> None:
    lost, items = [], 0
    for entry, body in collected(name):
        known = [(url, title) for url, title in library(body) if not urls.mirrored(urls.site(url))]
        leads = ours(body, " ".join({urls.site(url) for url, _ in known}))
        addresses = {lead.url for lead in leads}
        lost += [(entry["id"], url) for url, _ in known if url not in addresses]
        items += len(known)
        untitled = {url for url, title in known if not title}
        assert all(lead.title or lead.url in untitled for lead in leads), entry["id"]
    assert items >= LEAST[name]
    assert lost == []


@needs_corpora
@pytest.mark.parametrize("name", NAMES[1:])
def test_every_expected_item_with_an_address_is_found(name: str) -> None:
    missing = []
    for entry, body in collected(name):
        wanted = [each.get("link") or "" for each in entry["expect"]["items"]]
        known = {url for each in wanted if (url := urls.canonical(each, base=ADDRESS))}
        leads = ours(body, " ".join(urls.site(url) for url in known))
        missing += [(entry["id"], url) for url in known - {lead.url for lead in leads}]
    assert missing == []
