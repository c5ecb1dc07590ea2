"""One TOML file and the environment, read once into a frozen object; every mistake is reported at once.

Environment variables win over the file: PRESSWATCH_DATABASE, PRESSWATCH_CONTACT and PRESSWATCH_SMTP_HOST,
_PORT, _SECURITY, _USERNAME, _PASSWORD. With _FILE at its end each names a file that holds the value, for
secrets that are mounted. PRESSWATCH_CONFIG names the TOML file, else `presswatch.toml` here is read.

robots.txt, our name and our pace are not in here: they are not settings.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from newsdesk.errors import Mistake
from newsdesk.model import Event, Subscription
from newsdesk.tomltext import line_of, meant

FILE = "presswatch.toml"
_ENVIRONMENT: Mapping[str, tuple[str, ...]] = {
    "PRESSWATCH_DATABASE": ("database",),
    "PRESSWATCH_CONTACT": ("contact",),
    "PRESSWATCH_SMTP_HOST": ("smtp", "host"),
    "PRESSWATCH_SMTP_PORT": ("smtp", "port"),
    "PRESSWATCH_SMTP_SECURITY": ("smtp", "security"),
    "PRESSWATCH_SMTP_USERNAME": ("smtp", "username"),
    "PRESSWATCH_SMTP_PASSWORD": ("smtp", "password"),
}
_OTHER_NAMES = ("PRESSWATCH_CONFIG", "PRESSWATCH_RECORDED", "PRESSWATCH_TEST_", "PRESSWATCH_REQUIRE_")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\"]+")
Address = Annotated[str, Field(pattern=rf"^{_ADDRESS.pattern}$")]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class DigestTable(_Table):
    """How digests leave. `unsubscribe` is a mailto: or https: address that goes into each one's header."""

    sender: Annotated[str, Field(pattern=rf"^[^<>\r\n]*<?{_ADDRESS.pattern}>?$")] = (
        "presswatch@localhost.invalid"
    )
    unsubscribe: Annotated[str, Field(pattern=r"^((mailto|https):\S+)?$")] = ""


class SmtpTable(_Table):
    """The mail relay. Without a host mails are written to the outbox folder instead."""

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: Annotated[str, Field(repr=False)] = ""


class SubscriptionTable(_Table):
    """One subscription. Empty `councils` and `events` mean all."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    recipients: Annotated[tuple[Address, ...], Field(min_length=1)]
    councils: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    weekdays: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = _WEEKDAYS  # type: ignore[assignment]
    at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "07:00"
    send_empty: bool = False

    @field_validator("at")
    @classmethod
    def _not_in_the_clock_change(cls, at: str) -> str:
        if time(0, 59) <= time.fromisoformat(at) <= time(2, 1):
            raise ValueError("between 00:59 and 02:01 local time happens twice or never when clocks change")
        return at

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


class Config(_Table):
    """The whole configuration. Relative paths are relative to `folder`, where the file lies."""

    folder: Path
    database: Annotated[str, Field(repr=False)] = "sqlite:///presswatch.db"
    contact: Annotated[str, Field(pattern=rf"^(https?://\S+|(mailto:)?{_ADDRESS.pattern})?$")] = ""
    sources: tuple[str, ...] = ()
    sources_folder: str = "sources"
    outbox: str = "outbox"
    digest: DigestTable = DigestTable()
    smtp: SmtpTable = SmtpTable()
    subscription: tuple[SubscriptionTable, ...] = ()

    @property
    def database_url(self) -> str:
        """The database's address, a relative SQLite path made absolute."""
        head, separator, path = self.database.partition("sqlite:///")
        if separator and not head and path and not path.startswith("/"):
            return f"sqlite:///{(self.folder / path).resolve()}"
        return self.database

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        return tuple(each.subscription() for each in self.subscription)


