"""The nouns, frozen. Every datetime is aware and in UTC; every `IsoDay` may be as coarse as its source.

An `IsoDay` is "2022-07-29", "2022-07" or "2022": inspectors are reported to have come "in June", and a
month must not be turned into a day that nobody wrote.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from newsdesk.errors import Advice, FetchError, PresswatchError
from newsdesk.kinds import (
    OFFICIAL as OFFICIAL,
    Area as Area,
    Event as Event,
    Grade as Grade,
    Kind as Kind,
    Role as Role,
    Scope as Scope,
)

IsoDay = str


# ---------------------------------------------------------------- sources and what they show


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
class SourceState:
    """What is known of a source from its visits. `failures` counts since the last good one."""

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
    """One visit to make: a source and the validators it gave last time."""

    source: Source
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What came of visiting a source: leads, or "not modified", or a problem. Times in seconds."""

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


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of following a lead: exactly one of article and problem is set."""

    source: str
    lead: Lead
    article: "Article | None" = None
    problem: Problem | None = None
    size: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Robots:
    """One origin's robots.txt as last seen. `status` None means that it could not be had."""

    origin: str
    fetched_at: datetime
    expires_at: datetime
    status: int | None
    body: bytes = b""


# ---------------------------------------------------------------- articles and what is made of them


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes behind an address. `url` is the one asked for, `final_url` the one that answered."""

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """What an inspectorate's document says in its fixed places (title, dates, grade table).

    `kind` is the event it is the document of. A document whose framework gives no overall grade has none.
    """

    kind: Event
    council_name: str | None = None
    urn: str | None = None
    published: IsoDay | None = None
    started: IsoDay | None = None
    ended: IsoDay | None = None
    lead_inspector: str | None = None
    grades: Mapping[Area, Grade] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says. `winners` names, per field, where the value came from ("json-ld", "h1", …)."""

    url: str
    outlet: str
    title: str
    text: str
    fetched_at: datetime
    source: str | None = None
    kind: Kind = Kind.OTHER
    canonical_url: str | None = None
    published: datetime | None = None
    published_printed: str | None = None
    updated: datetime | None = None
    updated_printed: str | None = None
    byline: str | None = None
    language: str | None = None
    media: Literal["html", "pdf", "text"] = "html"
    document: OfficialDocument | None = None
    home: str | None = None  # slug of the council whose own page this is
    covers: tuple[str, ...] = ()  # slugs of the councils its outlet is about
    winners: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that fired, what it added to the score, and the line it fired on."""

    rule: str
    weight: float
    line: str


@dataclass(frozen=True, slots=True)
class CouncilRole:
    council: str
    role: Role
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade of a council for an area. `current` is true only when this article announces it."""

    council: str
    area: Area
    grade: Grade
    date: IsoDay | None
    current: bool
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """When inspectors came. `ordinal` counts visits since the judgement, where the text counts them."""

    started: IsoDay | None = None
    ended: IsoDay | None = None
    ordinal: int | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the desk makes of one article, with every reason."""

    relevant: bool
    score: float
    reasons: tuple[Reason, ...]
    scope: Scope
    event: Event
    councils: tuple[CouncilRole, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    visit: Visit | None = None
    event_sentence: str = ""
    snippet: str = ""

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset(each.council for each in self.councils if each.role is Role.SUBJECT)


@dataclass(frozen=True, slots=True)
class Report:
    """An article as a reader of its story sees it."""

    article: int
    url: str
    outlet: str
    kind: Kind
    title: str
    published: datetime | None
    fetched_at: datetime
    snippet: str = ""
    duplicate_of: int | None = None

    @property
    def when(self) -> datetime:
        return self.published or self.fetched_at


@dataclass(frozen=True, slots=True)
class Story:
    """One event. `id` is 0 until it is stored. `version` grows when something that matters changed.

    `first_seen` and `last_seen` are the publication times of the first and the last report; a report
    without a date counts with the time it was fetched.
    """

    id: int
    headline: str
    event: Event
    scope: Scope
    councils: tuple[CouncilRole, ...]
    judgements: tuple[Judgement, ...]
    visit: Visit | None
    first_seen: datetime
    last_seen: datetime
    reports: tuple[Report, ...] = ()
    words: frozenset[str] = frozenset()
    version: int = 1

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset(each.council for each in self.councils if each.role is Role.SUBJECT)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article goes: into an open story (its id) or into a new one (None), and why."""

    story: int | None
    why: str


# ---------------------------------------------------------------- readers


@dataclass(frozen=True, slots=True)
class Subscription:
    """What somebody asked for. Empty `councils` and `events` mean all. `at` is "07:00", local time."""

    name: str
    recipients: tuple[str, ...]
    councils: frozenset[str] = frozenset()
    events: frozenset[Event] = frozenset()
    weekdays: frozenset[int] = frozenset(range(7))
    at: str = "07:00"
    send_empty: bool = False


@dataclass(frozen=True, slots=True)
class DigestItem:
    """A story in a digest. `updated` is true when its subscriber has been told of it before."""

    story: Story
    updated: bool = False


@dataclass(frozen=True, slots=True)
class Unseen:
    """A source that could not be read, as a reader is told of it."""

    outlet: str
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """What one subscription is told on one local date; its items are frozen."""

    subscription: str
    local_date: date
    items: tuple[DigestItem, ...]
    unseen: tuple[Unseen, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one recipient, ready to leave. `date` and `message_id` never change on a retry."""

    message_id: str
    date: datetime
    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    list_id: str
    unsubscribe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the outbox: the bytes of one message and what became of it."""

    id: int
    message_id: str
    sender: str
    recipient: str
    mail: bytes
    state: Literal["queued", "accepted", "failed", "uncertain"] = "queued"
    attempts: int = 0
    next_attempt_at: datetime | None = None
    last_error: str | None = None
