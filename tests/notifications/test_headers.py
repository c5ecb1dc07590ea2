from email.header import decode_header, make_header

import pytest
from hypothesis import given, strategies as st

from newsdesk.errors import DeliveryError
from notifications.headers import (
    LINE,
    cleaned,
    encoded_words,
    list_unsubscribe,
    mailbox_header,
    plain,
    unstructured,
)

INJECTION = "=?utf-8?q?=0D=0ABcc:_a@b.c?="


def unfolded(header: str) -> str:
    return header.replace("\r\n ", " ")


@given(st.text())
def test_cleaned_text_is_one_line_stays_clean_and_begins_no_encoded_word(text: str) -> None:
    line = cleaned(text)
    assert cleaned(line) == line
    assert len(line.splitlines()) <= 1
    assert "=?" not in line


@given(st.text() | st.text(alphabet="ab =?–é😀"))
def test_any_subject_is_read_back_whatever_it_holds(text: str) -> None:
    header = unstructured("Subject", text)
    assert header.isascii()
    assert all(len(line) <= LINE for line in header.split("\r\n"))
    read = str(make_header(decode_header(unfolded(header).removeprefix("Subject:").strip())))
    assert read == cleaned(text)


@given(st.text(min_size=1))
def test_encoded_words_are_short_and_each_is_whole_utf8(text: str) -> None:
    line = cleaned(text)
    words = list(encoded_words(line))
    assert all(len(word) <= 75 for word in words)
    decoded = [str(make_header(decode_header(word))) for word in words if word != "=?utf-8?q??="]
    assert "".join(decoded) == line


def test_a_plain_subject_stays_readable_and_is_folded_between_words() -> None:
    assert unstructured("Subject", "Nothing new") == "Subject: Nothing new"
    folded = unstructured("Subject", "word " * 40)
    assert folded.count("\r\n ") == 2
    assert unfolded(folded) == "Subject: " + " ".join(["word"] * 40)


def test_an_encoded_word_in_a_headline_stays_text() -> None:
    header = unstructured("Subject", f"Inspectors say {INJECTION}")
    assert "\r\nBcc" not in header
    assert header == "Subject: Inspectors say = ?utf-8?q?=0D=0ABcc:_a@b.c?="


def test_a_display_name_is_quoted_or_encoded_and_the_address_never() -> None:
    assert mailbox_header("To", "a@b.example") == "To: a@b.example"
    quoted = r'"The \"Desk\", West" <a@b.example>'
    assert mailbox_header("To", quoted) == f"To: {quoted}"
    assert mailbox_header("From", "Presswatch <a@b.example>") == 'From: "Presswatch" <a@b.example>'
    assert mailbox_header("From", "Café <a@b.example>") == "From: =?utf-8?q?Caf=C3=A9?= <a@b.example>"


def test_a_long_unsubscribe_address_stays_whole_and_unencoded() -> None:
    page = "https://digest.example/stop/" + "a" * 900
    header, post = list_unsubscribe((page, "mailto:stop@digest.example?subject=stop"))
    assert header.split("\r\n") == [
        f"List-Unsubscribe: <{page}>,",
        " <mailto:stop@digest.example?subject=stop>",
    ]
    assert post == "List-Unsubscribe-Post: List-Unsubscribe=One-Click"


def test_one_click_is_only_offered_where_there_is_an_https_address() -> None:
    assert list_unsubscribe(()) == []
    assert len(list_unsubscribe(("mailto:stop@digest.example",))) == 1
    assert len(list_unsubscribe(("http://digest.example/stop",))) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://digest.example/a,b",
        "https://digest.example/<b>",
        "https://digest.example/a b",
        "https://digest.example/\r\nBcc: x",
        "https://digest.example/ö",
        "javascript:alert(1)",
        "https://digest.example/" + "a" * 998,
    ],
)
def test_an_unsubscribe_address_that_would_need_encoding_is_refused(address: str) -> None:
    with pytest.raises(DeliveryError, match="List-Unsubscribe"):
        list_unsubscribe((address,))


def test_a_structured_header_takes_nothing_but_printable_ascii() -> None:
    assert plain("Precedence", "list") == "Precedence: list"
    for value in ("a\r\nBcc: x", "é", "a" * 999):
        with pytest.raises(DeliveryError):
            plain("Message-ID", value)
