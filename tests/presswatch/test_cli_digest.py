"""`presswatch digest`: what would be said, and the saying of it, once."""

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from newsdesk.dates import local
from presswatch.clock import now
from tests.notifications.channels.server import Post, serving
from tests.presswatch.cuttings import FETE, KENT, LEEDS, add
from tests.presswatch.shell import Shell

CONFIGURATION = """
[digest]
sender = "Presswatch <digest@presswatch.example>"
unsubscribe = "mailto:leave@presswatch.example"
[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
"""
THAT_DAY = ("--date", "2026-03-11")


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def told(either: Shell, post: Post) -> Iterator[Shell]:
    with serving(post) as port:
        either.configure(CONFIGURATION.format(port=port))
        subscribe(either)
        add(either, KENT, LEEDS, FETE)
        yield either


def subscribe(shell: Shell) -> None:
    """Two who want everything, and one who wants Leeds."""
    agreed = ("--agreed", "in this test")
    shell.run("subscriptions", "add", "--to", "one@a.example", *agreed)
    shell.run("subscriptions", "add", "--to", "two@b.example", *agreed)
    shell.run("subscriptions", "add", "--to", "three@c.example", "--council", "leeds", *agreed)


def mail(taken: tuple[str, list[str], bytes]) -> EmailMessage:
    parsed = message_from_bytes(taken[2], policy=policy.SMTP)
    assert isinstance(parsed, EmailMessage)
    return parsed


def text(taken: tuple[str, list[str], bytes]) -> str:
    part = mail(taken).get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_preview_says_what_would_be_said_and_nothing_leaves(told: Shell, post: Post) -> None:
    for _ in range(2):
        everything, _, leeds = told.json("digest", "preview", *THAT_DAY)
        assert [each["headline"] for each in everything["stories"]] == [KENT["title"], LEEDS["title"]]
        assert [each["headline"] for each in leeds["stories"]] == [LEEDS["title"]]
        assert "Kent" in everything["text"]
        assert everything["subject"]
    said = told.run("digest", "preview", *THAT_DAY, "--subscription", "leeds").out
    assert "Leeds" in said
    assert "Kent" not in said
    assert post.taken == []


def test_a_preview_can_be_looked_at_in_a_browser(told: Shell) -> None:
    told.run("digest", "preview", *THAT_DAY, "--subscription", "leeds", "--html", "look.html")
    assert "Leeds" in (told.folder / "look.html").read_text()
    said = told.run("digest", "preview", *THAT_DAY, "--html", "look.html", code=2)
    assert "choose one with --subscription" in said.err
    said = told.run(
        "digest", "preview", *THAT_DAY, "--subscription", "leeds", "--html", "no/where.html", code=1
    )
    assert "No such file or directory: 'no/where.html'" in said.err


def test_a_digest_is_sent_to_everyone_once(told: Shell, post: Post) -> None:
    sent = told.json("digest", "send", *THAT_DAY)
    assert sent == {
        "digests": [
            *[
                {
                    "subscription": "everything",
                    "date": "2026-03-11",
                    "stories": 2,
                    "messages": 1,
                    "drawn": True,
                }
            ]
            * 2,
            {"subscription": "leeds", "date": "2026-03-11", "stories": 1, "messages": 1, "drawn": True},
        ],
        "accepted": 3,
        "waiting": 0,
        "failed": 0,
        "errors": [],
    }
    assert [to for _, to, _ in post.taken] == [["one@a.example"], ["two@b.example"], ["three@c.example"]]
    assert "Kent" in text(post.taken[0])
    assert "Kent" not in text(post.taken[2])
    assert mail(post.taken[0])["List-Unsubscribe"] == "<mailto:leave@presswatch.example>"
    again = told.run("digest", "send", *THAT_DAY).out
    assert again.count("nothing new to tell, or told already") == 3
    assert "0 accepted, 0 to be tried again, 0 failed." in again
    assert len(post.taken) == 3


