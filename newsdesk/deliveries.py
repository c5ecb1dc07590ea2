"""What is urgent, how long a message is tried, and what each try and each bounce leave behind."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

URGENCY = {"confirmation": 0, "alert": 1, "operator": 1, "digest": 2}
"""By kind of message: the smaller leaves first."""

LASTS = {
    "confirmation": timedelta(hours=72),
    "alert": timedelta(hours=6),
    "operator": timedelta(hours=24),
    "digest": timedelta(hours=24),  # by then the next one is due
}
"""By kind of message, how long after it was queued it is still worth sending."""

SOFT_BOUNCES, SOFT_WINDOW = 5, timedelta(days=14)
"""So many passing troubles of one address, in so long a time, count as one that does not pass."""

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=2), timedelta(hours=2)

Reason = Literal["refused", "bounced", "often-bounced", "asked"]


def pause(attempts: int) -> timedelta:
    """How long to wait for the next try after so many that failed."""
    return min(_FIRST_PAUSE * (1 << min(attempts, 10)), _LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of one message. `phase` is how far it came, `status` and `said` are the server's words."""

    delivery: int
    channel: str
    at: datetime
    seconds: float
    outcome: Literal["accepted", "waiting", "uncertain", "failed"]
    phase: str = ""
    status: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that takes no digests and alerts any more, why, and by whose word.

    `delivery` is the message from which that was learnt, by the channel it left by.
    """

    address: str
    reason: Reason
    at: datetime
    said: str = ""
    delivery: int | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A returned message. A hard one says that the address is no more; a soft one, that it has trouble.

    One that only speaks of delay is kept and counts for nothing. `key` tells it from every other.
    """

    key: str
    kind: Literal["hard", "soft", "delayed"]
    at: datetime
    address: str | None = None
    delivery: int | None = None
    status: str = ""
    said: str = ""
