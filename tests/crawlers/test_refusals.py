from datetime import UTC, datetime

import pytest

from crawlers.refusals import LONGEST_WAIT, seconds

NOW = datetime(2031, 3, 3, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("9" * 400, LONGEST_WAIT),
        ("Mon, 03 Mar 2031 07:00:00 GMT", 3600.0),
        ("Mon, 03 Mar 2031 05:00:00 GMT", 0.0),
        ("Thu, 01 May 2031 05:00:00 GMT", LONGEST_WAIT),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("²", None),
    ],
)
def test_a_servers_wish_is_read_as_seconds_from_now(header: str, wait: float | None) -> None:
    assert seconds(header, NOW) == wait
