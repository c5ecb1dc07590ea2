"""What belongs together, and what must stay apart."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from newsdesk.likeness import Alike
from newsdesk.model import Article, Assessment, CouncilRole, Event, Kind, Role, Scope, Story, Visit
from newsdesk.placing import place
from newsdesk.text import words
from tests.newsdesk.told import AT, FIRST, SECOND, WORDS, article, read, story

OTHER_WORDS = "Altogether different matters entirely"
INSPECTED = Visit("2026-01-12", "2026-01-23")
BY_WORDS = [Event.STRIKE, Event.POLICY]


def like(said: str, known: Story) -> Alike:
    """Alike by the share of the words of a story's only headline, which holds its text here."""
    mine, theirs = set(words(said)), set(words(known.headline))
    return Alike(known.id, len(mine & theirs) / len(theirs), 0.5, tuple(sorted(mine & theirs)))


def known(assessment: Assessment, text: str = WORDS, number: int = 7) -> Story:
    return story(assessment, article(text), number)


def placed(paper: Article, new: Assessment, stories: Iterable[Story]) -> list[int | None]:
    return [each.story for each in place(paper, new, list(stories), like)]


def joins(
    one: Assessment, new: Assessment, *, days: int = 1, text: str = WORDS, kind: Kind = Kind.LOCAL
) -> bool:
    return placed(article("News", text, days=days, kind=kind), new, [known(one)]) == [7]


@pytest.mark.parametrize(
    ("one", "new", "days"),
    [
        (SECOND, SECOND, 1),
        (SECOND, Visit("2026-01", "2026-01"), 7),  # the trade press says the month alone
        (SECOND, Visit(ordinal=2), 3),
        (SECOND, None, 7),  # a report that says no date, while the news is warm
        (Visit("2026-01", "2026-01"), SECOND, 2),
        (SECOND, SECOND, 35),  # a committee's paper next month
        (SECOND, replace(SECOND, ordinal=None), 35),
        (
            SECOND,
            replace(FIRST, ordinal=2),
            21,
        ),  # a paper on the second visit that gives the days of the first
    ],
)
def test_reports_of_one_visit_are_one_story(one: Visit, new: Visit | None, days: int) -> None:
    assert joins(read(visit=one), read(visit=new), days=days)


@pytest.mark.parametrize(
    ("one", "new", "days"),
    [
        (SECOND, FIRST, 0),  # a letter released late, in the same week
        (SECOND, Visit("2026-04-14", "2026-04-15", 3), 70),
        (SECOND, Visit(ordinal=3), 5),
        (SECOND, Visit("2026-02-10", "2026-02-11"), 5),
        (SECOND, Visit("2026-02-10"), 5),
        (SECOND, None, 20),  # nothing says that it is this visit
        (SECOND, SECOND, 60),
    ],
)
def test_another_visit_is_another_story_though_its_letter_repeats_the_words(
    one: Visit, new: Visit | None, days: int
) -> None:
    assert not joins(read(visit=one), read(visit=new), days=days)


def test_inspectors_who_are_coming_are_one_story_and_what_they_found_is_another() -> None:
    coming = story(read(Event.INSPECTION, visit=INSPECTED), article(days=-50))
    found = read(Event.INSPECTION, visit=INSPECTED)
    assert placed(article(days=-48), found, [coming]) == [7]
    assert placed(article(days=-15), found, [coming]) == [None]


def test_a_visit_is_one_story_whatever_a_paper_calls_it_unless_days_or_words_part_them() -> None:
    focused = read(Event.FOCUSED_VISIT, visit=SECOND)
    assert joins(focused, read(Event.INSPECTION, visit=SECOND), text=OTHER_WORDS)
    assert joins(focused, read(Event.INSPECTION, visit=Visit("2026-01", "2026-01")))
    assert not joins(focused, read(Event.INSPECTION, visit=Visit("2026-01", "2026-01")), text=OTHER_WORDS)
    assert not joins(focused, read(Event.INSPECTION, visit=INSPECTED))
    assert not joins(focused, read(Event.SEND_INSPECTION))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Event.MONITORING_VISIT, Event.PARTNERSHIP),  # the announcement that the letter quotes
        (Event.MONITORING_VISIT, Event.FUNDING),
        (Event.INSPECTION, Event.DIRECTION),
    ],
)
def test_a_visit_and_what_follows_from_it_are_two_stories(one: Event, other: Event) -> None:
    assert not joins(read(one), read(other))
    assert not joins(read(other), read(one))


def test_two_events_of_one_council_in_one_week_are_two_stories_unless_told_in_the_same_words() -> None:
    half = " ".join(WORDS.split()[:2])
    assert not joins(read(Event.LEADERSHIP), read(Event.STRIKE), text=half)
    assert joins(read(Event.LEADERSHIP), read(Event.LEADERSHIP), text=half)
    assert joins(read(Event.LEADERSHIP), read(Event.STRIKE))


