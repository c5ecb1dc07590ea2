"""Empty the outbox: each message is claimed, handed over, and marked before its sender takes the next.

A crash between the server's yes and our mark sends that one message again, with the same Message-ID and
Date; it can lose none. So does a sender that was held up for longer than its lease and wakes when another
has taken over: before the next message it asks the rows which are still its own.

Every route is a world of its own: one that hangs or fails keeps no other waiting, and what is wrong with a
route is not held against its messages.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from threading import Lock

from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery
from newsdesk.routes import RouteState
from notifications.channels import Channel, Route
from scheduler.house import House, unhurried
from scheduler.ledger import Ledger, Result
from scheduler.parallel import in_parallel

_log = logging.getLogger(__name__)
_AT_LEAST = timedelta(minutes=5)  # of a lease when a message sets out, since a slow one may take that long
_LEASE = timedelta(minutes=6)  # so it is renewed every minute, and what a killed sender held waits as long
_CLAIMED = 8  # messages per connection: few, since what a killed sender holds waits for the lease to end
_MINUTE = timedelta(minutes=1)
_ASKED_FOR = {"confirmation", "operator"}  # sent to parked addresses too: somebody is waiting for them


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the messages that were due, how many wait for another try, and what was said."""

    accepted: int = 0
    waiting: int = 0
    failed: int = 0
    errors: tuple[str, ...] = ()


def send(house: House, *, beat: Callable[[], None] = unhurried) -> Sent:
    """Send every message that is due now. `beat` is called before each; it ends the work by raising."""
    expired = _give_up_what_is_late(house)
    with house.store.read() as tx:
        due, states = tx.outbox.due(now=house.clock()), tx.routes.all()
    runs = [
        _Run(house, house.routes.get(name) or _unknown(name), states.get(name) or RouteState(name), beat)
        for name in due
    ]
    in_parallel([run.work for run in runs for _ in range(run.senders(due[run.name]))])
    with house.store.read() as tx:
        left = tx.outbox.waiting()
    tallies = [run.ledger.tally for run in runs]
    late = [f"{expired} not accepted before their time was over"] if expired else []
    return Sent(
        accepted=sum(each.accepted for each in tallies),
        waiting=left.get("queued", 0) + left.get("uncertain", 0),
        failed=expired + sum(each.failed for each in tallies),
        errors=(*late, *(error for each in tallies for error in each.errors)),
    )


def _give_up_what_is_late(house: House) -> int:
    """Says how many. It is asked first, so that a ring with nothing to do writes nothing."""
    with house.store.read() as tx:
        if not tx.outbox.late(now=house.clock()):
            return 0
    with house.store.begin() as tx:
        return tx.outbox.expire(now=house.clock())


class _Run:
    """One route's messages, taken by as many senders as it may have connections."""

    def __init__(self, house: House, route: Route, state: RouteState, beat: Callable[[], None]) -> None:
        self.name = state.name
        self._owner = f"{house.owner} {token_hex(4)}"  # no other run's, not even of this process
        self.ledger = Ledger(house, state, self._owner)
        self._house, self._route, self._beat = house, route, beat
        self._lock, self._over = Lock(), False
        self._held: deque[Delivery] = deque()
        self._held_until = house.clock()
        self._left = self._allowed()

    def senders(self, waiting: int) -> int:
        """None while the route is shut; one to see whether it is well again."""
        if self.ledger.state.is_shut(self._house.clock()):
            return 0
        return 1 if self.ledger.state.problem else max(1, min(self._route.connections, waiting // 4))

    def work(self) -> None:
        """One sender: until nothing is due, the route is shut, or somebody ends it."""
        try:
            with self._route.open() as channel:
                while (delivery := self._next()) is not None:
                    self.ledger.settle(self._tried(channel, delivery))
        except DeliveryError as error:
            self.ledger.unopened(error)
        finally:
            self._give_back()

    def _tried(self, channel: Channel, delivery: Delivery) -> Result:
        began = self._house.clock()
        receipt, error = "", None
        try:
            receipt = channel.send(delivery)
        except DeliveryError as raised:
            error = raised
        except Exception as raised:  # noqa: BLE001  a mistake of ours, which must not keep the others waiting
            _log.exception("channel failed", extra={"channel": self.name, "delivery": delivery.id})
            error = DeliveryError(f"the channel failed: {type(raised).__name__}", permanent=False)
        return Result(delivery, began, (self._house.clock() - began).total_seconds(), error, receipt)

    def _next(self) -> Delivery | None:
        with self._lock:
            if self._over or self.ledger.state.is_shut(self._house.clock()):
                return None
            self._beat()
            self._renew()
            while not self._held and self._claim():
                pass
            return self._held.popleft() if self._held else None

    def _renew(self) -> None:
        """What is held is held for long enough. What another took over during a stall is let go."""
        now = self._house.clock()
        if not self._held or _AT_LEAST <= self._held_until - now <= _LEASE:  # more: the clock was set back
            return
        self._held_until = now + _LEASE
        held = [each.id for each in self._held]
        with self._house.store.begin() as tx:
            ours = tx.outbox.renew(held, owner=self._owner, until=self._held_until)
        self._held = deque(each for each in self._held if each.id in ours)

    def _claim(self) -> bool:
        """A few more, without those that are held back; whether there were any."""
        now = self._house.clock()
        self._held_until = now + _LEASE
        limit = min(self._left, _CLAIMED * self._route.connections)
        if limit <= 0:
            return False
        with self._house.store.begin() as tx:
            claimed = tx.outbox.claim(
                self.name, now=now, until=self._held_until, limit=limit, owner=self._owner
            )
            parked = tx.suppressions.among(each.recipient for each in claimed)
            for each in claimed:
                why = None if each.kind in _ASKED_FOR else parked.get(each.recipient.lower())
                if why is None:
                    self._held.append(each)
                else:
                    said = f"{each.recipient} takes no mail since {why.at:%Y-%m-%d}: {why.said or why.reason}"
                    tx.outbox.suppressed(each.id, owner=self._owner, why=said, now=now)
        self._left -= len(claimed)
        return bool(claimed)

    def _allowed(self) -> int:
        if not self._route.per_minute:
            return 1 << 30
        since = self._house.clock() - _MINUTE
        with self._house.store.read() as tx:
            return self._route.per_minute - tx.attempts.number(self.name, since=since)

    def _give_back(self) -> None:
        with self._lock:
            self._over = True
            held = [each.id for each in self._held]
            self._held.clear()
        if held:
            with self._house.store.begin() as tx:
                tx.outbox.release(held, owner=self._owner)


def _unknown(name: str) -> Route:
    def refuse() -> Channel:
        raise DeliveryError(
            f"no channel is called {name!r}: see [channels] in presswatch.toml",
            permanent=False,
            fault="route",
        )

    return Route(refuse)
