"""Profiles, conditions, outages, and what the operator was told."""

from dataclasses import replace
from datetime import timedelta

from newsdesk.concerns import Concern
from newsdesk.habits import Habit
from newsdesk.health import Condition, Finding, Level
from newsdesk.outages import Outage
from newsdesk.profiles import Profile
from storage import Store
from tests.storage.made import NOW

HOUR = timedelta(hours=1)
ILL = Condition(
    "leeds", Level.RHYTHM, "open", "silent", "nothing new", "9 were due", NOW, True, True, (NOW - HOUR, NOW)
)
PROFILE = Profile(
    since=NOW - HOUR,
    read_at=NOW,
    habit=Habit(7.5, 3.2),
    learnt_at=NOW,
    addresses=frozenset({1, 2**32 - 1}),
    titles=frozenset(),
    last=2,
    items=2.4,
    span=3.0,
    dated=1.0,
    titled=0.5,
    garbled=0.0,
    newest=NOW - HOUR,
    doubts=(Finding(Level.CANDIDATES, "shrunk", "fewer", "2 of 20"),),
)


def test_a_profile_comes_back_as_it_was_kept_last(store: Store) -> None:
    with store.begin() as tx:
        tx.health.keep({"leeds": PROFILE})
        tx.health.keep({"york": PROFILE})
        tx.health.keep({"york": replace(PROFILE, last=3)})
    with store.begin() as tx:
        assert tx.health.profiles() == {"leeds": PROFILE, "york": replace(PROFILE, last=3)}
        assert tx.health.profiles(["leeds", "bath"]) == {"leeds": PROFILE}


def test_conditions_come_from_the_ground_up_and_can_be_forgotten(store: Store) -> None:
    away = replace(ILL, level=Level.REACHABLE, code="gone")
    with store.begin() as tx:
        tx.health.keep({"leeds": PROFILE})
        tx.health.note([ILL, away])
        tx.health.note([replace(away, state="fixed", ill=False), replace(ILL, source="york")])
        assert tx.health.conditions(["leeds"]) == {"leeds": [replace(away, state="fixed", ill=False), ILL]}
        assert set(tx.health.conditions()) == {"leeds", "york"}
        tx.health.forget("leeds")
        assert tx.health.conditions() == {"york": [replace(ILL, source="york")]}
        assert tx.health.profiles() == {}


def test_an_outage_lives_until_it_has_ended_and_one_that_was_none_is_forgotten(store: Store) -> None:
    with store.begin() as tx:
        tx.health.save_outage(Outage(NOW, frozenset({"a"})))
        live = tx.health.outage()
        assert live
        tx.health.save_outage(replace(live, ended_at=NOW + HOUR))
        assert (tx.health.outage(), tx.health.outages(since=NOW)) == (None, [])
        tx.health.save_outage(Outage(NOW, frozenset("abc")))
        live = tx.health.outage()
        assert live
        ended = replace(live, ended_at=NOW + HOUR)
        tx.health.save_outage(ended)
        assert tx.health.outage() is None
        assert tx.health.outages(since=NOW) == [ended]
        assert tx.health.outages(since=NOW + HOUR) == []


def test_the_concerns_that_are_saved_are_all_there_are(store: Store) -> None:
    told = Concern("source/leeds", "Leeds is silent", NOW, "figures", "look", "news", told_at=NOW)
    with store.begin() as tx:
        tx.health.save_concerns([told, Concern("source/york", "York is silent", NOW)])
        tx.health.save_concerns([replace(told, over_at=NOW + HOUR, closed_at=NOW + HOUR, again=True)])
        assert list(tx.health.concerns().values()) == [
            replace(told, over_at=NOW + HOUR, closed_at=NOW + HOUR, again=True)
        ]
        tx.health.save_concerns([])
        assert tx.health.concerns() == {}


def test_mails_to_the_operator_are_counted(store: Store) -> None:
    with store.begin() as tx:
        tx.health.sent("<1@example.org>", at=NOW)
        tx.health.sent("<2@example.org>", at=NOW + HOUR)
        assert tx.health.bulletins(since=NOW + HOUR) == [NOW + HOUR]
