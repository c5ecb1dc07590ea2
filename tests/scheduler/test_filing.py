"""An article is judged once, kept once, and told in one story, however many people file at the same time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from newsdesk.model import Article, Grade, Kind, Lead, Source, Story
from scheduler.filing import Filed, file
from scheduler.house import House
from storage import Store, StoredArticle
from tests.scheduler.houses import (
    DAY,
    FETE,
    LETTER,
    MAGAZINE,
    NOW,
    PAPER,
    REPORT,
    SOURCES,
    Clock,
    Item,
    article,
    house,
)
from tests.storage.made import at_once

AGAIN = Item(
    "/again",
    "Slow going in Northmarch, says letter on monitoring visit",
    "Progress at an inadequate children's services department is “too slow for too many children”, according "
    "to Ofsted inspectors who made their second monitoring visit to Northmarch Council in January.\n\n"
    "Their letter praises early help but describes drift and delay in the teams of social workers that work "
    "with children in need of protection.",
)


@pytest.fixture
def home(store: Store, clock: Clock) -> House:
    return house(store, clock)


def stored(home: House, filed: Filed) -> StoredArticle:
    with home.store.read() as tx:
        return tx.articles.get(filed.article)


def stories(home: House) -> list[Story]:
    with home.store.read() as tx:
        return tx.stories.list()


def grades(story: Story) -> set[tuple[str, Grade, bool]]:
    return {(each.council, each.grade, each.current) for each in story.judgements if each.area == "overall"}


def test_a_new_relevant_article_founds_a_story_and_says_why(home: House) -> None:
    filed = file(home, article())
    assert (filed.outcome, filed.story is not None) == ("new", True)
    kept = stored(home, filed)
    assert kept.why == filed.why
    assert kept.why_story == "no open story has this council, kind of event and time"


def test_an_article_of_something_else_is_kept_and_tells_no_story(home: House) -> None:
    filed = file(home, article(FETE))
    assert (filed.assessment.relevant, filed.story, stories(home)) == (False, None, [])
    assert stored(home, filed).article.title == FETE.title


def test_the_same_article_again_changes_nothing(home: House) -> None:
    first = file(home, article())
    before = stories(home)
    again = file(home, article(fetched_at=NOW + DAY))
    assert (again.outcome, again.article, again.story) == ("same", first.article, first.story)
    assert stories(home) == before


def test_an_address_at_which_a_known_article_is_seen_again_is_remembered(home: House) -> None:
    first = file(home, article())
    file(home, article(canonical_url=f"http://{PAPER}/short"))
    third = file(home, article(url=f"http://{PAPER}/short"))
    assert (third.outcome, third.article) == ("same", first.article)


def test_a_second_report_of_the_event_joins_its_story(home: House) -> None:
    first, second = file(home, article()), file(home, article(AGAIN, MAGAZINE))
    assert (second.outcome, second.story) == ("new", first.story)
    (story,) = stories(home)
    assert [each.outlet for each in story.reports] == ["Valegazette", "Weekly"]


def test_a_copy_goes_where_its_original_is_and_says_whose_it_is(home: House) -> None:
    agency = replace(LETTER, text=f"{LETTER.text}\n\n{AGAIN.text}")
    first = file(home, article(agency))
    copy = file(home, article(agency, MAGAZINE, title="Council still slow, say inspectors"))
    assert (copy.outcome, copy.story) == ("copy", first.story)
    assert stored(home, copy).duplicate_of == first.article
    (story,) = stories(home)
    assert [each.duplicate_of for each in story.reports] == [None, first.article]


def test_a_text_that_holds_two_articles_shows_the_second_to_be_a_copy_of_the_first(home: House) -> None:
    middle = "\n\n".join(
        f"Paragraph {n} of the letter says what inspectors saw on day {n}." for n in range(30)
    )
    front = file(home, article(replace(LETTER, text=f"{LETTER.text}\n\n{middle[:900]}")))
    back = file(home, article(replace(LETTER, path="/back", text=middle), MAGAZINE, title="A letter in full"))
    whole = file(home, article(replace(AGAIN, text=f"{LETTER.text}\n\n{middle}"), MAGAZINE))
    assert (back.outcome, whole.outcome) == ("new", "copy")
    originals = [of for each in (front, back, whole) if (of := stored(home, each).duplicate_of)]
    assert len(originals) == 2
    assert len(set(originals)) == 1


def test_a_report_of_another_event_founds_another_story(home: House) -> None:
    file(home, article())
    file(home, article(REPORT))
    assert len(stories(home)) == 2


def test_an_edit_that_matters_makes_a_new_version_of_the_story_and_a_small_one_does_not(home: House) -> None:
    file(home, article())
    small = replace(
        LETTER, text=LETTER.text.replace("still slow", "slow").replace("too long", "far too long")
    )
    filed = file(home, article(small))
    assert (filed.outcome, filed.matters, stories(home)[0].version) == ("revision", False, 1)
    weighty = replace(LETTER, text=LETTER.text.replace("June 2025", "May 2025"))
    filed = file(home, article(weighty))
    assert (filed.outcome, filed.matters, stories(home)[0].version) == ("revision", True, 2)
    assert stored(home, filed).article.text == weighty.text


def test_an_edit_that_takes_back_a_grade_takes_it_out_of_the_story(home: House) -> None:
    file(home, article(REPORT))
    assert grades(stories(home)[0]) == {("wychmere", Grade.GOOD, True)}
    corrected = replace(
        REPORT,
        title=REPORT.title.replace("judged good", "inspected"),
        text=REPORT.text.replace("has judged", "has inspected").replace(" to be good overall", ""),
    )
    filed = file(home, article(corrected))
    assert (filed.outcome, filed.matters) == ("revision", True)
    (story,) = stories(home)
    assert grades(story) == set()
    assert story.version == 2
    assert story.headline == corrected.title


def test_what_another_report_says_stays_when_one_report_takes_it_back(home: House) -> None:
    file(home, article(REPORT))
    file(home, article(replace(REPORT, text=f"{REPORT.text}\n\n{FETE.text}"), MAGAZINE))
    file(home, article(replace(REPORT, text=REPORT.text.replace("to be good overall", "")), PAPER))
    assert ("wychmere", Grade.GOOD, True) in grades(stories(home)[0])


def test_an_article_that_becomes_relevant_by_an_edit_gets_its_story(home: House) -> None:
    file(home, article(replace(LETTER, title="Council news", text=FETE.text)))
    assert stories(home) == []
    filed = file(home, article())
    assert (filed.outcome, filed.story) == ("revision", stories(home)[0].id)


def test_only_what_a_licence_allows_is_quoted(store: Store, clock: Clock) -> None:
    free: Source = replace(SOURCES["valegazette"], snippet=80, licence="given by this test")
    home = house(store, clock, sources={**SOURCES, "valegazette": free})
    quoted, closed = file(home, article()), file(home, article(AGAIN, MAGAZINE))
    assert stored(home, quoted).assessment.snippet
    assert len(stored(home, quoted).assessment.snippet) <= 80
    assert stored(home, closed).assessment.snippet == ""


def test_a_lead_is_closed_with_its_article_and_so_are_its_twins(home: House) -> None:
    lead = Lead(f"http://{PAPER}/letter", LETTER.title)
    with home.store.begin() as tx:
        for each in ("valegazette", "weekly"):
            tx.leads.take(each, [lead], now=NOW)
    filed = file(home, article(), lead=lead, twins=[("weekly", lead)])
    with home.store.read() as tx:
        rows = {each.source: (each.state, each.article) for each in tx.leads.trace(lead.url)}
    assert rows == {"valegazette": ("kept", filed.article), "weekly": ("duplicate", filed.article)}


def filing(clock: Clock, one: Article) -> Callable[[Store], Filed]:
    return lambda store: file(house(store, clock), one)


def test_two_reports_of_one_event_filed_at_the_same_moment_found_one_story(
    store: Store, store_url: str, clock: Clock
) -> None:
    filed = at_once(
        store_url,
        filing(clock, article()),
        filing(clock, article(AGAIN, MAGAZINE)),
        filing(clock, article(url=f"http://{PAPER}/amp/letter", canonical_url=f"http://{PAPER}/letter")),
    )
    home = house(store, clock)
    (story,) = stories(home)
    assert {each.story for each in filed} == {story.id}
    assert sorted(each.outlet for each in story.reports) == ["Valegazette", "Weekly"]


def test_reports_join_a_story_in_whatever_order_they_are_filed(home: House) -> None:
    late = file(home, article(AGAIN, MAGAZINE, published=NOW, fetched_at=NOW + timedelta(hours=1)))
    early = file(home, article(kind=Kind.LOCAL, published=NOW - 3 * DAY))
    assert early.story == late.story
    (story,) = stories(home)
    assert (story.first_seen, story.last_seen) == (NOW - 3 * DAY, NOW)
