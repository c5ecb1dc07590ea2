"""SMTP, one phase at a time, because what a failure means depends on where it happened.

| where                    | 4xx or silence             | 5xx                                            |
| ------------------------ | -------------------------- | ---------------------------------------------- |
| greeting, TLS, sign-in   | the route: try later       | the route: our set-up, not this reader         |
| MAIL                     | the route: try later       | the route: our sender address                  |
| RCPT                     | this address: try later    | permanent: this address, or what we are to it  |
| DATA, and the whole text | this message: try later    | permanent: this message                        |
| after the final dot      | silence there is uncertain | permanent: this message                        |

421 (closing), 530 (not signed in) and a broken connection speak of the route wherever they come. At RCPT only
what says "nobody of that name" (RFC 3463: 5.1.x, 5.2.1; or 550, 551, 553 without such a number) is the
address; a refusal for policy (5.7.x) is not. Mails are 7-bit but for an address outside ASCII, which takes
SMTPUTF8. Every error of smtplib is an OSError.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Literal, Self

from newsdesk.errors import DeliveryError, Mistake
from newsdesk.model import Delivery
from newsdesk.text import clean_line
from notifications.addresses import mailbox

Security = Literal["none", "starttls", "tls"]
Phase = Literal["connect", "mail", "rcpt", "data", "reply"]
Reply = tuple[int, bytes]

PER_CONNECTION = 500  # mails; relays are known to close connections that carry thousands
_OURS = {421, 530}  # RFC 5321 and 4954: about the connection or about us, wherever it is said
_ENHANCED = re.compile(rb"([245]\.\d{1,3}\.\d{1,3})(?: |$)")
_NOBODY = re.compile(r"5\.1\.\d+|5\.2\.1")
_NOBODY_PLAIN = {550, 551, 553}


class SmtpChannel:
    """One connection for a batch: opened by the first mail, opened anew when the server has closed it.

    `timeout` is in seconds and holds for each step. `context` is by default the system's certificates.
    `returns` gives the envelope sender of a delivery, else its own sender is that; `sign` adds a signature.
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
        returns: Callable[[int], str] | None = None,
        sign: Callable[[bytes], bytes] | None = None,
    ) -> None:
        if username is not None and security == "none":
            raise Mistake("the mail server's password is only sent over TLS: set security to starttls or tls")
        self.host, self.port, self.security, self.timeout = host, port, security, timeout
        self._username, self._password = username, password or ""
        self._context = context
        self._returns, self._sign = returns, sign
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

    def send(self, delivery: Delivery) -> str:
        """Hands the mail over. Returns what the server said once it has said 250 to the whole of it."""
        sender, recipient = mailbox(delivery.sender).address, mailbox(delivery.recipient).address
        if self._returns:
            sender = self._returns(delivery.id)
        mail = self._sign(delivery.mail) if self._sign else delivery.mail
        phase: Phase = "mail"
        try:
            server = self._started(sender, recipient)
            phase = "rcpt"
            self._expect("the reader’s address", phase, server.rcpt(recipient), 250, 251, 252)
            phase = "data"
            self._expect("the message", phase, server.docmd("DATA"), 354)
            # A failure in here means that the final dot never left.
            server.send(_stuffed(mail))
        except OSError as error:
            words = f"the connection broke before the message was over ({error})"
            raise self._broken(words, phase) from error
        try:
            reply = server.getreply()
        except OSError as error:
            words = f"no answer after the whole message ({error})"
            raise self._broken(words, "reply", uncertain=True) from error
        if reply[0] < 0:
            raise self._broken("an answer after the whole message that is none", "reply", uncertain=True)
        self._expect("the message", "reply", reply, 250)
        self._carried += 1
        return _said(reply)

    def check(self) -> str:
        """Connects, greets, encrypts, signs in, and leaves. Raises DeliveryError saying what failed."""
        self.close()
        try:
            server = self._connected()
            self._server = server
            self._expect("a NOOP", "connect", server.noop(), 250)
        except OSError as error:
            raise self._broken(f"the connection broke ({error})", "connect") from error
        tls = server.sock.version() if isinstance(server.sock, ssl.SSLSocket) else None
        self.close()
        how = f"encrypted ({tls}) with a valid certificate" if tls else "not encrypted"
        who = f", signed in as {self._username}" if self._username is not None else ""
        return f"{self.host}:{self.port} takes mail, {how}{who}"

    def _started(self, sender: str, recipient: str) -> smtplib.SMTP:
        """A server that has agreed to a new mail: the open connection, or a new one if that has died."""
        if self._carried >= PER_CONNECTION:
            self.close()
        if self._server is not None:
            with suppress(OSError):
                reply = self._begun(self._server, sender, recipient)
                if reply[0] != 421:
                    self._expect("our sender address", "mail", reply, 250)
                    return self._server
            self._drop()
        self._server = self._connected()
        self._expect("our sender address", "mail", self._begun(self._server, sender, recipient), 250)
        return self._server

    def _begun(self, server: smtplib.SMTP, sender: str, recipient: str) -> Reply:
        if recipient.isascii():
            return server.mail(sender)
        if not server.has_extn("smtputf8"):
            raise DeliveryError(
                f"{self.host} does not offer SMTPUTF8, and {recipient} cannot be reached without it",
                permanent=True,
            )
        return server.mail(sender, ["SMTPUTF8", "BODY=8BITMIME"])

    def _connected(self) -> smtplib.SMTP:
        where = f"{self.host}:{self.port}"
        try:
            with ExitStack() as unless_ready:
                server = self._dialled()
                unless_ready.callback(server.close)
                if self.security == "starttls":
                    server.starttls(context=self._context or ssl.create_default_context())
                server.ehlo_or_helo_if_needed()
                if self._username is not None:
                    server.login(self._username, self._password)
                unless_ready.pop_all()
        except ssl.SSLCertVerificationError as error:
            raise self._broken(
                f"the certificate of {where} is not valid: {error.verify_message}", "connect"
            ) from error
        except smtplib.SMTPAuthenticationError as error:
            said = _said((error.smtp_code, _octets(error.smtp_error)))
            raise self._broken(
                f"{where} does not accept the user name and password: {said}", "connect"
            ) from error
        except smtplib.SMTPResponseException as error:
            said = _said((error.smtp_code, _octets(error.smtp_error)))
            raise self._broken(f"{where} turns us away: {said}", "connect") from error
        except OSError as error:
            raise self._broken(f"{where} cannot be used: {error}", "connect") from error
        return server

    def _dialled(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(
                self.host,
                self.port,
                timeout=self.timeout,
                context=self._context or ssl.create_default_context(),
            )
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout)

    def _expect(self, what: str, phase: Phase, reply: Reply, *good: int) -> None:
        """Raises unless the reply is a good one, and leaves the connection fit for the next mail."""
        code = reply[0]
        if code in good:
            return
        if code == 421 or code < 400:
            self._drop()
        elif self._server is not None:
            with suppress(OSError):
                self._server.rset()
        status, fault = _status(reply), _fault(phase, reply)
        raise DeliveryError(
            f"{self.host} does not accept {what}: {_said(reply)}",
            permanent=code >= 500 and fault != "route",
            fault=fault,
            phase=phase,
            status=status,
        )

    def _broken(self, reason: str, phase: Phase, *, uncertain: bool = False) -> DeliveryError:
        self._drop()
        return DeliveryError(
            clean_line(reason), permanent=False, uncertain=uncertain, fault="route", phase=phase
        )

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server, self._carried = None, 0


def _stuffed(mail: bytes) -> bytes:
    """The mail with its dots doubled at the start of lines (RFC 5321, 4.5.2), and the final dot."""
    end = b"" if mail.endswith(b"\r\n") else b"\r\n"
    first = b"." if mail.startswith(b".") else b""
    return first + mail.replace(b"\r\n.", b"\r\n..") + end + b".\r\n"


def _fault(phase: Phase, reply: Reply) -> Literal["message", "address", "route"]:
    """Of what a refusal speaks."""
    code, enhanced = reply[0], _ENHANCED.match(reply[1])
    if code in _OURS or code < 400 or phase in ("connect", "mail"):
        return "route"
    if phase != "rcpt" or code < 500:
        return "message"
    if enhanced:
        return "address" if _NOBODY.fullmatch(enhanced[1].decode()) else "message"
    return "address" if code in _NOBODY_PLAIN else "message"


def _status(reply: Reply) -> str:
    enhanced = _ENHANCED.match(reply[1])
    return f"{reply[0]} {enhanced[1].decode()}" if enhanced else str(reply[0])


def _said(reply: Reply) -> str:
    return clean_line(f"{reply[0]} {reply[1].decode('utf-8', 'replace')}")[:300]


def _octets(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
