"""The demonstration, run whole: what a good reader of the invented week should find, and nothing else."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from newsdesk import urls
from newsdesk.model import Story
from presswatch.demo import truth
from presswatch.demo.run import Demonstration, Evening, Morning, demonstration
from presswatch.demo.truth import Expected
from storage import StoredArticle


@dataclass(frozen=True)
class Shown:
    """A demonstration that has been seen to its end."""

    folder: Path
    evenings: list[Evening]
    mornings: list[Morning]
    stories: list[Story]
    articles: dict[str, StoredArticle]


def watched(show: Demonstration) -> Shown:
    evenings: list[Evening] = []
    mornings: list[Morning] = []
    for part in show.evenings():
        (evenings if isinstance(part, Evening) else mornings).append(part)  # type: ignore[arg-type]
    with show.house.store.read() as tx:
        stories = tx.stories.list()
        articles = {}
        for each in (*every_report(), *truth.NEAR_MISSES):
            found = tx.articles.by_address([urls.key(each)])
            if found is not None:
                articles[each] = tx.articles.get(found)
    return Shown(show.folder, evenings, mornings, stories, articles)


def every_report() -> list[str]:
    return [each for expected in truth.EXPECTED for each in (*expected.reports, *expected.later)]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shown, Shown]:
    """The week seen once, and visited again afterwards."""
    folder = tmp_path_factory.mktemp("demonstration")
    with demonstration(folder) as show:
        first = watched(show)
    with demonstration(folder) as show:
        assert show.again
        second = watched(show)
    return first, second


def story_of(shown: Shown, expected: Expected) -> Story:
    """The one story of these councils in which the expected one's first report stands."""
    addresses = {urls.key(each) for each in (*expected.reports, *expected.later)}
    found = [
        each
        for each in shown.stories
        if addresses & {urls.key(one.url) for one in each.reports} and each.subjects == expected.subjects
    ]
    assert len(found) == 1, f"told in {len(found)} stories: {[each.headline for each in found]}"
    return found[0]


@pytest.mark.parametrize("expected", truth.EXPECTED, ids=lambda each: each.name)
class TestStory:
    def test_holds_every_report_of_the_event_and_no_other(
        self, shown: tuple[Shown, Shown], expected: Expected
    ) -> None:
        story = story_of(shown[0], expected)
        assert {urls.key(each.url) for each in story.reports} == {
            urls.key(each) for each in (*expected.reports, *expected.later)
        }

    def test_is_of_its_kind_and_about_its_councils(
        self, shown: tuple[Shown, Shown], expected: Expected
    ) -> None:
        story = story_of(shown[0], expected)
        assert (story.event, story.scope, story.subjects) == (
            expected.event,
            expected.scope,
            expected.subjects,
        )

    def test_gives_others_their_own_role(self, shown: tuple[Shown, Shown], expected: Expected) -> None:
        roles = {(each.council, each.role) for each in story_of(shown[0], expected).councils}
        assert expected.others <= roles

    def test_announces_its_grades_and_takes_no_old_one_for_new(
        self, shown: tuple[Shown, Shown], expected: Expected
    ) -> None:
        story = story_of(shown[0], expected)
        assert {(each.area, each.grade) for each in story.judgements if each.current} == expected.current

    def test_knows_the_old_grades_and_their_dates(
        self, shown: tuple[Shown, Shown], expected: Expected
    ) -> None:
        old = {
            (each.council, each.grade, each.date)
            for each in story_of(shown[0], expected).judgements
            if not each.current
        }
        assert expected.historic <= old

    def test_knows_when_inspectors_came(self, shown: tuple[Shown, Shown], expected: Expected) -> None:
        visit = story_of(shown[0], expected).visit
        if expected.started:
            assert visit is not None
            assert visit.started == expected.started
        if expected.ordinal:
            assert visit is not None
            assert visit.ordinal == expected.ordinal


def test_there_are_no_other_stories(shown: tuple[Shown, Shown]) -> None:
    assert len(shown[0].stories) == len(truth.EXPECTED)


@pytest.mark.parametrize("url", truth.NEAR_MISSES)
def test_a_near_miss_is_read_and_left_out(shown: tuple[Shown, Shown], url: str) -> None:
    stored = shown[0].articles[url]
    assert not stored.assessment.relevant
    assert stored.story is None


@pytest.mark.parametrize("expected", truth.PROBLEMS, ids=lambda each: each.code)
def test_what_could_not_be_read_is_named(shown: tuple[Shown, Shown], expected: truth.ExpectedProblem) -> None:
    for evening in shown[0].evenings[:1]:
        pages = [(each.lead.url, each.problem) for one in evening.visits for each in one.failed]
        listings = [
            (source_url, one.listing.problem)
            for one in evening.visits
            for source_url in [expected.url]
            if one.listing.problem
        ]
        assert expected.code in {
            problem.code for url, problem in (*pages, *listings) if problem and url == expected.url
        }


def test_one_text_under_two_titles_is_one_copy(shown: tuple[Shown, Shown]) -> None:
    for pair in truth.COPIES:
        one, other = (shown[0].articles[each] for each in pair)
        assert one.duplicate_of == other.id or other.duplicate_of == one.id


def test_an_edited_article_is_a_revision_and_its_story_is_told_anew(shown: tuple[Shown, Shown]) -> None:
    for correction in truth.CORRECTIONS:
        assert correction.after in shown[0].articles[correction.url].article.text
    assert shown[0].mornings[1].rendered is not None
    assert "since your last digest" in shown[0].mornings[1].rendered.text.lower()


def test_windows_1252_is_read_as_it_was_meant(shown: tuple[Shown, Shown]) -> None:
    article = shown[0].articles[truth.WINDOWS_1252].article
    assert "’" in article.text
    assert "£" in article.text
    assert "\ufffd" not in article.text


def test_each_morning_brings_a_digest_as_html_text_and_mail(shown: tuple[Shown, Shown]) -> None:
    for morning in shown[0].mornings:
        assert sorted(file.suffix for file in morning.files) == [".eml", ".html", ".txt"]
        assert all(file.stat().st_size > 500 for file in morning.files)


def test_a_second_run_asks_only_whether_anything_changed(shown: tuple[Shown, Shown]) -> None:
    (evening,) = shown[1].evenings
    assert evening.requests
    assert [each.path for each in evening.requests if not each.conditional] == []
    assert {each.status for each in evening.requests} == {304}


def test_a_second_run_finds_nothing_new_and_tells_nothing_twice(shown: tuple[Shown, Shown]) -> None:
    assert shown[1].stories == shown[0].stories
    assert [each.rendered for each in shown[1].mornings] == [None]
    assert len(list(shown[1].folder.glob("*.eml"))) == 2
