"""Stories: found, joined, looked for, listed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from newsdesk.errors import StoreError
from newsdesk.model import (
    Area,
    Coming,
    CouncilRole,
    Event,
    Grade,
    Judgement,
    Outcome,
    Role,
    Scope,
    Step,
    Visit,
)
from storage import Store
from tests.storage.made import NOW, add, article, assessment, found, story

DAY = timedelta(days=1)
YORK = (CouncilRole("york", Role.SUBJECT), CouncilRole("leeds", Role.PARTNER, "Leeds helps."))


@pytest.fixture
def statements() -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def test_a_story_comes_back_whole_with_its_report(store: Store) -> None:
    full = story(
        headline="a\x00b 👩‍👧",
        event=Event.MONITORING_VISIT,
        scope=Scope.SEVERAL,
        councils=YORK,
        judgements=(Judgement("york", Area.OVERALL, Grade.GOOD, None, True, "Good."),),
        visit=Visit("2026-02", None, 2, "They came."),
        outcome=Outcome.INCONSISTENT,
        coming=(Coming(Step.ACTION_PLAN, "2026-05", "A plan is due.", "york"),),
        topics=("housing", "a topic"),
        first_seen=NOW - DAY,
        version=4,
    )
    with store.begin() as tx:
        one = add(tx, article(published=NOW - DAY), assessment=assessment(snippet="They came."))
        new = tx.stories.found(full, one, "nothing like it")
    with store.read() as tx:
        back = tx.stories.get(new.id)
    assert back is not None
    assert replace(back, id=0, reports=()) == replace(full, headline="a\ufffdb 👩‍👧")
    assert back.reports == new.reports
    (report,) = back.reports
    assert (report.article, report.url, report.outlet) == (one, article().url, article().outlet)
    assert (report.when, report.fetched_at, report.snippet) == (NOW - DAY, NOW, "They came.")


def test_an_unknown_story_is_none_to_read_and_an_error_to_write(store: Store) -> None:
    with store.begin() as tx:
        assert tx.stories.get(7) is None
    with pytest.raises(StoreError, match="no story 7"), store.begin() as tx:
        tx.stories.update(story(id=7))


def test_joining_writes_the_story_and_orders_its_reports_by_publication(store: Store) -> None:
    one = found(store)
    with store.begin() as tx:
        early = add(tx, article("https://example.org/early", published=NOW - DAY), duplicate_of=1)
        grown = replace(one, first_seen=NOW - DAY, councils=YORK, version=2)
        tx.stories.join(grown, early, "same council, same day")
        tx.stories.join(grown, early, "once more")
        back = tx.stories.get(one.id)
        assert tx.stories.of_article(early) == [one.id]
        assert tx.articles.get(early).why_story == "same council, same day"
    assert back is not None
    assert [each.article for each in back.reports] == [early, one.reports[0].article]
    assert back.reports[0].duplicate_of == one.reports[0].article
    assert replace(back, reports=()) == replace(grown, reports=())


def test_a_report_reads_as_its_article_does_now(store: Store) -> None:
    one = found(store)
    with store.begin() as tx:
        tx.articles.revise(
            one.reports[0].article,
            article(title="Corrected"),
            assessment(snippet="New."),
            keys=[],
            title_key=1,
            fingerprint=1,
            sketch=frozenset(),
            changed="title",
            diff="",
            matters=True,
        )
        (back,) = tx.stories.list()
    assert [(each.title, each.snippet) for each in back.reports] == [("Corrected", "New.")]


def test_an_article_may_stand_in_several_stories(store: Store) -> None:
    one = found(store)
    with store.begin() as tx:
        two = tx.stories.found(story(), one.reports[0].article, "a round-up")
        assert tx.stories.of_article(one.reports[0].article) == [one.id, two.id]
        assert tx.stories.of_article(999) == []
        placed = tx.stories.placements(one.reports[0].article)
    said = [(each.story, each.why) for each in placed]
    assert said == [(one.id, "nothing like it"), (two.id, "a round-up")]


def test_candidates_share_a_council_in_any_role_and_touch_the_time(store: Store) -> None:
    leeds = found(store, first_seen=NOW - 9 * DAY, last_seen=NOW - 5 * DAY)
    york = found(store, councils=YORK)
    national = found(store, scope=Scope.NATIONAL, councils=())
    with store.read() as tx:
        ask = tx.stories.candidates
        assert ask({"leeds"}, since=NOW - 9 * DAY, until=NOW) == [york, leeds]
        assert ask(["leeds", "york"], since=NOW - 5 * DAY, until=NOW - 5 * DAY) == [leeds]
        assert ask({"leeds"}, since=NOW - 8 * DAY, until=NOW - 7 * DAY) == [leeds]
        assert ask({"leeds"}, since=NOW - 4 * DAY, until=NOW - DAY) == []
        assert ask({"leeds"}, since=NOW - 9 * DAY, until=NOW, limit=1) == [york]
        assert ask({"hull"}, since=NOW - 9 * DAY, until=NOW) == []
        assert ask((), since=NOW, until=NOW) == [national]


def test_stories_are_listed_newest_first_within_the_time_asked_for(store: Store) -> None:
    old = found(store, first_seen=NOW - 9 * DAY, last_seen=NOW - 5 * DAY)
    york = found(store, councils=YORK)
    new = found(store, last_seen=NOW + DAY)
    with store.read() as tx:
        assert tx.stories.list() == [new, york, old]
        assert tx.stories.list(limit=2) == [new, york]
        assert tx.stories.list(since=NOW) == [new, york]
        assert tx.stories.list(since=NOW - 5 * DAY, until=NOW) == [york, old]
        assert tx.stories.list(council="york") == [york]
        assert tx.stories.list(council="leeds", until=NOW) == [york, old]


def test_a_page_of_stories_takes_three_questions(store: Store, statements: list[str]) -> None:
    for number in range(12):
        found(store, f"https://example.org/{number}", councils=YORK)
    statements.clear()
    with store.read() as tx:
        page = tx.stories.list(limit=10)
    assert [len(each.reports) for each in page] == [1] * 10
    assert len([sent for sent in statements if sent.startswith("SELECT")]) == 3
