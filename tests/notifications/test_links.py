import pytest
from hypothesis import given, strategies as st

from notifications.links import Link, for_readers, link, ways_out


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a?b=1&c=2#d",
        "http://news.example:8080/",
        "https://news.example/ein-straße",
        "https://[2001:db8::1]/",
    ],
)
def test_ordinary_addresses_are_for_readers(url: str) -> None:
    assert for_readers(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://news.example/",
        "//news.example/",
        "https://",
        "https://gov.example@evil.example/",
        'https://news.example/"onclick="x',
        "https://news.example/a b",
        "https://news.example/\r\nBcc:",
        "https://news.example/\u202egpj.exe",
        "https://news.example\\@evil.example/",
        "https://[broken/",
        "https://news.example/" + "a" * 2_000,
    ],
)
def test_other_addresses_leave_the_words_alone(url: str) -> None:
    assert link("words", url) == Link("words")


@given(st.text())
def test_no_address_is_too_strange_to_judge(url: str) -> None:
    assert for_readers(url) in {True, False}


def test_the_way_out_is_a_page_where_there_is_one_and_a_letter_otherwise() -> None:
    both = ("mailto:stop@digest.example", "https://digest.example/stop")
    assert ways_out(both) == (Link("Unsubscribe", "https://digest.example/stop"),)
    assert ways_out(both[:1]) == (Link("Unsubscribe by email", "mailto:stop@digest.example"),)
    assert ways_out(()) == ()
