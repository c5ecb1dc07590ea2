"""The watch over it all: what is late, what failed, and what does not add up."""

from datetime import timedelta

from newsdesk.accounts import troubles
from newsdesk.slots import LATEST, missing
from scheduler.house import House

_LOOK_BACK = timedelta(days=2)
_MOST = 1_000  # slots


def watch(house: House) -> list[str]:
    """What the operator has to know of the last two days, a line each; empty when all is well."""
    now = house.clock()
    with house.store.read() as tx:
        accounts = tx.accounts.latest(_MOST, since=now - _LOOK_BACK)
        routes = tx.routes.all()
        unplanned = [
            slot
            for bell, since in tx.subscriptions.bells().items()
            for slot in missing(
                bell,
                tx.slots.dates(bell, since=(now - timedelta(days=LATEST + 2)).date()),
                since=since,
                now=now,
            )
        ]
    return troubles(accounts, [each for each in unplanned if not each.merged], routes, now)
