"""One TOML file and the environment, read once into a frozen object; every mistake is reported at once.

Environment variables win over the file: PRESSWATCH_DATABASE, PRESSWATCH_CONTACT and PRESSWATCH_SMTP_HOST,
_PORT, _SECURITY, _USERNAME, _PASSWORD. With _FILE at its end each names a file that holds the value, for
secrets that are mounted. PRESSWATCH_CONFIG names the TOML file, else `presswatch.toml` here is read.

robots.txt, our name and our pace are not in here: they are not settings.
"""

import re
from collections.abc import Sequence
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from crawlers.settings import user_agent
from newsdesk.errors import DeliveryError, Mistake
from newsdesk.model import Event, Subscription
from notifications.addresses import mailbox
from storage.engine import address_of

FILE = "presswatch.toml"
Item = TypeVar("Item")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _mailbox(written: str) -> str:
    try:
        mailbox(written)
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


def _slug(written: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", written):
        raise ValueError(f"{written!r} is not lower-case words and figures, joined by hyphens")
    return written


def _time_of_day(written: str) -> str:
    if not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", written):
        raise ValueError(f'{written!r} is no time of day: write it as "07:00"')
    if time(0, 59) <= time.fromisoformat(written) <= time(2, 1):
        raise ValueError("between 00:59 and 02:01 local time happens twice or never when clocks change")
    return written


def _some(written: tuple[Item, ...]) -> tuple[Item, ...]:
    if not written:
        raise ValueError("is empty")
    return written


Mailbox = Annotated[str, AfterValidator(_mailbox)]


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

    @model_validator(mode="after")
    def _secrets_are_encrypted(self) -> "SmtpTable":
        if self.username and self.security == "none":
            raise ValueError("a user name and its password are only sent over TLS: set security")
        return self


class SubscriptionTable(Table):
    """One subscription. Empty `councils` and `events` mean all."""

    name: Annotated[str, AfterValidator(_slug)]
    recipients: Annotated[tuple[Mailbox, ...], AfterValidator(_some)]
    councils: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    weekdays: Annotated[tuple[Weekday, ...], AfterValidator(_some)] = _WEEKDAYS
    at: Annotated[str, AfterValidator(_time_of_day)] = "07:00"
    send_empty: bool = False

    @field_validator("recipients")
    @classmethod
    def _once_each(cls, recipients: Sequence[str]) -> Sequence[str]:
        addresses = [mailbox(each).address.lower() for each in recipients]
        for each in addresses:
            if addresses.count(each) > 1:
                raise ValueError(f"{each} is there more than once")
        return recipients

    def subscription(self) -> Subscription:
        return Subscription(
            name=self.name,
            recipients=self.recipients,
            councils=frozenset(self.councils),
            events=frozenset(self.events),
            weekdays=frozenset(_WEEKDAYS.index(each) for each in self.weekdays),
            at=self.at,
            send_empty=self.send_empty,
        )


class Config(Table):
    """The whole configuration. Relative paths are relative to the folder of its file."""

    path: Path
    database: Annotated[str, Field(repr=False), AfterValidator(_database)] = "sqlite:///presswatch.db"
    contact: Annotated[str, AfterValidator(_contact)] = ""
    sources: tuple[str, ...] = ()
    sources_folder: str = "sources"
    outbox: str = "outbox"
    digest: DigestTable = DigestTable()
    smtp: SmtpTable = SmtpTable()
    subscription: tuple[SubscriptionTable, ...] = ()

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

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        return tuple(each.subscription() for each in self.subscription)
