"""GOV.UK Notify, in front of a stand-in for its API."""

import json

import pytest

from newsdesk.errors import DeliveryError
from notifications.channels.notify import NotifyChannel
from tests.notifications.channels.briefs import IDENTITY, PAGE, delivery, told
from tests.notifications.channels.web import Desk, serving

pytest.importorskip("notifications_python_client")

SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"digests-26785a09-ab16-4eb0-8407-a37497a57506-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
Says = tuple[int, dict[str, str], str]
TAKEN: Says = (201, {}, json.dumps({"id": "740e5834-3a29-46b4-9a6f-16142fde533a"}))
NONE_KNOWN: Says = (200, {}, json.dumps({"notifications": []}))
ONE_KNOWN: Says = (200, {}, json.dumps({"notifications": [{"id": "740e5834"}]}))


def refused(status: int, error: str, message: str) -> Says:
    said = {"status_code": status, "errors": [{"error": error, "message": message}]}
    return status, {}, json.dumps(said)


def channel(port: int) -> NotifyChannel:
    return NotifyChannel("govuk", KEY, TEMPLATE, url=f"http://127.0.0.1:{port}")


def test_notify_gets_the_text_our_reference_and_the_page_to_leave_by() -> None:
    desk = Desk([TAKEN])
    with serving(desk) as port, channel(port) as notify:
        assert notify.send(delivery()) == "740e5834-3a29-46b4-9a6f-16142fde533a"
    (asked,) = desk.asked
    assert (asked.method, asked.path) == ("POST", "/v2/notifications/email")
    assert asked.headers["Authorization"].startswith("Bearer ")
    assert asked.json == {
        "email_address": "desk@council.example",
        "template_id": TEMPLATE,
        "personalisation": {"subject": told().subject, "body": told().text},
        "reference": f"{IDENTITY}@presswatch.example",
        "one_click_unsubscribe_url": PAGE,
    }


@pytest.mark.parametrize(
    ("answer", "permanent", "fault"),
    [
        (refused(400, "ValidationError", "email_address Not a valid email address"), True, "address"),
        (refused(400, "BadRequestError", "Missing personalisation: body"), True, "message"),
        (refused(403, "AuthError", f"Invalid token: {KEY}"), False, "route"),
        (refused(429, "TooManyRequestsError", "Exceeded send limits (250000) for today"), False, "route"),
        (refused(500, "Exception", "Internal server error"), False, "route"),
    ],
)
def test_a_refusal_speaks_of_the_address_the_message_or_the_route(
    answer: Says, permanent: bool, fault: str
) -> None:
    with serving(Desk([answer])) as port, channel(port) as notify, pytest.raises(DeliveryError) as failed:
        notify.send(delivery())
    assert (failed.value.permanent, failed.value.fault) == (permanent, fault)
    assert SECRET not in failed.value.reason


@pytest.mark.parametrize(("known", "asked"), [(ONE_KNOWN, ["GET"]), (NONE_KNOWN, ["GET", "POST"])])
def test_what_became_of_an_uncertain_message_is_asked_for_before_it_goes_again(
    known: Says, asked: list[str]
) -> None:
    desk = Desk([known, TAKEN])
    with serving(desk) as port, channel(port) as notify:
        notify.send(delivery("uncertain"))
    assert [each.method for each in desk.asked] == asked
    assert IDENTITY in desk.asked[0].path


def test_a_key_that_is_not_whole_is_told_before_anything_is_sent() -> None:
    with pytest.raises(DeliveryError, match="not whole"), NotifyChannel("govuk", "half", TEMPLATE):
        pass


def test_the_doctor_asks_for_the_template() -> None:
    desk = Desk([(200, {}, json.dumps({"name": "Digest"}))])
    with serving(desk) as port:
        assert "has the template 'Digest'" in channel(port).check()
    assert desk.asked[0].path == f"/v2/template/{TEMPLATE}"
