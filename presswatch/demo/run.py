"""The demonstration: the real crawler, desk, store and mail on a little web that tells an invented week.

It happens in the week's own time: Thursday evening, Friday's digest, Friday evening, Saturday's digest. Run
again in the same folder it visits the same web a little later, and finds nothing new.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from time import monotonic

from newsdesk.desk import Desk
from newsdesk.gazetteer import Gazetteer
from newsdesk.model import Story
from newsdesk.readers import MAIL, MORNING, Subscription
from newsdesk.searches import Search
from notifications.channels import Route
from notifications.channels.log import LogChannel
from notifications.render import Rendered
from presswatch import compose
from presswatch.demo import week
from presswatch.demo.web import LittleWeb, Seen
from scheduler import collecting, digesting, sending, subscribing
from scheduler.collecting import Visited, Watcher, unwatched
from scheduler.house import House
from storage import Store

ADDRESS = "reader@example.org"
MORNINGS = (date(2026, 3, 6), date(2026, 3, 7))
GAP = 0.05  # seconds between two requests to one host; the web is ours, so nobody is troubled
_LATER = timedelta(minutes=5)


class Time:
    """The week's own clock: it stands where it is put and runs on from there."""

    def __init__(self) -> None:
        self.put(week.NOWS[0])

    def put(self, at: datetime) -> None:
        self._at, self._since = at, monotonic()

    def __call__(self) -> datetime:
        return self._at + timedelta(seconds=monotonic() - self._since)


@dataclass(frozen=True, slots=True)
class Evening:
    """One round of visits: what came of each, and every request the web saw."""

    at: datetime
    visits: tuple[Visited, ...]
    held: tuple[str, ...]
    requests: tuple[Seen, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Morning:
    """One digest: None where there was nothing to tell or it had been told. `files` is where it lies."""

    day: date
    rendered: Rendered | None
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Demonstration:
    """One run in a folder. `again` is true when the folder had seen the whole week before."""

    folder: Path
    house: House
    web: LittleWeb
    time: Time
    reader: Subscription
    again: bool

    def evenings(self, watch: Watcher = unwatched) -> Iterator[Evening | Morning]:
        """Thursday evening, Friday morning, Friday evening, Saturday morning; or one more visit."""
        if self.again:
            yield self._evening(2, week.NOWS[1] + _LATER, watch, everything=True)
            yield self._morning(MORNINGS[1])
            return
        for number, (at, day) in enumerate(zip(week.NOWS, MORNINGS, strict=True), start=1):
            yield self._evening(number, at, watch, everything=False)
            yield self._morning(day)

    def stories(self) -> list[Story]:
        with self.house.store.read() as tx:
            return tx.stories.list()

    def _evening(self, number: int, at: datetime, watch: Watcher, *, everything: bool) -> Evening:
        self.web.sites = week.build(number)
        self.time.put(at)
        before, began = len(self.web.seen), monotonic()
        sources = collecting.due(self.house, everything=everything)
        visits = collecting.collect(self.house, sources, watch=watch)
        held = sorted(set(self.house.sources) - {each.name for each in sources})
        requests = tuple(self.web.seen[before:])
        return Evening(at, tuple(visits), tuple(held), requests, monotonic() - began)

    def _morning(self, day: date) -> Morning:
        until = MORNING.instant(day)
        self.time.put(until)
        _, rendered = digesting.preview(self.house, self.reader, day)
        drawn = digesting.draw(self.house, self.reader, day, until=until)
        before = set(self.folder.glob("*.eml"))
        sending.send(self.house)
        if drawn is None or rendered is None:
            return Morning(day, None)
        files = [self.folder / f"digest-{day}.html", self.folder / f"digest-{day}.txt"]
        files[0].write_text(rendered.html, "utf-8")
        files[1].write_text(rendered.text, "utf-8")
        return Morning(day, rendered, (*files, *sorted(set(self.folder.glob("*.eml")) - before)))


@contextmanager
def demonstration(folder: Path, *, fresh: bool = False) -> Iterator[Demonstration]:
    """Everything a demonstration needs, in a folder of its own; `fresh` empties that folder first."""
    if fresh and (folder / "presswatch.db").exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    time = Time()
    store = Store.open(f"sqlite:///{folder.resolve() / 'presswatch.db'}")
    try:
        with LittleWeb(week.build(1)) as web:
            house = _house(store, time, web, folder)
            reader = _reader(house)
            with store.read() as tx:
                again = tx.digests.get(reader.id, MORNINGS[-1]) is not None
            yield Demonstration(folder, house, web, time, reader, again)
    finally:
        store.close()


def _reader(house: House) -> Subscription:
    """The week's one reader, who asked for everything."""
    with house.store.read() as tx:
        known = tx.subscriptions.list()
    if known:
        return known[0]
    return subscribing.subscribe(
        house,
        ADDRESS,
        "the-week",
        Search(),
        MORNING,
        channel=MAIL,
        agreed="lives in the demonstration",
        source="demonstration",
    )


def _house(store: Store, time: Time, web: LittleWeb, folder: Path) -> House:
    return House(
        store=store,
        desk_of=desk,
        sources=week.watched(),
        places=compose.places(),
        routes={MAIL: Route(lambda: LogChannel(folder))},
        clock=time,
        owner="demonstration",
        contact="https://presswatch.example/contact",
        sender="Presswatch <digest@presswatch.example>",
        unsubscribe=("mailto:leave@presswatch.example",),
        allow=web.allowances(gap=GAP),
    )


@cache
def desk() -> Desk:
    """The ordinary desk, which also knows the councils of the invented week."""
    ordinary = compose.desk()
    invented = compose.councils(week.COUNCILS)
    gazetteer = Gazetteer([*ordinary.gazetteer.councils.values(), *invented])
    return replace(ordinary, gazetteer=gazetteer)
