"""Backups: where they lie, and what putting one back does and asks for."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsdesk.errors import Mistake, StoreUnfit
from presswatch.config import Config
from scheduler.leasing import PRESENCE
from storage import Store
from storage.backup import Copy, examine, unused

FOLDER = "backups"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back. `before` is the copy, or the damaged file, of what was there; None of an empty one.

    `newest` is when something last happened in the database as it is now; `waiting` counts messages that
    waited then.
    """

    copy: Copy
    before: Path | None
    newest: datetime | None
    waiting: int
    subscriptions: int


def place(settings: Config, now: datetime) -> Path:
    """A name for a new backup, in a folder beside the configuration."""
    return unused(settings.folder / FOLDER, f"presswatch-{now:%Y%m%dT%H%M%SZ}")


def restore(settings: Config, path: Path, *, force: bool, now: datetime) -> Restored:
    """Put a backup in the database's place.

    Raises StoreUnfit when the backup is not whole or is of a newer version, and Mistake, before anything is
    changed, when a service is at work or when the database is in use and `force` is not given. What a forced
    restore replaces is first backed up, or set aside if it is damaged.
    """
    copy = examine(path)
    store = Store(settings.database_url)
    try:
        before = _made_way(store, settings, force=force, now=now)
        store.restore(copy)
        return _found(store, copy, before)
    finally:
        store.close()


def _made_way(store: Store, settings: Config, *, force: bool, now: datetime) -> Path | None:
    try:
        if store.revision() is None:
            return None
        used = _used(store, now)
    except StoreUnfit:
        if not force:
            raise
        return store.set_aside(now)
    if not used:
        return None
    if not force:
        raise Mistake(f"{store.url_shown} is in use: with --force it is backed up and then replaced")
    try:
        return store.backup(unused(settings.folder / FOLDER, f"before-restore-{now:%Y%m%dT%H%M%SZ}")).path
    except StoreUnfit:
        return store.set_aside(now)


def _used(store: Store, now: datetime) -> bool:
    """Whether there is anything in it. Raises Mistake while a service is at work."""
    if store.revision() != Store.head():
        return True
    with store.read() as tx:
        at_work = [each for each in tx.leases.names(now) if each.startswith(PRESENCE)]
        if at_work:
            raise Mistake(
                f"the {at_work[0]} is at work: stop it first, or wait three minutes if it was killed"
            )
        return not tx.census.is_blank()


def _found(store: Store, copy: Copy, before: Path | None) -> Restored:
    if faults := store.check():
        raise StoreUnfit(f"what was put back is not whole: {faults[0]}")
    if store.revision() != Store.head():
        return Restored(copy, before, None, 0, 0)
    with store.read() as tx:
        counts = tx.census.counts()
        waiting = sum(counts.deliveries.get(each, 0) for each in ("queued", "uncertain"))
        return Restored(copy, before, tx.census.newest(), waiting, counts.subscriptions)
