"""Empty the outbox: each message is claimed, handed over, and marked at once, one commit for each.

A crash between the server's yes and our mark sends that one message again, with the same Message-ID and
Date; it can lose none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery
from notifications.channels import Channel
from scheduler.house import House

_LEASE = timedelta(minutes=10)
_BATCH = 50
_FIRST_RETRY, _LONGEST_RETRY = timedelta(minutes=2), timedelta(hours=2)
_TRIES = 15  # with these pauses, about a day: a digest later than that belongs to the next one


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the messages that were due: how many were taken, wait for another try, or failed."""

    accepted: int = 0
    waiting: int = 0
    failed: int = 0
    errors: tuple[str, ...] = ()


def send(house: House) -> Sent:
    """Send every message that is due now."""
    accepted = waiting = failed = 0
    errors: list[str] = []
    with house.channel() as channel:
        while batch := _claim(house):
            for delivery in batch:
                error = _hand_over(house, channel, delivery)
                if error is None:
                    accepted += 1
                    continue
                errors.append(f"{delivery.recipient}: {error.reason}")
                if error.permanent or delivery.attempts + 1 >= _TRIES:
                    failed += 1
                else:
                    waiting += 1
    return Sent(accepted, waiting, failed, tuple(errors))


def _claim(house: House) -> list[Delivery]:
    now = house.clock()
    with house.store.begin() as tx:
        return tx.outbox.claim(now=now, until=now + _LEASE, limit=_BATCH, owner=house.owner)


def _hand_over(house: House, channel: Channel, delivery: Delivery) -> DeliveryError | None:
    try:
        channel.send(delivery)
    except DeliveryError as error:
        _note(house, delivery, error, house.clock())
        return error
    with house.store.begin() as tx:
        tx.outbox.accepted(delivery.id, now=house.clock())
    return None


def _note(house: House, delivery: Delivery, error: DeliveryError, now: datetime) -> None:
    with house.store.begin() as tx:
        if error.permanent or delivery.attempts + 1 >= _TRIES:
            tx.outbox.failed(delivery.id, error=error.reason, now=now)
        else:
            wait = min(_FIRST_RETRY * 2**delivery.attempts, _LONGEST_RETRY)
            tx.outbox.retry(delivery.id, at=now + wait, error=error.reason, uncertain=error.uncertain)
