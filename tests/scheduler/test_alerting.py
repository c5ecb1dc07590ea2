"""Alerts: raised with the story, told once, at a bearable pace, and never again by a digest."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest

from newsdesk.alerts import CAP, POOLED
from newsdesk.kinds import Cadence, Rule
from newsdesk.model import Delivery
from newsdesk.readers import MORNING, Subscription
from newsdesk.slots import LONDON, Bell
from scheduler import alerting, digesting, subscribing
from scheduler.filing import file
from scheduler.house import House
from storage import Store
from tests.scheduler.houses import ADDRESS, LETTER, NOW, REPORT, Clock, article, house, reader

AT_ONCE = Bell(Cadence.INSTANT, LONDON, "07:00")
GRADES = frozenset({Rule.NEW_JUDGEMENT})
NEWS = replace(REPORT, published=NOW)


@pytest.fixture
def home(store: Store, clock: Clock) -> House:
    return house(store, clock)


def wants(home: House, rules: frozenset[Rule] = GRADES, **stated: Any) -> Subscription:
    return reader(home, bell=AT_ONCE, rules=rules, **stated)


def mails(home: House) -> list[Delivery]:
    with home.store.read() as tx:
        return tx.outbox.list(100)


def subjects(home: House) -> list[str]:
    return [str(message_from_bytes(each.mail)["Subject"]) for each in mails(home)]


def happen(home: House, number: int) -> None:
    """That many things that have nothing to do with one another."""
    for n in range(number):
        council = ("leeds", "kent", "york", "bury", "devon", "essex", "derby", "luton")[n]
        title = f"Strike by social workers in {council.title()} children's services"
        where = f"{council.title()} City Council's children's services"
        text = f"Social workers in {where} begin a strike today. Case {n}."
        file(home, article(replace(LETTER, path=f"/strike/{n}", title=title, text=text, published=NOW)))


def test_a_new_judgement_is_told_at_once_and_once(home: House) -> None:
    wants(home)
    file(home, article(NEWS))
    assert alerting.tell(home) == 1
    (mail,) = mails(home)
    assert (mail.kind, mail.recipient) == ("alert", ADDRESS)
    assert "Wychmere" in subjects(home)[0]
    file(
        home, article(replace(NEWS, path="/second", title="Wychmere judged good"), host="www.weekly.example")
    )
    assert alerting.tell(home) == 0


def test_an_old_grade_in_the_story_of_a_visit_wakes_nobody(home: House) -> None:
    wants(home, GRADES | {Rule.INADEQUATE, Rule.GRADE_FELL})
    file(home, article(replace(LETTER, published=NOW)))
    assert alerting.tell(home) == 0


def test_what_is_found_late_is_left_to_the_digest(home: House) -> None:
    wants(home)
    file(home, article(replace(NEWS, published=NOW - timedelta(days=4))))
    assert alerting.tell(home) == 0


def test_a_search_narrows_what_is_alerted(home: House) -> None:
    wants(home, search="council=northmarch")
    file(home, article(NEWS))
    assert alerting.tell(home) == 0


def test_an_alert_waits_for_the_end_of_the_quiet_hours(home: House, clock: Clock) -> None:
    wants(home, quiet="17:00-07:00")
    file(home, article(NEWS))
    assert alerting.tell(home) == 0
    clock.at = MORNING.instant((NOW + timedelta(days=1)).date())
    assert alerting.tell(home) == 1


def test_no_digest_tells_again_what_an_alert_told(home: House, clock: Clock) -> None:
    wants(home, name="alerts")
    reader(home, name="everything")
    file(home, article(NEWS))
    alerting.tell(home)
    file(home, article(replace(LETTER, published=NOW)))
    clock.at = MORNING.instant((NOW + timedelta(days=1)).date())
    (drawn,) = digesting.draw_due(home)
    assert [each.story.headline for each in drawn.digest.items] == [LETTER.title]


def test_too_many_come_in_one_small_digest(home: House, clock: Clock) -> None:
    wants(home, frozenset())
    happen(home, 8)
    assert alerting.tell(home) == 1
    assert len(mails(home)) == 1


def test_what_is_above_the_days_cap_is_gathered_for_a_while(home: House, clock: Clock) -> None:
    wants(home, frozenset())
    happen(home, CAP)
    assert alerting.tell(home) == CAP
    happen(home, CAP + 2)
    assert alerting.tell(home) == 0
    clock.at += POOLED
    assert alerting.tell(home) == 1
    assert len(mails(home)) == CAP + 1


def test_whoever_left_is_not_alerted_any_more(home: House) -> None:
    asked = wants(home)
    file(home, article(NEWS))
    subscribing.end(home, asked.id, source="a test")
    assert alerting.tell(home) == 0
    assert mails(home) == []
