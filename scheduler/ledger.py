"""What became of each message is written before the next is tried, several in one commit.

Senders that finish at the same time share a commit: the first of them writes for all who wait, and none goes
on before its own result is on the disk. Measured on SQLite, eight senders so note four to eight times as many
results a second as one, and a crash can leave at most one message per sender in doubt.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from newsdesk.deliveries import Attempt, Suppression, pause
from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery
from newsdesk.routes import RouteState
from scheduler.house import House
from storage import Transaction

_SAID = 300  # characters of a server's words that are kept


@dataclass(slots=True)
class Result:
    """One try of one message: the receipt, or the error. `written` once it is on the disk."""

    delivery: Delivery
    at: datetime
    seconds: float
    error: DeliveryError | None = None
    receipt: str = ""
    written: bool = False


@dataclass
class Tally:
    """What a run has come to so far."""

    accepted: int = 0
    failed: int = 0
    errors: list[str] = field(default_factory=list)


class Ledger:
    """The results of one route, shared by its senders. `state` is how the route is doing.

    `owner` is the name by which the messages were claimed.
    """

    def __init__(self, house: House, state: RouteState, owner: str) -> None:
        self._house, self.state, self._owner = house, state, owner
        self.tally = Tally()
        self._unwritten: list[Result] = []
        self._arriving, self._writing = Lock(), Lock()

    def settle(self, result: Result) -> None:
        """Returns when the result is on the disk."""
        with self._arriving:
            self._unwritten.append(result)
        with self._writing:
            if not result.written:  # else somebody wrote it along with their own
                with self._arriving:
                    results, self._unwritten = self._unwritten, []
                self._write(results)

    def unopened(self, error: DeliveryError) -> None:
        """The route could not be opened at all."""
        with self._writing, self._house.store.begin() as tx:
            state = self.state
            if not state.is_shut(self._house.clock()):  # else another of its senders has said so
                self.tally.errors.append(f"{state.name}: {error.reason}")
                self._save(tx, state.failed(error.reason, self._house.clock(), reached=False))

    def _write(self, results: list[Result]) -> None:
        now, state = self._house.clock(), self.state
        with self._house.store.begin() as tx:
            attempts = []
            accepted = [each.delivery.id for each in results if each.error is None]
            if accepted:
                tx.outbox.accepted(*accepted, now=now)
            for each in results:
                if each.error is None:
                    attempts.append(_attempt(each, "accepted"))
                    state = state.accepted()
                    continue
                outcome, state = self._refused(tx, state, each.delivery, each.error, now)
                attempts.append(_attempt(each, outcome))
                self.tally.failed += outcome == "failed"
            tx.attempts.note(attempts)
            self._save(tx, state)
        self.tally.accepted += len(accepted)
        for each in results:
            each.written = True
            if each.error is not None:
                self.tally.errors.append(f"{each.delivery.recipient}: {each.error.reason}")

    def _refused(
        self, tx: Transaction, state: RouteState, delivery: Delivery, error: DeliveryError, now: datetime
    ) -> tuple[str, RouteState]:
        """What an error means for its message and for the route."""
        if error.fault == "route":
            after = state.failed(
                error.reason,
                now,
                # one connection too many is no reason to end those that work
                reached=error.phase != "connect" or bool(self.tally.accepted),
                wait=timedelta(seconds=error.retry_after or 0),
            )
            again = max(after.shut_until or now, now + pause(0))
            if error.uncertain:
                tx.outbox.retry(delivery.id, owner=self._owner, at=again, error=error.reason, uncertain=True)
                return "uncertain", after
            tx.outbox.wait(delivery.id, owner=self._owner, at=again, error=error.reason)
            return "waiting", after
        if not error.permanent:
            at = now + max(pause(delivery.attempts), timedelta(seconds=error.retry_after or 0))
            tx.outbox.retry(
                delivery.id, owner=self._owner, at=at, error=error.reason, uncertain=error.uncertain
            )
            return "uncertain" if error.uncertain else "waiting", state
        return self._refused_for_good(tx, state, delivery, error, now)

    def _refused_for_good(
        self, tx: Transaction, state: RouteState, delivery: Delivery, error: DeliveryError, now: datetime
    ) -> tuple[str, RouteState]:
        after = state.refused(error.reason, now) if error.phase else state
        if state.problem and error.phase:  # who refuses everything refuses nobody
            at = now + pause(delivery.attempts)
            tx.outbox.retry(delivery.id, owner=self._owner, at=at, error=error.reason)
            return "waiting", after
        tx.outbox.failed(delivery.id, owner=self._owner, error=error.reason, now=now)
        if error.fault == "address" and error.phase:
            parked = Suppression(
                delivery.recipient, "refused", now, error.reason, delivery.id, delivery.channel
            )
            tx.suppressions.park(parked)
        if after.problem and after.shut_until is not None:
            since = state.refused_since or now
            tx.suppressions.lift(delivery.channel, since=since)
            tx.outbox.reopen(delivery.channel, since=since, at=after.shut_until)
            return "waiting", after
        return "failed", after

    def _save(self, tx: Transaction, state: RouteState) -> None:
        if state != self.state:
            tx.routes.save(state)
        self.state = state


def _attempt(result: Result, outcome: str) -> Attempt:
    error = result.error
    return Attempt(
        result.delivery.id,
        result.delivery.channel,
        result.at,
        result.seconds,
        outcome,  # type: ignore[arg-type]
        phase=error.phase if error else "",
        status=error.status if error else "",
        said=(error.reason if error else result.receipt)[:_SAID],
    )