@pytest.mark.parametrize("other", [Event.COMMISSIONER_APPOINTED, Event.IMPROVEMENT_NOTICE, Event.TRUST])
def test_one_decision_of_the_department_goes_by_several_names(other: Event) -> None:
    half = " ".join(WORDS.split()[:2])
    assert joins(read(Event.DIRECTION), read(other), text=half)
    assert not joins(read(Event.DIRECTION), read(other), text=OTHER_WORDS)


def test_other_events_join_by_their_words_while_warm_and_in_committee_papers_for_six_weeks() -> None:
    strike = read(Event.STRIKE)
    assert joins(strike, strike, days=9)
    assert not joins(strike, strike, days=12)
    assert joins(strike, strike, days=35, kind=Kind.COMMITTEE)
    assert not joins(strike, strike, text=OTHER_WORDS)


def test_another_council_is_another_story() -> None:
    assert not joins(read(Event.STRIKE, "northmarch"), read(Event.STRIKE, "eastholme"))
    partner = CouncilRole("eastholme", Role.PARTNER)
    assert not joins(read(others=(partner,)), read(Event.MONITORING_VISIT, "eastholme"))


# ---------------------------------------------------------------- round-ups

NORTH = known(read(visit=SECOND), number=1)
EAST = known(read(Event.FOCUSED_VISIT, "eastholme"), "Fostering panels carers", number=2)
LETTERS = read(Event.MONITORING_VISIT, "northmarch", "eastholme", "wychmere", scope=Scope.SEVERAL)
ROUND_UP = article(
    "Letters of the week",
    f"In Northmarch: {WORDS}.\nEastholme praised for fostering panels and carers.\nWychmere heard too.",
)


def test_a_round_up_belongs_to_the_story_of_each_council_and_founds_those_that_lack() -> None:
    found = place(ROUND_UP, LETTERS, [NORTH, EAST], like)
    assert {each.story: each.councils for each in found} == {
        1: {"northmarch"},
        2: {"eastholme"},
        None: {"wychmere"},
    }
    assert all(each.why for each in found)


def test_what_a_round_up_says_of_one_council_does_not_join_anothers_words() -> None:
    elsewhere = known(read(Event.FOCUSED_VISIT, "eastholme"), number=2)  # told in Northmarch's words
    assert 2 not in placed(ROUND_UP, LETTERS, [NORTH, elsewhere])


def test_one_event_of_several_councils_is_one_story() -> None:
    trust = read(Event.TRUST, "north-vale", "south-vale")
    assert placed(article("Trust"), trust, []) == [None]
    assert placed(article("Trust"), trust, [known(trust)]) == [7]
    assert placed(article("Trust"), read(Event.TRUST, "south-vale"), [known(trust)]) == [7]


def test_a_councils_name_in_many_stories_costs_it_none() -> None:
    partnership = read(Event.PARTNERSHIP, "northmarch", "eastholme")
    north = known(read(Event.PARTNERSHIP), number=1)
    assert placed(article("Partners", f"Northmarch: {WORDS}\nEastholme too"), partnership, [north]) == [1]


# ---------------------------------------------------------------- national news

NATIONAL = read(Event.POLICY, scope=Scope.NATIONAL)


def test_national_news_joins_national_news_of_the_same_words() -> None:
    assert joins(NATIONAL, NATIONAL)
    assert not joins(NATIONAL, NATIONAL, text=OTHER_WORDS)


def test_what_national_news_means_for_one_council_belongs_to_it() -> None:
    assert joins(NATIONAL, read(Event.POLICY))
    assert not joins(NATIONAL, read(Event.POLICY), text=OTHER_WORDS)
    assert not joins(NATIONAL, read(Event.INSPECTION))


def test_a_week_in_policy_belongs_to_each_story_it_tells_as_surely_as_they_do() -> None:
    one, other = known(NATIONAL, number=1), known(NATIONAL, "Caseload limits workforce bill", number=2)
    assert placed(article("Week", f"{WORDS} workforce limits caseload"), NATIONAL, [one, other]) == [1, 2]
    assert placed(article("Week", f"{WORDS} workforce"), NATIONAL, [one, other]) == [1]


def test_of_several_stories_the_surest_is_taken_and_the_placement_says_why() -> None:
    by_days, by_time = known(read(visit=SECOND), number=1), known(read(), number=2)
    (found,) = place(article(days=1), read(visit=SECOND), [by_time, by_days], like)
    assert (found.story, found.why) == (1, "northmarch, monitoring-visit, the same visit")
    (by_words,) = place(article("News", WORDS), read(Event.STRIKE), [known(read(Event.STRIKE))], like)
    assert by_words.why.startswith("northmarch, strike, 0 days apart, sharing caseloads")
    (none,) = place(article(), read(), [], like)
    assert none.story is None
    assert none.councils == {"northmarch"}


def test_an_article_without_a_date_counts_from_when_it_was_fetched() -> None:
    undated = replace(article(), published=None, fetched_at=AT + timedelta(days=20))
    assert placed(undated, read(), [known(read())]) == [None]
