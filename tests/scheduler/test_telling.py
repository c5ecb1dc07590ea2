"""Into which stories an article goes: several for a round-up, and by its words where facts do not say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from newsdesk.model import Grade, Story
from scheduler.filing import file
from scheduler.house import House
from storage import Store
from tests.scheduler.houses import DAY, LETTER, MAGAZINE, NOW, REPORT, Clock, Item, article, house

ROUND_UP = Item(
    "/round-up",
    "Ofsted this week: Northmarch, Wychmere and Fernborough",
    "Ofsted has published reports on three councils' children's services.\n\n"
    "A monitoring visit to Northmarch found children waiting too long for a social worker.\n\n"
    "Wychmere children's services have been judged good, social workers know children well.\n\n"
    "Fernborough children's services have been judged inadequate after an inspection.",
)
BALLOT = Item(
    "/ballot",
    "Northmarch social workers vote to strike over caseloads",
    "Social workers in Northmarch Council's children's services have voted to strike in a dispute over "
    "caseloads. Unison says that some look after thirty children and that talks about rotas have failed.\n\n"
    "The walkout begins on Monday at the Mill Lane office.",
)
WALKOUT = Item(
    "/walkout",
    "Strike at Northmarch children's services begins",
    "The Mill Lane office is shut as social workers in Northmarch children's services strike over "
    "caseloads of thirty. Unison blames failed talks about rotas.",
)


@pytest.fixture
def home(store: Store, clock: Clock) -> House:
    return house(store, clock)


def stories(home: House) -> dict[int, Story]:
    with home.store.read() as tx:
        return {each.id: each for each in tx.stories.list()}


def test_a_round_up_joins_each_councils_story_and_founds_the_one_that_lacks(home: House) -> None:
    letter, judged = file(home, article()), file(home, article(REPORT))
    filed = file(home, article(ROUND_UP, MAGAZINE))
    assert {letter.story, judged.story} < set(filed.stories)
    assert len(filed.stories) == 3
    with home.store.read() as tx:
        placed = tx.stories.placements(filed.article)
    assert {each.story for each in placed} == set(filed.stories)
    assert all(each.why for each in placed)
    told = stories(home)
    assert {told[number].subjects for number in filed.stories} == {
        frozenset({"northmarch"}),
        frozenset({"wychmere"}),
        frozenset({"fernborough"}),
    }


def test_a_round_up_gives_no_story_anothers_grade(home: House) -> None:
    letter = file(home, article())
    file(home, article(ROUND_UP, MAGAZINE))
    assert letter.story is not None
    told = stories(home)[letter.story]
    assert {each.council for each in told.judgements} == {"northmarch"}
    assert [each for each in told.judgements if each.current] == []
    found = [each for each in stories(home).values() if each.subjects == {"fernborough"}]
    assert [(each.council, each.grade) for each in found[0].judgements] in (
        [],
        [("fernborough", Grade.INADEQUATE)],
    )


def test_a_copy_of_a_round_up_goes_where_the_round_up_is(home: House) -> None:
    full = replace(ROUND_UP, text=f"{ROUND_UP.text}\n\n{LETTER.text}\n\n{REPORT.text}")
    filed = file(home, article(full, MAGAZINE))
    copy = file(home, article(full))
    assert (copy.outcome, copy.stories) == ("copy", filed.stories)


def test_an_edited_round_up_is_told_again_in_all_its_stories(home: House) -> None:
    filed = file(home, article(ROUND_UP, MAGAZINE))
    changed = replace(ROUND_UP, text=ROUND_UP.text.replace("three councils'", "three English councils'"))
    again = file(home, article(changed, MAGAZINE))
    assert (again.outcome, set(again.stories)) == ("revision", set(filed.stories))
    assert all(each.reports[0].article == filed.article for each in stories(home).values())


def test_words_join_two_reports_over_a_restart_and_the_reason_names_them(store: Store, clock: Clock) -> None:
    first = file(house(store, clock), article(BALLOT))
    later = article(WALKOUT, MAGAZINE, published=NOW + 3 * DAY, fetched_at=NOW + 3 * DAY)
    second = file(house(store, clock), later)
    assert second.stories == first.stories
    with store.read() as tx:
        (placed,) = tx.stories.placements(second.article)
    assert "sharing" in placed.why


def test_the_words_of_an_edited_article_are_those_it_has_now(home: House) -> None:
    filed = file(home, article(BALLOT))
    file(home, article(replace(BALLOT, text=f"{BALLOT.text}\n\nPickets will carry lanterns.")))
    with home.store.read() as tx:
        assert "lantern" in tx.portraits.of([filed.article])[filed.article]


def test_an_article_told_a_month_late_joins_no_strike(home: House) -> None:
    first = file(home, article(BALLOT))
    late = NOW + timedelta(days=30)
    assert file(home, article(WALKOUT, MAGAZINE, published=late, fetched_at=late)).stories != first.stories
