"""States, and the ledger of visits."""

from dataclasses import replace
from datetime import timedelta

from newsdesk.model import Listing, Move, Problem, SourceState, Trust, Wish
from storage import Store, VisitRow
from tests.storage.made import NOW, lead

HOUR = timedelta(hours=1)
FULL = SourceState(
    name="leeds-news",
    etag='W/"1"',
    last_modified="Mon, 02 Mar 2026 09:00:00 GMT",
    body_hash="ab" * 16,
    visited_at=NOW,
    next_visit_at=NOW + HOUR,
    hold_until=NOW + 2 * HOUR,
    failures=3,
    problem=Problem("refused", "the server said 429", "retry", 429, 90.5),
    problem_since=NOW - HOUR,
    declaration="0123456789abcdef",
    gone_since=NOW - 2 * HOUR,
    wish=Wish(3600.0, frozenset({0, 23}), frozenset({5, 6})),
    move=Move("https://leeds.gov.uk/rss", "https://news.leeds.gov.uk/rss", "", ("2026-03-01", "2026-03-02")),
    trust=Trust(3, NOW - HOUR, NOW - 2 * HOUR, "it hid two items"),
)


def test_a_state_comes_back_as_it_was_saved_last(store: Store) -> None:
    with store.begin() as tx:
        tx.sources.save(FULL)
        tx.sources.save(SourceState("york-news"))
    with store.begin() as tx:
        assert tx.sources.states() == {"leeds-news": FULL, "york-news": SourceState("york-news")}
        well_again = replace(FULL, failures=0, problem=None, problem_since=None)
        tx.sources.save(well_again)
        assert tx.sources.states(["leeds-news"]) == {"leeds-news": well_again}


def test_a_source_that_was_never_visited_has_an_empty_state(store: Store) -> None:
    with store.read() as tx:
        assert tx.sources.states(["leeds-news"]) == {"leeds-news": SourceState("leeds-news")}
        assert tx.sources.states([]) == {}
        assert tx.sources.states() == {}


def test_visits_are_told_newest_first(store: Store) -> None:
    good = Listing(
        "leeds-news", (lead(),), status=200, size=4_000_000_000, seconds=0.25, warnings=("no dates",)
    )
    bad = Listing("leeds-news", problem=Problem("unreachable", "no answer", "retry"))
    with store.begin() as tx:
        tx.sources.record(VisitRow.of(good, at=NOW, found=1, new=1))
        tx.sources.record(VisitRow.of(bad, at=NOW + HOUR, found=0, new=0))
        tx.sources.record(VisitRow.of(replace(good, source="york-news"), at=NOW, found=1, new=0))
        latest, first = tx.sources.visits("leeds-news", 10)
        assert tx.sources.visits("leeds-news", 1) == [latest]
    assert (latest.at, latest.problem, latest.status) == (NOW + HOUR, bad.problem, None)
    assert (first.found, first.new, first.size, first.seconds) == (1, 1, 4_000_000_000, 0.25)
    assert (first.status, first.not_modified, first.warnings) == (200, False, ("no dates",))


def test_visits_that_lost_sight_of_items_and_when_items_came_are_told(store: Store) -> None:
    shown = replace(lead(), published=NOW - HOUR)
    with store.begin() as tx:
        assert tx.sources.latest() is None
        tx.leads.take("leeds-news", [shown], now=NOW)
        tx.sources.record(VisitRow.of(Listing("leeds-news"), at=NOW, found=1, new=1, rolled=True))
        tx.sources.record(VisitRow.of(Listing("york-news"), at=NOW + HOUR, found=0, new=0, spared=True))
        assert tx.sources.rolled(since=NOW - HOUR) == {"leeds-news": NOW}
        assert tx.sources.rolled(since=NOW + HOUR) == {}
        assert tx.sources.moments(["leeds-news"], since=NOW) == {"leeds-news": [(NOW - HOUR, NOW)]}
        assert tx.sources.moments(["leeds-news"], since=NOW + HOUR) == {"leeds-news": []}
        latest = tx.sources.latest()
    assert latest
    assert (latest.source, latest.spared, latest.rolled) == ("york-news", True, False)
