"""The record of past inspections: what it knows, and for when."""

from datetime import date

import pytest

from newsdesk.history import History, Inspection
from newsdesk.model import Area, Grade
from tests.newsdesk.desks import history


def inspection(published: str, overall: Grade = Grade.GOOD, council: str = "northmarch") -> Inspection:
    return Inspection(council, date.fromisoformat(published), None, published, {Area.OVERALL: overall})


RECORD = History(
    [
        inspection("2019-03-01"),
        inspection("2022-09-21", Grade.INADEQUATE),
        inspection("2024-01-15", council="eastholme"),
    ]
)


@pytest.mark.parametrize(
    ("day", "grade"),
    [
        ("2022-09-17", None),
        ("2022-09-18", Grade.INADEQUATE),  # a paper dates its report early
        ("2022-09-21", Grade.INADEQUATE),
        ("2022-11-20", Grade.INADEQUATE),  # a committee's paper, 60 days on
        ("2022-11-21", None),
    ],
)
def test_an_inspection_is_news_from_three_days_before_to_sixty_after(day: str, grade: Grade | None) -> None:
    found = RECORD.new_at("northmarch", date.fromisoformat(day))
    assert (found.grades[Area.OVERALL] if found else None) is grade


@pytest.mark.parametrize(
    ("council", "day", "known"),
    [
        ("northmarch", "2023-08-02", True),
        ("northmarch", "2024-01-15", True),
        ("northmarch", "2024-01-16", False),  # after the last report that the record holds
        ("northmarch", "2018-05-31", False),  # before the record is complete
        ("nowhere", "2023-08-02", False),
    ],
)
def test_the_record_is_complete_for_its_own_years_and_councils(council: str, day: str, known: bool) -> None:
    assert RECORD.knows(council, date.fromisoformat(day)) is known


def test_what_came_before_comes_latest_first() -> None:
    found = [each.published.year for each in RECORD.before("northmarch", date(2023, 1, 1))]
    assert found == [2022, 2019]
    assert list(RECORD.before("northmarch", date(2019, 3, 1))) == []


def test_a_row_without_a_grade_lacks_that_area() -> None:
    row = {
        "council": "northmarch",
        "published": "2026-06-01",
        "started": "",
        "ended": "2026-05-01",
        "overall": "",
        "leaders": "good",
        "help_and_protection": "requires-improvement",
        "in_care": "good",
        "care_leavers": "",
    }
    read = Inspection.of(row)
    assert read.started is None
    assert set(read.grades) == {Area.LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE}


def test_the_packaged_record_knows_herefordshire() -> None:
    (latest, *_) = history().before("herefordshire", date(2023, 8, 2))
    assert latest.grades[Area.OVERALL] is Grade.INADEQUATE
    assert (latest.ended or "")[:7] == "2022-07"


def test_an_empty_record_knows_nothing() -> None:
    assert not History([]).knows("northmarch", date(2023, 1, 1))
