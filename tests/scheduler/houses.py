"""A whole house for the tests of the jobs: a real store, a little web, and a clock that stands still."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Self

from newsdesk.model import Article, Delivery, Kind, Source
from newsdesk.readers import MAIL, MORNING, Subscription
from newsdesk.searches import Search
from notifications.channels import Route
from notifications.channels.log import LogChannel
from presswatch import compose
from presswatch.demo.run import desk
from presswatch.demo.web import Answer, LittleWeb
from scheduler import subscribing
from scheduler.house import House
from storage import Store

NOW = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DESK = desk()
PAPER, MAGAZINE, COUNCIL = "www.valegazette.example", "www.weekly.example", "www.northmarch.example"
ADDRESS = "director@northmarch.example"


class Clock:
    """Stands where it is put."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Item:
    """One page of a site and its line in the feed. `link` is its address where another host has it."""

    path: str
    title: str
    text: str
    published: datetime = NOW - DAY
    edited: datetime | None = None
    link: str = ""


LETTER = Item(
    "/letter",
    "Monitoring visit finds Northmarch children's services still slow to act",
    "Children in Northmarch wait too long for a social worker, Ofsted has told the council after its second "
    "monitoring visit, on 27 and 28 January.\n\n"
    "Northmarch Council's children's services were judged inadequate in June 2025.\n\n"
    "In their letter inspectors say that caseloads have come down but that managers do not yet check whether "
    "plans for children in need are carried out.",
)
REPORT = Item(
    "/report",
    "Wychmere's children's services judged good by Ofsted",
    "Ofsted has judged children's services in Wychmere to be good overall, in a report of an inspection of "
    "local authority children's services that was published on Wednesday.\n\n"
    "Inspectors came in January. They say that social workers know their children well, and that leaders "
    "have made early help easier to find.",
)
FETE = Item("/fete", "Summer fete moves to the park", "The fete will be held on the first Saturday in June.")


def feed(host: str, *items: Item) -> dict[str, Answer]:
    """A site with an RSS feed of these items, and their pages."""
    lines = "".join(
        f"<item><title>{each.title}</title><link>{each.link or f'http://{host}{each.path}'}</link>"
        f"<guid>{each.path}</guid><pubDate>{format_datetime(each.published)}</pubDate>"
        + (f"<atom:updated>{each.edited.isoformat()}</atom:updated>" if each.edited else "")
        + "</item>"
        for each in items
    )
    channel = f"<channel><title>{host}</title><link>http://{host}/</link>{lines}</channel>"
    rss = f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">{channel}</rss>'
    pages = {each.path: page(each) for each in items if not each.link}
    return {
        "/robots.txt": Answer("User-agent: *\nAllow: /\n", headers={"Content-Type": "text/plain"}),
        "/rss": Answer(rss, headers={"Content-Type": "application/rss+xml"}),
        **pages,
    }


def page(item: Item) -> Answer:
    paragraphs = "".join(f"<p>{each}</p>" for each in item.text.split("\n\n"))
    return Answer(
        f'<!doctype html><html lang="en-GB"><head><title>{item.title}</title>'
        f'<meta property="article:published_time" content="{item.published.isoformat()}"></head>'
        f"<body><main><article><h1>{item.title}</h1>{paragraphs}</article></main></body></html>"
    )


def source(host: str, **stated: Any) -> Source:
    plain = Source(
        name=host.split(".")[1],
        outlet=host.split(".")[1].title(),
        kind=Kind.LOCAL,
        url=f"http://{host}/rss",
        reader="feed",
        weekly=(1, 20),
        verified="served by this test",
        verified_on=date(2026, 3, 1),
        options={"hosts": "valegazette.example weekly.example northmarch.example"},
    )
    return replace(plain, **stated)


SOURCES = {each.name: each for each in map(source, (PAPER, MAGAZINE, COUNCIL))}


def house(store: Store, clock: Callable[[], datetime], web: LittleWeb | None = None, **stated: Any) -> House:
    """`channel` opens the one way out, "email"; `routes` are all ways out."""
    channel = stated.pop("channel", lambda: LogChannel(Path("nowhere")))
    usual: Mapping[str, Any] = {
        "sources": SOURCES,
        "places": compose.places(),
        "routes": {MAIL: Route(channel)},
        "owner": "this test",
        "contact": "https://presswatch.example/contact",
        "sender": "Presswatch <digest@presswatch.example>",
        "allow": web.allowances() if web else (),
    }
    return House(store=store, desk_of=lambda: DESK, clock=clock, **{**usual, **stated})


def reader(
    home: House, address: str = ADDRESS, name: str = "director", search: str = "", **stated: Any
) -> Subscription:
    """Somebody who asked for a digest, and whose subscription has begun."""
    wanted = Search.stored(search)
    given: dict[str, Any] = {"bell": MORNING, "channel": MAIL, "agreed": "in this test", "source": "a test"}
    return subscribing.subscribe(home, address, name, wanted, **given | stated)


def article(item: Item = LETTER, host: str = PAPER, **stated: Any) -> Article:
    """What would be read of an item's page."""
    plain = Article(
        url=f"http://{host}{item.path}",
        outlet=host.split(".")[1].title(),
        title=item.title,
        text=item.text,
        fetched_at=NOW,
        source=host.split(".")[1],
        kind=Kind.LOCAL,
        published=item.published,
    )
    return replace(plain, **stated)


@dataclass
class Sink:
    """A channel that keeps what it is given, and fails as it is told to."""

    fails: list[Exception | None] = field(default_factory=list)
    taken: list[Delivery] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, delivery: Delivery) -> str:
        failure = self.fails.pop(0) if self.fails else None
        if failure is not None:
            raise failure
        self.taken.append(delivery)
        return "taken"

    def check(self) -> str:
        return "a sink"
