"""Mailboxes are read, marked, and never emptied."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsdesk.errors import DeliveryError
from notifications.mailboxes import Imap, Mailbox, Maildir
from tests.notifications.returned import ABSENCE, bounce

MAILS = {"1": bounce(), "2": ABSENCE}


def maildir(folder: Path) -> Path:
    (folder / "new").mkdir()
    for name, content in MAILS.items():
        (folder / "new" / name).write_bytes(content)
    return folder


def both(mailbox: Mailbox) -> dict[str, bytes]:
    """Reads all there is: the first is understood, the second is not."""
    with mailbox:
        found = dict(mailbox.unread())
        for name in found:
            (mailbox.read if name == "1" else mailbox.puzzling)(name)
    return found


def test_a_maildir_keeps_every_mail_under_its_mark(tmp_path: Path) -> None:
    folder = maildir(tmp_path)
    assert both(Maildir(folder)) == MAILS
    assert both(Maildir(folder)) == {}
    assert sorted(each.name for each in (folder / "cur").iterdir()) == ["1:2,S", "2:2,F"]
    assert (folder / "cur" / "2:2,F").read_bytes() == ABSENCE


def test_a_folder_that_is_no_maildir_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="no folder `new`"), Maildir(tmp_path):
        pass


class Server(socketserver.ThreadingTCPServer):
    """As much of IMAP (RFC 3501) as a reader of bounces asks for."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.flags: dict[str, set[str]] = {name: set() for name in MAILS}
        self.said: list[str] = []


class _Session(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            self.server.said.append(command)
            if command.startswith("LOGIN") and "right" not in command:
                self.wfile.write(f"{tag} NO who are you\r\n".encode())
                continue
            self.answer(command)
            self.wfile.write(f"{tag} OK done\r\n".encode())
            if command == "LOGOUT":
                return

    def answer(self, command: str) -> None:
        flags = self.server.flags
        if command == "CAPABILITY":
            self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif command.startswith("SELECT"):
            self.wfile.write(b"* 2 EXISTS\r\n")
        elif command.startswith("UID SEARCH UNSEEN UNFLAGGED"):
            found = " ".join(name for name, held in flags.items() if not held)
            self.wfile.write(f"* SEARCH {found}".strip().encode() + b"\r\n")
        elif fetched := re.match(r"UID FETCH (\d+)", command):
            mail = MAILS[fetched[1]]
            head = f"* {fetched[1]} FETCH (UID {fetched[1]} BODY[]<0> {{{len(mail)}}}\r\n"
            self.wfile.write(head.encode() + mail + b")\r\n")
        elif stored := re.match(r"UID STORE (\d+) \+FLAGS.SILENT \((.+)\)", command):
            flags[stored[1]].add(stored[2])


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def imap(server: Server, password: str = "right") -> Imap:
    port = server.server_address[1]
    return Imap("127.0.0.1", port, username="bounce", password=password, tls=False)


def test_an_imap_folder_is_read_without_being_changed_but_for_the_marks() -> None:
    with serving() as server:
        assert both(imap(server)) == MAILS
        assert both(imap(server)) == {}
    assert server.flags == {"1": {"\\Seen"}, "2": {"\\Flagged"}}
    assert not any("EXPUNGE" in each or "DELETE" in each.upper() for each in server.said)


def test_a_mailbox_that_cannot_be_opened_is_told_without_its_password() -> None:
    with serving() as server:
        with pytest.raises(DeliveryError, match="who are you") as refused, imap(server, "wrong-secret"):
            pass
        away = imap(server)
    assert "wrong-secret" not in refused.value.reason
    with pytest.raises(DeliveryError), away:
        pass
