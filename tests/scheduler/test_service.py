"""The service rings its bells, lives through what goes wrong, and stops when it is told to."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from newsdesk.errors import StoreBusy
from newsdesk.model import Delivery
from newsdesk.readers import MAIL
from notifications.channels import Route
from presswatch.clock import now
from presswatch.demo.web import Answer, LittleWeb
from scheduler.filing import file
from scheduler.house import House
from scheduler.pulses import Pulse
from scheduler.service import Observer, Service, Unobserved
from scheduler.timetable import TIMETABLE
from storage import Store
from tests.crawlers.visits import crawl_processes
from tests.scheduler.houses import DAY, LETTER, NOW, PAPER, REPORT, SOURCES, Sink, article, feed, house
from tests.storage.made import mail, reader

NEWS = replace(LETTER, published=now() - 2 * DAY)  # APScheduler rings by the true time, and so does the house
SOON = dict.fromkeys(TIMETABLE, timedelta(seconds=0.1))


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    """One database is enough here: what is asked of it is tested on both by the tests of the store."""
    return sqlite_url


class Ringing(Sink):
    """A channel that says when it has been given something."""

    def __init__(self, *fails: Exception | None) -> None:
        super().__init__(list(fails))
        self.rung = Event()

    def send(self, delivery: Delivery) -> str:
        try:
            return super().send(delivery)
        finally:
            if not self.fails:
                self.rung.set()


def serve_until(home: House, done: Callable[[], object], observer: Observer | None = None) -> bool:
    """Run the service until something has happened, then stop it; says whether all came to an end."""

    async def both() -> bool:
        stop = asyncio.Event()
        service = asyncio.create_task(Service(home, timetable=SOON, observer=observer).run(stop))
        await asyncio.to_thread(done)
        stop.set()
        return await service

    return asyncio.run(both())


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
    reader(store)
    file(house(store, now), article(REPORT, published=NEWS.published))
    home = house(store, now, web, sources={"valegazette": SOURCES["valegazette"]}, channel=lambda: sink)
    serve_until(home, lambda: sink.rung.wait(60) and reached.wait(60))
    (mail,) = sink.taken
    assert mail.recipient == "reader@example.org"
    with store.read() as tx:
        assert {each.headline for each in tx.stories.list()} == {REPORT.title, NEWS.title}
        assert tx.outbox.waiting() == {"accepted": 1}


def test_what_readers_wait_for_is_rung_for_every_few_minutes() -> None:
    assert all(each > timedelta(0) for each in TIMETABLE.values())
    assert max(TIMETABLE[each] for each in ("collect", "digest", "send")) <= timedelta(minutes=5)


def test_a_job_that_fails_is_told_of_and_rung_for_again(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    channels = [StoreBusy("the database is locked"), StoreBusy("the disk is full"), None]
    sink = Ringing()

    def channel() -> Sink:
        failure = channels.pop(0) if channels else None
        if failure is not None:
            raise failure
        return sink

    home = house(store, now, sources={}, channel=channel)
    reader(store)
    file(home, article(NEWS))
    with caplog.at_level(logging.ERROR):
        serve_until(home, lambda: sink.rung.wait(60))
    assert len(sink.taken) == 1
    reasons = [vars(each).get("reason") for each in caplog.records if each.getMessage() == "job failed"]
    assert reasons == ["the database is locked", "the disk is full"]


def test_a_crawl_that_is_under_way_ends_when_the_service_stops_and_gives_back_what_it_held(
    store: Store, web: LittleWeb
) -> None:
    site, reached = feed(PAPER, NEWS), Event()

    def answer(_: str, path: str) -> Answer:
        if path != NEWS.path:
            return site[path]
        reached.set()
        return replace(site[path], delay=60)  # longer than a stop may take

    web.sites = {PAPER: answer}
    home = house(store, now, web, sources={"valegazette": SOURCES["valegazette"]})
    assert serve_until(home, lambda: reached.wait(60))
    assert crawl_processes() == []
    with store.read() as tx:
        (lead,) = tx.leads.trace(f"http://{PAPER}{NEWS.path}")
        assert tx.leases.held(now()) == {}
    assert (lead.state, lead.attempts, lead.problem) == ("pending", 0, None)


def test_a_stop_comes_between_two_messages_and_the_rest_waits(store: Store) -> None:
    home = house(store, now, sources={})
    service: list[Service] = []
    for address in ("one@a.example", "two@b.example"):
        reader(store, address)
    file(home, article(NEWS))

    class Stopping(Sink):
        def send(self, delivery: Delivery) -> str:
            service[0].stopping.set()
            return super().send(delivery)

    sink: Sink = Stopping()
    idle = asyncio.Event()
    service.append(Service(replace(home, routes={MAIL: Route(lambda: sink)}), timetable=SOON))

    async def ring() -> None:
        running = asyncio.create_task(service[0].run(idle))
        await asyncio.to_thread(service[0].stopping.wait, 60)
        idle.set()
        await running

    asyncio.run(ring())
    assert len(sink.taken) == 1
    with store.read() as tx:
        assert tx.outbox.waiting() == {"accepted": 1, "queued": 1}


def test_a_defect_in_one_job_is_told_and_stops_no_other(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def channel() -> Sink:
        raise ZeroDivisionError("a defect")

    home = house(store, now, sources={}, channel=channel)
    with store.begin() as tx:
        tx.outbox.queue([mail()], now=now())
    told = Told("digest", "send")
    service = Service(home, timetable=SOON, observer=told)

    async def ring() -> None:
        stop = asyncio.Event()
        running = asyncio.create_task(service.run(stop))
        await asyncio.to_thread(told.all.wait, 60)
        stop.set()
        await running

    asyncio.run(ring())
    assert "ZeroDivisionError: a defect" in caplog.text
    assert service.pulses["send"].error == "ZeroDivisionError('a defect')"
    assert service.pulses["send"].succeeded_at is None
    assert service.pulses["digest"].error == ""
    assert service.silent() == {}


class Told(Unobserved):
    """Sets `all` once each of these jobs has ended, well or not."""

    def __init__(self, *jobs: str) -> None:
        self.waits, self.all = set(jobs), Event()

    def done(self, job: str, result: object, seconds: float) -> None:
        self.waits.discard(job)
        if not self.waits:
            self.all.set()

    def failed(self, job: str, seconds: float) -> None:
        self.done(job, None, seconds)


def test_a_service_is_seen_by_others_while_it_runs(store: Store) -> None:
    home, told = house(store, now, sources={}, owner="host:1"), Told("send")
    held: list[dict[str, int]] = []

    def look() -> None:
        told.all.wait(60)
        with store.read() as tx:
            held.append(tx.leases.held(now()))

    serve_until(home, look, observer=told)
    assert held == [{"host:1": 1}]


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("pulse", "after", "words"),
    [
        (Pulse("send", MINUTE, NOW), MINUTE, ""),
        (Pulse("send", MINUTE, NOW), 6 * MINUTE, "not rung for since 2026-03-05 18:00:00 UTC"),
        (Pulse("send", MINUTE, NOW).begun(NOW), 15 * MINUTE, ""),
        (Pulse("send", MINUTE, NOW).begun(NOW), 31 * MINUTE, "at work since 18:00:00 UTC"),
        (Pulse("send", MINUTE, NOW).begun(NOW).ended(NOW + 9 * MINUTE), 12 * MINUTE, ""),
        (Pulse("send", MINUTE, NOW).begun(NOW).ended(NOW), 7 * MINUTE, "not rung for since"),
        (Pulse("tidy", DAY, NOW).begun(NOW).ended(NOW), 3 * DAY, ""),
    ],
)
def test_a_job_is_silent_when_it_is_not_rung_for_or_does_not_come_back(
    pulse: Pulse, after: timedelta, words: str
) -> None:
    said = pulse.silent(NOW + after)
    assert said.startswith(words)
    assert bool(said) == bool(words)
