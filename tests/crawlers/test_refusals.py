"""When a server that refused wants to be asked again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st
from scrapy.http import Response

from crawlers.refusals import LONGEST_WAIT, check_status, seconds

NOW = datetime(2031, 3, 3, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("9" * 400, LONGEST_WAIT),
        ("Mon, 03 Mar 2031 07:00:00 GMT", 3600.0),
        ("Mon, 03 Mar 2031 05:00:00 GMT", 0.0),
        ("Monday, 03-Mar-31 07:00:00 GMT", 3600.0),
        ("Mon Mar  3 07:00:00 2031", 3600.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("1.5", None),
        ("120, 120", None),
        ("Thu, 01 May 2031 05:00:00 GMT", LONGEST_WAIT),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("²", None),
    ],
)
def test_a_servers_wish_is_read_as_seconds_from_now(header: str, wait: float | None) -> None:
    assert seconds(header, NOW) == wait


def test_a_date_counts_from_the_servers_own_clock() -> None:
    headers = {"Date": "Sun, 22 Nov 2015 12:00:00 GMT", "Retry-After": "Sun, 22 Nov 2015 12:05:00 GMT"}
    refused = check_status(Response("https://northmarch.gov.uk/", status=503, headers=headers), NOW)
    assert refused
    assert refused.retry_after == 300


@given(st.text())
def test_no_wish_is_beyond_a_week_or_an_error(wish: str) -> None:
    assert 0 <= (seconds(wish, NOW) or 0) <= LONGEST_WAIT
