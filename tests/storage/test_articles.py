"""Articles, where they were seen, and what they said before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from newsdesk.errors import StoreError
from newsdesk.model import (
    Area,
    Article,
    CouncilRole,
    Event,
    Grade,
    Judgement,
    Kind,
    OfficialDocument,
    Reason,
    Role,
    Scope,
    Visit,
)
from storage import Store
from storage.columns import storable
from tests.storage.made import NOW, add, article, assessment, found

DAY = timedelta(days=1)
NASTY = "a\x00b \ud83d “quoted” 👩‍👧 'x'; --"
FULL = article(
    title=NASTY,
    text=NASTY * 1000,
    canonical_url="https://www.leeds.gov.uk/news/one",
    published=NOW - DAY,
    published_printed="1st March 2026",
    updated=NOW,
    updated_printed="today",
    byline=NASTY,
    language="en-GB",
    media="pdf",
    document=OfficialDocument(
        kind=Event.INSPECTION,
        council_name=NASTY,
        urn="80500",
        published="2026-03",
        started="2026",
        ended="2026-03-01",
        grades={Area.OVERALL: Grade.GOOD, Area.CARE_LEAVERS: Grade.OUTSTANDING},
    ),
    home="leeds",
    covers=("leeds", "bradford"),
    winners={"title": "json-ld", "published": NASTY},
)
JUDGED = assessment(
    score=-0.125,
    reasons=(Reason("a", 0.5, NASTY), Reason("b", -0.1, "")),
    scope=Scope.SEVERAL,
    event=Event.SEND_MONITORING,
    councils=(CouncilRole("leeds", Role.SUBJECT, NASTY), CouncilRole("york", Role.PARTNER)),
    judgements=(Judgement("leeds", Area.IN_CARE, Grade.ADEQUATE, "2012-05", False, NASTY),),
    visit=Visit("2026-02", "2026-03-01", 3, NASTY),
    event_sentence=NASTY,
    snippet=NASTY,
)


def stored(one: Article) -> Article:
    """What is kept of an article: everything but the characters that no database takes."""
    assert one.document is not None
    assert one.document.council_name is not None
    assert one.byline is not None
    return replace(
        one,
        title=storable(one.title),
        text=storable(one.text),
        byline=storable(one.byline),
        document=replace(one.document, council_name=storable(one.document.council_name)),
        winners={name: storable(value) for name, value in one.winners.items()},
    )


def test_an_article_and_its_assessment_come_back_whole(store: Store) -> None:
    with store.begin() as tx:
        first = add(tx)
        second = add(
            tx,
            FULL,
            assessment=JUDGED,
            keys=[-(2**63), 2**63 - 1],
            title_key=-(2**63),
            fingerprint=2**63 - 1,
            sketch=frozenset({-(2**63), 0, 2**63 - 1}),
            duplicate_of=first,
            why="the same text",
        )
    with store.read() as tx:
        back = tx.articles.get(second)
        assert tx.articles.by_address([2**63 - 1]) == second
    kept = storable(NASTY)
    assert back.article == stored(FULL)
    assert back.assessment == replace(
        JUDGED,
        reasons=(Reason("a", 0.5, kept), Reason("b", -0.1, "")),
        councils=(CouncilRole("leeds", Role.SUBJECT, kept), CouncilRole("york", Role.PARTNER)),
        judgements=(Judgement("leeds", Area.IN_CARE, Grade.ADEQUATE, "2012-05", False, kept),),
        visit=Visit("2026-02", "2026-03-01", 3, kept),
        event_sentence=kept,
        snippet=kept,
    )
    assert (back.title_key, back.fingerprint, back.sketch_size) == (-(2**63), 2**63 - 1, 3)
    assert (back.duplicate_of, back.why, back.story, back.why_story) == (first, "the same text", None, "")
    assert isinstance(back.article.kind, Kind)


def test_an_article_knows_its_story_and_why(store: Store) -> None:
    story = found(store)
    with store.read() as tx:
        back = tx.articles.get(story.reports[0].article)
    assert (back.story, back.why_story) == (story.id, "nothing like it")


def test_an_unknown_article_is_an_error_in_words(store: Store) -> None:
    with pytest.raises(StoreError, match="no article 7"), store.read() as tx:
        tx.articles.get(7)


def test_an_article_is_found_by_every_address_it_was_seen_at(store: Store) -> None:
    with store.begin() as tx:
        first = add(tx, keys=[1, 2])
        second = add(tx, keys=[2, 3])
        tx.articles.sighted(first, [4, 4, 1])
        assert [tx.articles.by_address([key]) for key in (1, 2, 3, 4, 5)] == [
            first,
            first,
            second,
            first,
            None,
        ]
        assert tx.articles.by_address(iter([3, 4])) == first
        assert tx.articles.by_address([]) is None


def test_a_title_is_looked_for_in_one_source_or_outlet_and_not_before_a_time(store: Store) -> None:
    with store.begin() as tx:
        first = add(tx, title_key=5)
        add(tx, article(source="york-news", outlet="York"), title_key=5)
        add(tx, title_key=6)
        later = add(tx, article(fetched_at=NOW + DAY), title_key=5)
        assert tx.articles.same_title("leeds-news", 5, since=NOW) == [first, later]
        assert tx.articles.same_title("Leeds City Council", 5, since=NOW + DAY) == [later]
        assert tx.articles.same_title("elsewhere", 5, since=NOW) == []


def test_near_articles_are_told_with_what_they_share_the_nearest_first(store: Store) -> None:
    with store.begin() as tx:
        half = add(tx, sketch=frozenset(range(32, 96)))
        copy = add(tx, sketch=frozenset(range(64)))
        add(tx, sketch=frozenset(range(1000, 1064)))
        add(tx, article(fetched_at=NOW - DAY), sketch=frozenset(range(64)))
        assert tx.articles.near(frozenset(range(64)), since=NOW) == [(copy, 64), (half, 32)]
        assert tx.articles.near(frozenset(range(64)), since=NOW, limit=1) == [(copy, 64)]
        assert tx.articles.near(frozenset(), since=NOW) == []


def test_an_original_has_its_copies_for_a_family(store: Store) -> None:
    with store.begin() as tx:
        first = add(tx, sketch=frozenset({1}))
        add(tx, sketch=frozenset({2}))
        add(tx, sketch=frozenset({3}), duplicate_of=first)
        assert tx.articles.family(first, limit=8) == (frozenset({1}), frozenset({3}))
        assert tx.articles.family(first, limit=1) == (frozenset({1}),)


def test_an_original_that_is_a_copy_after_all_takes_its_copies_along(store: Store) -> None:
    with store.begin() as tx:
        first, second = add(tx), add(tx)
        copy = add(tx, duplicate_of=second)
        other = add(tx)
        tx.articles.are_copies(first, [second], "the same text")
        found = [tx.articles.get(each) for each in (first, second, copy, other)]
        assert [each.duplicate_of for each in found] == [None, first, first, None]
        assert found[1].why == "the same text"


def test_a_revision_takes_the_place_of_what_was_and_keeps_it(store: Store) -> None:
    now_reads = article(title="Leeds: corrected", fetched_at=NOW + DAY)
    with store.begin() as tx:
        one = add(tx, FULL, sketch=frozenset({1, 2, 3}))
        tx.articles.revise(
            one,
            now_reads,
            assessment(relevant=False),
            keys=[77],
            title_key=8,
            fingerprint=9,
            sketch=frozenset({3, 4}),
            changed="title",
            diff="- a\n+ b\x00",
            matters=True,
        )
        (revision,) = tx.articles.revisions(one)
        back = tx.articles.get(one)
        assert tx.articles.by_address([77]) == one
        assert tx.articles.near(frozenset({1, 2, 3, 4}), since=NOW) == [(one, 2)]
        assert tx.articles.same_title("leeds-news", 8, since=NOW) == [one]
    assert (back.article, back.assessment.relevant) == (now_reads, False)
    assert (back.fingerprint, back.sketch) == (9, frozenset({3, 4}))
    assert revision.before == stored(FULL)
    assert (revision.article, revision.noticed_at, revision.matters) == (one, NOW + DAY, True)
    assert (revision.changed, revision.diff) == ("title", "- a\n+ b\ufffd")


def test_revisions_are_told_oldest_first(store: Store) -> None:
    with store.begin() as tx:
        one = add(tx, article(title="first"))
        for title in ("second", "third"):
            tx.articles.revise(
                one,
                article(title=title),
                assessment(),
                keys=[],
                title_key=1,
                fingerprint=1,
                sketch=frozenset(),
                changed="title",
                diff="",
                matters=False,
            )
        assert [each.before.title for each in tx.articles.revisions(one)] == ["first", "second"]
        assert tx.articles.get(one).article.title == "third"


def test_text_of_a_megabyte_is_kept(store: Store) -> None:
    long = article(text="é" * 1_000_000, title="t" * 100_000, url="https://example.org/" + "u" * 1_000)
    with store.begin() as tx:
        assert tx.articles.get(add(tx, long)).article == long
