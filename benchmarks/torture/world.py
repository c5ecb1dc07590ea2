"""What the tortured process works with: a little web, a mail server that records, and the news they carry."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from crawlers.guard import Allowance
from newsdesk.kinds import Cadence, Rule
from newsdesk.readers import MORNING
from newsdesk.searches import Search
from newsdesk.slots import LONDON, Bell
from presswatch.demo.web import Answer, LittleWeb
from tests.scheduler.houses import COUNCIL, FETE, LETTER, MAGAZINE, PAPER, REPORT, feed

BEGUN = datetime(2026, 3, 1, tzinfo=UTC)
EVENING = datetime(2026, 3, 5, 18, tzinfo=UTC)
SEVEN = datetime(2026, 3, 6, 7, 1, tzinfo=UTC)

_NOW = EVENING - timedelta(hours=2)
_ITEMS = {
    PAPER: (replace(LETTER, published=_NOW), replace(FETE, published=_NOW)),
    MAGAZINE: (replace(LETTER, path="/trade", title="Letter to Northmarch published", published=_NOW),),
    COUNCIL: (replace(REPORT, published=_NOW),),
}
_AT_ONCE = Bell(Cadence.INSTANT, LONDON, "07:00")
READERS = (
    *((f"reader{n}@example.org", "everything", Search(), MORNING, frozenset[Rule]()) for n in range(4)),
    (
        "letters@example.org",
        "northmarch",
        Search(councils=frozenset({"northmarch"})),
        MORNING,
        frozenset[Rule](),
    ),
    ("alert@example.org", "alerts", Search(), _AT_ONCE, frozenset({Rule.NEW_JUDGEMENT})),
)


def sites() -> dict[str, dict[str, Answer]]:
    """By host, its feed and its pages."""
    return {host: feed(host, *items) for host, items in _ITEMS.items()}


@dataclass(frozen=True, slots=True)
class Mail:
    """What was acknowledged, to one of its recipients."""

    recipient: str
    message_id: str
    octets: bytes


def copies(mails: Iterable[Mail]) -> Counter[tuple[str, str]]:
    """By recipient and Message-ID, how often a message was acknowledged."""
    return Counter((each.recipient, each.message_id) for each in mails)


@dataclass
class Post:
    """Every message that was acknowledged, in the order in which it was.

    The command `fails_at` (counted from 1; 0 is none) is answered by hanging up.
    """

    taken: list[Mail] = field(default_factory=list)
    commands: int = 0
    fails_at: int = 0

    def copies(self) -> Counter[tuple[str, str]]:
        return copies(self.taken)

    async def handle_EHLO(  # noqa: N802  named by aiosmtpd
        self, server: SMTP, session: Session, _: Envelope, name: str, says: list[str]
    ) -> list[str]:
        session.host_name = name
        self._answer(server)
        return says

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        envelope.mail_from = address
        return self._answer(server)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self._answer(server)

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802
        octets = envelope.original_content
        assert isinstance(octets, bytes)
        head = octets.split(b"\r\n\r\n", 1)[0].decode("ascii").split("\r\n")
        (name,) = (line.partition(":")[2].strip() for line in head if line.lower().startswith("message-id:"))
        # it is acknowledged even where the answer is lost on the way: the worst case of all
        self.taken += [Mail(each, name, octets) for each in envelope.rcpt_tos]
        return self._answer(server)

    def _answer(self, server: SMTP) -> str:
        self.commands += 1
        if self.commands == self.fails_at:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"


class _Server(Controller):
    """Listens on a port the system chooses."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@dataclass
class World:
    """The servers. The request `fails_at` (counted from 1; 0 is none) is answered by a server's error."""

    web: LittleWeb
    post: Post
    smtp_port: int
    requests: int = 0
    fails_at: int = 0

    @property
    def allowed(self) -> tuple[Allowance, ...]:
        return self.web.allowances()

    def renew(self, taken: Iterable[Mail]) -> None:
        """Nothing has happened yet but this mail, and nothing is to fail."""
        self.post.taken[:] = taken
        self.post.commands = self.post.fails_at = 0
        self.requests = self.fails_at = 0
        self.web.seen.clear()

    def answer(self, host: str, path: str) -> Answer:
        self.requests += 1
        if self.requests == self.fails_at:
            return Answer("broken\n", 500)
        return sites()[host].get(path, Answer("nothing here\n", 404))


@contextmanager
def world() -> Iterator[World]:
    """The servers, until the block ends."""
    with post_office() as (post, port), LittleWeb({}) as web:
        made = World(web, post, port)
        web.sites = dict.fromkeys(_ITEMS, made.answer)
        yield made


@contextmanager
def post_office() -> Iterator[tuple[Post, int]]:
    """The mail server and its port, until the block ends."""
    post = Post()
    server = _Server(post, hostname="127.0.0.1", port=0)
    server.start()
    try:
        yield post, server.port
    finally:
        server.stop()
