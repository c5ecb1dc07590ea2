"""Which leads are followed, when, and what is remembered of each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Engine, event

from newsdesk.errors import StoreError
from newsdesk.model import Lead, Problem
from storage import LeadRow, Store
from storage.leads import ELSEWHERE, FOREIGN, Outcome
from tests.storage.made import NOW, add, article, lead

DAY = timedelta(days=1)
AWAY = Problem("unreachable", "no answer", "retry")
ONE = lead(
    "https://www.leeds.gov.uk/news/1",
    guid="tag:leeds,1",
    published_printed="2 March",
    published=NOW,
    updated=NOW,
    summary="Inspectors came.",
    marker="a",
)
TWO = lead("https://www.leeds.gov.uk/news/2", guid="tag:leeds,2", marker="a")


def take(store: Store, *leads: Lead, now: datetime = NOW, source: str = "leeds-news") -> list[Lead]:
    with store.begin() as tx:
        return tx.leads.take(source, leads, now=now)


def settle(
    store: Store, *leads: Lead, outcome: Outcome = "kept", reason: str = "", article: int | None = None
) -> None:
    with store.begin() as tx:
        for each in leads:
            tx.leads.settle("leeds-news", each, outcome=outcome, reason=reason, article=article, now=NOW)


def trace(store: Store, url: str) -> list[LeadRow]:
    with store.read() as tx:
        return tx.leads.trace(url)


def test_new_leads_are_to_be_followed_in_the_order_shown_and_known_ones_not(store: Store) -> None:
    assert take(store, ONE, TWO) == [ONE, TWO]
    settle(store, ONE, TWO)
    three = lead("https://www.leeds.gov.uk/news/3")
    assert take(store, three, ONE, TWO, now=NOW + DAY) == [three]
    (row,) = trace(store, ONE.url)
    assert (row.state, row.first_seen, row.last_seen) == ("kept", NOW, NOW + DAY)


def test_a_lead_is_asked_for_until_it_is_settled(store: Store) -> None:
    assert take(store, ONE) == [ONE]
    assert take(store, ONE) == [ONE]
    assert take(store) == [ONE]
    settle(store, ONE, outcome="dropped")
    assert take(store, ONE) == []


def test_an_address_shown_twice_in_one_listing_is_one_lead(store: Store) -> None:
    assert take(store, ONE, replace(ONE, title="The same again", guid=None)) == [ONE]


def test_the_same_address_is_a_lead_of_each_source_that_shows_it(store: Store) -> None:
    assert take(store, ONE) == [ONE]
    assert take(store, ONE, source="ofsted") == [ONE]
    settle(store, ONE, outcome="duplicate", reason="seen at Ofsted")
    assert [(row.source, row.state) for row in trace(store, ONE.url)] == [
        ("leeds-news", "duplicate"),
        ("ofsted", "pending"),
    ]


def test_a_postponed_lead_comes_back_in_time_even_when_it_is_no_longer_shown(store: Store) -> None:
    take(store, ONE)
    with store.begin() as tx:
        tx.leads.postpone("leeds-news", ONE, problem=AWAY, until=NOW + DAY, now=NOW)
    assert take(store, ONE, now=NOW + DAY / 2) == []
    assert take(store, now=NOW + DAY) == [ONE]
    (row,) = trace(store, ONE.url)
    assert (row.attempts, row.reason, row.problem, row.tried_at) == (1, "no answer", AWAY, NOW)
    assert (row.state, row.next_attempt_at) == ("pending", NOW + DAY)


def test_a_changed_marker_brings_a_settled_lead_back_with_what_is_shown_now(store: Store) -> None:
    take(store, ONE)
    with store.begin() as tx:
        stored = add(tx, article(ONE.url))
    settle(store, ONE, article=stored)
    changed = replace(ONE, title="Leeds: a correction", marker="b")
    assert take(store, changed, now=NOW + DAY) == [changed]
    (row,) = trace(store, ONE.url)
    assert (row.reason, row.article) == ("changed", stored)
    settle(store, changed, outcome="failed", reason="gone")
    (row,) = trace(store, ONE.url)
    assert (row.state, row.reason, row.article) == ("failed", "gone", stored)
    assert take(store, changed) == []


def test_a_first_marker_and_a_lost_one_are_no_change(store: Store) -> None:
    bare = replace(ONE, marker=None)
    take(store, bare)
    settle(store, bare)
    assert take(store, ONE) == []
    assert take(store, bare) == []
    changed = replace(ONE, marker="b")
    assert take(store, changed) == [changed]


def test_a_known_guid_at_another_address_is_the_same_lead(store: Store) -> None:
    take(store, ONE, TWO)
    settle(store, ONE)
    moved = replace(ONE, url="https://www.leeds.gov.uk/moved/1")
    assert take(store, moved, now=NOW + DAY) == [TWO]
    (row,) = trace(store, moved.url)
    assert (row.state, row.first_seen, row.last_seen) == ("kept", NOW, NOW + DAY)
    settle(store, moved, outcome="dropped")


def test_a_waiting_lead_is_followed_at_its_latest_address(store: Store) -> None:
    take(store, ONE)
    moved = replace(ONE, url="https://www.leeds.gov.uk/moved/1")
    assert take(store, moved) == [moved]


def test_guids_of_a_feed_that_gives_one_to_two_items_are_not_believed(store: Store) -> None:
    take(store, ONE)
    same = [lead(f"https://www.leeds.gov.uk/other/{n}", guid="same") for n in range(2)]
    moved = replace(ONE, url="https://www.leeds.gov.uk/moved/1")
    assert take(store, moved, *same) == [ONE, moved, *same]
    third = lead("https://www.leeds.gov.uk/other/3", guid="same")
    assert take(store, third)[-1] == third


def test_a_guid_whose_old_address_is_still_shown_means_another_item(store: Store) -> None:
    take(store, ONE)
    settle(store, ONE)
    other = replace(ONE, url="https://www.leeds.gov.uk/other")
    assert take(store, replace(ONE, guid=None), other) == [other]


def test_empty_guids_are_no_guids(store: Store) -> None:
    take(store, replace(ONE, guid=""))
    two = replace(TWO, guid="")
    assert two in take(store, two)


def test_a_guid_belongs_to_one_source(store: Store) -> None:
    take(store, ONE)
    elsewhere = replace(ONE, url="https://example.org/1")
    assert take(store, elsewhere, source="other") == [elsewhere]


def test_every_lead_is_in_exactly_one_state(store: Store) -> None:
    leads = [lead(f"https://www.leeds.gov.uk/news/{n}") for n in range(7)]
    take(store, *leads)
    outcomes: list[Outcome] = ["kept", "kept", "dropped", "duplicate", "failed"]
    for each, outcome in zip(leads, outcomes, strict=False):
        settle(store, each, outcome=outcome)
    with store.read() as tx:
        counts = tx.leads.counts("leeds-news")
        assert tx.leads.counts("another") == {}
    assert counts == {"kept": 2, "dropped": 1, "duplicate": 1, "failed": 1, "pending": 2}
    assert sum(counts.values()) == len(leads)


def test_a_lead_is_traced_by_every_address_of_its_article(store: Store) -> None:
    take(store, ONE)
    with store.begin() as tx:
        stored = add(tx, article("https://www.leeds.gov.uk/final"))
    settle(store, ONE, article=stored, reason="names Leeds")
    (row,) = trace(store, "https://www.leeds.gov.uk/final?utm_source=feed")
    assert (row.url, row.state, row.reason, row.article) == (ONE.url, "kept", "names Leeds", stored)
    assert trace(store, "https://www.leeds.gov.uk/unknown") == []


def test_a_lead_at_the_address_of_an_article_that_came_another_way_is_its_duplicate(store: Store) -> None:
    with store.begin() as tx:
        stored = add(tx, article(ONE.url))
    assert take(store, replace(ONE, url=f"{ONE.url}?utm_source=feed"), TWO) == [TWO]
    (row,) = trace(store, ONE.url)
    assert (row.state, row.reason, row.article) == ("duplicate", ELSEWHERE, stored)
    assert (row.next_attempt_at, row.settled_at) == (None, NOW)


def test_such_a_duplicate_is_followed_once_its_source_says_that_it_changed(store: Store) -> None:
    with store.begin() as tx:
        add(tx, article(ONE.url))
    take(store, ONE)
    changed = replace(ONE, marker="b")
    assert take(store, changed) == [changed]
    assert take(store) == [changed]


def test_a_lead_that_waits_is_a_duplicate_as_soon_as_its_article_comes_another_way(store: Store) -> None:
    take(store, ONE)
    with store.begin() as tx:
        tx.leads.postpone("leeds-news", ONE, problem=AWAY, until=NOW + DAY, now=NOW)
        stored = add(tx, article(ONE.url))
    assert take(store, now=NOW + DAY / 2) == []
    (row,) = trace(store, ONE.url)
    assert (row.state, row.article) == ("duplicate", stored)


def test_a_source_waits_for_another_visit_while_the_time_of_one_of_its_leads_has_come(store: Store) -> None:
    take(store, ONE, TWO)
    take(store, ONE, source="another")
    settle(store, ONE)
    with store.begin() as tx:
        tx.leads.postpone("leeds-news", TWO, problem=AWAY, until=NOW + DAY, now=NOW)
    with store.read() as tx:
        assert tx.leads.waiting(NOW) == {"another"}
        assert tx.leads.waiting(NOW + DAY) == {"another", "leeds-news"}


def test_a_lead_that_was_never_shown_cannot_be_settled(store: Store) -> None:
    with pytest.raises(StoreError, match="never showed"):
        settle(store, ONE)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement.split()[0])

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def test_many_leads_take_few_statements(store: Store) -> None:
    leads = [lead(f"https://www.leeds.gov.uk/news/{n}", guid=f"g{n}", marker="a") for n in range(5_000)]
    changed = [replace(each, marker="b") for each in leads]
    for shown in (leads, changed):
        with statements() as sent:
            assert take(store, *shown) == shown
        assert len(sent) <= 7


def test_more_leads_than_one_statement_can_hold_are_taken(store: Store) -> None:
    leads = [lead(f"https://www.leeds.gov.uk/news/{n}", guid=f"g{n}") for n in range(12_000)]
    taken = take(store, *leads)
    assert len(taken) == len(leads)
    assert all(one.url != other.url for one, other in pairwise(taken))
    settle(store, leads[0], leads[-1])
    assert len(take(store, *leads)) == len(leads) - 2


# ---------------------------------------------------------------- what leads to other sites


FOREIGN_LEAD = lead("https://casino.example/win", guid="tag:leeds,9", marker="a")


def test_a_lead_to_another_site_is_held_and_not_followed(store: Store) -> None:
    for at in (NOW, NOW + DAY):
        with store.begin() as tx:
            tx.leads.hold("leeds-news", [FOREIGN_LEAD], now=at)
            assert tx.leads.take("leeds-news", [], now=at) == []
    (row,) = trace(store, FOREIGN_LEAD.url)
    assert (row.state, row.reason, row.first_seen, row.settled_at) == ("held", FOREIGN, NOW, NOW)


def test_a_held_lead_is_followed_once_its_site_is_the_source_s_own(store: Store) -> None:
    with store.begin() as tx:
        tx.leads.hold("leeds-news", [FOREIGN_LEAD], now=NOW)
    assert take(store, FOREIGN_LEAD, now=NOW + DAY) == [FOREIGN_LEAD]
    assert trace(store, FOREIGN_LEAD.url)[0].state == "pending"


def test_what_was_read_already_is_not_held(store: Store) -> None:
    take(store, ONE)
    settle(store, ONE)
    with store.begin() as tx:
        tx.leads.hold("leeds-news", [ONE, ONE], now=NOW + DAY)
    assert [row.state for row in trace(store, ONE.url)] == ["kept"]


def test_not_to_be_asked_for_costs_a_lead_no_try(store: Store) -> None:
    take(store, ONE)
    with store.begin() as tx:
        for problem in (AWAY, Problem("held", "not asked", "retry", 429)):
            tx.leads.postpone("leeds-news", ONE, problem=problem, until=NOW + DAY, now=NOW)
    (row,) = trace(store, ONE.url)
    assert (row.attempts, row.reason, row.next_attempt_at) == (1, "not asked", NOW + DAY)


def test_unseen_are_those_that_their_source_never_showed(store: Store) -> None:
    take(store, ONE)
    moved = replace(ONE, url="https://www.leeds.gov.uk/news/1/renamed")
    with store.read() as tx:
        assert tx.leads.unseen("leeds-news", [ONE, TWO, TWO]) == 1
        assert tx.leads.unseen("leeds-news", [moved]) == 0
        assert tx.leads.unseen("york-news", [ONE, TWO]) == 2
        assert tx.leads.unseen("leeds-news", []) == 0
