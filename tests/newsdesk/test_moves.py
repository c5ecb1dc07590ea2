"""A source that moved: followed at once, adopted on the third day, and never behind the operator's back."""

from datetime import UTC, datetime, timedelta

from newsdesk.errors import Gone, Unreachable
from newsdesk.model import Listing, Move, Moved, Problem
from newsdesk.moves import address, advice, noted
from tests.newsdesk.examples import FEED

NOW = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
DAY = timedelta(days=1)
OLD, NEW = FEED.url, "https://news.northmarch.gov.uk/feed"
MOVED = Listing(FEED.name, status=200, moved=Moved(NEW))
STAYED = Listing(FEED.name, status=200)


def after(*visits: tuple[Listing, datetime], move: Move | None = None) -> Move | None:
    for listing, at in visits:
        move = noted(move, OLD, listing, at)
    return move


def three_days(listing: Listing = MOVED) -> Move | None:
    return after(*((listing, NOW + day * DAY) for day in range(3)))


def test_a_move_is_adopted_when_it_was_seen_on_three_days() -> None:
    twice = after((MOVED, NOW), (MOVED, NOW + DAY))
    assert (address(OLD, twice), advice(OLD, twice)) == (OLD, None)
    assert address(OLD, three_days()) == NEW
    assert advice(OLD, three_days()) == (f"it has moved for good and is read at {NEW}: declare that address")


def test_ten_sightings_on_one_day_are_one() -> None:
    hours = [NOW - hour * timedelta(hours=1) for hour in range(10)]
    assert address(OLD, after(*((MOVED, at) for at in hours))) == OLD


def test_a_day_is_london_s() -> None:
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    move = after((MOVED, summer), (MOVED, summer + timedelta(hours=1)))
    assert move
    assert move.days == ("2026-07-01", "2026-07-02")


def test_an_address_that_answers_again_or_leads_elsewhere_starts_the_count_anew() -> None:
    assert after((MOVED, NOW), (STAYED, NOW + DAY)) is None
    elsewhere = Listing(FEED.name, status=200, moved=Moved("https://www.northmarch.gov.uk/feed2"))
    move = after((MOVED, NOW), (MOVED, NOW + DAY), (elsewhere, NOW + 2 * DAY))
    assert move
    assert move.days == ("2026-11-24",)


def test_what_could_not_be_read_neither_counts_nor_undoes() -> None:
    failed = Listing(FEED.name, moved=Moved(NEW), problem=Problem.of(Unreachable("no answer")))
    assert after((failed, NOW)) is None
    assert after((failed, NOW + 9 * DAY), move=three_days()) == three_days()


def test_an_adopted_address_stays_while_it_answers_and_is_left_when_it_is_gone() -> None:
    assert address(OLD, after((STAYED, NOW + 9 * DAY), move=three_days())) == NEW
    gone = Listing(FEED.name, problem=Problem.of(Gone("404", status=404)))
    assert address(OLD, after((gone, NOW + 9 * DAY), move=three_days())) == OLD


def test_a_new_declaration_ends_what_was_adopted_for_the_old_one() -> None:
    declared = "https://www.northmarch.gov.uk/news/feed"
    assert address(declared, three_days()) == declared
    assert advice(declared, three_days()) is None
    assert noted(three_days(), declared, STAYED, NOW + 9 * DAY) is None


def test_a_move_that_needs_a_look_is_told_and_never_adopted() -> None:
    foreign = Moved("https://northmarch.prgloo.com/feed", "that is another domain")
    move = three_days(Listing(FEED.name, status=200, moved=foreign))
    assert address(OLD, move) == OLD
    assert advice(OLD, move) == (
        "it has moved for good to https://northmarch.prgloo.com/feed, but that is another domain: look, and "
        "declare what is right"
    )
