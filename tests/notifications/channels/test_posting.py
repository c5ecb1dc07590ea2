"""Chat rooms and webhooks: what each is given, and what each answer means."""

import hmac
from collections.abc import Callable
from dataclasses import replace

import pytest

from newsdesk.errors import DeliveryError
from notifications.brief import Brief
from notifications.channels.matrix import MatrixChannel
from notifications.channels.ntfy import NtfyChannel
from notifications.channels.posting import PostingChannel
from notifications.channels.slack import SlackChannel
from notifications.channels.teams import TeamsChannel
from notifications.channels.webhook import WebhookChannel
from tests.notifications.channels.briefs import IDENTITY, delivery, told
from tests.notifications.channels.web import Asked, Desk, serving
from tests.notifications.examples import NOW

SECRET = "hush-hush-4711"
Made = Callable[[str], PostingChannel]


def sent(make: Made, desk: Desk | None = None) -> Asked:
    """What the service was asked for one delivery."""
    desk = desk or Desk()
    with serving(desk) as port, make(f"http://127.0.0.1:{port}") as channel:
        assert channel.send(delivery()).startswith(str(desk.says[0][0] if desk.says[0] else ""))
    return desk.asked[0]


def slack(url: str) -> PostingChannel:
    return SlackChannel("desk", f"{url}/services/{SECRET}", private=True)


def test_slack_gets_one_line_for_each_story_with_its_link() -> None:
    asked = sent(slack)
    assert (asked.method, asked.path) == ("POST", f"/services/{SECRET}")
    first, stonebridge, rivermouth = asked.json["text"].split("\n")
    assert first == "*Stonebridge: inadequate overall*"
    assert stonebridge.startswith("• Stonebridge: <https://news.example/21|Stonebridge children’s services")
    assert "<https://news.example/11|Rivermouth" in rivermouth


def test_a_headline_links_and_notifies_nobody_in_slack() -> None:
    hostile = replace(told().items[0], headline="<!channel> & <https://evil.example|click>")
    body = SlackChannel("desk", "https://x.example").request(replace(told(), items=(hostile,))).body.decode()
    assert "&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;" in body


def test_teams_gets_a_card_and_its_202_is_a_yes() -> None:
    def made(url: str) -> PostingChannel:
        return TeamsChannel("desk", f"{url}/workflows/{SECRET}?sig=abc", private=True)

    asked = sent(made, Desk([(202, {}, "")]))
    assert asked.path == f"/workflows/{SECRET}?sig=abc"
    (attached,) = asked.json["attachments"]
    assert attached["content"]["type"] == "AdaptiveCard"
    assert "](https://news.example/21)" in attached["content"]["body"][1]["text"]


def test_ntfy_gets_its_topic_in_the_body_so_that_a_title_may_hold_any_letter() -> None:
    def made(url: str) -> PostingChannel:
        return NtfyChannel("desk", f"{url}/news", secret=SECRET, private=True)

    asked = sent(made)
    assert (asked.path, asked.json["topic"], asked.json["click"]) == ("/", "news", "https://news.example/21")
    assert asked.headers["Authorization"] == f"Bearer {SECRET}"
    long = replace(told(), items=tuple(replace(told().items[0], headline="é" * 200) for _ in range(20)))
    assert len(NtfyChannel("desk", "https://ntfy.example/news").request(long).body) < 12_000


def test_matrix_gets_the_message_under_its_own_name_so_that_twice_is_once() -> None:
    def made(url: str) -> PostingChannel:
        return MatrixChannel("desk", url, secret=SECRET, room="!room:council.example", private=True)

    asked = sent(made)
    assert asked.method == "PUT"
    assert asked.path == (
        f"/_matrix/client/v3/rooms/%21room%3Acouncil.example/send/m.room.message/{IDENTITY}"
    )
    assert asked.json["msgtype"] == "m.notice"
    assert '<a href="https://news.example/21">' in asked.json["formatted_body"]


def test_a_webhook_gets_the_brief_signed_with_a_name_that_stays_the_same() -> None:
    def made(url: str) -> PostingChannel:
        return WebhookChannel("desk", f"{url}/in", secret=SECRET, clock=lambda: NOW, private=True)

    asked = sent(made)
    assert Brief.of(asked.body) == told()
    assert asked.headers["Idempotency-Key"] == IDENTITY
    assert asked.headers["Presswatch-Event"] == "digest"
    at = asked.headers["Presswatch-Timestamp"]
    assert at == str(int(NOW.timestamp()))
    expected = hmac.new(SECRET.encode(), f"{at}.".encode() + asked.body, "sha256").hexdigest()
    assert asked.headers["Presswatch-Signature"] == f"sha256={expected}"


ROUTE, MESSAGE = (False, "route"), (True, "message")


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (400, MESSAGE),
        (413, MESSAGE),
        (401, ROUTE),
        (404, ROUTE),
        (410, ROUTE),
        (302, ROUTE),
        (429, ROUTE),
        (503, ROUTE),
    ],
)
def test_an_answer_means_what_its_status_says_and_repeats_no_secret(
    status: int, meaning: tuple[bool, str]
) -> None:
    desk = Desk([(status, {"Retry-After": "90", "Location": "/elsewhere"}, f"no: /services/{SECRET}")])
    with serving(desk) as port, pytest.raises(DeliveryError) as failed:
        slack(f"http://127.0.0.1:{port}").send(delivery())
    assert (failed.value.permanent, failed.value.fault) == meaning
    assert (failed.value.status, failed.value.retry_after) == (str(status), 90.0)
    assert SECRET not in failed.value.reason
    assert len(desk.asked) == 1, "no redirect is followed"


def test_silence_after_the_whole_request_is_uncertain_and_no_connection_is_not() -> None:
    desk = Desk([None])
    with serving(desk) as port:
        channel = slack(f"http://127.0.0.1:{port}")
        with pytest.raises(DeliveryError) as silent:
            channel.send(delivery())
    with pytest.raises(DeliveryError) as away:
        channel.send(delivery())
    assert (silent.value.uncertain, silent.value.fault, silent.value.phase) == (True, "route", "reply")
    assert (away.value.uncertain, away.value.fault, away.value.phase) == (False, "route", "connect")
    assert SECRET not in silent.value.reason + away.value.reason


def test_an_address_inside_is_never_connected_to_whatever_its_name() -> None:
    desk = Desk()
    with serving(desk) as port:
        for url in (
            f"https://127.0.0.1:{port}/x",
            f"https://localhost:{port}/x",
            f"http://localhost:{port}/x",
        ):
            with pytest.raises(DeliveryError) as refused:
                SlackChannel("desk", url).send(delivery())
            assert refused.value.fault == "route"
            assert ("set private = true" in refused.value.reason) is url.startswith("https")
            with pytest.raises(DeliveryError):
                SlackChannel("desk", url).check()
    assert desk.asked == []


@pytest.mark.parametrize("url", ["http://8.8.8.8/x", "https://8.8.8.8/x", "http://169.254.169.254/latest"])
def test_a_private_channel_reaches_neither_the_internet_nor_what_a_cloud_keeps_beside_a_host(
    url: str,
) -> None:
    with pytest.raises(
        DeliveryError, match="does not lie in a private network: take private = true off"
    ) as no:
        SlackChannel("desk", url, private=True).send(delivery())
    assert (no.value.fault, no.value.phase, no.value.permanent) == ("route", "connect", False)
