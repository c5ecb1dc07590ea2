"""Puts the house together from its configuration. The only file that knows every room."""

import csv
import os
import secrets
import socket
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.guard import Allowance
from crawlers.registry import load as load_sources
from newsdesk.errors import Mistake
from newsdesk.gazetteer import Council, Gazetteer
from newsdesk.model import Source
from newsdesk.searches import Places
from newsdesk.tokens import Doors, Tokens
from newsdesk.tomltext import line_of
from notifications.verp import Verp
from presswatch import clock
from presswatch.catalogue import Catalogue
from presswatch.config import FILE, Config
from presswatch.reading import read
from presswatch.returns import mailbox
from presswatch.routes import routes
from scheduler.dispatching import Engine
from scheduler.house import House
from storage import Store

if TYPE_CHECKING:
    from newsdesk.desk import Desk
    from newsdesk.topic import Topic

_DATA = files("newsdesk") / "data"


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    return Path(environment.get("PRESSWATCH_CONFIG") or FILE)


def config(path: Path | None = None, environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration of this folder. Raises Mistake with everything that is wrong."""
    return read(path or config_path(environment), environment)


@contextmanager
def house(settings: Config, *, allow: Sequence[Allowance] = ()) -> Iterator[House]:
    """The whole house, its database open. Raises Mistake or StoreError before anything is done."""
    declared = sources(settings)
    own_topics(settings)
    store = Store.open(settings.database_url, create=False)
    try:
        yield furnished(settings, declared, store, allow)
    finally:
        store.close()


def furnished(
    settings: Config, declared: Mapping[str, Source], store: Store, allow: Sequence[Allowance] = ()
) -> House:
    """The house around a store that is open."""
    back = verp(settings, store)
    return House(
        store=store,
        desk_of=lambda: desk_of(settings),
        sources=declared,
        places=places(),
        routes=routes(settings, verp=back, clock=clock.now),
        clock=clock.now,
        owner=f"{socket.gethostname()}:{os.getpid()}",
        contact=settings.contact,
        sender=settings.digest.sender,
        operator=settings.operator,
        unsubscribe=(settings.digest.unsubscribe,) if settings.digest.unsubscribe else (),
        doors=doors(settings, store),
        verp=back,
        returned=mailbox(settings),
        retention=settings.retention.kept(),
        allow=tuple(allow),
    )


def refurnished(settings: Config, house: House) -> House:
    """The house as this configuration wants it, around the store it has. Raises Mistake."""
    if not settings.contact:
        raise Mistake(f"{settings.path}: contact: is empty, and nothing is crawled without it")
    return furnished(settings, sources(settings), house.store, house.allow)


def doors(settings: Config, store: Store) -> Doors | None:
    """Where readers answer, with the installation's key; a key is made the first time it is needed."""
    if not settings.public:
        return None
    return Doors(settings.public, Tokens(_keys(store)))


def verp(settings: Config, store: Store) -> Verp | None:
    """Return addresses of our own making, where there is a mailbox for what comes back."""
    return Verp(settings.bounces.address, _keys(store)) if settings.bounces.address else None


def _keys(store: Store) -> Sequence[str]:
    """The installation's keys; the first is made when it is first needed."""
    with store.read() as tx:
        keys = tx.keys.all()
    if not keys:
        with store.begin(turn="keys") as tx:
            keys = tx.keys.first(secrets.token_urlsafe(32), now=clock.now())
    return keys


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
    known = _known()
    packaged = load_sources(councils=known)
    own = folder.is_dir() and any(folder.glob("*.toml"))
    declared = load_sources(folder, councils=known) if own else packaged
    return Catalogue(declared, known, declared.keys() - packaged.keys())


@cache
def desk() -> "Desk":
    """The desk with the packaged councils, words and past inspections. Its rules are loaded with it."""
    from newsdesk.desk import Desk
    from newsdesk.history import History, Inspection
    from newsdesk.topic import Topic

    words = "childrens-services.toml"
    return Desk(
        Gazetteer(_known().values()),
        Topic.of(tomllib.loads((_DATA / words).read_text("utf-8")), words),
        History(Inspection.of(row) for row in rows(_DATA / "inspections.csv")),
    )


def desk_of(settings: Config) -> "Desk":
    """The desk with the installation's own topics as well."""
    return _with_topics(own_topics(settings)) if settings.topics else desk()


@cache
def _with_topics(more: "tuple[Topic, ...]") -> "Desk":
    return replace(desk(), more=more)


def own_topics(settings: Config) -> "tuple[Topic, ...]":
    """The topics that the configuration names. Raises Mistake naming file, line and key."""
    return tuple(_topic(settings.folder / each) for each in settings.topics)


@cache
def _topic(path: Path) -> "Topic":
    from newsdesk.topic import Topic

    try:
        return Topic.read(path.read_text("utf-8-sig"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise Mistake(f"{path}: topics: cannot be read: {error}") from error


@cache
def places() -> Places:
    """Where councils lie, and which are like which."""
    regions = {slug: each.region for slug, each in _known().items()}
    near = {each["council"]: each["neighbours"].split(";") for each in rows(_DATA / "neighbours.csv")}
    return Places(regions, near)


@cache
def _known() -> Mapping[str, Council]:
    """The packaged councils by slug."""
    return {each.slug: each for each in councils(_DATA / "councils.csv")}


def councils(path: Traversable) -> list[Council]:
    return [Council.of(row) for row in rows(path)]


def rows(path: Traversable) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def engine(settings: Config) -> Engine | None:
    """What carries hints between services, where that is configured. Raises Mistake when it cannot."""
    if not settings.cluster.engine:
        return None
    where = f"{settings.path}: cluster.engine"
    if not settings.database_url.startswith("postgresql"):
        raise Mistake(f"{where}: several machines need PostgreSQL, and so does {settings.cluster.engine}")
    try:
        from scheduler.dispatching_procrastinate import Procrastinate
    except ImportError:
        raise Mistake(f"{where}: is not installed: pip install 'presswatch[cluster]'") from None
    return partial(Procrastinate, url=settings.database_url)
