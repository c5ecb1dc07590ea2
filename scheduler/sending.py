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
_FIRST_RETRY, _LONGEST_RETRY = timedelta(minutes=2), timedelta(hours=2)
_TRIES = 15  # with these pauses, most of a day: what is later than that belongs to the next digest


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the messages that were due, how many wait for another try, and what was said."""

    accepted: int = 0
    waiting: int = 0
    failed: int = 0
    errors: tuple[str, ...] = ()


def send(house: House) -> Sent:
    """Send every message that is due now."""
    accepted = failed = 0
    errors: list[str] = []
    with house.channel() as channel:
        while delivery := _claim(house):
            error = _hand_over(house, channel, delivery)
            if error is None:
                accepted += 1
                continue
            errors.append(f"{delivery.recipient}: {error.reason}")
            failed += _is_over(delivery, error)
    with house.store.read() as tx:
        states = tx.outbox.waiting()
    waiting = states.get("queued", 0) + states.get("uncertain", 0)
    return Sent(accepted, waiting, failed, tuple(errors))


def _claim(house: House) -> Delivery | None:
    """One message at a time: a lease on many could run out while a slow relay takes the first of them."""
    now = house.clock()
    with house.store.begin() as tx:
        return next(iter(tx.outbox.claim(now=now, until=now + _LEASE, limit=1, owner=house.owner)), None)


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
        if _is_over(delivery, error):
            tx.outbox.failed(delivery.id, error=error.reason, now=now)
        else:
            wait = min(_FIRST_RETRY * 2**delivery.attempts, _LONGEST_RETRY)
            tx.outbox.retry(delivery.id, at=now + wait, error=error.reason, uncertain=error.uncertain)


def _is_over(delivery: Delivery, error: DeliveryError) -> bool:
    return error.permanent or delivery.attempts + 1 >= _TRIES
