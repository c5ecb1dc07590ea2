"""Configuration and sources, read afresh while the service runs; what is broken changes nothing."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from newsdesk.errors import Mistake, PresswatchError
from presswatch import compose
from presswatch.config import Config
from scheduler.house import House

_log = logging.getLogger("presswatch")
_ONCE = {"database": "database_url", "http": "http"}  # what is taken once, when the service starts

Stamp = frozenset[tuple[str, int, int]]


class Reloading:
    """Knows the configuration that is in force, and whether its files have changed since it was read.

    `mistakes` says why the files, as they are now, are not in force; empty when they are.
    """

    def __init__(self, settings: Config, house: Callable[[Config, House], House]) -> None:
        self.mistakes: tuple[str, ...] = ()
        self._started, self._settings, self._house = settings, settings, house
        self._stamp = stamp(settings)

    def changed(self) -> bool:
        """Whether a file was written, added or taken away since the last reading. Cheap."""
        return stamp(self._settings) != self._stamp

    def read(self, house: House) -> House:
        """The house as the files now want it, or the same as before and `mistakes`."""
        self._stamp = stamp(self._settings)
        try:
            wanted = compose.config(self._settings.path)
            after = self._house(wanted, house)
        except (PresswatchError, OSError) as error:
            self.mistakes = error.mistakes if isinstance(error, Mistake) else (str(error),)
            for each in self.mistakes:
                _log.error("configuration not reloaded, the old one stays in force", extra={"mistake": each})
            return house
        self.mistakes = tuple(self._too_late(wanted))
        for each in self.mistakes:
            _log.warning("configuration reloaded in part", extra={"mistake": each})
        self._settings, self._stamp = wanted, stamp(wanted)
        _log.info("configuration reloaded", extra={"sources": len(after.sources)})
        return after

    def _too_late(self, wanted: Config) -> list[str]:
        changed = [name for name, key in _ONCE.items() if getattr(wanted, key) != getattr(self._started, key)]
        return [f"{wanted.path}: {each} has changed: restart the service for that" for each in changed]


def stamp(settings: Config) -> Stamp:
    """When the files of a configuration were last written, and how large they are."""
    folder = settings.folder / settings.sources_folder
    return frozenset(
        (str(each), found.st_mtime_ns, found.st_size)
        for each in (settings.path, *sorted(folder.glob("*.toml")))
        if (found := _stat(each))
    )


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None
