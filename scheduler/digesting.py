"""Draw up the digests that are due: choose, render, freeze them with their messages in one transaction."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from newsdesk.digests import compose
from newsdesk.errors import DeliveryError
from newsdesk.model import Delivery, Digest, SourceState, Subscription, Unseen
from newsdesk.periods import LOOK_BACK, cutoff, due
from notifications import envelope
from notifications.proof import sealed
from notifications.render import Rendered, render
from scheduler.house import House
from storage import Transaction

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A digest that was frozen, and how many messages carry it."""

    digest: Digest
    messages: int


def draw_due(house: House) -> list[Drawn]:
    """Freeze every subscription's digest whose local time has passed; those that exist are left alone.

    One with nothing to tell is frozen too, without messages: what comes later belongs to the next.
    """
    now = house.clock()
    drawn = []
    for subscription in house.subscriptions:
        day = due(subscription, now)
        if day is None:
            continue
        try:
            made = draw(house, subscription, day, until=cutoff(day, subscription.at), close=True)
        except DeliveryError as error:  # what is wrong with one reader's mail keeps no other waiting
            _log.error("%s: %s", subscription.name, error.reason)
            continue
        if made is not None and made.messages:
            drawn.append(made)
    return drawn


def draw(
    house: House, subscription: Subscription, day: date, *, until: datetime, close: bool = False
) -> Drawn | None:
    """Freeze one digest of what was reported up to `until`, with its messages.

    None when it exists already, and when there is nothing to tell unless `close` asks for the empty row.
    """
    with house.store.begin(turn=f"digest {subscription.name}") as tx:
        if tx.digests.get(subscription.name, day) is not None:
            return None
        told = _composed(house, tx, subscription, day, until=until)
        if told is None and not close:
            return None
        digest = told or Digest(subscription.name, day, ())
        mails = _mails(house, subscription, told) if told else []
        tx.digests.freeze(digest, mails, now=house.clock())
    return Drawn(digest, len(mails))


def preview(
    house: House, subscription: Subscription, day: date, *, until: datetime | None = None
) -> tuple[Digest | None, Rendered | None]:
    """What a digest of this local date would say now; nothing is written."""
    with house.store.read() as tx:
        digest = _composed(house, tx, subscription, day, until=until or cutoff(day, subscription.at))
    return digest, _rendered(house, digest) if digest else None


def _composed(
    house: House, tx: Transaction, subscription: Subscription, day: date, *, until: datetime
) -> Digest | None:
    stories = tx.digests.undelivered(subscription.name, since=until - LOOK_BACK, until=until)
    return compose(subscription, stories, local_date=day, unseen=_unseen(house, tx, subscription))


def _unseen(house: House, tx: Transaction, subscription: Subscription) -> list[Unseen]:
    """The sources of this reader that could not be read: those of their councils, and those of no council."""
    states = tx.sources.states(list(house.sources))
    return [
        Unseen(house.sources[name].outlet, state.problem.reason, state.problem_since)
        for name, state in states.items()
        if state.problem and state.problem_since and _concerns(house, subscription, state)
    ]


def _concerns(house: House, subscription: Subscription, state: SourceState) -> bool:
    source = house.sources[state.name]
    about = {source.council, *source.covers} - {None}
    return not subscription.councils or not about or bool(about & subscription.councils)


def _rendered(house: House, digest: Digest) -> Rendered:
    return render(
        digest,
        councils=house.desk.gazetteer.names,
        now=house.clock(),
        unsubscribe=house.unsubscribe,
    )


def _mails(house: House, subscription: Subscription, digest: Digest) -> list[Delivery]:
    rendered = _rendered(house, digest)
    messages = [
        envelope.compose(
            rendered,
            digest=digest,
            recipient=recipient,
            sender=house.sender,
            date=cutoff(digest.local_date, subscription.at),
            unsubscribe=house.unsubscribe,
        )
        for recipient in subscription.recipients
    ]
    return [Delivery(0, each.message_id, each.sender, each.recipient, sealed(each)) for each in messages]
