"""`presswatch digest status|resend|why|parked`: what became of what was to be told."""

from collections.abc import Iterator

import pytest

from tests.notifications.channels.server import Post, serving
from tests.presswatch.cuttings import KENT, LEEDS, add
from tests.presswatch.shell import Shell
from tests.presswatch.test_cli_digest import CONFIGURATION, THAT_DAY, subscribe

HOOK = """
[channels.system]
kind = "webhook"
url = "https://127.0.0.1/hush-hush"
secret_ref = "file:presswatch.toml"
"""
GONE = "550 5.1.1 nobody of that name"


@pytest.fixture
def post() -> Post:
    return Post(**{"two@b.example": GONE})


@pytest.fixture
def told(either: Shell, post: Post) -> Iterator[Shell]:
    """Two of three readers have their digest; the relay does not know the third."""
    with serving(post) as port:
        either.configure(CONFIGURATION.format(port=port))
        subscribe(either)
        add(either, KENT, LEEDS)
        either.run("digest", "send", *THAT_DAY, code=3)
        yield either


def test_status_names_what_failed_with_the_reason(told: Shell) -> None:
    said = told.run("digest", "status", code=None).out
    assert "messages: 2 accepted, 1 failed; 1 addresses parked" in said
    assert (
        f"failed digest to two@b.example by email: 127.0.0.1 does not accept the reader’s address: {GONE}"
        in said
    )
    (unsettled,) = told.json("digest", "status")["unsettled"]
    assert (unsettled["recipient"], unsettled["state"]) == ("two@b.example", "failed")


def test_what_failed_is_sent_again_once_its_address_is_released(told: Shell, post: Post) -> None:
    (failed,) = told.json("digest", "status")["unsettled"]
    (parked,) = told.json("digest", "parked")
    assert (parked["address"], parked["reason"]) == ("two@b.example", "refused")
    assert "two@b.example" in told.run("digest", "parked").out
    post.says.clear()
    assert told.json("digest", "resend", failed["id"]) == {"queued": [failed["id"]]}
    told.run("digest", "send", *THAT_DAY)
    assert [to for _, (to,), _ in post.taken].count("two@b.example") == 0, "it is still parked"
    told.run("digest", "parked", "--release", "two@b.example")
    assert "1 queued" in told.run("digest", "resend", "--failed").out
    told.run("digest", "send", *THAT_DAY)
    (mail,) = [mail for _, (to,), mail in post.taken if to == "two@b.example"]
    assert f"Message-ID: {failed['message_id']}".encode() in mail
    assert told.json("digest", "status")["messages"] == {"accepted": 3}


def test_why_tells_a_reader_which_digest_held_a_story_or_what_kept_it_out(told: Shell) -> None:
    stories = {each["headline"]: each["id"] for each in told.json("stories", "--since", "2026-01-01")}
    kent = next(number for headline, number in stories.items() if "Kent" in headline)
    (everything,) = told.json("digest", "why", "one@a.example", kent)["subscriptions"]
    assert everything["wanted"]
    assert [each["date"] for each in everything["digests"]] == ["2026-03-11"]
    said = told.run("digest", "why", "three@c.example", kent).out
    assert "not wanted: not about leeds" in said
    assert "no digest held it" in said
    assert "2026-03-11: 1 stories, message" in told.run("digest", "why", "three@c.example").out


def test_mistakes_say_what_to_do(shell: Shell) -> None:
    assert "say which messages" in shell.run("digest", "resend", code=2).err
    assert "7: no such message" in shell.run("digest", "resend", "7", code=2).err
    assert "nobody is called x@y.example" in shell.run("digest", "why", "x@y.example", code=2).err
    assert (
        "x@y.example is not parked" in shell.run("digest", "parked", "--release", "x@y.example", code=2).err
    )
    assert shell.run("digest", "status").out == "messages: none; 0 addresses parked\n"


def test_a_channel_that_cannot_be_used_keeps_no_mail_waiting_and_is_told_to_the_operator(
    either: Shell, post: Post
) -> None:
    with serving(post) as port:
        either.configure(CONFIGURATION.format(port=port) + HOOK)
        subscribe(either)
        agreed = ("--to", "system@council.example", "--agreed", "in this test")
        said = either.run("subscriptions", "add", *agreed, "--channel", "systm", code=2)
        assert 'there is no channel "systm", did you mean "system"?' in said.err
        either.run("subscriptions", "add", *agreed, "--channel", "system")
        add(either, KENT, LEEDS)
        said = either.run("digest", "send", *THAT_DAY, code=3)
        assert "2 accepted, 1 to be tried again, 1 failed" in said.out
        assert "system: cannot be reached: it does not lie on the public internet" in said.err
        assert "hush-hush" not in said.out + said.err
        assert "! system: nothing leaves since" in either.run("digest", "status", code=3).out
