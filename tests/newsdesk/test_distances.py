"""Dates told by their distance from another one."""

from datetime import date

import pytest

from newsdesk.distances import counted
from newsdesk.spans import find

PUBLISHED = date(2026, 3, 5)


def dates(sentence: str, last: str | None = None) -> list[str]:
    return [each.ended for each in counted(sentence.lower(), find(sentence, PUBLISHED), last)]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("in 2024, four years after it was judged good", ["2024", "2020"]),
        ("in February 2020, three months after the report", ["2020-02", "2019-11"]),
        ("two years after it was judged good", ["2024"]),
        ("since December 2021, shortly after the report", ["2021"]),
    ],
)
def test_a_distance_is_counted_from_the_date_before_it(sentence: str, told: list[str]) -> None:
    assert dates(sentence) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("four years earlier it was inadequate", ["2017"]),
        ("three years later it was inadequate", ["2024"]),
        ("the year before, it was good", ["2020"]),
        ("on that occasion it was good", ["2021-12"]),
    ],
)
def test_a_distance_is_counted_from_the_sentence_before(sentence: str, told: list[str]) -> None:
    assert dates(sentence, "2021-12") == told
