"""One TOML file and the environment, read once into a frozen object; every mistake is reported at once.

Environment variables win over the file: PRESSWATCH_DATABASE, PRESSWATCH_CONTACT, PRESSWATCH_HTTP_HOST, _PORT
and PRESSWATCH_SMTP_HOST, _PORT, _SECURITY, _USERNAME, _PASSWORD. With _FILE at its end each names a file that
holds the value, for secrets that are mounted. PRESSWATCH_CONFIG names the TOML file, else `presswatch.toml`
here is read.

robots.txt, our name and our pace are not in here: they are not settings.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from crawlers.settings import user_agent
from newsdesk.errors import DeliveryError, Mistake
from newsdesk.retention import KEPT, Retention
from notifications.addresses import mailbox
from storage.engine import address_of

FILE = "presswatch.toml"


def _mailbox(written: str) -> str:
    """One of our own, which every server on the way must take: plain ASCII."""
    try:
        if not mailbox(written).address.isascii():
            raise ValueError(f"{written!r} is not a mail address that every server takes")
    except DeliveryError as error:
        raise ValueError(error.reason) from error
    return written


def _contact(written: str) -> str:
    """An address without "mailto:" gets it; an empty one is told of when something is to be crawled."""
    if not written:
        return written
    contact = f"mailto:{written}" if "@" in written and ":" not in written else written
    try:
        user_agent(contact)
    except Mistake:
        raise ValueError(f"{written!r} is neither an https: address nor a mail address") from None
    return contact


def _public(written: str) -> str:
    if written and not re.fullmatch(r"https?://[\w.:-]+(?:/[\w./-]*)?", written):
        raise ValueError(f"{written!r} is not an https: address such as https://news.example.org")
    return written


def _database(written: str) -> str:
    try:
        address_of(written)
    except Mistake as mistake:
        raise ValueError(mistake.reason) from None
    return written


def _unsubscribe(written: str) -> str:
    if written and not re.fullmatch(r"(?:mailto:|https://)[!-;=?-~]+", written):
        raise ValueError(f"{written!r} is neither a mailto: nor an https: address")
    return written


def _optional_mailbox(written: str) -> str:
    return _mailbox(written) if written else written


def _address(written: str) -> str:
    if written and not re.fullmatch(r"[a-z0-9]+://[!-~]+", written):
        raise ValueError("is no address")  # which is not repeated: it may be a secret
    return written


def _reference(written: str) -> str:
    if written and not re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]*|file:.+", written):
        raise ValueError('says where a secret is kept: write "env:NAME" or "file:/run/secrets/name"')
    return written


Mailbox = Annotated[str, AfterValidator(_mailbox)]
Reference = Annotated[str, AfterValidator(_reference)]


class Table(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class DigestTable(Table):
    """How digests leave. `unsubscribe` is a mailto: or https: address that goes into each one's header."""

    sender: Mailbox = "presswatch@localhost.invalid"
    unsubscribe: Annotated[str, AfterValidator(_unsubscribe)] = ""


class SmtpTable(Table):
    """The mail relay. Without a host mails are written to the outbox folder instead."""

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: Annotated[str, Field(repr=False)] = ""
    connections: Annotated[int, Field(ge=1, le=32)] = 4
    per_minute: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _secrets_are_encrypted(self) -> "SmtpTable":
        if self.username and self.security == "none":
            raise ValueError("a user name and its password are only sent over TLS: set security")
        return self


class ChannelTable(Table):
    """A way out besides mail. `url_ref` and `secret_ref` say where an address or a secret is kept.

    `private` says that its host lies in a private network; without it only public hosts are reached.
    """

    kind: Literal["slack", "teams", "ntfy", "matrix", "webhook", "notify", "apprise", "log"]
    url: Annotated[str, AfterValidator(_address), Field(repr=False)] = ""
    url_ref: Reference = ""
    secret_ref: Reference = ""
    template: str = ""
    room: str = ""
    private: bool = False
    per_minute: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _is_whole(self) -> "ChannelTable":
        has = {
            "url or url_ref": bool(self.url or self.url_ref),
            "secret_ref": bool(self.secret_ref),
            "template": bool(self.template),
            "room": bool(self.room),
        }
        missing = [each for each in _NEEDED[self.kind] if not has[each]]
        if missing:
            raise ValueError(f"a channel of the kind {self.kind} needs {' and '.join(missing)}")
        if self.private and self.kind not in _PRIVATE:
            raise ValueError(f"private is for a channel of the kind {', '.join(_PRIVATE)}")
        if self.url and self.url_ref:
            raise ValueError("url and url_ref are both set: keep one")
        return self


