"""Parsers for tests of the engine: a listing is one address per line, and some words do what they say."""

import os
from datetime import UTC, datetime

from crawlers.readers.reading import Reading
from newsdesk.errors import Blocked, Drifted
from newsdesk.model import Article, Lead, Page, Source


def read_listing(source: Source, page: Page) -> Reading:
    obey(page.body)
    lines = page.body.decode().split()
    if not lines:
        raise Drifted("it shows nothing")
    return Reading(tuple(Lead(line, title=f"Headline of {line}") for line in lines))


def read_refusal(page: Page) -> None:
    if page.body == b"prove that you are no robot":
        raise Blocked("a challenge page came instead of what was asked for", status=page.status)


def page_address(source: Source, lead: Lead) -> str:
    return lead.url


def read_article(source: Source, lead: Lead, page: Page) -> Article:
    obey(page.body)
    return Article(
        page.final_url, source.outlet, lead.title, page.body.decode(), page.fetched_at, source=source.name
    )


def obey(body: bytes) -> None:
    if body == b"loop for ever":
        while True:
            pass
    if body == b"take all memory":
        bytearray(1 << 40)
    if body == b"die":
        os.abort()
    if body == b"raise":
        raise KeyError("a parser's own error")
    if body == b"half a character":
        raise Drifted("\ud800")
    assert datetime.now(UTC).tzinfo
