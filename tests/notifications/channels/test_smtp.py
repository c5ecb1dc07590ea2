import socket
from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.errors import DeliveryError, Mistake
from newsdesk.model import Delivery
from notifications.channels.smtp import PER_CONNECTION, SmtpChannel
from notifications.verp import Verp
from tests.notifications.channels.certificates import contexts
from tests.notifications.channels.server import DROP, Post, serving
from tests.notifications.mails import delivery, message


def plain(port: int) -> SmtpChannel:
    return SmtpChannel("127.0.0.1", port, security="none", timeout=20)


def failure(post: Post, sent: Delivery | None = None) -> DeliveryError:
    """What a channel raises when this server gets a mail."""
    with serving(post) as port, plain(port) as channel, pytest.raises(DeliveryError) as failed:
        channel.send(sent or delivery())
    return failed.value


def verdict(error: DeliveryError) -> tuple[bool, bool]:
    return error.permanent, error.uncertain


PERMANENT, TEMPORARY, UNCERTAIN = (True, False), (False, False), (False, True)


def test_a_mail_arrives_octet_for_octet_from_and_to_the_right_addresses() -> None:
    sent = delivery(message(text=".\n..two dots\n. and one\n" + "long " * 60))
    post = Post()
    with serving(post) as port, plain(port) as channel:
        channel.send(sent)
    assert post.taken == [("digest@presswatch.example", ["director@council.example"], sent.mail)]


def test_a_batch_goes_through_one_connection() -> None:
    post = Post()
    with serving(post) as port, plain(port) as channel:
        for _ in range(3):
            channel.send(delivery())
        assert (len(post.taken), post.connections) == (3, 1)


def test_a_long_batch_takes_a_new_connection_now_and_then() -> None:
    post = Post()
    with serving(post) as port, plain(port) as channel:
        for _ in range(PER_CONNECTION + 1):
            channel.send(delivery())
        assert (len(post.taken), post.connections) == (PER_CONNECTION + 1, 2)


@pytest.mark.parametrize(
    ("phase", "says", "meaning"),
    [
        ("mail", "451 4.3.0 try later", TEMPORARY),
        ("mail", "550 5.1.8 sender not known", TEMPORARY),
        ("rcpt", "450 4.2.1 greylisted", TEMPORARY),
        ("rcpt", "550 5.1.1 no such person", PERMANENT),
        ("rcpt", "530 5.7.0 sign in first", TEMPORARY),
        ("rcpt", "421 4.3.2 closing", TEMPORARY),
        ("go-ahead", "451 4.3.0 try later", TEMPORARY),
        ("go-ahead", "554 5.5.1 no", PERMANENT),
        ("data", "452 4.3.1 disk full", TEMPORARY),
        ("data", "554 5.7.1 looks like spam", PERMANENT),
    ],
)
def test_a_refusal_means_what_its_phase_and_code_say(
    phase: str, says: str, meaning: tuple[bool, bool]
) -> None:
    error = failure(Post(**{phase: says}))
    assert verdict(error) == meaning
    assert says in error.reason


def test_a_connection_that_breaks_before_the_text_is_no_doubt() -> None:
    assert verdict(failure(Post(mail=DROP))) == TEMPORARY
    assert verdict(failure(Post(rcpt=DROP))) == TEMPORARY


def test_a_connection_that_breaks_within_the_text_is_no_doubt() -> None:
    huge = replace(delivery(), mail=b"From: x\r\n\r\n" + b"x\r\n" * 10_000_000)
    assert verdict(failure(Post(**{"go-ahead": DROP}), huge)) == TEMPORARY


def test_silence_after_the_final_dot_is_uncertain_since_the_server_may_have_the_mail() -> None:
    post = Post(data=DROP)
    assert verdict(failure(post)) == UNCERTAIN
    assert len(post.taken) == 1


def test_one_refused_reader_does_not_keep_the_mail_from_the_next() -> None:
    post = Post(**{"gone@council.example": "550 5.1.1 no such person"})
    gone = delivery(message(recipient="gone@council.example"))
    with serving(post) as port, plain(port) as channel:
        with pytest.raises(DeliveryError):
            channel.send(gone)
        channel.send(delivery())
        assert (len(post.taken), post.connections) == (1, 1)


def test_a_connection_the_server_has_closed_meanwhile_is_opened_anew_without_a_failure() -> None:
    post = Post()
    post.mails_per_connection = 1
    with serving(post) as port, plain(port) as channel:
        for _ in range(3):
            channel.send(delivery())
        assert (len(post.taken), post.connections) == (3, 3)


def test_after_a_break_the_next_mail_finds_a_new_connection() -> None:
    post = Post(rcpt=DROP)
    with serving(post) as port, plain(port) as channel:
        with pytest.raises(DeliveryError):
            channel.send(delivery())
        post.says.clear()
        channel.send(delivery())
        assert (len(post.taken), post.connections) == (1, 2)


def test_where_nobody_answers_every_mail_may_be_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with plain(port) as channel, pytest.raises(DeliveryError, match="cannot be used") as failed:
        channel.send(delivery())
    assert verdict(failed.value) == TEMPORARY


