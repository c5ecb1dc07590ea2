"""The labelled corpus: invented items and stories with what a good reader says of them
(tests/corpus/README.md).

Another folder of the same shape has `items/*.toml`, `stories/*.toml` and, if it invents councils,
`councils.csv`.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from newsdesk.desk import Desk
from newsdesk.errors import Mistake
from newsdesk.gazetteer import Council, Gazetteer
from newsdesk.history import History, Inspection
from newsdesk.model import Article, Assessment, Kind
from newsdesk.topic import Topic

OWN = Path(__file__).parents[2] / "tests" / "corpus"
_DATA = files("newsdesk") / "data"
_PUBLISHED = "2026-03-05"


@dataclass(frozen=True)
class Labelled:
    """One item, or one report of a story, with what is expected; `also` are other stories it belongs to."""

    name: str
    type: str
    article: Article
    expect: Mapping[str, Any]
    full: bool = False
    story: str = ""
    also: tuple[str, ...] = ()

    @property
    def relevant(self) -> bool:
        return bool(self.expect.get("relevant", True))

    @property
    def held_back(self) -> bool:
        """A third of the corpus, all reports of a story together, of which the rules' authors see only
        scores."""
        return crc32((self.story or self.name).encode()) % 3 == 0


@dataclass(frozen=True)
class Corpus:
    """A folder of labelled news, and the desk that knows the councils which it invents."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @cached_property
    def items(self) -> list[Labelled]:
        return [each for path in sorted((self.folder / "items").glob("*.toml")) for each in read_items(path)]

    @cached_property
    def reports(self) -> list[Labelled]:
        """Reports of stories in the order of their publication."""
        paths = sorted((self.folder / "stories").glob("*.toml"))
        found = [each for path in paths for each in _read_stories(path)]
        return sorted(found, key=lambda each: each.article.fetched_at)

    @cached_property
    def desk(self) -> Desk:
        return desk(self.folder)

    def assess(self, each: Labelled) -> Assessment:
        """What the desk makes of it, worked out once."""
        key = (each.story, each.name)
        if key not in self._assessed:
            self._assessed[key] = self.desk.assess(each.article)
        return self._assessed[key]

    @cached_property
    def _assessed(self) -> dict[tuple[str, str], Assessment]:
        return {}


def corpora(folder: Path) -> Iterator[Corpus]:
    """The project's own corpus, and the one in `folder`/labelled, if it is there."""
    for each in (OWN, folder / "labelled"):
        if (each / "items").is_dir() or (each / "stories").is_dir():
            yield Corpus(each)


def desk(folder: Path) -> Desk:
    """The packaged desk, which also knows the councils of the folder's councils.csv."""
    words = "childrens-services.toml"
    councils = [Council.of(row) for row in _rows((_DATA / "councils.csv").read_text("utf-8"))]
    invented = folder / "councils.csv"
    if invented.is_file():
        councils += [_invented(row) for row in _rows(invented.read_text("utf-8"))]
    history = History(Inspection.of(row) for row in _rows((_DATA / "inspections.csv").read_text("utf-8")))
    return Desk(
        Gazetteer(councils), Topic.of(tomllib.loads((_DATA / words).read_text("utf-8")), words), history
    )


def read_items(path: Path) -> list[Labelled]:
    """The items of one file. Raises Mistake naming the file and the item that lacks something."""
    stem = path.stem
    return [
        _labelled(each, f"{stem}: {each.get('name', 'no name')}", path)
        for each in _parsed(path).get("item", ())
    ]


def _read_stories(path: Path) -> Iterator[Labelled]:
    for story in _parsed(path).get("story", ()):
        for number, report in enumerate(story["report"], 1):
            yield _labelled(report, f"{story['name']}, report {number}", path, story["name"])


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Mistake(f"{path}: {error}") from error


def _labelled(entry: Mapping[str, Any], name: str, path: Path, story: str = "") -> Labelled:
    try:
        expect = entry["expect"]
        return Labelled(
            name=name,
            type=entry.get("type", "report of a story" if story else "not said"),
            article=_article(entry, name),
            expect=expect,
            full=bool(entry.get("full", False)),
            story=story,
            also=tuple(expect.get("also", ())),
        )
    except (KeyError, ValueError) as error:
        raise Mistake(f"{path}: {name}: {error}") from error


def _article(entry: Mapping[str, Any], name: str) -> Article:
    published = datetime.fromisoformat(entry.get("published", _PUBLISHED)).replace(hour=9, tzinfo=UTC)
    return Article(
        url=entry.get("url") or f"https://labelled.example/{crc32(name.encode())}",
        outlet=entry.get("outlet", "A paper"),
        title=entry["title"],
        text=entry["text"].strip(),
        fetched_at=published,
        published=published,
        kind=Kind(entry.get("kind", "local")),
        home=entry.get("home"),
        covers=tuple(entry.get("covers", ())),
    )


def _invented(row: Mapping[str, str]) -> Council:
    """A council that does not exist; a trust is shared by the councils that name it alike."""
    return Council(
        slug=row["slug"],
        name=row["name"],
        official_name=row["official_name"],
        urn=f"99{crc32(row['slug'].encode()) % 100000:05}",
        region="Nowhere",
        domain=f"{row['slug']}.example",
        aliases=tuple(each.strip() for each in row["aliases"].split(";") if each.strip()),
        ambiguous=frozenset({row["name"]}) if row["ambiguous"] else frozenset(),
        trust=row["trust"] or None,
    )


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))
