"""Whether "not modified" is believed, and what is asked when it is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newsdesk.conditional import AUDIT_AFTER, AUDIT_EVERY, OFF, believed, declaration, order
from newsdesk.errors import Unreachable
from newsdesk.model import Listing, Move, Problem, SourceState, Trust
from tests.newsdesk.examples import FEED, a_source

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
KNOWN = SourceState(
    FEED.name, etag='"1"', last_modified="yesterday", body_hash="aa", declaration=declaration(FEED)
)
UNMODIFIED = Listing(FEED.name, status=304, not_modified=True)
WHOLE = Listing(FEED.name, status=200)
HIDDEN = Listing(FEED.name, status=200, contradicted=True)


def trusting(trust: Trust) -> SourceState:
    return replace(KNOWN, trust=trust)


def test_the_validators_of_last_time_are_sent() -> None:
    asked = order(FEED, KNOWN, NOW)
    assert (asked.etag, asked.last_modified, asked.body_hash, asked.audit) == (
        '"1"',
        "yesterday",
        "aa",
        False,
    )


@pytest.mark.parametrize(
    "changed",
    [{"url": "https://www.northmarch.gov.uk/rss"}, {"reader": "jadu"}, {"options": {"hosts": "x.org"}}],
)
def test_a_source_that_is_read_otherwise_than_before_is_asked_for_whole(changed: dict[str, object]) -> None:
    asked = order(a_source(**changed), KNOWN, NOW)
    assert (asked.etag, asked.last_modified, asked.body_hash) == (None, None, None)


def test_what_says_nothing_of_the_reading_may_change() -> None:
    assert order(a_source(outlet="Northmarch", weekly=(1, 2)), KNOWN, NOW).etag


def test_a_source_is_asked_for_where_it_moved_to() -> None:
    there = "https://news.northmarch.gov.uk/feed"
    move = Move(FEED.url, there, "", ("2026-11-01", "2026-11-02", "2026-11-03"))
    asked = order(FEED, replace(KNOWN, move=move), NOW)
    assert (asked.source.url, asked.source.name, asked.etag) == (there, FEED.name, '"1"')


def test_many_answers_or_days_of_not_modified_are_looked_into() -> None:
    def audited(unmodified: int, since: timedelta) -> bool:
        trust = Trust(unmodified, NOW - since)
        return order(FEED, trusting(trust), NOW).audit

    assert not audited(AUDIT_AFTER // 2, HOUR)
    assert audited(AUDIT_AFTER, HOUR)
    assert not audited(1, AUDIT_EVERY / 2)
    assert audited(1, AUDIT_EVERY)


def test_not_all_sources_are_looked_into_at_once() -> None:
    def audited(number: int, trust: Trust) -> bool:
        source = a_source(name=f"council-{number}")
        return order(source, SourceState(source.name, trust=trust), NOW).audit

    early = Trust(0, NOW - 0.87 * AUDIT_EVERY)
    assert 0 < sum(audited(number, early) for number in range(50)) < 50


def test_not_modified_is_counted_until_the_listing_itself_comes() -> None:
    trust = believed(believed(None, UNMODIFIED, unseen=0, now=NOW), UNMODIFIED, unseen=0, now=NOW)
    assert trust == Trust(2)
    assert believed(trust, WHOLE, unseen=0, now=NOW) == Trust(0, NOW)
    failed = Listing(FEED.name, problem=Problem.of(Unreachable("no answer")))
    assert believed(trust, failed, unseen=0, now=NOW) == trust


def test_items_hidden_behind_not_modified_switch_validators_off_for_a_month() -> None:
    trust = believed(None, HIDDEN, unseen=2, now=NOW)
    assert trust
    assert trust.lied_at == NOW
    assert "2 items" in trust.evidence
    asked = order(FEED, trusting(trust), NOW + OFF - HOUR)
    assert (asked.etag, asked.last_modified, asked.body_hash, asked.audit) == (None, None, "aa", False)


def test_a_page_that_only_prints_itself_anew_hides_nothing() -> None:
    assert believed(None, HIDDEN, unseen=0, now=NOW) == Trust(0, NOW)


def test_after_a_month_every_answer_is_looked_into_until_a_change_is_told_of() -> None:
    liar, later = Trust(lied_at=NOW, evidence="it hid something"), NOW + OFF
    asked = order(FEED, trusting(liar), later)
    assert (asked.etag, asked.audit) == ('"1"', True)
    same = replace(WHOLE, not_modified=True)
    undecided = believed(liar, same, unseen=0, now=later)
    assert undecided
    assert undecided.lied_at == NOW
    again = believed(liar, HIDDEN, unseen=1, now=later)
    assert again
    assert again.lied_at == later
    honest = believed(liar, WHOLE, unseen=0, now=later)
    assert honest == Trust(0, later)


def test_a_change_before_the_month_is_over_proves_nothing_since_nothing_was_asked() -> None:
    liar = believed(Trust(lied_at=NOW), WHOLE, unseen=0, now=NOW + HOUR)
    assert liar
    assert liar.lied_at == NOW
