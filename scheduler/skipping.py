"""For after a backup was put back: note as told what readers have had, so that nobody is told it twice."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from newsdesk.dates import LONDON
from newsdesk.kinds import Cadence
from newsdesk.model import Digest
from newsdesk.readers import Subscription
from scheduler import planning
from scheduler.digesting import Board
from scheduler.house import House

_WHY = "skipped by hand"


@dataclass(frozen=True, slots=True)
class Skipped:
    """How many digests were noted, the stories in them, and messages that will not be sent after all."""

    digests: int
    stories: int
    messages: int


def skip(house: House, day: date) -> Skipped:
    """Note every digest up to that of this local date as told, without a mail; doing it twice does no harm.

    Messages that wait for digests of then and before are closed. What was reported later is told as ever.
    """
    stories = digests = 0
    with house.store.read() as tx:
        begun = [each for each in tx.subscriptions.list() if each.since]
    for each in begun:
        until = min(_until(each, day), house.clock())
        board = Board.of(house, until)
        with house.store.begin(turn=f"digest {each.id}") as tx:
            told = tx.digests.told([each.subscriber])[each.subscriber]
            digest = board.digest(each, told, day) or Digest(each.id, each.name, day, ())
            now = house.clock()
            if tx.digests.freeze(digest, [], subscriber=each.subscriber, now=now) is not None:
                digests += 1
                stories += len(digest.items)
    return Skipped(digests, stories, _closed(house, day))


def _until(subscription: Subscription, day: date) -> datetime:
    """When its digest of that day tells up to; for those who are told at once, the end of the day."""
    if subscription.bell.cadence is Cadence.INSTANT:
        return datetime.combine(day + timedelta(days=1), time(), LONDON)
    return subscription.bell.instant(day)


def _closed(house: House, day: date) -> int:
    """Close the slots and messages of that day and before."""
    end = min(datetime.combine(day + timedelta(days=1), time(), LONDON), house.clock())
    planning.plan(replace(house, clock=lambda: end))
    with house.store.begin() as tx:
        for each in tx.slots.open():
            if each.slot.local_date <= day:
                tx.slots.close(each.id, state="complete", now=house.clock())
        return tx.outbox.give_up(day, why=_WHY, now=house.clock())
