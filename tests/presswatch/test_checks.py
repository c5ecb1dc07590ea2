"""What was found of each source is kept beside the installation's own."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newsdesk.errors import Mistake, Refused
from newsdesk.model import Kind, Lead, Listing, Problem, Source
from presswatch import checks

NOW = datetime(2026, 7, 1, 11, 5, 9, tzinfo=UTC)
SOURCE = Source(
    name="northmarch-news",
    outlet="Northmarch Council",
    kind=Kind.COUNCIL,
    url="https://www.northmarch.gov.uk/rss/news",
    reader="feed",
    weekly=(1, 20),
    verified="invented for a test",
    verified_on=date(2026, 6, 30),
)


def test_a_source_that_answers_is_ok_with_its_counts() -> None:
    leads = (Lead("https://a.example/1", "One", published=NOW), Lead("https://a.example/2", "Two"))
    found = checks.finding(SOURCE, Listing(SOURCE.name, leads, warnings=("it moved",)), now=NOW)
    assert found == {
        "at": "2026-07-01T12:05+01:00",
        "url": SOURCE.url,
        "verdict": "ok",
        "reason": None,
        "items": 2,
        "dated": 1,
        "family": "feed",
        "warnings": ["it moved"],
    }
    assert checks.ill([found]) == 0


def test_a_source_that_refuses_is_written_down_with_its_reason() -> None:
    problem = Problem.of(Refused("403 Forbidden", status=403))
    found = checks.finding(SOURCE, Listing(SOURCE.name, problem=problem), now=NOW)
    assert (found["verdict"], found["reason"], found["items"]) == ("refused", "403 Forbidden", 0)
    assert checks.ill([found]) == 1


def test_what_is_written_is_read_again_one_source_a_line(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    found = {"b": {"verdict": "ok", "reason": "Ærø"}, "a": {"verdict": "gone"}}
    checks.write(folder, found)
    assert checks.read(folder) == found
    assert [line[:5] for line in (folder / checks.FILE).read_text("utf-8").splitlines()] == [
        "{",
        '  "a"',
        '  "b"',
        "}",
    ]
    assert [each.name for each in folder.iterdir()] == [checks.FILE]


def test_nothing_checked_is_nothing_found(tmp_path: Path) -> None:
    assert checks.read(tmp_path / "nowhere") == {}


def test_findings_that_were_damaged_are_named(tmp_path: Path) -> None:
    (tmp_path / checks.FILE).write_text("{", "utf-8")
    with pytest.raises(Mistake, match="delete it and check again"):
        checks.read(tmp_path)
