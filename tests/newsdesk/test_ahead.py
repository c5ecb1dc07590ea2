"""Dates ahead: as coarse as the words, and the next one after the day of publication."""

from datetime import date

import pytest

from newsdesk.ahead import find

THURSDAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("by the end of June", "2026-06"),
        ("on or before 12/06/2026", "2026-06-12"),
        ("in mid-May", "2026-05"),
        ("in the early autumn", "2026"),
        ("in spring 2027", "2027"),
        ("next spring", "2027"),
        ("next Wednesday", "2026-03-11"),
        ("later this month", "2026-03"),
        ("in 12 months", "2027-03"),
        ("within six weeks", "2026-04"),
        ("before Christmas", "2026"),
    ],
)
def test_a_date_ahead_is_read(sentence: str, day: str) -> None:
    assert [each.started for each in find(sentence, THURSDAY)] == [day]


@pytest.mark.parametrize("sentence", ["since December 2021", "in about 18 months", "from 2027/28", "in 2025"])
def test_what_is_past_or_not_exact_is_no_date_ahead(sentence: str) -> None:
    assert find(sentence, THURSDAY) == []


def test_the_following_year_follows_the_one_named_before() -> None:
    assert [each.started for each in find("in 2027 and in the following year", THURSDAY)] == ["2027", "2028"]
