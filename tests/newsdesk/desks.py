"""A desk for tests: the packaged words and record, the real councils, and some that do not exist.

Where news is bad it is told of invented councils.
"""

import csv
import tomllib
from functools import cache
from importlib.resources import files

from newsdesk.desk import Desk
from newsdesk.gazetteer import Council, Gazetteer
from newsdesk.history import History, Inspection
from newsdesk.topic import Topic

_DATA = files("newsdesk") / "data"


def invented(slug: str, body: str, *, trust: str | None = None, ambiguous: bool = False) -> Council:
    """A council that does not exist: "north-vale" and "Council" make "North Vale Council"."""
    name = slug.replace("-", " ").title()
    return Council(
        slug=slug,
        name=name,
        official_name=f"{name} {body}",
        urn=f"99{sum(slug.encode()) % 1000:03}",
        region="Nowhere",
        domain=f"{slug}.example",
        ambiguous=frozenset({name}) if ambiguous else frozenset(),
        trust=trust,
    )


INVENTED = (
    invented("northmarch", "Council"),
    invented("eastholme", "City Council"),
    invented("aldershire", "County Council"),
    invented("brackenshire", "County Council"),
    invented("fernborough", "Borough Council"),
    invented("wychmere", "Council", trust="Wychmere Children First"),
    invented("north-vale", "Council", trust="Vale Children's Trust"),
    invented("south-vale", "Council", trust="Vale Children's Trust"),
    invented("waiting", "Borough Council", ambiguous=True),
)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a packaged table."""
    return list(csv.DictReader((_DATA / name).read_text("utf-8").splitlines()))


@cache
def topic() -> Topic:
    name = "childrens-services.toml"
    return Topic.of(tomllib.loads((_DATA / name).read_text("utf-8")), name)


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer([*(Council.of(row) for row in rows("councils.csv")), *INVENTED])


@cache
def history() -> History:
    return History(Inspection.of(row) for row in rows("inspections.csv"))


@cache
def desk() -> Desk:
    return Desk(gazetteer(), topic(), history())
