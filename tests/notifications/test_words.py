from datetime import UTC, date, datetime

import pytest

from newsdesk.model import Area, Event, Grade, Visit
from notifications.words import (
    AREA,
    EVENT,
    GRADE,
    STEPS,
    cut,
    day,
    days,
    happened,
    in_a_subject,
    iso_day,
    listed,
    visited,
)


def test_every_event_area_and_grade_has_words() -> None:
    assert set(EVENT) == set(Event)
    assert set(AREA) == set(Area)
    assert set(GRADE) == set(STEPS) == set(Grade)
    assert all(in_a_subject(event) for event in Event)


@pytest.mark.parametrize(
    ("started", "ended", "said"),
    [
        ("2023-06", None, "visited June 2023"),
        ("2023", None, "visited 2023"),
        ("2023-06-28", "2023-06-29", "visited 28 to 29 June 2023"),
        ("2023-06-28", "2023-06-28", "visited 28 June 2023"),
        ("2023-06-30", "2023-07-04", "visited 30 June to 4 July 2023"),
        ("2022-12-30", "2023-01-04", "visited 30 December 2022 to 4 January 2023"),
        ("2022-12-05", "2023-12-05", "visited 5 December 2022 to 5 December 2023"),
        (None, "2023-06-29", "visited 29 June 2023"),
        (None, None, ""),
    ],
)
def test_a_visit_is_dated_as_exactly_as_it_was_reported(started: str, ended: str, said: str) -> None:
    assert visited(Event.MONITORING_VISIT, Visit(started, ended)) == said


def test_inspectors_inspect_at_an_inspection() -> None:
    assert visited(Event.INSPECTION, Visit("2023-06")) == "inspected June 2023"


def test_a_counted_monitoring_visit_says_its_number() -> None:
    assert happened(Event.MONITORING_VISIT, Visit(ordinal=2)) == "Second monitoring visit"
    assert happened(Event.MONITORING_VISIT, Visit(ordinal=40)) == "Monitoring visit"
    assert happened(Event.MONITORING_VISIT, None) == "Monitoring visit"
    assert happened(Event.FOCUSED_VISIT, Visit(ordinal=2)) == "Focused visit"


def test_what_is_no_day_is_shown_as_it_came() -> None:
    assert iso_day("summer 2023") == "summer 2023"
    assert iso_day("2023-02-31") == "2023-02-31"


def test_a_moment_is_told_as_the_london_day_that_no_line_break_parts() -> None:
    assert day(datetime(2023, 8, 2, 23, 30, tzinfo=UTC)) == "3\N{NO-BREAK SPACE}August\N{NO-BREAK SPACE}2023"


def test_text_is_cut_between_words_and_an_endless_word_within() -> None:
    assert cut("short", 10) == "short"
    assert cut("one two three", 9) == "one two …"
    assert cut("x" * 50, 10) == "xxxxxxxx …"
    assert all(len(cut("ab cd " * 20, longest)) <= longest for longest in range(4, 60))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 3, 6), date(2026, 3, 10), "Friday 6 to Tuesday 10 March 2026"),
        (date(2026, 2, 27), date(2026, 3, 3), "Friday 27 February to Tuesday 3 March 2026"),
        (date(2026, 12, 31), date(2027, 1, 1), "Thursday 31 December 2026 to Friday 1 January 2027"),
        (date(2025, 3, 6), date(2026, 3, 6), "Thursday 6 March 2025 to Friday 6 March 2026"),
        (date(2026, 3, 10), date(2026, 3, 10), "Tuesday 10 March 2026"),
        (None, date(2026, 3, 10), "Tuesday 10 March 2026"),
    ],
)
def test_days_in_a_row_say_once_what_they_share(first: date | None, last: date, said: str) -> None:
    assert days(first, last) == said


def test_a_list_reads_as_english() -> None:
    assert [listed(names.split(), 2) for names in ("", "a", "a b", "a b c d")] == [
        "",
        "a",
        "a and b",
        "a, b and 2 more",
    ]
    assert listed(["a", "b", "c"], 3, "or") == "a, b or c"


def test_several_councils_have_letters() -> None:
    assert in_a_subject(Event.FOCUSED_VISIT, several=True) == "focused visit letters"
    assert in_a_subject(Event.FUNDING, several=True) == "funding"
