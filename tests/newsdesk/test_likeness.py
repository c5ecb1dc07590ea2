"""Which open story an article is most like: invented events from invented towns."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings, strategies as st

from newsdesk.likeness import Likeness
from newsdesk.portrait import Portrait, portrait

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


def arrives(index: Likeness, report: int, article: Portrait, when: datetime = NOW) -> int:
    """Its story: the nearest when it is near enough, else a new one of its own number."""
    index.read(report, article, when)
    nearest = index.nearest(report)
    story = nearest[0].story if nearest and nearest[0].spare >= 0 else report
    index.put(report, story)
    return story


def with_stories(*articles: Portrait) -> Likeness:
    """Stories 0, 1, … of one article each."""
    index = Likeness()
    for number, article in enumerate(articles):
        index.read(number, article, NOW)
        index.put(number, number)
    return index


def told(stream: Sequence[Portrait]) -> list[int]:
    """The story that each is in after all second looks."""
    index, found = Likeness(), dict[int, int]()
    for number, article in enumerate(stream):
        index.read(number, article, NOW)
        nearest = index.nearest(number)
        found[number] = nearest[0].story if nearest and nearest[0].spare >= 0 else number
        index.put(number, found[number])
        for each in index.look_again(found[number], nearest):
            assert found[each.report] == each.out_of
            found[each.report] = each.into
    return [found[number] for number in range(len(stream))]


def test_two_reports_of_one_event_are_alike_and_the_words_say_why() -> None:
    index = with_stories(STRIKE, QUAKE_NORTH, QUAKE_SOUTH)
    assert arrives(index, 9, QUAKE_NORTH_AGAIN) == 1
    assert "northby" in index.shared(9, 1)
    assert set(index.shared(9, 1)) <= QUAKE_NORTH.keys() & QUAKE_NORTH_AGAIN.keys()


def test_two_events_of_one_kind_are_not_alike() -> None:
    assert arrives(with_stories(QUAKE_NORTH, STRIKE), 9, QUAKE_SOUTH) == 9


def test_an_article_that_says_nothing_is_like_nothing_and_harms_nothing() -> None:
    index = with_stories(STRIKE)
    assert arrives(index, 8, {}) == 8
    assert arrives(index, 9, STRIKE) == 0


def test_a_story_is_closed_three_days_after_its_last_report_and_forgotten() -> None:
    index = with_stories(QUAKE_NORTH, STRIKE)
    assert arrives(index, 8, QUAKE_NORTH_AGAIN, NOW + 2 * DAY) == 0
    assert arrives(index, 9, QUAKE_NORTH, NOW + 5 * DAY) == 0
    assert len(index) == 1
    assert arrives(index, 10, STRIKE, NOW + 9 * DAY) == 10
    assert len(index) == 1


def test_a_word_that_many_articles_of_these_days_hold_tells_less() -> None:
    quiet, busy = with_stories(QUAKE_NORTH), with_stories(QUAKE_NORTH)
    for number in range(100, 160):
        quiet.read(number, {f"nothing{number}": 1.0}, NOW)
        busy.read(number, dict.fromkeys(("northby", "earthquake", "quake"), 1.0), NOW)
    for index in (quiet, busy):
        index.read(9, QUAKE_NORTH_AGAIN, NOW)
    assert busy.nearest(9)[0].score < quiet.nearest(9)[0].score


def fight(champion: str, rival: str, number: int) -> Portrait:
    """A report of a title fight: every one dwells on the champion, and on one rival in one town."""
    usual = [champion, "gloves", "title", "belt", "heavyweight", "knockout", "judges"]
    own = [f"{rival}{part}" for part in ("", "camp", "town", "arena")]
    details = [f"detail{number}{extra}" for extra in range(8)]
    return dict.fromkeys(usual + details, 1.0) | dict.fromkeys(own, 1.8)


def test_two_fights_of_one_boxer_are_parted_when_reports_have_shown_what_each_dwells_on() -> None:
    stream = [fight("vellar", rival, n) for n, rival in enumerate(["pask", "orlu"] * 7)]
    found = told(stream)
    assert set(found[0::2]).isdisjoint(found[1::2])
    assert max(map(found.count, found)) == 7


def test_a_second_look_comes_only_with_growth_or_a_rival_story() -> None:
    index = with_stories(QUAKE_NORTH, STRIKE)
    assert arrives(index, 9, QUAKE_NORTH_AGAIN) == 0
    assert index.look_again(0) == []


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_a_report_is_always_in_one_story_and_most_like_the_story_that_is_itself(seed: int) -> None:
    chance = random.Random(seed)
    drawn = [
        {f"w{chance.randrange(300)}": chance.uniform(0.2, 2) for _ in range(chance.randrange(8, 60))}
        for _ in range(12)
    ]
    assert len(told(drawn * 2)) == 24
    index = with_stories(*drawn)
    for number, article in enumerate(drawn):
        assert arrives(index, 100 + number, article) == number


def test_the_rare_words_find_the_story_among_thousands() -> None:
    index = with_stories(QUAKE_NORTH)
    for number in range(1, 2_000):
        index.read(number, {"storm": 1.0, "river": 1.0, f"village{number}": 1.0}, NOW)
        index.put(number, number)
    assert arrives(index, 5_000, QUAKE_NORTH_AGAIN | {"storm": 1.0, "river": 1.0}) == 0
