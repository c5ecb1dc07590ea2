"""What an operator said is kept in order; reports change their story, and what was told goes with them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from newsdesk.evidence import Evidence, Known
from newsdesk.model import Shown
from storage import Store
from tests.storage.made import NOW, add, article, found, reader


def test_what_was_said_is_found_by_any_article_it_is_about_in_the_order_it_was_said(store: Store) -> None:
    one, other = found(store), found(store, "https://www.leeds.gov.uk/news/2")
    (a,), (b,) = ([each.article for each in story.reports] for story in (one, other))
    with store.begin() as tx:
        merged = Evidence(0, "together", NOW, "ada", "one visit", (a,), (b,), one.id, (other.id,))
        label = Evidence(0, "irrelevant", NOW, "ada", "", (b,), item=article())
        said = [replace(each, id=tx.evidence.add(each)) for each in (merged, label)]
    with store.read() as tx:
        assert tx.evidence.of([b]) == said
        assert tx.evidence.of([a]) == said[:1]
        assert tx.evidence.of([]) == []
        assert tx.evidence.labels() == said[1:]
        assert (tx.evidence.merged_into(other.id), tx.evidence.merged_into(one.id)) == (one.id, None)


def test_a_story_that_all_reports_left_is_told_to_nobody_any_more(store: Store) -> None:
    one, other = found(store), found(store, "https://www.leeds.gov.uk/news/2")
    moved = [each.article for each in other.reports]
    with store.begin() as tx:
        tx.regrouping.enter(one.id, dict.fromkeys(moved, "said so"))
        tx.regrouping.leave(other.id, moved)
    with store.read() as tx:
        assert [each.id for each in tx.stories.list()] == [one.id]
        open_ = tx.stories.candidates(["leeds"], since=NOW - timedelta(1), until=NOW + timedelta(1))
        assert [each.id for each in open_] == [one.id]
        assert [(each.story, each.why) for each in tx.stories.placements(moved[0])] == [(one.id, "said so")]


def test_whoever_was_told_and_alerted_of_one_story_is_noted_as_such_of_another(store: Store) -> None:
    one, other = found(store), found(store, "https://www.leeds.gov.uk/news/2")
    asked = [reader(store, f"{name}@example.org") for name in ("ada", "ben")]
    ada, ben = (each.subscriber for each in asked)
    with store.begin() as tx:
        tx.digests.tell(ada, [one])
        for each in asked:
            tx.alerts.raise_(each.id, one.id, ["new"], now=NOW)
        tx.alerts.told(asked[0].id, [one.id], now=NOW)
        tx.alerts.raise_(asked[0].id, other.id, ["new"], now=NOW)
        known = tx.regrouping.told(one.id)
        tx.regrouping.know(other.id, {ada: Known(3, Shown((7,)))})
        tx.regrouping.know(other.id, {ada: Known(2, Shown((8,)))})
        tx.regrouping.alerted(one.id, other.id, subscribers=[ada, ben], now=NOW)
        tx.regrouping.forget_waiting(one.id)
    with store.read() as tx:
        assert known == {ada: Known(1, Shown(tuple(each.article for each in one.reports)))}
        assert tx.regrouping.told(other.id) == {ada: Known(2, Shown((8,)))}
        assert {(each.subscription, each.story): each.told_at for each in tx.alerts.all()} == {
            (asked[0].id, one.id): NOW,
            (asked[0].id, other.id): NOW,
        }


def test_a_slice_of_the_archive_is_laid_into_an_empty_database(store: Store, tmp_path: Path) -> None:
    old = found(store)
    with store.begin() as tx:
        original = add(tx, article("https://www.leeds.gov.uk/old", published=NOW - timedelta(days=90)))
        copy = add(tx, article("https://a.example/1", published=NOW), duplicate_of=original)
        gone = add(tx, article("https://a.example/2", text="", published=NOW), fingerprint=5)
        tx.evidence.add(Evidence(0, "relevant", NOW, "ada", "", (copy,), item=article()))
        since = NOW - timedelta(days=2)
        assert tx.slices.published(since) == [old.reports[0].article, copy, gone]
        assert tx.slices.textless([original, copy, gone]) == {gone}
        rows = tx.slices.cut([copy], stories_since=NOW)
        mine = tx.articles.get(copy)
    other = Store.open(f"sqlite:///{tmp_path / 'other.db'}")
    with other.begin() as tx:
        tx.slices.lay(rows)
        assert tx.articles.get(copy) == mine
        assert tx.stories.list() == [old]
        assert [each.kind for each in tx.evidence.of([copy])] == ["relevant"]
    other.close()
