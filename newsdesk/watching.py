"""The nouns of watching: a source, how it stands, what a visit shows. `newsdesk.model` has them too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from newsdesk.errors import Advice, FetchError, PresswatchError
from newsdesk.kinds import Kind

IsoDay = str


@dataclass(frozen=True, slots=True)
class Source:
    """A place that is watched, as declared in TOML.

    `weekly` is how many items a normal week brings. `pages` says what follows a lead: its HTML page, its
    answer in GOV.UK's content API, or nothing (the listing already says all). `snippet` is how many
    characters of the text its licence lets us quote; 0 means the title and a link alone.
    """

    name: str
    outlet: str
    kind: Kind
    url: str
    reader: str
    weekly: tuple[int, int]
    verified: str
    verified_on: date
    council: str | None = None
    covers: tuple[str, ...] = ()
    licence: str | None = None
    snippet: int = 0
    pages: Literal["html", "govuk", "none"] = "html"
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """When a feed asks to be left alone: `seconds` after a visit; hours and weekdays (Monday is 0) in UTC."""

    seconds: float = 0.0
    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a listing lives now, as its server says for good. `but` is why nobody may adopt that unseen."""

    to: str
    but: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A move as it was seen again and again: from the declared address, on these London days."""

    declared: str
    to: str
    but: str
    days: tuple[IsoDay, ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a server's "not modified" is believed.

    `unmodified` counts such answers since `whole_at`, when the listing itself came last. `lied_at` is when
    the server was last caught hiding items behind that answer; `evidence` says which.
    """

    unmodified: int = 0
    whole_at: datetime | None = None
    lied_at: datetime | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of a source from its visits. `failures` counts since the last good one.

    `declaration` is a hash of what decides how it is read; `gone_since` is when it first said 410 in a row.
    """

    name: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    visited_at: datetime | None = None
    next_visit_at: datetime | None = None
    hold_until: datetime | None = None
    failures: int = 0
    problem: "Problem | None" = None
    problem_since: datetime | None = None
    declaration: str | None = None
    gone_since: datetime | None = None
    wish: Wish | None = None
    move: Move | None = None
    trust: Trust | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """An error that has been written down. `code` is the error's, from newsdesk.errors."""

    code: str
    reason: str
    advice: Advice
    status: int | None = None
    retry_after: float | None = None

    @classmethod
    def of(cls, error: PresswatchError) -> "Problem":
        if isinstance(error, FetchError):
            return cls(error.code, error.reason, error.advice, error.status, error.retry_after)
        return cls(error.code, error.reason, error.advice)


@dataclass(frozen=True, slots=True)
class Lead:
    """What a source shows of one item.

    `guid` is the item's id within its feed. `published_printed` is the date exactly as printed. `marker`
    changes when the source itself says the item changed (a feed's `updated`): a known lead with a new
    marker is read again.
    """

    url: str
    title: str
    guid: str | None = None
    published_printed: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    summary: str = ""
    marker: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One visit to make: a source and the validators it gave last time.

    An `audit` does not take "not modified" for an answer: the listing is asked for again, without them.
    """

    source: Source
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    audit: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What came of visiting a source: leads, or "not modified", or a problem. Times in seconds.

    `held` are items that lead to another site, which nobody follows. `fresh` is for how long the answer says
    that it stays good. `contradicted` is set when an audit was told "not modified" before and after it got
    another body.
    """

    source: str
    leads: tuple[Lead, ...] = ()
    not_modified: bool = False
    problem: Problem | None = None
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    size: int = 0
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    held: tuple[Lead, ...] = ()
    moved: Moved | None = None
    fresh: float = 0.0
    wish: Wish | None = None
    contradicted: bool = False


@dataclass(frozen=True, slots=True)
class Robots:
    """One origin's robots.txt as last seen. `status` None means that it could not be had."""

    origin: str
    fetched_at: datetime
    expires_at: datetime
    status: int | None
    body: bytes = b""
