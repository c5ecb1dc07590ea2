from dataclasses import replace
from pathlib import Path

import pytest

from newsdesk.errors import DeliveryError
from notifications.channels.log import LogChannel
from tests.notifications.mails import delivery


def test_each_mail_becomes_a_file_with_its_octets_and_the_same_mail_the_same_file(tmp_path: Path) -> None:
    sent = delivery()
    with LogChannel(tmp_path / "mails") as channel:
        channel.send(sent)
        channel.send(sent)
    (only,) = (tmp_path / "mails").iterdir()
    assert only.name == "digest.20230804.0123456789abcdef_presswatch.example.eml"
    assert only.read_bytes() == sent.mail


def test_no_identity_leads_out_of_the_folder(tmp_path: Path) -> None:
    channel = LogChannel(tmp_path / "mails")
    channel.send(replace(delivery(), message_id="<../../../outside\x00>"))
    assert [each.name for each in tmp_path.iterdir()] == ["mails"]


def test_a_folder_that_cannot_be_written_is_a_passing_trouble(tmp_path: Path) -> None:
    (tmp_path / "mails").write_text("in the way")
    with pytest.raises(DeliveryError) as failed:
        LogChannel(tmp_path / "mails").send(delivery())
    assert not failed.value.permanent


def test_the_doctor_is_told_that_nothing_is_sent(tmp_path: Path) -> None:
    assert "no mail server is configured" in LogChannel(tmp_path).check()
