"""Puts the house together from its configuration. The only file that knows every room."""

import csv
import os
import socket
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from crawlers.registry import load as load_sources
from newsdesk.desk import Desk
from newsdesk.errors import Mistake
from newsdesk.gazetteer import Council, Gazetteer
from newsdesk.history import History, Inspection
from newsdesk.model import Source
from newsdesk.tomltext import line_of, meant
from newsdesk.topic import Topic
from notifications.channels import Channel
from notifications.channels.log import LogChannel
from notifications.channels.smtp import SmtpChannel
from presswatch import clock
from presswatch.config import FILE, Config
from presswatch.config import load as load_config
from scheduler.house import House
from storage import Store

_DATA = files("newsdesk") / "data"


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    return Path(environment.get("PRESSWATCH_CONFIG") or FILE)


def config(path: Path | None = None, environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration of this folder. Raises Mistake with everything that is wrong."""
    return load_config(path or config_path(environment), environment, councils=desk().gazetteer.councils)


@contextmanager
def house(settings: Config) -> Iterator[House]:
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
        )
    finally:
        store.close()


def sources(settings: Config) -> dict[str, Source]:
    """The declared sources, packaged and the installation's own, that the configuration switches on."""
    folder = settings.folder / settings.sources_folder
    declared = load_sources(*([folder] if folder.is_dir() else []))
    unknown = [each for each in settings.sources if each not in declared]
    if unknown:
        path = settings.folder / FILE
        line = line_of(path.read_text("utf-8"), ("sources",)) if path.is_file() else 1
        raise Mistake(
            *(
                f'{path}:{line}: sources: no source is called "{each}"{meant(each, declared)}'
                for each in unknown
            )
        )
    return {name: declared[name] for name in settings.sources or declared}


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