def load(path: Path, environment: Mapping[str, str], *, councils: Collection[str]) -> Config:
    """Read file and environment. Raises Mistake with every mistake found, one line each."""
    text = _text(path)
    table = _parsed(text, path)
    mistakes = _overlay(table, environment)
    mistakes += _unknown_councils(table, councils, text, path) + _repeated(table, text, path)
    try:
        config = Config(folder=path.parent.resolve(), **table)
    except ValidationError as error:
        mistakes += [_told(each, text, path) for each in error.errors()]
        raise Mistake(*mistakes) from error
    if mistakes:
        raise Mistake(*mistakes)
    return config


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise Mistake(f"{path} is not here: run `presswatch init` to write one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Mistake(f"{path} cannot be read: {error}") from error


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Mistake(f"{path}: {error}") from error
    if "folder" in table:
        raise Mistake(f"{path}:{line_of(text, ('folder',))}: folder: there is no such key")
    return table


def _overlay(table: dict[str, Any], environment: Mapping[str, str]) -> list[str]:
    """Put the environment's values over the file's; returns what is wrong with them."""
    mistakes = []
    for name, value in environment.items():
        if not name.startswith("PRESSWATCH_") or name.startswith(_OTHER_NAMES):
            continue
        key = name.removesuffix("_FILE")
        if key not in _ENVIRONMENT:
            mistakes.append(f"environment: {name} is not known{meant(key, _ENVIRONMENT)}")
            continue
        if key != name:
            try:
                value = Path(value).read_text("utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                mistakes.append(f"environment: {name}: {error}")
                continue
        *parents, leaf = _ENVIRONMENT[key]
        inner = table
        for parent in parents:
            inner = inner.setdefault(parent, {})
        inner[leaf] = value
    return mistakes


_PLAIN = {
    "extra_forbidden": "there is no such key",
    "missing": "is missing",
}


def _told(error: Any, text: str, path: Path) -> str:
    """One mistake in words: file:line: key: what is wrong."""
    where = [each for each in error["loc"] if each != "folder"]
    key = ".".join(str(each + 1) if isinstance(each, int) else each for each in where)
    line = line_of(text, where)
    what = _PLAIN.get(error["type"], error["msg"].removeprefix("Value error, "))
    if error["type"] == "extra_forbidden":
        what += meant(str(where[-1]), _keys(where))
    if error["type"] == "string_pattern_mismatch":
        what = f"{str(error['input'])!r} does not fit: see the comment beside it in a fresh `presswatch init`"
    return f"{path}:{line}: {key}: {what}"


def _keys(where: list[str | int]) -> Collection[str]:
    tables: dict[str, type[_Table]] = {
        "digest": DigestTable,
        "smtp": SmtpTable,
        "subscription": SubscriptionTable,
    }
    table = tables.get(str(where[0]), Config) if len(where) > 1 else Config
    return [each for each in table.model_fields if each != "folder"]


def _subscriptions(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The subscription blocks, whatever else may be wrong with them."""
    blocks = table.get("subscription")
    return [each for each in blocks if isinstance(each, dict)] if isinstance(blocks, list) else []


def _unknown_councils(
    table: Mapping[str, Any], councils: Collection[str], text: str, path: Path
) -> list[str]:
    return [
        f"{path}:{line_of(text, ('subscription', number, 'councils'))}: subscription.{number + 1}.councils: "
        f'no council is called "{slug}"{meant(str(slug), councils)}'
        for number, block in enumerate(_subscriptions(table))
        for slug in (block["councils"] if isinstance(block.get("councils"), list) else ())
        if slug not in councils
    ]


def _repeated(table: Mapping[str, Any], text: str, path: Path) -> list[str]:
    names = [block.get("name") for block in _subscriptions(table)]
    return [
        f"{path}:{line_of(text, ('subscription', number, 'name'))}: subscription.{number + 1}.name: "
        f'"{name}" is taken by another subscription'
        for number, name in enumerate(names)
        if name and name in names[:number]
    ]
