"""Everything once, in the zygote itself, so that no victim spends its life on loading and reading up."""

import asyncio
from importlib import import_module
from tempfile import TemporaryDirectory

from benchmarks.torture.cycle import Order, lay, run
from benchmarks.torture.world import EVENING, SEVEN, world
from crawlers import parsers
from newsdesk.model import Lead, Page
from tests.scheduler.houses import LETTER, NOW, PAPER, SOURCES, feed


def rehearse() -> None:
    """One undisturbed life in a little web of its own; and a page read here, as the crawl's readers do it."""
    for each in ("crawlers.parent", "crawlers.spider"):  # what the crawl's process loads when it begins
        import_module(each)
    asyncio.run(asyncio.sleep(0))
    _read()
    with TemporaryDirectory() as folder, world() as here:
        url = f"sqlite:///{folder}/rehearsal.db"
        lay(url)
        for at in (EVENING, SEVEN):
            run(Order(url, at, here.smtp_port, here.allowed), lambda _: None)


def _read() -> None:
    source = SOURCES[PAPER.split(".")[1]]
    for path, answer in feed(PAPER, LETTER).items():
        url, kind = f"http://{PAPER}{path}", answer.headers.get("Content-Type", "text/html; charset=utf-8")
        page = Page(url, url, 200, kind, answer.octets, NOW)
        if path == "/rss":
            parsers.read_listing(source, page)
        elif path == LETTER.path:
            parsers.page_address(source, Lead(url, LETTER.title))
            parsers.read_article(source, Lead(url, LETTER.title), page)
