"""A digest is frozen once for a reader and a day, tells everything not yet told, and tells nothing twice."""

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes

import pytest

from newsdesk.health import Condition, Level
from newsdesk.model import Outcome, Shown, Step
from newsdesk.outages import Outage
from newsdesk.readers import MORNING, Subscription
from newsdesk.topic import Topic
from scheduler import digesting
from scheduler.digesting import Drawn
from scheduler.filing import file
from scheduler.house import House
from storage import Store
from tests.scheduler.houses import DAY, DESK, FETE, LETTER, REPORT, Clock, article, house, reader
from tests.storage.made import at_once

EVENING = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
FETES = """name = "fetes"
threshold = 1
ahead = "will"
national = "england"
event = []

[[signal]]
rule = "names a fete"
core = true
weight = 1
words = "fetes?"
"""
FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)
SEVEN = MORNING.instant(FRIDAY)


@pytest.fixture
def home(store: Store, clock: Clock) -> House:
    home = house(store, clock)
    reader(home)
    return home


def told(drawn: list[Drawn]) -> list[tuple[str, bool]]:
    return [(item.story.headline, item.updated) for each in drawn for item in each.digest.items]


def mails(home: House) -> list[str]:
    with home.store.read() as tx:
        return sorted(each.recipient for each in tx.outbox.list(100))


def test_a_digest_is_drawn_once_its_local_time_has_come_and_only_once(home: House, clock: Clock) -> None:
    file(home, article(published=EVENING))
    clock.at = SEVEN - timedelta(seconds=1)
    assert told(digesting.draw_due(home)) == []
    clock.at = SEVEN
    (drawn,) = digesting.draw_due(home)
    assert (drawn.digest.local_date, drawn.messages) == (FRIDAY, 1)
    assert told([drawn]) == [(LETTER.title, False)]
    assert digesting.draw_due(home) == []
    assert mails(home) == ["director@northmarch.example"]


def test_what_was_told_is_not_told_again_and_what_is_new_is(home: House, clock: Clock) -> None:
    file(home, article())
    clock.at = SEVEN
    digesting.draw_due(home)
    file(home, article(REPORT))
    clock.at += DAY
    assert told(digesting.draw_due(home)) == [(REPORT.title, False)]


def test_a_story_that_changed_in_what_matters_is_told_again_as_updated(home: House, clock: Clock) -> None:
    file(home, article())
    clock.at = SEVEN
    digesting.draw_due(home)
    file(home, article(replace(LETTER, text=LETTER.text.replace("June 2025", "May 2025"))))
    clock.at += DAY
    drawn = digesting.draw_due(home)
    assert told(drawn) == [(LETTER.title, True)]
    (item,) = drawn[0].digest.items
    assert item.shown == Shown((item.story.reports[0].article,))
    with home.store.read() as tx:
        mail = max(tx.outbox.list(100), key=lambda each: each.id).mail
    assert b"a report was corrected" in mail.replace(b"=\r\n", b"")


def test_what_comes_after_the_cut_off_waits_for_the_next_digest(home: House, clock: Clock) -> None:
    file(home, article(published=SEVEN + timedelta(minutes=1)))
    clock.at = SEVEN + timedelta(minutes=5)
    assert told(digesting.draw_due(home)) == []
    clock.at += DAY
    assert told(digesting.draw_due(home)) == [(LETTER.title, False)]


def test_a_digest_with_nothing_to_tell_sends_nothing_unless_it_was_asked_for(
    store: Store, clock: Clock
) -> None:
    home = house(store, clock)
    reader(home)
    reader(home, "every@day.example", "every-day", send_empty=True)
    clock.at = SEVEN
    (drawn,) = digesting.draw_due(home)
    assert (drawn.digest.name, drawn.digest.items) == ("every-day", ())
    assert mails(home) == ["every@day.example"]


def test_a_day_that_was_slept_through_is_made_good_and_its_news_are_told_once(
    home: House, clock: Clock
) -> None:
    file(home, article())
    clock.at = MORNING.instant(SATURDAY) + timedelta(hours=10)
    assert told(digesting.draw_due(home)) == [(LETTER.title, False)]
    assert digesting.draw_due(home) == []


