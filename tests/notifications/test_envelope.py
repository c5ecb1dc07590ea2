from dataclasses import replace
from datetime import date

from newsdesk.model import Message
from notifications.envelope import compose, identity, list_id
from notifications.render import Rendered
from tests.notifications.examples import NOW, at, digest

TOLD = Rendered("Nothing new – Friday 4 August 2023", "text\n", "<p>html</p>\n")


def composed(recipient: str = "Director <director@council.example>") -> Message:
    return compose(
        TOLD,
        digest=digest(),
        recipient=recipient,
        sender="Presswatch <digest@Presswatch.example>",
        date=NOW,
        unsubscribe=("https://digest.example/stop",),
    )


def test_the_same_digest_for_the_same_reader_is_the_same_message() -> None:
    assert composed() == composed()
    assert composed().message_id == composed("DIRECTOR@council.example").message_id


def test_another_day_reader_or_subscription_is_another_message() -> None:
    told = identity(1, date(2023, 8, 4), "a@b.example")
    others = {
        identity(1, date(2023, 8, 5), "a@b.example"),
        identity(1, date(2023, 8, 4), "c@b.example"),
        identity(2, date(2023, 8, 4), "a@b.example"),
    }
    assert len(others | {told}) == 4


def test_the_identity_tells_nobody_who_reads_what() -> None:
    written = composed().message_id
    assert written.startswith("<digest.20230804.")
    assert written.endswith("@presswatch.example>")
    assert "director" not in written.lower()
    assert "council" not in written.lower()


def test_the_date_is_the_one_given() -> None:
    assert composed().date == NOW
    assert replace(composed(), date=at(5)).message_id == composed().message_id


def test_a_list_id_is_a_name_under_the_senders_domain() -> None:
    assert list_id("Lead members (West)", "presswatch.example") == "<lead-members-west.presswatch.example>"
    assert list_id("«»", "presswatch.example") == "<digest.presswatch.example>"
    assert len(list_id("x" * 900, "presswatch.example")) < 100
