"""The nouns of those who are told: who they are, what they asked for, and what they agreed to."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from newsdesk.kinds import Cadence, Rule
from newsdesk.searches import Search
from newsdesk.slots import Bell

MORNING = Bell(Cadence.DAILY, "Europe/London", "07:00")
MAIL = "email"


class Consent(StrEnum):
    """What somebody agreed to or took back. The record of it only grows."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"  # the operator vouches for it and says why
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One address. A pending one is told nothing but how to confirm; one that left is forgotten in time.

    `address` is None once it was erased.
    """

    id: int
    address: str | None
    state: Literal["pending", "active", "left", "erased"]
    created_at: datetime
    confirmed_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A saved search of one subscriber, and when and how its news is told.

    `id` is 0 until it is stored, and stays however often it is edited. `name` is unique among the
    subscriber's own. `channel` is "email" or the name of a configured one. `rules` and `quiet` are those of
    an instant one: what it is alerted of (nothing said is any news), and between which local times it waits
    ("21:00-07:00"). `since` is when it began: no slot before is told, and None means not confirmed yet.
    """

    id: int
    subscriber: int
    address: str
    name: str
    search: Search = field(default_factory=Search)
    bell: Bell = MORNING
    channel: str = MAIL
    send_empty: bool = False
    rules: frozenset[Rule] = frozenset()
    quiet: str = ""
    since: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One line of the record: what, when, in which words, and the evidence (a token's id, a letter)."""

    subscriber: int
    kind: Consent
    at: datetime
    wording: str
    source: str
    evidence: str = ""
