"""How it is told that something is due: by default to nobody, since every service looks for itself.

A hint only says where work may be. Whether there is any, and whose it is, say the rows and their leases; so a
hint that is lost, doubled or late does no harm, and the next sweep gives it again.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

# Does what is due of a kind about these keys, and says what it did.
Work = Callable[[str, frozenset[str]], object]  # does what is due of a kind about these keys


class Dispatcher(Protocol):
    """Carries hints to whoever is to do the work."""

    def dispatch(self, kind: str, keys: frozenset[str]) -> object:
        """Something of this kind may be due about these. What was done, if it was done at once, else None."""

    async def run_worker(self) -> None:
        """Do what others hint at, until cancelled."""

    def stats(self) -> Mapping[str, int]:
        """How many hints are in each state."""


Engine = Callable[[Work], Dispatcher]


class InProcess:
    """Whoever finds something due does it at once, all of it together."""

    def __init__(self, work: Work) -> None:
        self._work, self._done = work, 0

    def dispatch(self, kind: str, keys: frozenset[str]) -> object:
        done = self._work(kind, keys)
        self._done += 1
        return done

    async def run_worker(self) -> None:
        await asyncio.Event().wait()

    def stats(self) -> Mapping[str, int]:
        return {"done": self._done}
