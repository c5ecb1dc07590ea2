import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from crawlers.readers.reading import Reading
from crawlers.settings import Limits
from crawlers.workers import MOST_ATTRIBUTES, MOST_ENTITIES, MOST_TAGS, Workers, bomb
from newsdesk.model import Page, Problem
from tests.crawlers.visits import NOW, SIMPLE, source

SOURCE = source("http://news.northmarch.example/feed")


def page(body: bytes) -> Page:
    return Page(SOURCE.url, SOURCE.url, 200, "text/html", body, NOW)


@asynccontextmanager
async def workers(**limits: float) -> AsyncIterator[Callable[[bytes], Awaitable[Reading | Problem]]]:
    made = Workers(SIMPLE, Limits(**limits))  # type: ignore[arg-type]
    try:
        yield lambda body: made.read("read_listing", SOURCE, page(body))
    finally:
        made.close()


def test_a_document_comes_back_read() -> None:
    async def run() -> Reading | Problem:
        async with workers() as read:
            return await read(b"http://a.example/1")

    reading = asyncio.run(run())
    assert isinstance(reading, Reading)
    assert [lead.url for lead in reading.leads] == ["http://a.example/1"]


def test_one_worker_goes_on_after_every_kind_of_death() -> None:
    async def run() -> list[Reading | Problem]:
        async with workers(workers=1, document=1) as read:
            words = (b"loop for ever", b"die", b"take all memory", b"raise", b"", b"http://a.example/1")
            return [await read(each) for each in words]

    *problems, last = asyncio.run(run())
    assert [(each.code, each.reason) for each in problems if isinstance(each, Problem)] == [
        ("parser-killed", "reading it took longer than 1 s"),
        ("parser-killed", "its reader died (SIGABRT)"),
        ("parser-killed", "reading it took more than 2048 MiB of memory"),
        ("unreadable", 'its parser failed: KeyError: "a parser\'s own error"'),
        ("drifted", "it shows nothing"),
    ]
    assert isinstance(last, Reading)


def test_more_documents_than_workers_all_get_their_turn() -> None:
    async def run() -> list[Reading | Problem]:
        async with workers(document=1) as read:
            words = [b"loop for ever", *(b"http://a.example/%d" % number for number in range(20)), b"die"]
            return list(await asyncio.gather(*(read(each) for each in words)))

    first, *others, last = asyncio.run(run())
    assert isinstance(first, Problem)
    assert isinstance(last, Problem)
    assert [each.leads[0].url for each in others if isinstance(each, Reading)] == [
        f"http://a.example/{number}" for number in range(20)
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<p>" * (MOST_TAGS + 1), "tags"),
        (b"&amp;" * (MOST_ENTITIES + 1), "entities"),
        (b"<p " + b"a=1 " * (MOST_ATTRIBUTES + 1) + b">", "attributes"),
        (b"<p " + b"a " * 100_000, "attributes"),
    ],
)
def test_the_grossest_bombs_are_told_without_a_parser(body: bytes, reason: str) -> None:
    assert reason in str(bomb(body))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<p>A page &amp; its story</p>" * 5_000,
        b'<img src="data:image/png;base64,' + b"A" * 2_000_000 + b'">',
        b"%PDF-1.7 " + b"<" * (MOST_TAGS + 1),
        b"a < b " * 50_000,
    ],
)
def test_what_newsrooms_publish_is_no_bomb(body: bytes) -> None:
    assert bomb(body) is None
