from datetime import UTC, datetime, timedelta

import pytest

from crawlers.robots import (
    FRESH,
    LONGEST_USE,
    MOST,
    best,
    crawl_delay,
    is_current,
    origin,
    received,
    verdict,
)
from newsdesk.model import Robots

NOW = datetime(2031, 3, 3, 6, 0, tzinfo=UTC)
ORIGIN = "https://news.northmarch.example"


def answered(status: int | None, body: str | bytes = b"") -> Robots:
    return received(ORIGIN, status, body.encode() if isinstance(body, str) else body, NOW)


def test_rules_for_our_name_win_over_rules_for_everybody() -> None:
    rules = answered(200, "User-agent: *\nDisallow: /\n\nUser-agent: Presswatch\nDisallow: /private\n")
    assert verdict(rules, f"{ORIGIN}/news") == "allow"
    assert verdict(rules, f"{ORIGIN}/private/1") == "deny"


def test_the_longest_rule_wins() -> None:
    rules = answered(200, "User-agent: *\nDisallow: /news\nAllow: /news/press\n")
    assert verdict(rules, f"{ORIGIN}/news/1") == "deny"
    assert verdict(rules, f"{ORIGIN}/news/press/1") == "allow"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<html>not found</html>", b"Disallow: /"])
def test_a_file_without_rules_for_us_allows(body: bytes) -> None:
    assert verdict(answered(200, body), f"{ORIGIN}/news") == "allow"


def test_a_byte_order_mark_hides_no_rule() -> None:
    assert verdict(answered(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), f"{ORIGIN}/x") == "deny"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_file_that_is_not_there_allows(status: int) -> None:
    assert verdict(answered(status, "User-agent: *\nDisallow: /"), f"{ORIGIN}/news") == "allow"


@pytest.mark.parametrize("status", [None, 100, 429, 500, 502, 503, 504, 599])
def test_a_file_that_could_not_be_had_holds(status: int | None) -> None:
    assert verdict(answered(status), f"{ORIGIN}/news") == "hold"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("0", None), ("-1", None), ("nan", None), ("soon", None)],
)
def test_a_crawl_delay_is_a_positive_number_of_seconds(text: str, seconds: float | None) -> None:
    assert crawl_delay(answered(200, f"User-agent: *\nCrawl-delay: {text}\n")) == seconds
    assert crawl_delay(answered(404, f"User-agent: *\nCrawl-delay: {text}\n")) is None


def test_rules_are_current_for_a_day_and_a_failure_for_an_hour() -> None:
    assert is_current(answered(200), NOW + FRESH - timedelta(seconds=1))
    assert not is_current(answered(200), NOW + FRESH)
    assert is_current(answered(503), NOW + timedelta(minutes=59))
    assert not is_current(answered(503), NOW + timedelta(hours=1))


def test_a_record_from_the_future_is_not_current() -> None:
    assert not is_current(answered(200), NOW - timedelta(hours=1))


def test_the_last_good_copy_stands_in_for_a_failure_up_to_its_age() -> None:
    old = answered(200, "User-agent: *\nDisallow: /two")
    later = NOW + LONGEST_USE
    failed = received(ORIGIN, 503, b"", later)
    kept = best(failed, old, later)
    assert (kept.body, kept.fetched_at, kept.expires_at) == (old.body, old.fetched_at, failed.expires_at)
    too_late = later + timedelta(seconds=1)
    assert best(failed, old, too_late) == failed


def test_a_failure_never_stands_in_for_anything() -> None:
    assert best(answered(503), answered(None), NOW) == answered(503)
    assert best(answered(404), answered(200, "User-agent: *\nDisallow: /"), NOW) == answered(404)
    assert best(answered(503), None, NOW) == answered(503)


def test_half_a_mebibyte_is_read_and_no_more() -> None:
    filler = "# filler\n" * (MOST // 9)
    late = answered(200, "User-agent: *\nDisallow: /early\n" + filler + "Disallow: /late\n")
    assert len(late.body) == MOST
    assert verdict(late, f"{ORIGIN}/early") == "deny"
    assert verdict(late, f"{ORIGIN}/late") == "allow"


def test_a_file_made_to_keep_its_reader_busy_holds() -> None:
    names = "".join(f"User-agent: a{number}\n" for number in range(10_000))
    assert verdict(answered(200, names + "Disallow: /x\n" * 10_000), f"{ORIGIN}/news") == "hold"


def test_an_ordinary_long_file_is_read() -> None:
    groups = "".join(f"User-agent: robot{n}\nDisallow: /{n}\n\n" for n in range(300))
    assert verdict(answered(200, groups + "User-agent: *\nDisallow: /x\n"), f"{ORIGIN}/x") == "deny"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://News.Northmarch.example/a?b=c", "https://news.northmarch.example"),
        ("http://news.northmarch.example:8080/a", "http://news.northmarch.example:8080"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, expected: str) -> None:
    assert origin(url) == expected
