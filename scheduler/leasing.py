"""What this process holds while it works on it: taken together, kept alive, shown before each write."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from newsdesk.errors import StoreBusy
from scheduler.house import House
from storage import Transaction

PRESENCE = "service "  # and its owner: held by each service that is at work
_OFTEN = 4  # renewals in the time of one lease: a database that is locked for a minute costs nothing


class Held:
    """Names that this process holds, until `beat` or `show` finds that it was held up for too long."""

    def __init__(self, house: House, fences: Mapping[str, int]) -> None:
        self._house, self.fences = house, dict(fences)
        self._renew_at = house.clock() + house.lease / _OFTEN
        self._last: list[Callable[[Transaction], None]] = []

    def beat(self) -> None:
        """To be called every few seconds. Raises LeaseLost when another process has taken something over."""
        now = self._house.clock()
        if now >= self._renew_at:
            with self._house.store.begin() as tx:
                tx.leases.renew(self.fences, until=now + self._house.lease)
            self._renew_at = now + self._house.lease / _OFTEN

    def also(self, tx: Transaction, name: str) -> bool:
        """Whether this is held too from now on: whether nobody else has it."""
        if name not in self.fences:
            now = self._house.clock()
            until = now + self._house.lease
            self.fences |= tx.leases.claim([name], owner=self._house.owner, now=now, until=until)
        return name in self.fences

    def drop(self, names: Iterable[str]) -> None:
        """Give some of it back before the others."""
        dropped = {name: self.fences.pop(name) for name in names}
        if dropped:
            with self._house.store.begin() as tx:
                tx.leases.release(dropped, now=self._house.clock())

    def at_last(self, write: Callable[[Transaction], None]) -> None:
        """To be written in the transaction that gives everything back."""
        self._last.append(write)

    def give_back(self) -> None:
        with self._house.store.begin() as tx:
            for write in self._last:
                write(tx)
            tx.leases.release(self.fences, now=self._house.clock())

    def show(self, tx: Transaction, names: Sequence[str]) -> None:
        """To be called first in a transaction that writes what these names are about. Raises LeaseLost."""
        tx.leases.show({name: self.fences[name] for name in names})


@contextmanager
def held(house: House, names: Sequence[str]) -> Iterator[Held]:
    """Those of these names that nobody else holds; they are given back at the end, whatever happens."""
    now = house.clock()
    with house.store.begin() as tx:
        fences = tx.leases.claim(names, owner=house.owner, now=now, until=now + house.lease)
    mine = Held(house, fences)
    try:
        yield mine
    finally:
        with suppress(StoreBusy):  # else they run out by themselves
            mine.give_back()
