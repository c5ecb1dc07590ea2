"""How long an answer stays good."""

import pytest
from hypothesis import given, strategies as st
from scrapy.http import Response

from crawlers.freshness import LONGEST, fresh

DATE = "Sun, 22 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({}, 0),
        ({"Cache-Control": "public, max-age=900"}, 900),
        ({"Cache-Control": 'max-age="900", must-revalidate'}, 900),
        ({"Cache-Control": "max-age=900", "Age": "840"}, 60),
        ({"Cache-Control": "max-age=900", "Age": "2000"}, 0),
        ({"Cache-Control": "max-age=31536000"}, LONGEST),
        ({"Cache-Control": "no-cache, max-age=900"}, 0),
        ({"Cache-Control": "s-maxage=900"}, 0),
        ({"Cache-Control": "max-age=-1"}, 0),
        ({"Cache-Control": "max-age=60", "Expires": "Sun, 22 Nov 2026 13:00:00 GMT", "Date": DATE}, 60),
        ({"Expires": "Sun, 22 Nov 2026 13:00:00 GMT", "Date": DATE}, 3600),
        ({"Expires": "Sun Nov 22 13:00:00 2026", "Date": DATE}, 3600),
        ({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT", "Date": DATE}, 0),
        ({"Expires": "0", "Date": DATE}, 0),
        ({"Expires": "Sun, 22 Nov 2026 13:00:00 GMT"}, 0),
        ({"Expires": "Sun, 22 Nov 2015 13:00:00 GMT", "Date": "Sun, 22 Nov 2015 12:00:00 GMT"}, 3600),
    ],
)
def test_an_answer_stays_good_for_as_long_as_it_says_and_a_day_at_most(
    headers: dict[str, str], wanted: float
) -> None:
    assert fresh(Response("https://northmarch.gov.uk/", headers=headers)) == wanted


@given(st.text(st.characters(max_codepoint=255)), st.text(st.characters(max_codepoint=255)))
def test_no_header_can_do_more_than_make_us_wait_a_day(one: str, other: str) -> None:
    for headers in ({"Cache-Control": one, "Age": other}, {"Expires": one, "Date": other}):
        raw = {name: value.encode("latin-1") for name, value in headers.items()}
        assert 0 <= fresh(Response("https://northmarch.gov.uk/", headers=raw)) <= LONGEST
