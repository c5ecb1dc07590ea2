"""An operator's last word counts, and nobody is told twice of what merely moved."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from newsdesk.evidence import Bonds, Evidence, Known, bonds, carried, items, ruling
from newsdesk.labels import as_toml
from newsdesk.model import (
    Area,
    Article,
    CouncilRole,
    Event,
    Grade,
    Judgement,
    Kind,
    Report,
    Role,
    Scope,
    Shown,
    Story,
)
from newsdesk.regrouping import components, matched

NOW = datetime(2026, 3, 5, 18, tzinfo=UTC)
GRADE = ("northmarch", Area.OVERALL, Grade.GOOD)


def said(kind: Any, articles: tuple[int, ...], others: tuple[int, ...] = (), **more: Any) -> Evidence:
    return Evidence(0, kind, NOW, "ada", "", articles, others, **more)


def story(*articles: int, version: int = 1, graded: bool = False) -> Story:
    grades = (Judgement(*GRADE, "2026-03", current=True),) if graded else ()
    reports = tuple(
        Report(each, f"http://a.example/{each}", "A", Kind.LOCAL, "News", NOW, NOW) for each in articles
    )
    subject = (CouncilRole("northmarch", Role.SUBJECT),)
    return Story(
        1, "News", Event.INSPECTION, Scope.COUNCIL, subject, grades, None, NOW, NOW, reports, version=version
    )


def test_of_two_articles_the_last_word_counts() -> None:
    merged, parted = said("together", (1, 2), (3,)), said("apart", (3,), (1, 2))
    assert bonds(3, [merged]) == Bonds(frozenset({1, 2}))
    assert bonds(3, [merged, parted]) == Bonds(apart=frozenset({1, 2}))
    assert bonds(3, [parted, merged]) == Bonds(frozenset({1, 2}))
    assert bonds(9, [merged, parted]) == Bonds()


def test_what_was_taken_out_together_stays_together_and_the_rest_is_left_to_the_rules() -> None:
    parted = said("apart", (3, 4), (1, 2))
    assert bonds(3, [parted]) == Bonds(frozenset({4}), frozenset({1, 2}))
    assert bonds(1, [parted]) == Bonds(frozenset(), frozenset({3, 4}))


def test_the_last_ruling_on_an_article_counts() -> None:
    no, yes = said("irrelevant", (1, 2)), said("relevant", (1,))
    assert ruling(1, [no, yes]) is yes
    assert ruling(2, [no, yes]) is no
    assert ruling(3, [no, yes, said("together", (3,), (4,))]) is None


def test_whoever_saw_a_report_counts_as_told_of_the_story_it_went_to() -> None:
    known = Known(1, Shown((1, 2)))
    assert carried(story(1, 2), known, story(2)) == known
    assert carried(story(1, 2), known, story(3)) is None
    assert carried(story(1, 2), Known(1), story(2, version=4)) == Known(4, Shown((1, 2)))


def test_a_grade_nobody_showed_them_and_an_update_they_were_owed_are_still_told() -> None:
    known = Known(1, Shown((1,)))
    assert carried(story(1), known, story(1, 2, version=2, graded=True)) == known
    assert carried(story(1, version=2), known, story(1, 2, version=2)) == known
    both = carried(story(1), known, story(1, 2, version=2, graded=True), Known(1, Shown((2,), (GRADE,))))
    assert both == Known(2, Shown((2, 1), (GRADE,)))


def test_a_label_becomes_an_item_that_can_be_read_back() -> None:
    text = 'A "quoted" \\ line\x7f\x1b\n\nand a second – with a dash.'
    item = Article("http://a.example/1", "A", "Ofsted’s visit", text, NOW, covers=("bury",), published=NOW)
    first = said("relevant", (1,), item=item)
    last = replace(first, kind="irrelevant", why="about adults")
    written = tomllib.loads(as_toml(items([first, last])))["item"]
    assert [(each["name"], each["expect"]) for each in written] == [(item.url, {"relevant": False})]
    assert (written[0]["text"], written[0]["published"], written[0]["covers"]) == (
        text,
        "2026-03-05",
        ["bury"],
    )
    assert as_toml([]) == ""


def test_a_new_group_carries_on_the_old_story_it_shares_most_with() -> None:
    before = {1: {10, 11, 12}, 2: {13}, 3: {14}}
    assert matched(before, {8: {10}, 9: {11, 12}, 2: {13, 14}}) == {9: 1, 2: 2}
    assert matched(before, {8: {10, 11, 12, 13}}) == {8: 1}


def test_sets_that_share_a_member_are_one_batch() -> None:
    assert components([{1, 2}, {3}, {4, 5}, {2, 4}]) == [{3}, {1, 2, 4, 5}]
