"""Source declarations: from TOML files to frozen sources, or one message that names every mistake.

A declaration is a [[source]] table. Those that come with the house lie in `crawlers/sources`; an installation
adds its own folder. Every mistake of every file is reported at once, with file, line and key.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pydantic import ValidationError

from crawlers.declarations import Declaration, Declarations
from newsdesk import urls
from newsdesk.errors import Mistake
from newsdesk.model import Source
from newsdesk.tomltext import line_of, meant


class _File(Protocol):
    """A file on disk or inside the installed package."""

    @property
    def name(self) -> str: ...
    def read_text(self, encoding: str) -> str: ...


class _Placed(NamedTuple):
    """A declaration, and where it stands: the line is looked for only when a mistake names it."""

    declaration: Declaration
    file: str
    text: str
    at: int

    @property
    def where(self) -> str:
        return self.where_is("name")

    def where_is(self, key: str) -> str:
        return f"{self.file}:{line_of(self.text, ('source', self.at, key))}"


def load(*folders: Path, councils: Collection[str] | None = None) -> dict[str, Source]:
    """Every declared source by name, the packaged ones first, then each folder's `*.toml` by file name.

    Raises Mistake with every mistake of every file. Two sources of one name or of one address are a mistake,
    and so is one of a council that is not in `councils`, where those are given (their slugs).
    """
    packaged, wrong = _packaged()
    placed, mistakes = list(packaged), list(wrong)
    for folder in folders:
        if not folder.is_dir():
            mistakes.append(f"{folder}: there is no such folder of sources")
        for file in sorted(folder.glob("*.toml")):
            placed += _read(file, mistakes)
    mistakes += _twice(placed)
    if councils is not None:
        mistakes += _strangers(placed, councils)
    if mistakes:
        raise Mistake(*mistakes)
    return {each.declaration.name: Source(**dict(each.declaration)) for each in placed}


def schema() -> dict[str, Any]:
    """The JSON Schema of a file of declarations, for editors."""
    return Declarations.model_json_schema()


@cache
def _packaged() -> tuple[tuple[_Placed, ...], tuple[str, ...]]:
    """The declarations that come with the house, read once, and what is wrong with them."""
    mistakes: list[str] = []
    folder = (files("crawlers") / "sources").iterdir()
    own = sorted((each for each in folder if each.name.endswith(".toml")), key=lambda each: each.name)
    return tuple(placed for file in own for placed in _read(file, mistakes)), tuple(mistakes)


def _read(file: _File, mistakes: list[str]) -> list[_Placed]:
    where = str(file)
    try:
        text = file.read_text(encoding="utf-8")
        found = Declarations.model_validate(tomllib.loads(text))
    except (OSError, UnicodeDecodeError) as error:
        mistakes.append(f"{where}: cannot be read: {error}")
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        mistakes.append(f"{where}:{line[1] if line else 1}: not valid TOML: {error}")
    except ValidationError as error:
        mistakes += (_explained(each, where, text) for each in error.errors(include_url=False))
    else:
        return [_Placed(each, where, text, at) for at, each in enumerate(found.source)]
    return []


def _explained(error: Any, where: str, text: str) -> str:
    """ "sources.toml:12: outlett: is not a key, did you mean "outlet"?" """
    path: list[str | int] = [
        each for each in error["loc"] if not isinstance(each, str) or each.isidentifier()
    ]
    said = re.sub(r"^Value error, ", "", error["msg"])
    if error["type"] == "value_error" and (key := re.match(r"([a-z_.]+): ", said)):
        path += key[1].split(".")
        said = said[key.end() :]
    names = [each for each in path if isinstance(each, str) and each != "source"]
    if error["type"] == "extra_forbidden":
        said = f"is not a key of a source{meant(names[-1], Declaration.model_fields)}"
    elif error["type"] in ("literal_error", "enum"):
        allowed = re.findall(r"'([^']+)'", str(error["ctx"]["expected"]))
        said = f"{error['input']!r} is none of {', '.join(allowed)}{meant(str(error['input']), allowed)}"
    elif error["type"] == "string_pattern_mismatch":
        said = "is lower-case words and figures, joined by hyphens"
    elif error["type"] == "missing":
        said = "is missing" if isinstance(path[-1], str) else "holds too little: give the least and the most"
    # a key inside an inline table has no line of its own; the line of what holds it is found instead
    line = max(line_of(text, path[:depth]) for depth in range(1, len(path) + 1))
    return f"{where}:{line}: {'.'.join(names) or 'source'}: {said}"


def _twice(placed: Iterable[_Placed]) -> Iterator[str]:
    names: dict[str, _Placed] = {}
    addresses: dict[str, _Placed] = {}
    for each in placed:
        name, page = each.declaration.name, urls.identity(each.declaration.url)
        if first := names.get(name):
            yield f"{each.where}: name: {name!r} is already declared in {first.where}"
        elif first := addresses.get(page):
            yield f"{each.where}: url: the same page is already watched in {first.where}"
        names.setdefault(name, each)
        addresses.setdefault(page, each)


def _strangers(placed: Iterable[_Placed], councils: Collection[str]) -> Iterator[str]:
    for each in placed:
        named = [
            ("council", each.declaration.council),
            *(("covers", slug) for slug in each.declaration.covers),
        ]
        for key, slug in named:
            if slug and slug not in councils:
                yield f'{each.where_is(key)}: {key}: no council is called "{slug}"{meant(slug, councils)}'
