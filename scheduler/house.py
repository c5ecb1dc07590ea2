"""What the jobs work with, put together once by the front door and passed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from crawlers.guard import Allowance
from newsdesk.desk import Desk
from newsdesk.model import Source, Subscription
from notifications.channels import Channel
from storage import Store


@dataclass(frozen=True, slots=True)
class House:
    """Store, desk, sources and readers. `clock` gives aware UTC.

    `owner` names this process on the leases it takes. `allow` lists the hosts on this machine that may be
    reached: only tests and the demo have any.
    """

    store: Store
    desk: Desk
    sources: Mapping[str, Source]
    subscriptions: tuple[Subscription, ...]
    channel: Callable[[], Channel]
    clock: Callable[[], datetime]
    owner: str
    contact: str
    sender: str
    unsubscribe: tuple[str, ...] = ()
    allow: tuple[Allowance, ...] = ()
