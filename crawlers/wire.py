"""What the crawl's process and its parent say to each other: one line of JSON per message."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from crawlers.guard import Allowance
from crawlers.settings import Limits
from newsdesk.model import Fetched, Lead, Listing, Order, Robots


@dataclass(frozen=True, slots=True)
class Job:
    """The first thing said: all that a crawl needs to know. `parsers` is the module that reads pages."""

    orders: tuple[Order, ...]
    robots: tuple[Robots, ...]
    allow: tuple[Allowance, ...]
    user_agent: str
    now: datetime
    limits: Limits
    parsers: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The answer to a listing: the leads of that source to follow."""

    source: str
    leads: tuple[Lead, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Said before the first request to a registrable domain: may it be asked?"""

    domain: str


@dataclass(frozen=True, slots=True)
class Granted:
    """The answer: the seconds to wait before that request; None while another process visits the domain."""

    domain: str
    wait: float | None


@dataclass(frozen=True, slots=True)
class Done:
    """The last thing said: every order was answered and every chosen lead followed."""


Message = Job | Chosen | Wanted | Granted | Listing | Fetched | Robots | Done

# Each kind is wrapped in a tuple because pydantic takes no configuration for a dataclass of its own.
_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    kind.__name__: TypeAdapter(
        tuple[kind],  # type: ignore[valid-type]
        config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64", extra="forbid", defer_build=True),
    )
    for kind in (Job, Chosen, Wanted, Granted, Listing, Fetched, Robots, Done)
}


def encode(message: Message) -> bytes:
    """One line, its newline included."""
    kind = type(message).__name__
    return kind.encode() + b" " + _ADAPTERS[kind].dump_json((message,)) + b"\n"


def decode(line: bytes) -> Message:
    """The message on a line. Raises ValueError for anything that `encode` did not write."""
    kind, _, body = line.partition(b" ")
    adapter = _ADAPTERS.get(kind.decode("ascii", "replace"))
    if adapter is None:
        raise ValueError(f"not a message: {line[:80]!r}")
    try:
        (message,) = adapter.validate_json(body)
    except ValidationError as error:
        raise ValueError(f"not a whole message: {error.errors(include_url=False)[:1]}") from None
    return message  # type: ignore[no-any-return]
