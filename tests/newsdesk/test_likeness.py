"""Which open story an article is most like: invented events from invented towns."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from newsdesk.likeness import ALIKE, Likeness
from newsdesk.portrait import portrait

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)

QUAKE_NORTH = portrait(
    "Quake shakes Northby",
    "An earthquake of magnitude 4.1 shook Northby before dawn. Two chimneys fell in Mill Lane, police said.",
)
QUAKE_NORTH_AGAIN = portrait(
    "Chimneys fall as Northby feels earthquake",
    "People in Northby ran into Mill Lane when an earthquake of 4.1 brought down two chimneys.",
)
QUAKE_SOUTH = portrait(
    "Earthquake felt across Sandhaven",
    "A tremor of 3.2 rattled windows in Sandhaven at noon. Nobody was hurt, the harbour master said.",
)
STRIKE = portrait(
    "Tram drivers walk out in Eastgate",
    "Drivers of the Eastgate trams began a strike over rosters. The union expects it to last until Friday.",
)


def with_stories(*articles: dict[str, float], when: datetime = NOW) -> Likeness:
    """Stories 1, 2, … of one article each."""
    index = Likeness()
    for story, article in enumerate(articles, 1):
        index.see(article, when)
        index.add(story, article, when)
    return index


def joined(index: Likeness, article: dict[str, float], when: datetime = NOW) -> int | None:
    index.see(article, when)
    nearest = index.nearest(article, when)
    return nearest[0].story if nearest and nearest[0].score >= ALIKE else None


def test_two_reports_of_one_event_are_alike_and_the_words_say_why() -> None:
    index = with_stories(STRIKE, QUAKE_NORTH, QUAKE_SOUTH)
    assert joined(index, QUAKE_NORTH_AGAIN) == 2
    nearest = index.nearest(QUAKE_NORTH_AGAIN, NOW)[0]
    assert "northby" in nearest.words
    assert set(nearest.words) <= QUAKE_NORTH.keys() & QUAKE_NORTH_AGAIN.keys()


def test_two_events_of_one_kind_are_not_alike() -> None:
    assert joined(with_stories(QUAKE_NORTH, STRIKE), QUAKE_SOUTH) is None


def test_an_article_is_like_nothing_when_nothing_is_open() -> None:
    assert Likeness().nearest(QUAKE_NORTH, NOW) == []


def test_an_article_that_says_nothing_is_like_nothing_and_harms_nothing() -> None:
    index = with_stories(STRIKE)
    assert joined(index, {}) is None
    index.add(2, {}, NOW)
    assert joined(index, STRIKE) == 1


def test_the_likeliest_story_comes_first() -> None:
    found = with_stories(QUAKE_SOUTH, QUAKE_NORTH, STRIKE).nearest(QUAKE_NORTH_AGAIN, NOW)
    assert [each.story for each in found][:2] == [2, 1]
    assert found[0].score > found[1].score


def test_a_story_is_closed_three_days_after_its_last_report() -> None:
    assert joined(with_stories(QUAKE_NORTH), QUAKE_NORTH_AGAIN, NOW + 3 * DAY) == 1
    assert joined(with_stories(QUAKE_NORTH), QUAKE_NORTH_AGAIN, NOW + 4 * DAY) is None
    kept_open = with_stories(QUAKE_NORTH)
    kept_open.add(1, QUAKE_NORTH_AGAIN, NOW + 2 * DAY)
    assert joined(kept_open, QUAKE_NORTH_AGAIN, NOW + 4 * DAY) == 1


def test_closed_stories_are_forgotten() -> None:
    index = with_stories(QUAKE_NORTH, QUAKE_SOUTH, STRIKE)
    assert len(index) == 3
    index.see(STRIKE, NOW + 4 * DAY)
    assert len(index) == 0


def test_a_word_that_many_articles_of_these_days_hold_tells_less() -> None:
    index, busy = with_stories(QUAKE_NORTH), with_stories(QUAKE_NORTH)
    for number in range(60):
        index.see({f"nothing{number}": 1.0}, NOW)
        busy.see(dict.fromkeys(("northby", "earthquake", "quake"), 1.0), NOW)
    quiet_score = index.nearest(QUAKE_NORTH_AGAIN, NOW)[0].score
    assert busy.nearest(QUAKE_NORTH_AGAIN, NOW)[0].score < quiet_score


@given(st.integers(0, 10_000))
def test_an_article_is_most_like_the_story_that_is_itself(seed: int) -> None:
    chance = random.Random(seed)
    drawn = [
        {f"w{chance.randrange(400)}": chance.uniform(0.2, 2) for _ in range(chance.randrange(8, 60))}
        for _ in range(12)
    ]
    index = with_stories(*drawn)
    for story, article in enumerate(drawn, 1):
        nearest = index.nearest(article, NOW)
        assert nearest[0].story == story
        assert nearest[0].score >= ALIKE
        assert nearest[0].score <= 1.1 + 0.09 * 0.7  # short articles are given what long ones are charged


@pytest.mark.parametrize("others", [3_000])
def test_the_rare_words_find_the_story_among_thousands(others: int) -> None:
    index = with_stories(QUAKE_NORTH)
    for number in range(others):
        usual = {"storm": 1.0, "river": 1.0, f"village{number}": 1.0}
        index.see(usual, NOW)
        index.add(number + 2, usual, NOW)
    assert joined(index, QUAKE_NORTH_AGAIN | {"storm": 1.0, "river": 1.0}) == 1