def test_everyone_gets_a_message_of_their_own_with_what_they_asked_for(store: Store, clock: Clock) -> None:
    home = house(store, clock)
    reader(home, "one@a.example")
    reader(home, "Two <two@b.example>")
    reader(home, "three@c.example", "wychmere", "council=wychmere")
    reader(home, "four@d.example", "strikes", "event=strike")
    for each in (LETTER, REPORT, FETE):
        file(home, article(each))
    clock.at = SEVEN
    one, two, wychmere = digesting.draw_due(home)
    assert sorted(told([one])) == sorted(told([two])) == [(LETTER.title, False), (REPORT.title, False)]
    assert told([wychmere]) == [(REPORT.title, False)]
    assert mails(home) == ["one@a.example", "three@c.example", "two@b.example"]
    with store.read() as tx:
        heads = [message_from_bytes(each.mail) for each in tx.outbox.list(10)]
    assert len({each["Message-ID"] for each in heads}) == 3
    assert {each["Date"] for each in heads} == {"Fri, 06 Mar 2026 07:00:00 +0000"}


def test_whoever_asked_twice_is_told_once(store: Store, clock: Clock) -> None:
    home = house(store, clock)
    reader(home, name="everything")
    reader(home, name="northmarch", search="council=northmarch")
    file(home, article())
    clock.at = SEVEN
    (drawn,) = digesting.draw_due(home)
    assert drawn.digest.name == "everything"


def test_a_query_is_asked_of_the_texts(store: Store, clock: Clock) -> None:
    home = house(store, clock)
    reader(home, "one@a.example", search='q="plans for children in need"')
    reader(home, "two@a.example", search="q=adoption")
    file(home, article())
    clock.at = SEVEN
    digesting.draw_due(home)
    assert mails(home) == ["one@a.example"]


def test_a_topic_of_the_installations_own_is_asked_of_its_stories_alone(store: Store, clock: Clock) -> None:
    fetes = Topic.read(FETES, "fetes.toml")
    home = replace(house(store, clock), desk_of=lambda: replace(DESK, more=(fetes,)))
    reader(home, "one@a.example", search="topic=fetes")
    reader(home, "two@a.example", search=f"topic={DESK.topic.name}")
    reader(home, "three@a.example", search="q=topic:fetes")
    for each in (LETTER, FETE):
        file(home, article(each))
    clock.at = SEVEN
    one, two, three = digesting.draw_due(home)
    assert told([one]) == told([three]) == [(FETE.title, False)]
    assert told([two]) == [(LETTER.title, False)]
    file(home, article(LETTER, title="Ofsted letter is read out at the summer fete", published=clock.at))
    with store.read() as tx:
        topics = [each.topics for each in tx.stories.list()]
    assert ("childrens-services", "fetes") in topics


def test_an_outcome_and_what_comes_next_are_facts_of_the_story_and_told(home: House, clock: Clock) -> None:
    text = (
        "Ofsted and the Care Quality Commission have published the report of their area SEND inspection of "
        "Northmarch.\n\nInspectors found widespread and systemic failings in the support for children with "
        "special educational needs.\n\nThe council must submit a priority action plan by 30 April 2026."
    )
    title = "Area SEND inspection finds failings in Northmarch"
    file(home, article(LETTER, title=title, text=text, published=EVENING))
    clock.at = SEVEN
    (drawn,) = digesting.draw_due(home)
    (item,) = drawn.digest.items
    assert item.story.outcome is Outcome.FAILINGS
    assert (Step.ACTION_PLAN, "2026-04-30") in {(each.step, each.due) for each in item.story.coming}
    with home.store.read() as tx:
        (mail,) = tx.outbox.list(10)
    part = next(
        each for each in message_from_bytes(mail.mail).walk() if each.get_content_type() == "text/plain"
    )
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    said = " ".join(content.decode().split())
    assert "Outcome: widespread and/or systemic failings" in said
    assert "Next: a priority action plan to Ofsted and CQC by 30 April 2026" in said