_PRIVATE = ("slack", "teams", "ntfy", "matrix", "webhook")  # whose connections are ours to make
_NEEDED: Mapping[str, Sequence[str]] = {
    "slack": ["url or url_ref"],
    "teams": ["url or url_ref"],
    "ntfy": ["url or url_ref"],
    "matrix": ["url or url_ref", "secret_ref", "room"],
    "webhook": ["url or url_ref", "secret_ref"],
    "notify": ["secret_ref", "template"],
    "apprise": ["url or url_ref"],
    "log": [],
}


class BouncesTable(Table):
    """Where what cannot be delivered comes back to, and where that is read: a Maildir, or a mailbox by IMAP.

    Every mail gets a return address of its own: `address` with "+" and a token before its "@".
    """

    address: Annotated[str, AfterValidator(_optional_mailbox)] = ""
    maildir: str = ""
    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 993
    security: Literal["tls", "none"] = "tls"
    username: str = ""
    password_ref: Reference = ""
    folder: str = "INBOX"

    @model_validator(mode="after")
    def _is_read_somewhere(self) -> "BouncesTable":
        if self.maildir and self.host:
            raise ValueError("maildir and host are both set: keep one")
        if self.username and self.security == "none":
            raise ValueError("a user name and its password are only sent over TLS: set security")
        if (self.maildir or self.host) and not self.address:
            raise ValueError("address is missing: without it no bounce can be told from another")
        return self


class DkimTable(Table):
    """Signing by ourselves, for relays that do not. `key` is the file of an RSA key, in PEM."""

    domain: str = ""
    selector: str = ""
    key: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> "DkimTable":
        if any((self.domain, self.selector, self.key)) and not all((self.domain, self.selector, self.key)):
            raise ValueError("domain, selector and key belong together: set all three or none")
        return self


class HttpTable(Table):
    """Where the service answers. Port 0 is any free one; with an empty host it answers nowhere."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8787


class ClusterTable(Table):
    """How services on several machines hear of work: by looking for themselves, or by hints in a queue."""

    engine: Literal["", "procrastinate"] = ""


class RetentionTable(Table):
    """For how many days things are kept; see newsdesk.retention."""

    texts: Annotated[int, Field(ge=60)] = KEPT.texts.days
    mails: Annotated[int, Field(ge=1)] = KEPT.mails.days
    visits: Annotated[int, Field(ge=60)] = KEPT.visits.days

    def kept(self) -> Retention:
        return Retention(timedelta(self.texts), timedelta(self.mails), timedelta(self.visits))


class Config(Table):
    """The whole configuration. Relative paths are relative to the folder of its file."""

    path: Path
    database: Annotated[str, Field(repr=False), AfterValidator(_database)] = "sqlite:///presswatch.db"
    contact: Annotated[str, AfterValidator(_contact)] = ""
    public: Annotated[str, AfterValidator(_public)] = ""
    operator: Annotated[str, AfterValidator(_optional_mailbox)] = ""
    sources: tuple[str, ...] = ()
    sources_folder: str = "sources"
    topics: tuple[str, ...] = ()
    outbox: str = "outbox"
    digest: DigestTable = DigestTable()
    smtp: SmtpTable = SmtpTable()
    channels: Mapping[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")], ChannelTable] = {}
    bounces: BouncesTable = BouncesTable()
    dkim: DkimTable = DkimTable()
    http: HttpTable = HttpTable()
    retention: RetentionTable = RetentionTable()
    cluster: ClusterTable = ClusterTable()

    @property
    def folder(self) -> Path:
        return self.path.parent.resolve()

    @property
    def database_url(self) -> str:
        """The database's address, a relative SQLite path made absolute."""
        head, separator, path = self.database.partition("sqlite:///")
        if separator and not head and path and not path.startswith("/"):
            return f"sqlite:///{self.folder / path}"
        return self.database
