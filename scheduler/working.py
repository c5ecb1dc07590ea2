"""The work that any number of services share: what is to be hinted at, and doing it."""

from collections.abc import Callable, Collection

from scheduler import alerting, collecting, digesting, sending, sharing
from scheduler.collecting import Watcher
from scheduler.house import House

# What may be named on the command line, and the jobs that it stands for.
KINDS = {"crawl": "collect", "alert": "alert", "draw": "digest", "send": "send"}


def keys(house: House, job: str) -> frozenset[str]:
    """What this job would be about now: the domains of the sources that are due and free; else all."""
    if job != "collect":
        return frozenset({"all"})
    now = house.clock()
    with house.store.read() as tx:
        taken = tx.leases.names(now)
    return frozenset(sharing.of(each.url) for each in sharing.free(collecting.due(house), taken))


def work(
    house: House, job: str, about: Collection[str], *, watch: Watcher, beat: Callable[[], None]
) -> object:
    """Do what is due of it. Others may do the same at the same moment: rows say whose it is."""
    match job:
        case "collect":
            return collecting.collect_due(house, about, watch=watch, beat=beat)
        case "alert":
            return alerting.tell(house)
        case "digest":
            return digesting.draw_due(house)
        case "send":
            return sending.send(house, beat=beat)
    raise ValueError(f"no job that is shared is called {job!r}")
