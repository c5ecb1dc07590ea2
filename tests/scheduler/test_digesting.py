"""A digest is frozen once for a reader and a day, tells everything not yet told, and tells nothing twice."""

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes

import pytest

from newsdesk.model import Event, Listing, Problem, SourceState, Subscription
from newsdesk.periods import cutoff
from newsdesk.rhythm import after_visit
from scheduler import digesting
from scheduler.digesting import Drawn
from scheduler.filing import file
from scheduler.house import House
from storage import Store
from tests.scheduler.houses import DAY, FETE, LETTER, READER, REPORT, Clock, article, house
from tests.storage.made import at_once

EVENING = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)
SEVEN = cutoff(FRIDAY, "07:00")


@pytest.fixture
def home(store: Store, clock: Clock) -> House:
    return house(store, clock)


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
    assert told(digesting.draw_due(home)) == [(LETTER.title, True)]


def test_what_comes_after_the_cut_off_waits_for_the_next_digest(home: House, clock: Clock) -> None:
    file(home, article(published=SEVEN + timedelta(minutes=1)))
    clock.at = SEVEN + timedelta(minutes=5)
    assert told(digesting.draw_due(home)) == []
    clock.at += DAY
    assert told(digesting.draw_due(home)) == [(LETTER.title, False)]


def test_a_digest_with_nothing_to_tell_sends_nothing_unless_it_was_asked_for(
    store: Store, clock: Clock
) -> None:
    asked = replace(READER, name="every-day", recipients=("every@day.example",), send_empty=True)
    home = house(store, clock, subscriptions=(READER, asked))
    clock.at = SEVEN
    (drawn,) = digesting.draw_due(home)
    assert (drawn.digest.subscription, drawn.digest.items) == ("every-day", ())
    assert mails(home) == ["every@day.example"]


def test_a_day_that_was_slept_through_is_made_good_and_its_news_are_told_once(
    home: House, clock: Clock
) -> None:
    file(home, article())
    clock.at = cutoff(SATURDAY, "07:00") + timedelta(hours=10)
    assert told(digesting.draw_due(home)) == [(LETTER.title, False)]
    assert digesting.draw_due(home) == []


def test_every_recipient_gets_a_message_of_his_own_with_the_digest_of_his_subscription(
    store: Store, clock: Clock
) -> None:
    both = replace(READER, recipients=("one@a.example", "Two <two@b.example>"))
    only = Subscription("wychmere", ("three@c.example",), councils=frozenset({"wychmere"}))
    none = Subscription("strikes", ("four@d.example",), events=frozenset({Event.STRIKE}))
    home = house(store, clock, subscriptions=(both, only, none))
    for each in (LETTER, REPORT, FETE):
        file(home, article(each))
    clock.at = SEVEN
    everything, wychmere = digesting.draw_due(home)
    assert sorted(told([everything])) == [(LETTER.title, False), (REPORT.title, False)]
    assert told([wychmere]) == [(REPORT.title, False)]
    assert mails(home) == ["Two <two@b.example>", "one@a.example", "three@c.example"]
    with store.read() as tx:
        heads = [message_from_bytes(each.mail) for each in tx.outbox.list(10)]
    assert len({each["Message-ID"] for each in heads}) == 3
    assert {each["Date"] for each in heads} == {"Fri, 06 Mar 2026 07:00:00 +0000"}


def test_two_processes_that_ring_at_the_same_moment_draw_one_digest(
    store: Store, store_url: str, clock: Clock
) -> None:
    file(house(store, clock), article())
    clock.at = SEVEN
    drawn = at_once(store_url, *[lambda own: digesting.draw_due(house(own, clock))] * 3)
    assert sorted(len(each) for each in drawn) == [0, 0, 1]
    assert mails(house(store, clock)) == ["director@northmarch.example"]


def test_a_reader_is_told_which_of_his_sources_could_not_be_read(store: Store, clock: Clock) -> None:
    home = house(store, clock)
    away = Listing("weekly", problem=Problem("unreachable", "no answer", "retry"))
    with store.begin() as tx:
        tx.sources.save(after_visit(SourceState("weekly"), away, weekly=(1, 5), now=EVENING))
    file(home, article())
    clock.at = SEVEN
    (drawn,) = digesting.draw_due(home)
    assert [(each.outlet, each.reason, each.since) for each in drawn.digest.unseen] == [
        ("Weekly", "no answer", EVENING)
    ]


def test_a_source_of_another_council_is_none_of_a_readers(store: Store, clock: Clock) -> None:
    weekly = {"weekly": replace(house(store, clock).sources["weekly"], council="wychmere")}
    reader = replace(READER, councils=frozenset({"northmarch"}))
    home = house(store, clock, sources=weekly, subscriptions=(reader,))
    with store.begin() as tx:
        away = Listing("weekly", problem=Problem("unreachable", "no answer", "retry"))
        tx.sources.save(after_visit(SourceState("weekly"), away, weekly=(1, 5), now=EVENING))
    file(home, article())
    clock.at = SEVEN
    (drawn,) = digesting.draw_due(home)
    assert drawn.digest.unseen == ()


def test_a_reader_who_cannot_be_written_to_keeps_no_other_waiting(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    nobody = replace(READER, name="nobody", recipients=("not an address",))
    home = house(store, clock, subscriptions=(nobody, READER))
    file(home, article())
    clock.at = SEVEN
    with caplog.at_level(logging.ERROR):
        assert [each.digest.subscription for each in digesting.draw_due(home)] == ["director"]
    assert "nobody" in caplog.text


def test_a_preview_says_what_would_be_said_and_leaves_no_trace(home: House, clock: Clock) -> None:
    file(home, article(published=SEVEN - DAY))
    clock.at = SEVEN
    for _ in range(2):
        digest, rendered = digesting.preview(home, READER, FRIDAY)
        assert digest is not None
        assert [each.story.headline for each in digest.items] == [LETTER.title]
        assert rendered is not None
        assert "Northmarch" in rendered.subject
    assert mails(home) == []
    assert len(digesting.draw_due(home)) == 1
    assert digesting.preview(home, READER, SATURDAY) == (None, None)
