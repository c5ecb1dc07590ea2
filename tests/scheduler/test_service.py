"""The service rings its bells, lives through what goes wrong, and stops when it is told to."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from newsdesk.errors import DeliveryError, StoreBusy
from presswatch.clock import now
from presswatch.demo.web import Answer, LittleWeb
from scheduler.filing import file
from scheduler.house import House
from scheduler.service import run
from scheduler.timetable import TIMETABLE
from storage import Store
from tests.crawlers.visits import crawl_processes
from tests.scheduler.houses import DAY, LETTER, PAPER, REPORT, SOURCES, Sink, article, feed, house

NEWS = replace(LETTER, published=now() - 2 * DAY)  # APScheduler rings by the true time, and so does the house
SOON = dict.fromkeys(TIMETABLE, timedelta(seconds=0.1))


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """One database is enough here: what is asked of it is tested on both by the tests of the store."""
    return f"sqlite:///{tmp_path / 'presswatch.db'}"


class Ringing(Sink):
    """A channel that says when it has been given something."""

    def __init__(self, *fails: Exception | None) -> None:
        super().__init__(list(fails))
        self.rung = Event()

    def send(self, delivery: object) -> None:
        try:
            super().send(delivery)  # type: ignore[arg-type]
        finally:
            if not self.fails:
                self.rung.set()


def serve_until(home: House, done: Callable[[], object]) -> None:
    """Run the service until something has happened, then stop it."""

    async def both() -> None:
        stop = asyncio.Event()
        service = asyncio.create_task(run(home, stop=stop, timetable=SOON))
        await asyncio.to_thread(done)
        stop.set()
        await service

    asyncio.run(both())


def watch_for_the_page(web: LittleWeb) -> Event:
    """Serve the news; the event is set when their page is asked for."""
    site, reached = feed(PAPER, NEWS), Event()

    def answer(_: str, path: str) -> Answer:
        if path == NEWS.path:
            reached.set()
        return site[path]

    web.sites = {PAPER: answer}
    return reached


def test_the_service_visits_draws_up_and_sends_by_itself(store: Store, web: LittleWeb) -> None:
    sink = Ringing()
    reached = watch_for_the_page(web)
    file(house(store, now), article(REPORT, published=NEWS.published))
    home = house(store, now, web, sources={"valegazette": SOURCES["valegazette"]}, channel=lambda: sink)
    serve_until(home, lambda: sink.rung.wait(60) and reached.wait(60))
    (mail,) = sink.taken
    assert mail.recipient == "director@northmarch.example"
    with store.read() as tx:
        assert {each.headline for each in tx.stories.list()} == {REPORT.title, NEWS.title}
        assert tx.outbox.waiting() == {"accepted": 1}


def test_every_job_has_its_bell() -> None:
    assert set(TIMETABLE) == {"collect", "digest", "send"}
    assert all(timedelta(0) < each <= timedelta(minutes=5) for each in TIMETABLE.values())


def test_a_job_that_fails_is_told_of_and_rung_for_again(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    channels = [StoreBusy("the database is locked"), DeliveryError("relay away", permanent=False), None]
    sink = Ringing()

    def channel() -> Sink:
        failure = channels.pop(0) if channels else None
        if failure is not None:
            raise failure
        return sink

    home = house(store, now, sources={}, channel=channel)
    file(home, article(NEWS))
    with caplog.at_level(logging.ERROR):
        serve_until(home, lambda: sink.rung.wait(60))
    assert len(sink.taken) == 1
    assert "send: the database is locked" in caplog.text
    assert "send: relay away" in caplog.text


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_crawl_that_is_under_way_and_gives_back_what_it_held(
    store: Store, web: LittleWeb, signum: signal.Signals
) -> None:
    reached = watch_for_the_page(web)
    home = house(store, now, web, sources={"valegazette": SOURCES["valegazette"]})

    async def until_signalled() -> None:
        service = asyncio.create_task(run(home, timetable=SOON))
        await asyncio.to_thread(reached.wait, 60)
        os.kill(os.getpid(), signum)
        await service

    asyncio.run(until_signalled())
    assert crawl_processes() == []
    with store.begin() as tx:
        free = tx.sources.claim(["valegazette"], owner="next", now=now(), until=now() + DAY)
        (lead,) = tx.leads.trace(f"http://{PAPER}{NEWS.path}")
    assert free == ["valegazette"]
    assert lead.state in ("pending", "kept")
