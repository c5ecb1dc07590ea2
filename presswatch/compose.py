"""Puts the house together from its configuration. The only file that knows every room."""

import csv
import os
import socket
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from crawlers.guard import Allowance
from crawlers.registry import load as load_sources
from newsdesk.desk import Desk
from newsdesk.errors import Mistake
from newsdesk.gazetteer import Council, Gazetteer
from newsdesk.history import History, Inspection
from newsdesk.model import Source
from newsdesk.tomltext import line_of
from newsdesk.topic import Topic
from notifications.channels import Channel
from notifications.channels.log import LogChannel
from notifications.channels.smtp import SmtpChannel
from presswatch import clock
from presswatch.catalogue import Catalogue
from presswatch.config import FILE, Config
from presswatch.reading import read
from scheduler.house import House
from storage import Store

_DATA = files("newsdesk") / "data"


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    return Path(environment.get("PRESSWATCH_CONFIG") or FILE)


def config(path: Path | None = None, environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration of this folder. Raises Mistake with everything that is wrong."""
    return read(path or config_path(environment), environment, councils=desk().gazetteer.councils)


@contextmanager
def house(settings: Config, *, allow: Sequence[Allowance] = ()) -> Iterator[House]:
    """The whole house, its database open. Raises Mistake or StoreError before anything is done."""
    declared = sources(settings)
    store = Store.open(settings.database_url, create=False)
    try:
        yield House(
            store=store,
            desk=desk(),
            sources=declared,
            subscriptions=settings.subscriptions,
            channel=lambda: channel(settings),
            clock=clock.now,
            owner=f"{socket.gethostname()}:{os.getpid()}",
            contact=settings.contact,
            sender=settings.digest.sender,
            unsubscribe=(settings.digest.unsubscribe,) if settings.digest.unsubscribe else (),
            allow=tuple(allow),
        )
    finally:
        store.close()


def sources(settings: Config) -> dict[str, Source]:
    """The sources that the configuration switches on. Raises Mistake for what it lists in vain."""
    try:
        return catalogue(settings).chosen(settings.sources)
    except Mistake as mistake:
        where = f"{settings.path}:{line_of(settings.path.read_text('utf-8-sig'), ('sources',))}: sources"
        raise Mistake(*(f"{where}: {each}" for each in mistake.mistakes)) from None


def catalogue(settings: Config) -> Catalogue:
    """All declared sources: those that come with the house, and the installation's own."""
    folder = settings.folder / settings.sources_folder
    packaged = load_sources()
    declared = load_sources(folder) if folder.is_dir() and any(folder.glob("*.toml")) else packaged
    return Catalogue(declared, desk().gazetteer.councils, declared.keys() - packaged.keys())


def channel(settings: Config) -> Channel:
    """SMTP where a relay is set, else a folder of .eml files."""
    relay = settings.smtp
    if not relay.host:
        return LogChannel(settings.folder / settings.outbox)
    return SmtpChannel(
        relay.host,
        relay.port,
        security=relay.security,
        username=relay.username or None,
        password=relay.password or None,
    )


@cache
def desk() -> Desk:
    """The desk with the packaged councils, words and past inspections."""
    words = "childrens-services.toml"
    return Desk(
        Gazetteer(councils(_DATA / "councils.csv")),
        Topic.of(tomllib.loads((_DATA / words).read_text("utf-8")), words),
        History(Inspection.of(row) for row in rows(_DATA / "inspections.csv")),
    )


def councils(path: Traversable) -> list[Council]:
    return [Council.of(row) for row in rows(path)]


def rows(path: Traversable) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))
