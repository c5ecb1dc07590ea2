"""Mailboxes that are read and left as they are: what was read is marked, and nothing is ever deleted."""

import imaplib
import os
import ssl
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from newsdesk.errors import DeliveryError

LARGEST = 2_000_000  # octets; what is larger is no report of a bounce


class Mailbox(Protocol):
    """Open it for a reading: `with mailbox: ...`. Raises DeliveryError when it cannot be read."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def unread(self) -> Iterator[tuple[str, bytes]]:
        """Each mail that has no mark yet, with its name here."""

    def read(self, name: str) -> None:
        """Marks a mail as read."""

    def puzzling(self, name: str) -> None:
        """Flags a mail for a person to look at."""


class Maildir:
    """A folder as most mail servers keep it: new mails in `new`, others in `cur`, marks after their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        if not (self._folder / "new").is_dir():
            raise _away(f"{self._folder} is no Maildir: it holds no folder `new`")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def unread(self) -> Iterator[tuple[str, bytes]]:
        for path in sorted((self._folder / "new").iterdir()):
            if path.is_file() and not path.name.startswith("."):
                with path.open("rb") as mail:
                    yield path.name, mail.read(LARGEST)

    def read(self, name: str) -> None:
        self._seen(name, "S")

    def puzzling(self, name: str) -> None:
        self._seen(name, "F")

    def _seen(self, name: str, flag: str) -> None:
        seen = self._folder / "cur"
        seen.mkdir(exist_ok=True)
        os.replace(self._folder / "new" / name, seen / f"{name}:2,{flag}")


class Imap:
    """A folder of an IMAP server: what was read is marked as seen, what is puzzling as flagged too."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        username: str,
        password: str,
        folder: str = "INBOX",
        tls: bool = True,
        timeout: float = 30.0,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._host, self._port, self._tls, self._timeout = host, port, tls, timeout
        self._username, self._password, self._folder = username, password, folder
        self._context = context
        self._server: imaplib.IMAP4 | None = None

    def __enter__(self) -> Self:
        try:
            self._server = self._dialled()
            if self._username:
                self._server.login(self._username, self._password)
            status, said = self._server.select(_quoted(self._folder))
        except (OSError, imaplib.IMAP4.error) as error:
            raise _away(f"{self._host}:{self._port} cannot be read: {self._plain(error)}") from None
        if status != "OK":
            raise _away(f"{self._host}: there is no folder {self._folder}: {said!r}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            try:
                self._server.logout()
            except (OSError, imaplib.IMAP4.error):
                self._server.shutdown()
            self._server = None

    def unread(self) -> Iterator[tuple[str, bytes]]:
        found = self._asked("SEARCH", "UNSEEN", "UNFLAGGED")
        for name in b" ".join(each for each in found if isinstance(each, bytes)).decode().split():
            answer = self._asked("FETCH", name, f"(BODY.PEEK[]<0.{LARGEST}>)")
            yield name, next((part[1] for part in answer if isinstance(part, tuple)), b"")

    def read(self, name: str) -> None:
        self._asked("STORE", name, "+FLAGS.SILENT", r"(\Seen)")

    def puzzling(self, name: str) -> None:
        self._asked("STORE", name, "+FLAGS.SILENT", r"(\Flagged)")

    def _asked(self, command: str, *arguments: str) -> list[bytes | tuple[bytes, bytes] | None]:
        assert self._server is not None
        try:
            status, answer = self._server.uid(command, *arguments)
        except (OSError, imaplib.IMAP4.error) as error:
            raise _away(f"{self._host}: {self._plain(error)}") from None
        if status != "OK":
            raise _away(f"{self._host}: {command} was refused: {answer!r}")
        return list(answer)

    def _dialled(self) -> imaplib.IMAP4:
        if not self._tls:
            return imaplib.IMAP4(self._host, self._port, timeout=self._timeout)
        context = self._context or ssl.create_default_context()
        return imaplib.IMAP4_SSL(self._host, self._port, ssl_context=context, timeout=self._timeout)

    def _plain(self, error: Exception) -> str:
        return (str(error) or type(error).__name__).replace(self._password or "\0", "…")


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _away(reason: str) -> DeliveryError:
    return DeliveryError(f"the mailbox of bounces: {reason}", permanent=False, fault="route", phase="connect")