def test_what_was_told_one_day_is_not_told_the_next(told: Shell) -> None:
    told.run("digest", "send", *THAT_DAY)
    later = told.json("digest", "preview", "--date", "2026-03-12")
    assert [each["stories"] for each in later] == [[], [], []]
    assert (
        "leeds: nothing to tell on 2026-03-12." in told.run("digest", "preview", "--date", "2026-03-12").out
    )


def test_without_a_date_it_is_todays_with_all_that_is_known_by_now(told: Shell) -> None:
    add(
        told,
        KENT | {"url": "https://www.kentonline.co.uk/7", "published": now().isoformat()},
        title="Kent: today",
    )
    (first, *_) = told.json("digest", "send")["digests"]
    assert first["date"] == local(now()).date().isoformat()
    assert first["stories"] == 1


def test_one_subscription_can_be_sent_alone(told: Shell, post: Post) -> None:
    told.run("digest", "send", *THAT_DAY, "--subscription", "leeds")
    assert [to for _, to, _ in post.taken] == [["three@c.example"]]


def test_an_address_that_is_refused_for_good_is_told_and_the_others_get_theirs(
    told: Shell, post: Post
) -> None:
    post.says["one@a.example"] = "550 nobody of that name"
    said = told.run("digest", "send", *THAT_DAY, code=3)
    assert "2 accepted, 0 to be tried again, 1 failed." in said.out
    assert "presswatch: one@a.example: 127.0.0.1 does not accept" in said.err
    assert "nobody of that name" in said.err
    told.run("digest", "send", *THAT_DAY)


def test_a_relay_that_is_busy_or_away_is_exit_code_three_until_it_has_taken_them(
    told: Shell, post: Post
) -> None:
    post.says["mail"] = "451 come back later"
    assert told.json("digest", "send", *THAT_DAY, code=3)["waiting"] == 3
    post.says.clear()
    assert told.json("digest", "send", *THAT_DAY, code=3)["waiting"] == 3, "their time has not come"
    assert post.taken == []


def test_a_relay_that_is_not_there_loses_nothing(either: Shell) -> None:
    with serving(Post()) as port:
        pass
    either.configure(CONFIGURATION.format(port=port))
    subscribe(either)
    add(either, LEEDS)
    said = either.run("digest", "send", *THAT_DAY, code=3)
    assert "0 accepted, 3 to be tried again, 0 failed." in said.out
    assert f"127.0.0.1:{port} cannot be used" in said.err


def test_without_a_relay_mails_are_written_into_a_folder(shell: Shell) -> None:
    shell.configure(CONFIGURATION.format(port=25).replace('"127.0.0.1"', '""'))
    subscribe(shell)
    add(shell, LEEDS)
    assert "3 accepted" in shell.run("digest", "send", *THAT_DAY).out
    assert len(list((shell.folder / "outbox").glob("*.eml"))) == 3


def test_without_a_subscription_a_preview_shows_everything_and_sending_says_what_to_do(shell: Shell) -> None:
    add(shell, KENT, LEEDS)
    (everything,) = shell.json("digest", "preview", *THAT_DAY)
    assert (everything["subscription"], len(everything["stories"])) == ("everything", 2)
    said = shell.run("digest", "send", *THAT_DAY, code=2)
    assert "nobody is told yet: `presswatch subscriptions add --help` says how" in said.err


@pytest.mark.parametrize("command", ["preview", "send"])
def test_a_mistake_is_told_with_what_was_meant(shell: Shell, command: str) -> None:
    subscribe(shell)
    said = shell.run("digest", command, "--subscription", "leds", code=2)
    assert '--subscription: none is called "leds", did you mean "leeds"?' in said.err
    assert '--date: "soon" is no date' in shell.run("digest", command, "--date", "soon", code=2).err


def test_a_day_that_is_yet_to_come_is_not_closed_before_its_news(shell: Shell) -> None:
    subscribe(shell)
    tomorrow: date = local(now()).date() + timedelta(days=1)
    assert "is yet to come" in shell.run("digest", "send", "--date", tomorrow, code=2).err
