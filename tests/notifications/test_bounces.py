from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from notifications import bounces
from notifications.bounces import Report
from notifications.verp import Verp
from tests.notifications.returned import ABSENCE, MESSAGE_ID, RETURNED, bounce


def read(content: bytes) -> Report:
    report = bounces.read(content)
    assert report is not None
    return report


def test_a_report_says_whom_why_and_of_which_message() -> None:
    report = read(bounce())
    assert report.kind == "hard"
    assert RETURNED in report.sent_to
    assert (report.message_id, report.recipient) == (MESSAGE_ID, "director@council.example")
    assert (report.status, report.said) == ("5.1.1", "smtp; 550 5.1.1 no mailbox of that name here")
    assert read(bounce(headers_only=True)).message_id == MESSAGE_ID
    assert read(bounce(original=None)).message_id == ""


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"status": "5.1.10"}, "hard"),
        ({"status": "5.2.1"}, "hard"),
        ({"status": "5.0.0"}, "hard"),  # the remote server's own figures say 5.1.1
        ({"status": "5.0.0", "diagnostic": "smtp; 550 no"}, "soft"),
        ({"status": "5.2.2", "diagnostic": "smtp; 552 5.2.2 mailbox full"}, "soft"),
        ({"status": "5.7.1", "diagnostic": "smtp; 550 5.7.1 looks like spam"}, "soft"),
        ({"status": "4.4.7", "diagnostic": "smtp; 451 4.4.7 too long in the queue"}, "soft"),
        ({"status": "4.4.1", "action": "delayed"}, "delayed"),
    ],
)
def test_only_what_says_that_the_mailbox_is_no_more_is_hard(said: dict[str, Any], kind: str) -> None:
    assert read(bounce(**said)).kind == kind


@pytest.mark.parametrize("content", [ABSENCE, b"", b"\xff\x00", bounce(action="delivered"), bounce()[:400]])
def test_what_is_no_report_is_left_for_a_person(content: bytes) -> None:
    assert bounces.read(content) is None


@settings(max_examples=60)
@given(st.binary(max_size=400), st.integers(0, 900))
def test_nothing_that_comes_in_breaks_the_reading(noise: bytes, at: int) -> None:
    whole = bounce()
    bounces.read(whole[:at] + noise + whole[at:])


@given(st.integers(1, 2**60))
def test_a_return_address_names_its_message_in_either_case_and_cannot_be_made_by_others(number: int) -> None:
    verp = Verp("bounce@presswatch.example", ["first key"])
    address = verp.returns(number)
    assert len(address.partition("@")[0]) <= 64
    assert verp.delivery(address) == verp.delivery(address.upper()) == number
    changed = Verp("bounce@presswatch.example", ["first key", "second key"])
    assert changed.delivery(address) == number, "a new key forgets no old address"
    assert verp.delivery(changed.returns(number)) is None
    assert verp.delivery(address.replace("bounce+", "bounce+1")) is None
    assert verp.delivery(address.replace("presswatch", "elsewhere")) is None
