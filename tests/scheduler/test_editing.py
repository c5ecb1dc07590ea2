"""An operator's word is done at once, outlasts what comes later, and mails nobody twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from newsdesk.errors import Mistake
from newsdesk.kinds import Cadence
from newsdesk.model import Story
from newsdesk.readers import Subscription
from scheduler import digesting, editing
from scheduler.filing import Filed, file
from scheduler.house import House
from storage import Store
from tests.scheduler.houses import DAY, LETTER, MAGAZINE, NOW, REPORT, Clock, article, house, reader

DIRECTOR = replace(
    LETTER,
    path="/director",
    title="New director for Northmarch children's services",
    text="Northmarch Council has appointed a new director of children's services, who begins in April.\n\n"
    "Social workers were told of the appointment on Monday.",
)
FRIDAY = date(2026, 3, 6)


@pytest.fixture
def home(store: Store, clock: Clock) -> House:
    return house(store, clock)


@pytest.fixture
def asked(home: House) -> Subscription:
    return reader(home)


@pytest.fixture
def pair(home: House) -> tuple[Filed, Filed]:
    """Two stories of one council."""
    letter, director = file(home, article()), file(home, article(DIRECTOR))
    assert letter.story != director.story
    return letter, director


def drawn(home: House, asked: Subscription, day: date) -> list[tuple[str, bool]]:
    made = digesting.draw(home, asked, day, until=NOW + DAY)
    return [(each.story.headline, each.updated) for each in made.digest.items] if made else []


def stories(home: House) -> dict[int, set[int]]:
    with home.store.read() as tx:
        return {each.id: {one.article for one in each.reports} for each in tx.stories.list()}


def merged(home: House, pair: tuple[Filed, Filed]) -> Story:
    into, other = (each.story for each in pair)
    assert into
    assert other
    (story,) = editing.merge(home, into, other, by="ada", why="one plan").stories
    return story


def test_merged_stories_are_one_and_an_edit_does_not_part_them(
    home: House, pair: tuple[Filed, Filed]
) -> None:
    story = merged(home, pair)
    assert stories(home) == {pair[0].story: {pair[0].article, pair[1].article}}
    assert story.event == "monitoring-visit"
    edited = replace(DIRECTOR, text=DIRECTOR.text.replace("April", "June"))
    assert file(home, article(edited)).stories == (story.id,)
    with pytest.raises(Mistake, match=f"it was merged into story {story.id}"):
        editing.merge(home, story.id, pair[1].story or 0, by="ada", why="")


def test_a_merge_is_told_to_nobody_who_was_told_of_either(
    home: House, asked: Subscription, pair: tuple[Filed, Filed]
) -> None:
    assert len(drawn(home, asked, FRIDAY)) == 2
    merged(home, pair)
    assert drawn(home, asked, FRIDAY + DAY) == []


def test_a_new_judgement_that_a_merge_brings_is_still_told(home: House, asked: Subscription) -> None:
    wychmere = replace(
        DIRECTOR,
        title=DIRECTOR.title.replace("Northmarch", "Wychmere"),
        text=DIRECTOR.text.replace("Northmarch", "Wychmere"),
    )
    first = file(home, article(wychmere))
    assert len(drawn(home, asked, FRIDAY)) == 1
    merged(home, (first, file(home, article(REPORT, MAGAZINE))))
    assert [updated for _, updated in drawn(home, asked, FRIDAY + DAY)] == [True]
    assert drawn(home, asked, FRIDAY + 2 * DAY) == []


def test_split_reports_take_their_copies_and_what_was_told_with_them(
    home: House, asked: Subscription, pair: tuple[Filed, Filed]
) -> None:
    story = merged(home, pair)
    copy = file(home, article(DIRECTOR, MAGAZINE, url="http://www.weekly.example/same"))
    assert (copy.outcome, copy.stories) == ("copy", (story.id,))
    assert len(drawn(home, asked, FRIDAY)) == 1
    rest, new = editing.split(home, story.id, [pair[1].url], by="ada", why="").stories
    assert stories(home) == {rest.id: {pair[0].article}, new.id: {pair[1].article, copy.article}}
    assert (rest.event, new.headline) == ("monitoring-visit", DIRECTOR.title)
    assert drawn(home, asked, FRIDAY + DAY) == []
    later = file(home, article(DIRECTOR, "www.third.example", source="third"))
    assert later.stories == (new.id,)


def test_an_alert_that_was_told_of_a_story_is_told_of_no_part_of_it(
    home: House, pair: tuple[Filed, Filed], store: Store
) -> None:
    asked = reader(home, name="at once", bell=replace(reader(home).bell, cadence=Cadence.INSTANT))
    story = merged(home, pair)
    with store.begin() as tx:
        tx.alerts.told(asked.id, [story.id], now=NOW)
        tx.digests.tell(asked.subscriber, [story])
    _, new = editing.split(home, story.id, [pair[1].url], by="ada", why="").stories
    with store.read() as tx:
        assert [each.story for each in tx.alerts.all() if each.told_at] == [story.id, new.id]
        assert tx.alerts.waiting() == []


def test_one_report_has_to_stay_and_only_a_report_can_go(home: House, pair: tuple[Filed, Filed]) -> None:
    letter, director = pair
    assert letter.story
    for addresses, why in (
        ([letter.url], "one at least has to stay"),
        ([director.url], "is no report of story"),
        (["http://www.valegazette.example/never"], "was never read"),
        (["news"], "is no http or https address"),
    ):
        with pytest.raises(Mistake, match=why):
            editing.split(home, letter.story, addresses, by="ada", why="")
    assert len(stories(home)) == 2


def test_what_is_irrelevant_leaves_its_story_and_stays_out_when_its_page_is_read_again(
    home: House, asked: Subscription, clock: Clock
) -> None:
    letter = file(home, article())
    assert len(drawn(home, asked, FRIDAY)) == 1
    editing.label(home, letter.url, relevant=False, by="ada", why="old news")
    assert stories(home) == {}
    clock.at += timedelta(hours=1)
    edited = replace(LETTER, text=LETTER.text.replace("27 and 28", "28 and 29"))
    again = file(home, article(edited, fetched_at=clock.at))
    assert (again.outcome, again.assessment.relevant, again.stories) == ("revision", False, ())
    copy = file(home, article(edited, MAGAZINE))
    assert (copy.outcome, copy.stories) == ("copy", ())
    longer = replace(edited, text=f"{edited.text}\n\nThe council has sixty days.")
    assert file(home, article(longer, MAGAZINE)).stories == ()
    editing.label(home, letter.url, relevant=True, by="ada", why="")
    assert stories(home) == {letter.story: {letter.article}}
    assert drawn(home, asked, FRIDAY + DAY) == []


def test_what_the_rules_left_out_is_placed_where_it_belongs_once_it_is_said_to_be_relevant(
    home: House,
) -> None:
    nothing = replace(home.desk, topic=replace(home.desk.topic, threshold=1000))
    strict = replace(home, desk_of=lambda: nothing)
    report = file(strict, article(REPORT))
    assert not report.assessment.relevant
    (story,) = editing.label(home, report.url, relevant=True, by="ada", why="").stories
    assert [each.article for each in story.reports] == [report.article]
    assert [each.current for each in story.judgements] == [True]
    assert file(strict, article(replace(REPORT, text=f"{REPORT.text}\n\nMore later."))).stories == (story.id,)
