"""Dates in running text: as coarse as the words, and read from the day of publication."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from newsdesk.spans import compatible, find, months

AUGUST = date(2023, 8, 2)
JANUARY = date(2024, 1, 16)


def dates(sentence: str, published: date | None = AUGUST) -> list[tuple[str, str]]:
    return [(span.started, span.ended) for span in find(sentence, published)]


@pytest.mark.parametrize(
    ("sentence", "started", "ended"),
    [
        ("from 18 to 29 July 2022", "2022-07-18", "2022-07-29"),
        ("on 28 and 29 June", "2023-06-28", "2023-06-29"),
        ("on 28-29 June", "2023-06-28", "2023-06-29"),
        ("on 28 – 29 June 2022", "2022-06-28", "2022-06-29"),
        ("between 27 February and 3 March 2023", "2023-02-27", "2023-03-03"),
        ("from 30 December 2022 to 2 January 2023", "2022-12-30", "2023-01-02"),
        ("from 30 December to 2 January 2023", "2022-12-30", "2023-01-02"),
        ("on the 3rd of July 2023", "2023-07-03", "2023-07-03"),
        ("on July 3, 2023", "2023-07-03", "2023-07-03"),
        ("from June 28 to 29", "2023-06-28", "2023-06-29"),
        ("published today (August 2)", "2023-08-02", "2023-08-02"),
        ("in July 2022", "2022-07", "2022-07"),
        ("at the end of June", "2023-06", "2023-06"),
        ("in October", "2022-10", "2022-10"),  # the October just gone
        ("in August", "2023-08", "2023-08"),
        ("its March visit", "2023-03", "2023-03"),
        ("June’s inspection", "2023-06", "2023-06"),
        ("in 2018", "2018", "2018"),
        ("a year ago", "2022", "2022"),
        ("five years after it was judged good", "2018", "2018"),
        ("last year", "2022", "2022"),
        ("last month", "2023-07", "2023-07"),
        ("two months ago", "2023-06", "2023-06"),
        ("three weeks ago", "2023-07", "2023-07"),
        ("eight months ago", "2022", "2022"),  # a round number names no month
    ],
)
def test_a_date_is_read(sentence: str, started: str, ended: str) -> None:
    assert dates(sentence) == [(started, ended)]


@pytest.mark.parametrize(
    "sentence",
    [
        "children may wait",
        "the march of time",
        "1,200 children",
        "in 20 cases",
        "Councillor June said",
        "a year of change",
    ],
)
def test_what_is_no_date_is_not_read(sentence: str) -> None:
    assert dates(sentence) == []


def test_a_day_soon_to_come_is_not_a_year_ago() -> None:
    assert dates("a strike on 27 January", JANUARY) == [("2024-01-27", "2024-01-27")]
    assert dates("a visit on 27 June", JANUARY) == [("2023-06-27", "2023-06-27")]
    assert dates("a meeting on 10 January", date(2023, 12, 20)) == [("2024-01-10", "2024-01-10")]


def test_without_a_day_of_publication_only_whole_dates_are_read() -> None:
    assert dates("in June, a year ago, and in July 2022", None) == [("2022-07", "2022-07")]


def test_a_day_that_does_not_exist_leaves_its_month() -> None:
    assert dates("on 30 February 2023") == [("2023-02", "2023-02")]


def test_several_dates_come_in_their_order() -> None:
    assert dates("rated good in 2019, then inadequate in July 2022 and visited on 28 June") == [
        ("2019", "2019"),
        ("2022-07", "2022-07"),
        ("2023-06-28", "2023-06-28"),
    ]


def test_a_span_says_where_it_stands() -> None:
    sentence = "Inspectors came in July 2022 and left."
    (span,) = find(sentence, AUGUST)
    assert sentence[span.at : span.end] == "July 2022"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2022-07-18", "2022-07", True),
        ("2022", "2022-07", True),
        (None, "2022-07", True),
        ("2022-07", "2022-08", False),
        ("2022-07-18", "2022-07-19", False),
    ],
)
def test_two_dates_can_be_one_when_the_coarser_begins_the_finer(
    one: str | None, other: str, same: bool
) -> None:
    assert compatible(one, other) is same
    assert compatible(other, one) is same


def test_a_year_means_any_of_its_months() -> None:
    assert list(months("2022")) == [2022 * 12, 2022 * 12 + 11]
    assert list(months("2022-07-18")) == [2022 * 12 + 6] * 2


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.dates(date(2010, 1, 1), date(2030, 12, 31)))
def test_a_whole_date_is_read_whenever_it_is_printed(day: date, published: date) -> None:
    printed = f"{day.day} {day:%B %Y}"
    assert dates(f"Inspectors came on {printed}.", published) == [(day.isoformat(), day.isoformat())]


@given(st.dates(date(2010, 1, 1), date(2030, 12, 31)), st.integers(1, 12))
def test_a_month_without_a_year_is_never_to_come(published: date, month: int) -> None:
    ((started, _),) = dates(f"in {date(2000, month, 1):%B}", published)
    assert started <= f"{published:%Y-%m}"
    assert int(started[:4]) >= published.year - 1
