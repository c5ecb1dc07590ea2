"""One datum, room by room: the story that docs/architecture.md tells, with nothing patched and no network.

Two papers report one letter; the council's own site cannot be read that day. A reader is told once.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from crawlers.registry import load
from newsdesk.model import Event, Grade, Role, Source
from newsdesk.readers import MAIL, MORNING as SEVEN
from newsdesk.searches import Search
from notifications.channels import Route
from notifications.channels.smtp import SmtpChannel
from presswatch import compose
from presswatch.demo.run import desk
from presswatch.demo.web import LittleWeb
from scheduler import collecting, digesting, sending, subscribing
from scheduler.house import House
from storage import Store
from tests.notifications.channels.server import Post, serving
from tests.walk import pages

DECLARED = """
[[source]]
name = "{name}"
outlet = "{outlet}"
kind = "{kind}"
url = "http://{host}/rss"
reader = "feed"
weekly = [1, 10]
verified = "served by the walk"
verified_on = 2026-03-01
"""
READER = "director@northmarch.example"
EVENING = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 6, 7, 1, tzinfo=UTC)


class Clock:
    """Stands where it is put."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def web() -> Iterator[LittleWeb]:
    with LittleWeb(pages.web()) as served:
        yield served


def declared(folder: Path) -> dict[str, Source]:
    folder.mkdir()
    for name, outlet, kind, host in (
        ("gazette", "Vale Gazette", "local", pages.PAPER),
        ("weekly", "The Weekly", "trade", pages.MAGAZINE),
        ("council", "Northmarch Council", "council", pages.COUNCIL),
    ):
        text = DECLARED.format(name=name, outlet=outlet, kind=kind, host=host)
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return {name: each for name, each in load(folder).items() if each.url.endswith(".example/rss")}


def test_the_walk(store_url: str, tmp_path: Path, web: LittleWeb) -> None:
    post = Post()
    with serving(post) as port:
        walk(store_url, tmp_path, web, post, port)


def walk(store_url: str, tmp_path: Path, web: LittleWeb, post: Post, port: int) -> None:
    clock = Clock(EVENING)
    store = Store.open(store_url)

    # 1 a source is declared
    sources = declared(tmp_path / "sources")
    assert set(sources) == {"gazette", "weekly", "council"}
    house = House(
        store=store,
        desk_of=desk,
        sources=sources,
        places=compose.places(),
        routes={MAIL: Route(lambda: SmtpChannel("127.0.0.1", port, security="none"))},
        clock=clock,
        owner="the walk",
        contact="https://presswatch.example/contact",
        sender="Presswatch <digest@presswatch.example>",
        unsubscribe=("mailto:leave@presswatch.example",),
        allow=web.allowances(),
    )

    subscribing.subscribe(
        house,
        READER,
        "northmarch",
        Search(councils=frozenset({"northmarch"})),
        SEVEN,
        channel=MAIL,
        agreed="by letter",
        source="the walk",
    )

    # 2 the bell rings: all are due, none was ever visited
    due = collecting.due(house)
    assert {each.name for each in due} == set(sources)

    # 3 to 6 the crawler knocks under our name, leads are kept, new pages followed
    visits = {each.source: each for each in collecting.collect(house, due)}
    assert [len(visits[each].listing.leads) for each in ("gazette", "weekly")] == [1, 1]
    assert {each.headers["user-agent"] for each in web.seen} == {
        "Presswatch/0.1.0 (+https://presswatch.example/contact)"
    }

    # a robots.txt that cannot be read is a hold, not a permission
    held = visits["council"].listing.problem
    assert held is not None
    assert held.code == "robots-held"
    assert [each.path for each in web.asked(pages.COUNCIL)] == ["/robots.txt"]

    # an hour later its time has come again, and it is still the same
    clock.at += timedelta(hours=1)
    (again,) = collecting.collect(house, collecting.due(house, ["council"]))
    assert again.listing.problem is not None

    # 7 and 8 one story, two reports, the old grade old, the partner a partner
    with store.read() as tx:
        (story,) = tx.stories.list()
        papers = [tx.articles.get(each.article) for each in story.reports]
    assert story.event is Event.MONITORING_VISIT
    assert [each.outlet for each in story.reports] == ["Vale Gazette", "The Weekly"]
    assert {(each.council, each.role) for each in story.councils} == {
        ("northmarch", Role.SUBJECT),
        ("eastholme", Role.PARTNER),
    }
    assert ("northmarch", Grade.INADEQUATE, "2025-06", False) in {
        (each.council, each.grade, each.date, each.current) for each in story.judgements
    }
    assert not any(each.current for each in story.judgements)
    assert story.visit is not None
    assert (story.visit.started, story.visit.ordinal) == ("2026-01-27", 2)
    assert all(each.assessment.reasons for each in papers)

    # 9 before 07:00 there is no digest; after it there is exactly one
    assert digesting.draw_due(house) == []
    clock.at = MORNING
    (drawn,) = digesting.draw_due(house)
    assert drawn.digest.local_date == date(2026, 3, 6)
    assert [each.story.id for each in drawn.digest.items] == [story.id]
    assert [each.outlet for each in drawn.digest.unseen] == ["Northmarch Council"]
    assert digesting.draw_due(house) == []

    # 10 after commit it is sent, once
    assert sending.send(house).accepted == 1
    assert sending.send(house).accepted == 0
    ((_, _, taken),) = post.taken
    mail = message_from_bytes(taken, policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)
    assert mail["To"] == "director@northmarch.example"
    assert "Northmarch" in mail["Subject"]
    text = mail.get_body(("plain",))
    assert text is not None
    said = text.get_content()
    assert "Vale Gazette" in said
    assert "The Weekly" in said
    assert "Inadequate, June 2025" in said
    assert "new judgement" not in said.lower()

    # and the next evening nothing is fetched but questions whether anything changed
    clock.at = MORNING + timedelta(hours=9)
    before = len(web.seen)
    collecting.collect(house, [sources["gazette"], sources["weekly"]])
    assert {(each.path, each.conditional, each.status) for each in web.seen[before:]} == {("/rss", True, 304)}
    clock.at = MORNING + timedelta(days=1)
    assert digesting.draw_due(house) == []
    store.close()
