"""A little web of many newsrooms, each with its own rhythm and its own mishaps, and those who read of them.

Everything follows from a seed and the moment that is asked about, so that it is the same in every process.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from random import Random

from benchmarks.silence.simulated import EVEN, OFFICE, Kind, items
from newsdesk.kinds import Cadence, Rule
from newsdesk.model import Source
from newsdesk.readers import MAIL, MORNING
from newsdesk.searches import Search
from newsdesk.slots import LONDON, Bell
from presswatch import compose
from presswatch.demo import week
from presswatch.demo.web import Answer
from scheduler import subscribing
from scheduler.house import House
from tests.scheduler.houses import Item, feed, page, source

BEGUN = datetime(2026, 3, 2, tzinfo=UTC)
BEFORE = timedelta(days=30)  # of news that is there when the watch begins
_WEEKLY = (1.0, 1.0, 1.0, 2.0, 2.0, 3.0)
_LISTED = 5  # items in a feed
_RELEVANT = 4  # one item in so many
_DAY = timedelta(days=1)
_COUNCILS = tuple(compose.councils(week.COUNCILS))
_GRADES = ("outstanding", "good", "requires improvement", "inadequate")
_WORDS = (
    "market library park bridge harvest choir museum swimming pool council meeting road works lantern parade "
    "school play cricket allotment railway station street lights recycling volunteers garden mayor festival"
).split()


@dataclass(frozen=True)
class Newsroom:
    """One source: `number` decides its rhythm, its news and what goes wrong with it."""

    number: int
    until: datetime

    @property
    def host(self) -> str:
        return f"desk.town{self.number}.example"

    @property
    def source(self) -> Source:
        weekly = _WEEKLY[self.number % len(_WEEKLY)]
        return source(self.host, name=f"town{self.number}", weekly=(int(weekly / 2), int(weekly * 2)))

    @cached_property
    def _came(self) -> Sequence[datetime]:
        kind = Kind(_WEEKLY[self.number % len(_WEEKLY)], (EVEN, OFFICE)[self.number % 2], 1.5)
        begin = BEGUN - BEFORE
        return list(items(kind, Random(self.number), begin, (self.until - begin) // _DAY))

    def answer(self, path: str, now: datetime) -> Answer:
        """What it says at that moment."""
        day = (now - BEGUN) // _DAY
        if self.number % 20 == 1 and day % 9 < 2:
            return Answer("away\n", 503)
        if self.number % 20 == 2 and 40 <= day < 50:
            return Answer("gone\n", 404)
        newest = bisect_right(self._came, now)
        if path.startswith("/item"):
            at = int(path.removeprefix("/item"))
            return page(self._item(at)) if at < newest else Answer("nothing here\n", 404)
        shown = [self._item(at) for at in range(max(0, newest - _LISTED), newest)]
        return feed(self.host, *reversed(shown)).get(path, Answer("nothing here\n", 404))

    def _item(self, at: int) -> Item:
        chance = Random(f"{self.number} {at}")
        said = " ".join(chance.choice(_WORDS) for _ in range(60))
        title = " ".join(said.split()[:6]).capitalize()
        text = f"{said.capitalize()}.\n\n{' '.join(chance.choice(_WORDS) for _ in range(60)).capitalize()}."
        if at % _RELEVANT == 0:
            council, grade = chance.choice(_COUNCILS), chance.choice(_GRADES)
            title = f"{council.name}'s children's services judged {grade} by Ofsted"
            text = (
                f"Ofsted has judged children's services in {council.name} to be {grade} overall, in a report "
                f"of an inspection of local authority children's services.\n\n{text}"
            )
        return Item(f"/item{at}", title, text, self._came[at])


def newsrooms(number: int, days: int) -> list[Newsroom]:
    return [Newsroom(each, BEGUN + timedelta(days=days)) for each in range(number)]


def readers(house: House) -> None:
    """A few of every sort, who agreed and are told from now on; those who are there already stay."""
    with house.store.read() as tx:
        if tx.subscriptions.list():
            return
    bells = [
        MORNING,
        Bell(Cadence.WEEKDAYS, LONDON, "08:30"),
        Bell(Cadence.WEEKLY, LONDON, "16:00", 4),
        Bell(Cadence.INSTANT, LONDON, "07:00"),
    ]
    for number in range(24):
        bell = bells[number % len(bells)]
        councils = frozenset({_COUNCILS[number % len(_COUNCILS)].slug}) if number % 3 else frozenset[str]()
        subscribing.subscribe(
            house,
            f"reader{number}@example.org",
            "watch",
            Search(councils=councils),
            bell,
            channel=MAIL,
            rules=frozenset({Rule.NEW_JUDGEMENT}) if bell.cadence is Cadence.INSTANT else frozenset(),
            agreed="lives in this benchmark",
            source="benchmark",
        )
