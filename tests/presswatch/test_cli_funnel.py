"""`presswatch funnel` and `presswatch why`: nothing that was seen disappears without a word."""

import pytest

from presswatch.demo.run import demonstration
from tests.presswatch.shell import Shell


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The demonstration's week, with its sources declared as an installation's own."""
    folder = tmp_path_factory.mktemp("week")
    with demonstration(folder) as shown:
        list(shown.evenings())
    shell = Shell(folder)
    shell.configure("")
    return shell


def test_every_candidate_of_a_week_is_accounted_for(week: Shell) -> None:
    days = week.json("funnel", "--days", 3660)
    for day in days:
        ended = (
            day["waiting"] + day["fetched"] + day["duplicates"] + day["held"] + sum(day["failed"].values())
        )
        assert day["found"] == ended
        assert day["fetched"] == day["kept"] + sum(day["dropped"].values())
    assert sum(each["told"] for each in days) > 5
    assert "found known" in week.run("funnel", "--days", 3660).out


def test_a_source_that_is_not_there_is_told_of(week: Shell) -> None:
    assert "no source is called" in week.run("funnel", "nowhere", code=2).err


def test_why_an_article_was_told_and_another_was_not(week: Shell) -> None:
    (story, *_) = week.json("stories")
    said = week.run("why", story["articles"][0]["url"]).out
    assert "read, and relevant" in said
    assert "told on 2026-03-0" in said
    assert "the-week" in said


def test_why_an_address_was_never_seen(week: Shell) -> None:
    said = week.json("why", "https://www.nobody.example/x")
    assert said["seen"] is False
    assert "no source that is switched on watches nobody.example" in said["steps"][0]
    assert "is no http" in week.run("why", "ftp://x", code=2).err
