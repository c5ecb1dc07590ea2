"""What the jobs work with, put together once by the front door and passed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsdesk.retention import KEPT, Retention

if TYPE_CHECKING:  # nothing is loaded for a name alone: a crawl needs neither the desk nor the ways out
    from crawlers.guard import Allowance
    from newsdesk.desk import Desk
    from newsdesk.model import Source
    from newsdesk.searches import Places
    from newsdesk.tokens import Doors
    from notifications.channels import Route
    from notifications.mailboxes import Mailbox
    from notifications.verp import Verp
    from storage import Store

# What a killed process held stays closed to the others for so long; longer than any gap between two requests.
LEASE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class House:
    """Store, sources, and where councils lie. `desk_of` gives the desk, which takes its time to be made
    and is not needed by every job. `clock` gives aware UTC. `doors` are the addresses at
    which readers answer; there are none without a public address. `routes` are the ways out by name, one of
    them "email". `returned` opens the mailbox of what came back, which `verp` can match.

    `operator` is the address of whoever is told what needs a person; nobody is where it is empty.
    `owner` names this process on the leases it takes. `allow` lists the hosts on this machine that may be
    reached: only tests and the demo have any.
    """

    store: "Store"
    desk_of: "Callable[[], Desk]"
    sources: "Mapping[str, Source]"
    places: "Places"
    routes: "Mapping[str, Route]"
    clock: Callable[[], datetime]
    owner: str
    contact: str
    sender: str
    unsubscribe: tuple[str, ...] = ()
    operator: str = ""
    doors: "Doors | None" = None
    verp: "Verp | None" = None
    returned: "Callable[[], Mailbox] | None" = None
    retention: Retention = KEPT
    allow: "tuple[Allowance, ...]" = ()

    lease: timedelta = LEASE

    @property
    def desk(self) -> "Desk":
        return self.desk_of()


def unhurried() -> None:
    """What a job calls every few seconds while it works, where nobody wants it to end."""
