"""SMTP, one phase at a time, because what a failure means depends on where it happened.

| where                    | 4xx or silence             | 5xx                                        |
| ------------------------ | -------------------------- | ------------------------------------------ |
| greeting, TLS, sign-in   | temporary                  | temporary: our set-up, not this reader     |
| MAIL                     | temporary                  | temporary: our sender address              |
| RCPT                     | temporary                  | permanent: this reader's address           |
| DATA, and the whole text | temporary                  | permanent: this message                    |
| after the final dot      | silence there is uncertain | permanent: this message                    |

Mails are 7-bit with ASCII addresses (see mime and addresses), so neither 8BITMIME nor SMTPUTF8 is asked for.
Every error of smtplib is an OSError.
"""

import re
import smtplib
import ssl
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Literal, Self

from newsdesk.errors import DeliveryError, Mistake
from newsdesk.model import Delivery
from newsdesk.text import clean_line
from notifications.addresses import mailbox

Security = Literal["none", "starttls", "tls"]
Reply = tuple[int, bytes]

PER_CONNECTION = 500  # mails; relays are known to close connections that carry thousands
_FIRST_DOT = re.compile(rb"^\.", re.MULTILINE)
_NOT_SIGNED_IN = 530  # RFC 4954: about us, wherever it is said
_CLOSING = 421


class SmtpChannel:
    """One connection for a batch: opened by the first mail, opened anew when the server has closed it.

    `timeout` is in seconds and holds for each step. `context` is by default the system's certificates.
    """

    def __init__(
        self,
        host: str,
        port: int = 587,
        *,
        security: Security = "starttls",
        username: str | None = None,
        password: str | None = None,
        timeout: float = 30.0,
        context: ssl.SSLContext | None = None,
    ) -> None:
        if username is not None and security == "none":
            raise Mistake("the mail server's password is only sent over TLS: set security to starttls or tls")
        self.host, self.port, self.security, self.timeout = host, port, security, timeout
        self._username, self._password = username, password or ""
        self._context = context or ssl.create_default_context()
        self._server: smtplib.SMTP | None = None
        self._carried = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Says goodbye, if there is anybody to say it to."""
        if self._server is not None:
            with suppress(OSError):
                self._server.quit()
        self._drop()

    def send(self, delivery: Delivery) -> None:
        """Hands the mail over. Returns once the server has said 250 to the whole of it."""
        sender, recipient = mailbox(delivery.sender).address, mailbox(delivery.recipient).address
        try:
            server = self._started(sender)
            self._expect("the reader’s address", server.rcpt(recipient), 250, 251, 252)
            self._expect("the message", server.docmd("DATA"), 354)
            # A failure in here means that the final dot never left.
            server.send(_stuffed(delivery.mail))
        except OSError as error:
            raise self._broken(f"the connection broke before the message was over ({error})") from error
        try:
            reply = server.getreply()
        except OSError as error:
            raise self._broken(f"no answer after the whole message ({error})", uncertain=True) from error
        if reply[0] < 0:
            raise self._broken("an answer after the whole message that is none", uncertain=True)
        self._expect("the message", reply, 250)
        self._carried += 1

    def check(self) -> str:
        """Connects, greets, encrypts, signs in, and leaves. Raises DeliveryError saying what failed."""
        self.close()
        try:
            server = self._connected()
            self._server = server
            self._expect("a NOOP", server.noop(), 250)
        except OSError as error:
            raise self._broken(f"the connection broke ({error})") from error
        tls = server.sock.version() if isinstance(server.sock, ssl.SSLSocket) else None
        self.close()
        how = f"encrypted ({tls}) with a valid certificate" if tls else "not encrypted"
        who = f", signed in as {self._username}" if self._username is not None else ""
        return f"{self.host}:{self.port} takes mail, {how}{who}"

    def _started(self, sender: str) -> smtplib.SMTP:
        """A server that has agreed to a new mail: the open connection, or a new one if that has died."""
        if self._carried >= PER_CONNECTION:
            self.close()
        if self._server is not None:
            with suppress(OSError):
                reply = self._server.mail(sender)
                if reply[0] != _CLOSING:
                    self._expect("our sender address", reply, 250, ours=True)
                    return self._server
            self._drop()
        self._server = self._connected()
        self._expect("our sender address", self._server.mail(sender), 250, ours=True)
        return self._server

    def _connected(self) -> smtplib.SMTP:
        where = f"{self.host}:{self.port}"
        try:
            with ExitStack() as unless_ready:
                server = self._dialled()
                unless_ready.callback(server.close)
                if self.security == "starttls":
                    server.starttls(context=self._context)
                server.ehlo_or_helo_if_needed()
                if self._username is not None:
                    server.login(self._username, self._password)
                unless_ready.pop_all()
        except ssl.SSLCertVerificationError as error:
            raise self._broken(f"the certificate of {where} is not valid: {error.verify_message}") from error
        except smtplib.SMTPAuthenticationError as error:
            said = _said((error.smtp_code, _octets(error.smtp_error)))
            raise self._broken(f"{where} does not accept the user name and password: {said}") from error
        except smtplib.SMTPResponseException as error:
            said = _said((error.smtp_code, _octets(error.smtp_error)))
            raise self._broken(f"{where} turns us away: {said}") from error
        except OSError as error:
            raise self._broken(f"{where} cannot be used: {error}") from error
        return server

    def _dialled(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=self._context)
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout)

    def _expect(self, what: str, reply: Reply, *good: int, ours: bool = False) -> None:
        """Raises unless the reply is a good one, and leaves the connection fit for the next mail."""
        code = reply[0]
        if code in good:
            return
        if code == _CLOSING or code < 400:
            self._drop()
        elif self._server is not None:
            with suppress(OSError):
                self._server.rset()
        permanent = code >= 500 and code != _NOT_SIGNED_IN and not ours
        raise DeliveryError(f"{self.host} does not accept {what}: {_said(reply)}", permanent=permanent)

    def _broken(self, reason: str, *, uncertain: bool = False) -> DeliveryError:
        self._drop()
        return DeliveryError(clean_line(reason), permanent=False, uncertain=uncertain)

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server, self._carried = None, 0


def _stuffed(mail: bytes) -> bytes:
    """The mail with its dots doubled at the start of lines (RFC 5321, 4.5.2), and the final dot."""
    end = b"" if mail.endswith(b"\r\n") else b"\r\n"
    return _FIRST_DOT.sub(b"..", mail) + end + b".\r\n"


def _said(reply: Reply) -> str:
    return clean_line(f"{reply[0]} {reply[1].decode('utf-8', 'replace')}")[:300]


def _octets(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