def test_whoever_asked_after_the_bell_waits_for_the_next(home: House, clock: Clock) -> None:
    file(home, article())
    clock.at = SEVEN + timedelta(minutes=1)
    digesting.draw_due(home)
    reader(home, "late@a.example")
    assert digesting.draw_due(home) == []
    clock.at += DAY
    digesting.draw_due(home)
    assert mails(home) == ["director@northmarch.example", "late@a.example"]


def test_days_that_were_missed_are_told_in_one_digest_that_says_so(home: House, clock: Clock) -> None:
    clock.at = SEVEN
    digesting.draw_due(home)
    file(home, article(published=SEVEN + timedelta(hours=1)))
    clock.at += 4 * DAY
    (drawn,) = digesting.draw_due(home)
    assert (drawn.digest.covers_from, drawn.digest.local_date) == (SATURDAY, date(2026, 3, 10))


def test_two_processes_that_ring_at_the_same_moment_draw_one_digest(
    home: House, store_url: str, clock: Clock
) -> None:
    file(home, article())
    clock.at = SEVEN
    drawn = at_once(store_url, *[lambda own: digesting.draw_due(house(own, clock))] * 3)
    assert sorted(len(each) for each in drawn) == [0, 0, 1]
    assert mails(home) == ["director@northmarch.example"]


def away(name: str, since: datetime) -> Condition:
    """A source that has not answered since then."""
    return Condition(
        name, Level.REACHABLE, "open", "unreachable", "no answer", "", since, True, True, (since,)
    )


def test_a_reader_is_told_which_of_his_sources_could_not_be_read(
    home: House, store: Store, clock: Clock
) -> None:
    with store.begin() as tx:
        tx.health.note([away("weekly", EVENING), away("valegazette", SEVEN - timedelta(hours=1))])
    file(home, article())
    clock.at = SEVEN
    (drawn,) = digesting.draw_due(home)
    assert [(each.outlet, each.reason, each.since) for each in drawn.digest.unseen] == [
        ("Weekly", "could not be reached", EVENING)
    ], "an hour is not worth a word"


def test_a_reader_is_told_when_we_had_no_network_ourselves(home: House, store: Store, clock: Clock) -> None:
    with store.begin() as tx:
        tx.health.save_outage(Outage(EVENING, frozenset("abc")))
    file(home, article())
    clock.at = SEVEN
    (drawn,) = digesting.draw_due(home)
    assert [(each.outlet, each.since) for each in drawn.digest.unseen] == [("Every source", EVENING)]


def test_a_source_of_another_council_is_none_of_a_readers(store: Store, clock: Clock) -> None:
    weekly = {"weekly": replace(house(store, clock).sources["weekly"], council="wychmere")}
    home = house(store, clock, sources=weekly)
    reader(home, search="council=northmarch")
    with store.begin() as tx:
        tx.health.note([away("weekly", EVENING)])
    file(home, article())
    clock.at = SEVEN
    (drawn,) = digesting.draw_due(home)
    assert drawn.digest.unseen == ()


def test_a_reader_who_cannot_be_written_to_keeps_no_other_waiting(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    home = house(store, clock)
    with store.begin() as tx:
        gone = tx.subscribers.known("not an address", now=clock())
        tx.subscriptions.add(Subscription(0, gone.id, "not an address", "nobody", since=clock()))
    reader(home)
    file(home, article())
    clock.at = SEVEN
    with caplog.at_level(logging.ERROR):
        assert [each.digest.name for each in digesting.draw_due(home)] == ["director"]
    assert "nobody" in caplog.text


def test_a_preview_says_what_would_be_said_and_leaves_no_trace(home: House, clock: Clock) -> None:
    with home.store.read() as tx:
        (asked,) = tx.subscriptions.list()
    file(home, article(published=SEVEN - DAY))
    clock.at = SEVEN
    for _ in range(2):
        digest, rendered = digesting.preview(home, asked, FRIDAY)
        assert digest is not None
        assert [each.story.headline for each in digest.items] == [LETTER.title]
        assert rendered is not None
        assert "Northmarch" in rendered.subject
    assert mails(home) == []
    assert len(digesting.draw_due(home)) == 1
    assert digesting.preview(home, asked, SATURDAY) == (None, None)
