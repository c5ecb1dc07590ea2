"""Today's rules over yesterday's articles: shown first, then saved, and nobody is told twice."""

from dataclasses import replace
from datetime import date

import pytest

from newsdesk.desk import Desk
from scheduler import digesting, editing, replaying
from scheduler.filing import Filed, file
from scheduler.house import House
from storage import Store
from tests.scheduler.houses import DAY, FETE, LETTER, MAGAZINE, NOW, REPORT, Clock, article, house, reader

SINCE = NOW - 7 * DAY
FOLLOW_UP = replace(
    LETTER,
    path="/follow-up",
    title="Northmarch told by inspectors to check its plans for children",
    text="Ofsted has written to Northmarch Council after a monitoring visit on 27 and 28 January.\n\n"
    "Its letter says that children's services do not check whether plans are carried out.",
)


@pytest.fixture
def home(store: Store, clock: Clock) -> House:
    return house(store, clock)


def blind(home: House) -> House:
    """The house of yesterday, whose rules saw no news of the topic anywhere."""
    nothing: Desk = replace(home.desk, topic=replace(home.desk.topic, threshold=1000))
    return replace(home, desk_of=lambda: nothing)


def stories(home: House) -> dict[int, set[int]]:
    with home.store.read() as tx:
        return {each.id: {one.article for one in each.reports} for each in tx.stories.list()}


def drawn(home: House, day: date) -> list[bool]:
    with home.store.read() as tx:
        (asked,) = tx.subscriptions.list()
    made = digesting.draw(home, asked, day, until=NOW + DAY)
    return [each.updated for each in made.digest.items] if made else []


def found_apart(home: House) -> tuple[Filed, Filed]:
    """Two reports of one visit, which stand in two stories though the rules would join them."""
    letter = file(home, article())
    follow_up = file(home, article(FOLLOW_UP, MAGAZINE))
    assert letter.stories == follow_up.stories
    assert letter.story
    with home.store.begin() as tx:
        story = tx.stories.get(letter.story)
        assert story
        tx.regrouping.leave(story.id, [follow_up.article])
        tx.stories.found(story, follow_up.article, "as the rules once were")
    return letter, follow_up


def test_what_the_rules_see_now_is_shown_and_nothing_is_saved(home: House) -> None:
    letter, fete = file(blind(home), article()), file(blind(home), article(FETE))
    shown = replaying.replay(home, SINCE)
    assert (shown.read, [each.id for each in shown.changed if each.facts]) == (2, [letter.article])
    facts = {each.name: (each.before, each.after) for each in shown.changed[0].facts}
    assert facts["relevant"] == ("no", "yes")
    assert [(each.story, each.joined) for each in shown.regrouped] == [(None, [letter.article])]
    assert stories(home) == {}
    assert fete.article not in shown.reports
    assert replaying.replay(home, NOW + DAY).read == 0


def test_what_was_missed_is_told_once_it_is_saved_and_then_nothing_is_left_to_change(home: House) -> None:
    reader(home)
    report = file(blind(home), article(REPORT))
    assert replaying.save(home, replaying.replay(home, SINCE)) == 0
    assert list(stories(home).values()) == [{report.article}]
    assert drawn(home, date(2026, 3, 6)) == [False]
    again = replaying.replay(home, SINCE)
    assert (again.changed, again.regrouped) == ((), ())


def test_what_the_rules_do_not_see_any_more_leaves(home: House) -> None:
    letter = file(home, article())
    shown = replaying.replay(blind(home), SINCE)
    assert [(each.story, each.left, each.after) for each in shown.regrouped] == [
        (letter.story, [letter.article], {})
    ]
    replaying.save(blind(home), shown)
    assert stories(home) == {}


def test_stories_of_one_event_become_one_and_nobody_is_told_again(home: House) -> None:
    reader(home)
    letter, follow_up = found_apart(home)
    assert drawn(home, date(2026, 3, 6)) == [False, False]
    replaying.save(home, replaying.replay(home, SINCE))
    assert list(stories(home).values()) == [{letter.article, follow_up.article}]
    assert drawn(home, date(2026, 3, 7)) == []


def test_what_an_operator_said_is_not_undone(home: House) -> None:
    letter = file(home, article())
    follow_up = file(home, article(FOLLOW_UP, MAGAZINE))
    report = file(home, article(REPORT))
    assert letter.story
    assert report.story
    editing.split(home, letter.story, [follow_up.url], by="ada", why="")
    editing.merge(home, letter.story, report.story, by="ada", why="")
    fete = file(home, article(FETE))
    editing.label(home, fete.url, relevant=True, by="ada", why="")
    before = stories(home)
    assert len(before) == 3
    shown = replaying.replay(home, SINCE)
    assert shown.regrouped == ()
    replaying.save(home, shown)
    assert stories(home) == before


def test_what_changed_meanwhile_is_left_alone(home: House) -> None:
    letter, follow_up = found_apart(home)
    shown = replaying.replay(home, SINCE)
    editing.label(home, follow_up.url, relevant=False, by="ada", why="")
    assert replaying.save(home, shown) > 0
    assert stories(home) == {letter.story: {letter.article}}


def test_a_text_that_was_let_go_keeps_what_was_made_of_it(home: House) -> None:
    letter = file(home, article())
    with home.store.begin() as tx:
        tx.retention.texts(NOW + DAY)
    shown = replaying.replay(blind(home), SINCE)
    assert (shown.read, shown.textless, shown.changed, shown.regrouped) == (1, 1, (), ())
    assert stories(home) == {letter.story: {letter.article}}
