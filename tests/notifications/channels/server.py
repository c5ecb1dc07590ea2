"""A real mail server on the loopback interface that fails where a test tells it to."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

DROP = "drop the connection"


class Post:
    """What the server says at each phase ("250 OK" unless told) and the mails it has taken."""

    def __init__(self, **says: str) -> None:
        self.says = says
        self.taken: list[tuple[str, list[str], bytes]] = []
        self.connections = 0
        self.mails_per_connection: int | None = None

    async def handle_MAIL(  # noqa: N802  named by aiosmtpd
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        begun = session.__dict__.setdefault("begun", [])
        begun.append(address)
        if self.mails_per_connection is not None and len(begun) > self.mails_per_connection:
            return hang_up(server)
        envelope.mail_from = address
        return self._answer("mail", server)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.says.get(address) or self.says.get("rcpt", "250 OK")
        if answer == DROP:
            return hang_up(server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.original_content, bytes)
        answer = self.says.get("data", "250 OK")
        if answer == DROP or answer.startswith("250"):
            self.taken.append((str(envelope.mail_from), envelope.rcpt_tos, envelope.original_content))
        return self._answer("data", server)

    def _answer(self, phase: str, server: SMTP) -> str:
        answer = self.says.get(phase, "250 OK")
        return hang_up(server) if answer == DROP else answer


def hang_up(server: SMTP) -> str:
    transport = server.transport
    assert isinstance(transport, asyncio.Transport)
    transport.abort()
    return "421 never heard"


class _Session(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        says = self.event_handler.says.get("go-ahead")
        if says is None:
            await super().smtp_DATA(arg)
        elif says == DROP:
            await self.push("354 go ahead")
            hang_up(self)
        else:
            await self.push(says)


class _Server(Controller):
    """Listens on a port the system chooses."""

    def factory(self) -> SMTP:
        self.handler.connections += 1
        return _Session(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]
        self.handler.connections = 0


@contextmanager
def serving(
    post: Post,
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    login: bool = False,
    smtputf8: bool = False,
) -> Iterator[int]:
    """The port of a running server."""
    server = _Server(
        post,
        hostname="127.0.0.1",
        port=0,
        ssl_context=tls,
        tls_context=starttls,
        authenticator=_sign_in if login else None,
        auth_required=login,
        enable_SMTPUTF8=smtputf8,
    )
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def _sign_in(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"presswatch", b"right"), handled=False)
