"""Printed dates: what each form means, what is no date at all, and how the house prints one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from newsdesk.dates import LONDON, Reading, english_date, local, partial, read

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("printed", "at"),
    [
        # ISO 8601
        ("2024-02-01T10:20:30Z", utc(2024, 2, 1, 10, 20, 30)),
        ("2024-02-01T10:20:30.123456Z", utc(2024, 2, 1, 10, 20, 30)),
        ("2024-07-01T10:20:30,5+02:00", utc(2024, 7, 1, 8, 20, 30)),
        ("2024-07-01T10:20-05:00", utc(2024, 7, 1, 15, 20)),
        ("2024-07-01 10:20:30 +0100", utc(2024, 7, 1, 9, 20, 30)),
        ("2024-07-01T10:20:30+01", utc(2024, 7, 1, 9, 20, 30)),
        ("2023-08-03T10:20:00+01:00[Europe/London]", utc(2023, 8, 3, 9, 20)),
        ("2024-07-01T10:20", utc(2024, 7, 1, 9, 20)),
        ("2024-12-01T10:20", utc(2024, 12, 1, 10, 20)),
        ("2016-12-31T23:59:60Z", utc(2016, 12, 31, 23, 59, 59)),
        # RFC 2822 and its older brother
        ("Thu, 03 Aug 2023 10:20:00 GMT", utc(2023, 8, 3, 10, 20)),
        ("Thu, 03 Aug 2023 10:20:00 +0100", utc(2023, 8, 3, 9, 20)),
        ("Thu, 03 Aug 2023 10:20:00 -0000", utc(2023, 8, 3, 10, 20)),
        ("Thu, 3 Aug 2023 10:20 BST", utc(2023, 8, 3, 9, 20)),
        ("Fri, 5 Jan 2024 10:20:00 BST", utc(2024, 1, 5, 9, 20)),
        ("03 Aug 2023 10:20:00 EST", utc(2023, 8, 3, 15, 20)),
        ("03 Aug 2023 10:20:00 PDT", utc(2023, 8, 3, 17, 20)),
        ("03 Aug 2023 10:20:00 XYZ", utc(2023, 8, 3, 9, 20)),
        ("Thursday, 03-Aug-23 10:20:00 GMT", utc(2023, 8, 3, 10, 20)),
        ("Thu Aug 03 2023 10:20:00 GMT+0100 (British Summer Time)", utc(2023, 8, 3, 9, 20)),
        # as British pages print them
        ("Thu 3 Aug 2023 at 3pm", utc(2023, 8, 3, 14)),
        ("5 March 2024 at 3:15pm", utc(2024, 3, 5, 15, 15)),
        ("5 March 2024 at 12.15 a.m.", utc(2024, 3, 5, 0, 15)),
        ("5 March 2024, 12:15pm", utc(2024, 3, 5, 12, 15)),
        ("Published: 3 August 2023, 10:20 BST", utc(2023, 8, 3, 9, 20)),
        ("Published:3 August 2023 | 10:20", utc(2023, 8, 3, 9, 20)),
        ("18 Nov 2026 07:30", utc(2026, 11, 18, 7, 30)),
        ("Thu, 03/08/2023 - 10:20", utc(2023, 8, 3, 9, 20)),
        ("10:20, 3 August 2023", utc(2023, 8, 3, 9, 20)),
        ("10.20am on Thursday, 3rd August 2023", utc(2023, 8, 3, 9, 20)),
        ("3:15 PM GMT, Tue March 5, 2024", utc(2024, 3, 5, 15, 15)),
        ("10:20 GMT+1 3 August 2023", utc(2023, 8, 3, 9, 20)),
        ("3 August 2023 10:20-11:30", utc(2023, 8, 3, 9, 20)),
        ("3 August 2023 noon", utc(2023, 8, 3, 11)),
        # Unix times
        ("1709632800", utc(2024, 3, 5, 10)),
        ("1709632800000", utc(2024, 3, 5, 10)),
        ("709632800", utc(1992, 6, 27, 8, 13, 20)),
    ],
)
def test_a_printed_time_is_understood(printed: str, at: datetime) -> None:
    assert read(printed, now=NOW) == Reading(at, precise=True)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2024-02-01", date(2024, 2, 1)),
        ("2024/02/01", date(2024, 2, 1)),
        ("20240201", date(2024, 2, 1)),
        ("2024-W10-2", date(2024, 3, 5)),
        ("2020-W53-5", date(2021, 1, 1)),
        ("3 August 2023", date(2023, 8, 3)),
        ("31st March 2024", date(2024, 3, 31)),
        ("3rd of August, 2023", date(2023, 8, 3)),
        ("Thursday, August 3, 2023", date(2023, 8, 3)),
        ("AUGUST 3RD 2023", date(2023, 8, 3)),
        ("Sept. 3, 2023", date(2023, 9, 3)),
        ("01/02/2024", date(2024, 2, 1)),
        ("1.2.2024", date(2024, 2, 1)),
        ("13-02-24", date(2024, 2, 13)),
        ("03 Aug 23", date(2023, 8, 3)),
        ("3 Aug '23", date(2023, 8, 3)),
        ("3 Aug 95", date(1995, 8, 3)),
        ("Last updated 21 September 2022", date(2022, 9, 21)),
        ("Published 3 August 2023 Last updated 5 August 2023", date(2023, 8, 3)),
        ("3\xa0August\n2023", date(2023, 8, 3)),
        ("Ref 4/12345, 3 August 2023 - 15 people", date(2023, 8, 3)),
    ],
)
def test_a_printed_day_begins_at_midnight_in_london(printed: str, day: date) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=LONDON)
    assert read(printed, now=NOW) == Reading(midnight.astimezone(UTC), precise=False)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "News",
        "August 2023",
        "3 August",
        "3 August 10:20",
        "2023",
        "30 February 2024",
        "31 April 2024",
        "32/01/2024",
        "12/25/2024",
        "2024-02-30T25:61:61Z",
        "2024-02-01T25:61:00Z",
        "2024-02-01T10:20:30+99:99",
        "2024-W10",
        "2024-W60-2",
        "2024-061",
        "10000-01-01",
        "+9999-01-01",
        "9999-01-01",
        "0001-01-01",
        "1989-12-31",
        "1 January 2030",
        "99999999999999999999",
        "12345",
        "1.2.3",
        "10.0.0.12",
        "https://example.org/2024/02/01/story",
        "children of today",
        "2 months ago",
    ],
)
def test_what_is_no_plausible_date_is_none(printed: str) -> None:
    assert read(printed, now=NOW) is None


@pytest.mark.parametrize(
    ("printed", "at", "precise"),
    [
        ("just now", utc(2026, 11, 22, 12), True),
        ("5 mins ago", utc(2026, 11, 22, 11, 55), True),
        ("Updated: an hour ago", utc(2026, 11, 22, 11), True),
        ("2 hours ago", utc(2026, 11, 22, 10), True),
        ("13h ago", utc(2026, 11, 21, 23), True),
        ("today", utc(2026, 11, 22), False),
        ("Today at 10:20", utc(2026, 11, 22, 10, 20), True),
        ("yesterday", utc(2026, 11, 21), False),
        ("Yesterday, 3pm", utc(2026, 11, 21, 15), True),
        ("3 days ago", utc(2026, 11, 19), False),
        ("1 week ago", utc(2026, 11, 15), False),
    ],
)
def test_relative_dates_count_from_now(printed: str, at: datetime, precise: bool) -> None:
    assert read(printed, now=NOW) == Reading(at, precise)


def test_yesterday_is_told_by_the_london_clock() -> None:
    just_after_midnight_in_london = utc(2026, 6, 30, 23, 30)
    assert read("yesterday", now=just_after_midnight_in_london) == Reading(
        utc(2026, 6, 29, 23), precise=False
    )


def test_an_hour_that_comes_twice_is_its_first() -> None:
    assert read("27 October 2024 01:30", now=NOW) == Reading(utc(2024, 10, 27, 0, 30), precise=True)


def test_an_hour_that_never_was_is_moved_forward() -> None:
    reading = read("31 March 2024 01:30", now=NOW)
    assert reading is not None
    assert local(reading.at).strftime("%H:%M") == "02:30"


def test_the_future_ends_in_two_years() -> None:
    assert read("21 November 2028", now=NOW) is not None
    assert read("25 November 2028", now=NOW) is None


@given(st.text() | st.from_regex(r"[0-9]{1,5}[-/. :T][0-9]{1,3}[-/. :T][0-9]{1,5}.{0,12}"))
def test_whatever_is_printed_gives_a_plausible_time_or_none(printed: str) -> None:
    reading = read(printed, now=NOW)
    assert reading is None or utc(1990, 1, 1) <= reading.at <= NOW + timedelta(days=731)
    partial(printed)


TIMES = st.integers(int(utc(1990, 1, 2).timestamp()), int(utc(2028, 11, 1).timestamp())).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


@given(TIMES, st.integers(-12 * 60, 14 * 60))
def test_iso_and_mail_times_are_read_exactly(at: datetime, minutes: int) -> None:
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    there = at.replace(tzinfo=None) + timedelta(minutes=minutes)
    for printed in (
        f"{there.isoformat()}{sign}{hours:02}:{rest:02}",
        f"{english_date(there.date())} {there:%H:%M:%S} {sign}{hours:02}{rest:02}",
    ):
        assert read(printed, now=NOW) == Reading(at, precise=True)


@given(
    st.dates(date(1990, 1, 2), date(2028, 11, 1)), st.sampled_from(["{0:%d/%m/%Y}", "{0:%Y-%m-%d}", "{1}"])
)
def test_what_the_house_prints_it_can_read(day: date, form: str) -> None:
    reading = read(form.format(day, english_date(day)), now=NOW)
    assert reading is not None
    assert local(reading.at).date() == day
    assert not reading.precise


# ---------------------------------------------------------------- printing, and dates in part


def test_a_date_in_words_is_the_london_day() -> None:
    assert english_date(date(2023, 8, 3)) == "Thursday 3 August 2023"
    assert english_date(utc(2023, 8, 2, 23, 30)) == "Thursday 3 August 2023"
    assert english_date(utc(2023, 12, 31, 23, 30)) == "Sunday 31 December 2023"


def test_local_is_the_same_moment_and_wants_a_zone() -> None:
    assert local(utc(2023, 8, 3, 9, 20)).isoformat() == "2023-08-03T10:20:00+01:00"
    without_zone = datetime.fromisoformat("2023-08-03T10:20:00")
    with pytest.raises(ValueError, match="zone"):
        local(without_zone)
    with pytest.raises(ValueError, match="zone"):
        english_date(without_zone)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29 July 2022", "2022-07-29"),
        ("on 29th July 2022", "2022-07-29"),
        ("July 29, 2022", "2022-07-29"),
        ("29/07/2022", "2022-07-29"),
        ("2022-07-29", "2022-07-29"),
        ("July 2022", "2022-07"),
        ("in Sept. 2022", "2022-09"),
        ("2022-07", "2022-07"),
        ("2022", "2022"),
        ("since spring 2022", "2022"),
        ("31 February 2022", None),
        ("2022-13", None),
        ("July", None),
        ("", None),
    ],
)
def test_a_date_in_part_stays_as_coarse_as_it_was_written(text: str, day: str | None) -> None:
    assert partial(text) == day
