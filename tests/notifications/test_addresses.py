import pytest

from newsdesk.errors import DeliveryError
from notifications.addresses import mailbox


def test_a_mailbox_may_have_a_name() -> None:
    assert mailbox("Presswatch <digest@Presswatch.example>") == ("Presswatch", "digest@Presswatch.example")
    assert mailbox('"The \\"Desk\\", West" <a@b.example>') == ('The "Desk", West', "a@b.example")
    assert mailbox("digest@presswatch.example") == ("", "digest@presswatch.example")
    assert mailbox("<digest@Presswatch.Example>").domain == "presswatch.example"


def test_a_domain_outside_ascii_is_written_as_name_servers_know_it() -> None:
    assert mailbox("director@Cöuncil.example").address == "director@xn--cuncil-wxa.example"
    assert mailbox("dirëctor@council.example") == ("", "dirëctor@council.example")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "nobody",
        "a b@council.example",
        "a@council.example, b@council.example",
        "director@cöuncil..example",
        "director@cöun_cil.example",
        "a@b@council.example",
        "=?utf-8?q?a?=@council.example",
        "director@council.example> SIZE=1",
    ],
)
def test_an_address_that_plain_mail_cannot_carry_is_refused_for_good(written: str) -> None:
    with pytest.raises(DeliveryError) as refused:
        mailbox(written)
    assert refused.value.permanent


def test_a_line_break_in_an_address_begins_no_command() -> None:
    with pytest.raises(DeliveryError):
        mailbox("director@council.example\r\nRCPT TO:<other@council.example>")
