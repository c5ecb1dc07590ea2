"""Apprise: one attempt for each delivery, and nothing that acts on this machine."""

import pytest

from newsdesk.errors import DeliveryError
from notifications.channels.others import OthersChannel
from tests.notifications.channels.briefs import delivery
from tests.notifications.channels.web import Desk, serving

pytest.importorskip("apprise")


def test_one_delivery_is_one_attempt_and_a_no_is_a_passing_trouble() -> None:
    desk = Desk([(503, {}, "busy"), (200, {}, "{}")])
    with serving(desk) as port, OthersChannel("phones", f"ntfy://127.0.0.1:{port}/news") as phones:
        with pytest.raises(DeliveryError) as failed:
            phones.send(delivery())
        assert len(desk.asked) == 1
        assert phones.send(delivery()) == "accepted"
    assert (failed.value.permanent, failed.value.fault) == (False, "route")
    assert b"Stonebridge: inadequate overall" in desk.asked[1].body
    assert b"https://news.example/21" in desk.asked[1].body


@pytest.mark.parametrize(
    "url", ["syslog://", "json://intranet.example/x", "nonsense", "ntfy://x.example/y?retry=5"]
)
def test_an_address_that_acts_here_asks_anybody_or_retries_is_not_taken(url: str) -> None:
    with pytest.raises(DeliveryError) as refused, OthersChannel("phones", url):
        pass
    assert refused.value.fault == "route"
    assert url not in refused.value.reason
