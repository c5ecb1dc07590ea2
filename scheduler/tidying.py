"""Once a day: let go what has had its time. A day without it does no harm."""

from collections.abc import Callable
from dataclasses import dataclass

from newsdesk.retention import BOUNCES, BULLETINS, MANNERS, OUTAGES, SAMPLES, TRIES
from scheduler import leasing, subscribing
from scheduler.house import House, unhurried
from storage.retention import BATCH, Retention


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many of each were let go; `readers` are the addresses of those who left long ago."""

    readers: int
    texts: int
    versions: int
    samples: int
    portraits: int
    mails: int
    tries: int
    bounces: int
    visits: int
    outages: int
    bulletins: int
    manners: int
    presences: int


def tidy(house: House, *, beat: Callable[[], None] = unhurried) -> Tidied:
    """Let go what is older than the house keeps it, and give the space back.

    `beat` is called between two batches, each of which is a transaction of its own; it ends the work by
    raising.
    """
    now, kept = house.clock(), house.retention

    def all_of(batch: Callable[[Retention], int]) -> int:
        total, count = 0, BATCH
        while count >= BATCH:
            beat()
            with house.store.begin() as tx:
                count = batch(tx.retention)
            total += count
        return total

    beat()
    tidied = Tidied(
        readers=subscribing.forget_the_gone(house),
        texts=all_of(lambda old: old.texts(now - kept.texts)),
        versions=all_of(lambda old: old.versions(now - kept.texts)),
        samples=all_of(lambda old: old.samples(now - SAMPLES)),
        portraits=all_of(lambda old: old.portraits(now - kept.texts)),
        mails=all_of(lambda old: old.mails(now - kept.mails)),
        tries=all_of(lambda old: old.tries(now - TRIES)),
        bounces=all_of(lambda old: old.bounces(now - BOUNCES)),
        visits=all_of(lambda old: old.visits(now - kept.visits)),
        outages=all_of(lambda old: old.outages(now - OUTAGES)),
        bulletins=all_of(lambda old: old.bulletins(now - BULLETINS)),
        manners=all_of(lambda old: old.manners(now - MANNERS)),
        presences=all_of(lambda old: old.presences(now - MANNERS, leasing.PRESENCE)),
    )
    house.store.compact()
    return tidied
