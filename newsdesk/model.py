"""The nouns, frozen. Every datetime is aware and in UTC; every `IsoDay` may be as coarse as its source.

An `IsoDay` is "2022-07-29", "2022-07" or "2022": inspectors are reported to have come "in June", and a
month must not be turned into a day that nobody wrote.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from newsdesk.kinds import (
    OFFICIAL as OFFICIAL,
    Area as Area,
    Event as Event,
    Grade as Grade,
    Kind as Kind,
    Outcome as Outcome,
    Role as Role,
    Scope as Scope,
    Step as Step,
)
from newsdesk.watching import (
    IsoDay as IsoDay,
    Lead as Lead,
    Listing as Listing,
    Move as Move,
    Moved as Moved,
    Order as Order,
    Problem as Problem,
    Robots as Robots,
    Source as Source,
    SourceState as SourceState,
    Trust as Trust,
    Wish as Wish,
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of following a lead: exactly one of article and problem is set."""

    source: str
    lead: Lead
    article: "Article | None" = None
    problem: Problem | None = None
    size: int = 0
    seconds: float = 0.0


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
    """A grade of a council for an area. `current` is true only when this article announces it.

    `told` is its date as coarse as the article tells it. `date` is the same, made as exact as the record of
    past inspections has it where that is the same inspection; of a current grade the day of publication.
    """

    council: str
    area: Area
    grade: Grade
    date: IsoDay | None
    current: bool
    sentence: str = ""
    told: IsoDay | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """When inspectors came, and to which council where there is one.

    `ordinal` counts visits since the judgement, where the text counts them.
    """

    started: IsoDay | None = None
    ended: IsoDay | None = None
    ordinal: int | None = None
    sentence: str = ""
    council: str | None = None


@dataclass(frozen=True, slots=True)
class Inspector:
    """Who led an inspection or a visit, and the sentence that says it."""

    name: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes next, by the article's own words, for `council` where it is about one. `due` may be
    coarse."""

    step: Step
    due: IsoDay | None = None
    sentence: str = ""
    council: str | None = None


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
    inspector: Inspector | None = None
    outcome: Outcome | None = None
    coming: tuple[Coming, ...] = ()
    topics: tuple[str, ...] = ()  # the names of those that it is relevant for
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
    without a date counts with the time it was fetched. `coming` is what its reports say comes next, each step
    once; `topics` are those that a report is relevant for.
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
    outcome: Outcome | None = None
    coming: tuple[Coming, ...] = ()
    topics: tuple[str, ...] = ()
    version: int = 1

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset(each.council for each in self.councils if each.role is Role.SUBJECT)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article goes: into an open story (its id) or into a new one (None), and why.

    `councils` are those of its subjects that it goes there for.
    """

    story: int | None
    why: str
    councils: frozenset[str] = frozenset()


# ---------------------------------------------------------------- readers


@dataclass(frozen=True, slots=True)
class Shown:
    """What a subscriber saw of a story when last told: its reports (their articles), its new grades, its
    outcome."""

    articles: tuple[int, ...]
    grades: tuple[tuple[str, Area, Grade], ...] = ()
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class DigestItem:
    """A story in a digest. `updated` is true when its subscriber has been told of it before.

    `shown` is what was told then, as far as that is known.
    """

    story: Story
    updated: bool = False
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Unseen:
    """A source that could not be read, as a reader is told of it."""

    outlet: str
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """What one subscription (its id and its name) is told on one local date; its items are frozen.

    `covers_from` is an earlier local date when the days since then were missed and are told here too.
    """

    subscription: int
    name: str
    local_date: date
    items: tuple[DigestItem, ...]
    unseen: tuple[Unseen, ...] = ()
    covers_from: date | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one recipient, ready to leave. `date` and `message_id` never change on a retry.

    `thread` is the Message-ID of an earlier one that this follows up, or empty.
    """

    message_id: str
    date: datetime
    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    list_id: str
    unsubscribe: tuple[str, ...] = ()
    kind: Literal["digest", "alert", "confirmation", "operator"] = "digest"
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the outbox: the bytes of one message, by which channel they leave, and what became of it.

    What is still waiting at `expires_at` is not sent any more. A suppressed one was held back, because its
    address takes no mail.
    """

    id: int
    message_id: str
    sender: str
    recipient: str
    mail: bytes
    state: Literal["queued", "accepted", "failed", "uncertain", "suppressed"] = "queued"
    attempts: int = 0
    next_attempt_at: datetime | None = None
    last_error: str | None = None
    kind: Literal["digest", "alert", "confirmation", "operator"] = "digest"
    channel: str = "email"
    expires_at: datetime | None = None
