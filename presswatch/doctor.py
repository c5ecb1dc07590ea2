"""Is everything in order? Each check is one line: ok, or what to do."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from newsdesk.dates import local
from newsdesk.errors import DeliveryError, Mistake, StoreError
from newsdesk.readers import MAIL
from notifications.addresses import mailbox
from presswatch import clock, compose
from presswatch.config import Config
from presswatch.notices import notices
from presswatch.routes import routes
from storage import Store

_EARLIEST = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `warning` means that it works but wants attention."""

    name: str
    state: Literal["ok", "warning", "wrong"]
    words: str


def examine(path: Path) -> Iterator[Check]:
    """Every check in turn; those that need a sound configuration are left out where there is none."""
    yield from _clock(clock.now())
    try:
        settings = compose.config(path)
    except Mistake as mistake:
        yield from (Check("config", "wrong", each) for each in mistake.mistakes)
        return
    yield Check("config", "ok", f"{path} is sound")
    yield _contact(settings)
    yield from _sources(settings)
    yield from _database(settings)
    yield from _mail(settings)
    yield _subscriptions(settings)


def _clock(now: datetime) -> Iterator[Check]:
    if now < _EARLIEST:
        yield Check("clock", "wrong", f"it says {now:%Y-%m-%d}: set the machine's clock")
    else:
        yield Check("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC")
    here = local(now)
    known = here.utcoffset() in (timedelta(0), timedelta(hours=1))
    words = f"London has {here:%H:%M} ({here.tzname()})"
    yield Check("time zone", "ok" if known else "wrong", words if known else "install the tzdata package")


def _contact(settings: Config) -> Check:
    if settings.contact:
        return Check("contact", "ok", settings.contact)
    return Check("contact", "wrong", "set `contact` in presswatch.toml: nothing is crawled without it")


def _sources(settings: Config) -> Iterator[Check]:
    try:
        found = compose.sources(settings)
    except Mistake as mistake:
        yield from (Check("sources", "wrong", each) for each in mistake.mistakes)
        return
    yield Check("sources", "ok", f"{len(found)} declared and switched on")


def _notices(settings: Config, store: Store) -> Iterator[Check]:
    """What the sources themselves want somebody to know. Nothing where their declarations are wrong."""
    with suppress(Mistake), store.read() as tx:
        found, now = compose.sources(settings), clock.now()
        states, holds = tx.sources.states(list(found)), tx.holds.lately(now)
        ill = tx.health.conditions(list(found))
        for name, source in found.items():
            for words in notices(source, states[name], holds, now, conditions=ill.get(name, ())):
                yield Check(name, "warning", words)


def _database(settings: Config) -> Iterator[Check]:
    store = Store(settings.database_url)
    try:
        found = store.revision()
        if found is None:
            yield Check("database", "wrong", f"nothing at {store.url_shown} yet: run `presswatch init`")
            return
        if faults := store.check():
            yield from (Check("database", "wrong", each) for each in faults)
            return
        yield Check("database", "ok", f"{store.url_shown} answers and is whole")
        if found == Store.head():
            yield from _notices(settings, store)
    except StoreError as error:
        yield Check("database", "wrong", error.reason)
        return
    finally:
        store.close()
    yield _migrations(settings)


def _migrations(settings: Config) -> Check:
    try:
        Store.open(settings.database_url, create=False).close()
    except StoreError as error:
        return Check("migrations", "wrong", error.reason)
    return Check("migrations", "ok", f"at {Store.head()}, the newest")


def _mail(settings: Config) -> Iterator[Check]:
    sender = settings.digest.sender
    if not settings.smtp.host and MAIL not in settings.channels:
        folder = settings.folder / settings.outbox
        yield Check("mail", "warning", f"no relay is set: mails are written into {folder}")
    elif mailbox(sender).domain.endswith(".invalid"):
        yield Check("sender", "warning", f"relays refuse {sender}: set `sender` under [digest]")
    for name, route in routes(settings, verp=None, clock=clock.now).items():
        if name == MAIL and not settings.smtp.host and MAIL not in settings.channels:
            continue
        table = f"channels.{name}" if name in settings.channels else "smtp"
        label = "mail" if name == MAIL else name
        try:
            yield Check(label, "ok", route.open().check())
        except DeliveryError as error:
            yield Check(label, "wrong", f"{error.reason}: see [{table}] in presswatch.toml")


def _subscriptions(settings: Config) -> Check:
    try:
        store = Store.open(settings.database_url, create=False)
    except StoreError:
        return Check("subscriptions", "warning", "not known while the database is not fit")
    with store.read() as tx:
        found = tx.subscriptions.list()
    store.close()
    begun = sum(each.since is not None for each in found)
    if not begun:
        return Check("subscriptions", "warning", "nobody is told yet: `presswatch subscriptions add --help`")
    return Check("subscriptions", "ok", f"{begun}, and {len(found) - begun} to be confirmed")