def test_a_reader_whose_address_is_none_is_refused_before_any_connection() -> None:
    with pytest.raises(DeliveryError) as failed:
        plain(1).send(replace(delivery(), recipient="nobody"))
    assert failed.value.permanent


def test_starttls_and_sign_in_with_a_trusted_certificate(tmp_path: Path) -> None:
    server, client = contexts(tmp_path)
    post = Post()
    with (
        serving(post, starttls=server, login=True) as port,
        SmtpChannel("127.0.0.1", port, username="presswatch", password="right", context=client) as channel,
    ):
        channel.send(delivery())
        said = channel.check()
    assert len(post.taken) == 1
    assert said.startswith(f"127.0.0.1:{port} takes mail, encrypted (TLSv1.3) with a valid certificate")
    assert said.endswith("signed in as presswatch")
    assert "right" not in said


def test_tls_from_the_first_octet(tmp_path: Path) -> None:
    server, client = contexts(tmp_path)
    post = Post()
    with (
        serving(post, tls=server) as port,
        SmtpChannel("127.0.0.1", port, security="tls", context=client) as channel,
    ):
        channel.send(delivery())
    assert len(post.taken) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path, security: str) -> None:
    server, _ = contexts(tmp_path)
    post = Post()
    one, other = (server, None) if security == "starttls" else (None, server)
    with (
        serving(post, starttls=one, tls=other) as port,
        SmtpChannel("127.0.0.1", port, security="starttls" if one else "tls") as channel,
        pytest.raises(DeliveryError, match="certificate") as failed,
    ):
        channel.send(delivery())
    assert verdict(failed.value) == TEMPORARY
    assert post.taken == []


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    server, client = contexts(tmp_path)
    with (
        serving(Post(), starttls=server) as port,
        SmtpChannel("localhost", port, context=client) as channel,
        pytest.raises(DeliveryError, match="certificate"),
    ):
        channel.send(delivery())


def test_a_server_without_starttls_gets_no_mail_in_the_clear() -> None:
    post = Post()
    with (
        serving(post) as port,
        SmtpChannel("127.0.0.1", port) as channel,
        pytest.raises(DeliveryError, match="STARTTLS"),
    ):
        channel.send(delivery())
    assert post.taken == []


def test_a_wrong_password_closes_no_delivery_for_good(tmp_path: Path) -> None:
    server, client = contexts(tmp_path)
    with (
        serving(Post(), starttls=server, login=True) as port,
        SmtpChannel("127.0.0.1", port, username="presswatch", password="wrong", context=client) as channel,
        pytest.raises(DeliveryError, match="user name and password: 535") as failed,
    ):
        channel.send(delivery())
    assert verdict(failed.value) == TEMPORARY
    assert "wrong" not in failed.value.reason


def test_a_password_is_never_sent_in_the_clear() -> None:
    with pytest.raises(Mistake, match="only sent over TLS"):
        SmtpChannel("127.0.0.1", 25, security="none", username="presswatch", password="right")


def test_the_doctor_hears_that_an_open_line_is_not_encrypted_and_what_fails() -> None:
    with serving(Post()) as port:
        assert plain(port).check() == f"127.0.0.1:{port} takes mail, not encrypted"
    with pytest.raises(DeliveryError, match="cannot be used"):
        plain(port).check()


@pytest.mark.parametrize(
    ("phase", "says", "fault"),
    [
        ("mail", "550 5.1.8 sender not known", "route"),
        ("rcpt", "530 5.7.0 sign in first", "route"),
        ("rcpt", "550 5.1.1 no such person", "address"),
        ("rcpt", "550 no such person", "address"),
        ("rcpt", "554 5.7.1 your host is on a list", "message"),
        ("rcpt", "552 5.2.2 mailbox full", "message"),
        ("data", "554 5.7.1 looks like spam", "message"),
    ],
)
def test_a_refusal_speaks_of_the_route_the_address_or_the_message(phase: str, says: str, fault: str) -> None:
    error = failure(Post(**{phase: says}))
    assert (error.fault, error.phase) == (fault, phase if phase != "data" else "reply")
    assert error.status == " ".join(word for word in says.split() if word[0].isdigit())


def test_a_mail_leaves_signed_and_under_a_return_address_of_its_own() -> None:
    sent, post = delivery(), Post()
    verp = Verp("bounce@presswatch.example", ["a key"])
    with serving(post) as port:
        channel = SmtpChannel(
            "127.0.0.1",
            port,
            security="none",
            returns=verp.returns,
            sign=lambda mail: b"Signed: yes\r\n" + mail,
        )
        with channel:
            assert channel.send(sent) == "250 OK"
    ((sender, _, mail),) = post.taken
    assert verp.delivery(sender) == sent.id
    assert mail == b"Signed: yes\r\n" + sent.mail


def test_an_address_outside_ascii_needs_a_relay_that_offers_it() -> None:
    sent, post = delivery(message(recipient="zoë@council.example")), Post()
    with serving(post, smtputf8=True) as port, plain(port) as channel:
        channel.send(sent)
    assert post.taken[0][1] == ["zoë@council.example"]
    error = failure(Post(), sent)
    assert (error.permanent, error.fault) == (True, "message")
    assert "does not offer SMTPUTF8" in error.reason
