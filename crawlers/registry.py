"""Source declarations: from TOML files to frozen sources, or one message that names every mistake.

A declaration is a [[source]] table. Those that come with the house lie in `crawlers/sources`; an installation
adds its own folder. Every mistake of every file is reported at once, with file, line and key.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Protocol

from lxml.cssselect import CSSSelector, SelectorError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from newsdesk import urls
from newsdesk.errors import Mistake
from newsdesk.model import Kind, Source
from newsdesk.tomltext import line_of, meant

_OPTIONS = {
    "feed": ("hosts",),
    "listing": ("hosts", "item", "link", "title", "date"),
    "committee": ("hosts",),
    "ofsted": (),
    "govuk": (),
}
_SELECTORS = frozenset(("item", "link", "title", "date"))


def _address(value: str) -> str:
    if urls.canonical(value) is None:
        raise ValueError("is not a web address that can be visited")
    return value


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]


class Declaration(BaseModel):
    """One watched place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[Slug, Field(description="unique, and kept for ever: what is stored is filed under it")]
    outlet: Annotated[str, Field(min_length=1, description="as readers know it")]
    kind: Kind
    url: Annotated[str, AfterValidator(_address), Field(description="the page or feed that is visited")]
    reader: Annotated[
        Literal["feed", "listing", "committee", "ofsted", "govuk"], Field(description="the form of that page")
    ]
    weekly: Annotated[
        tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=1)]],
        Field(description="how many items a normal week brings, at least and at most"),
    ]
    verified: Annotated[str, Field(min_length=10, description="how the address was checked, in a sentence")]
    verified_on: Annotated[date, Field(description="when")]
    council: Annotated[
        Slug | None, Field(description="the council whose own page this is, or that it is about")
    ] = None
    covers: Annotated[tuple[Slug, ...], Field(description="the councils a local outlet is about")] = ()
    licence: Annotated[str | None, Field(description="what allows quoting, as its publisher names it")] = None
    snippet: Annotated[
        int, Field(ge=0, le=500, description="characters that may be quoted; 0 is title and link alone")
    ] = 0
    pages: Annotated[
        Literal["html", "govuk", "none"],
        Field(description="what follows a lead: its page, or GOV.UK's content API"),
    ] = "html"
    options: Annotated[
        dict[str, str], Field(description="what its reader needs to know; CSS selectors for a listing")
    ] = {}

    @model_validator(mode="after")
    def _fits_together(self) -> "Declaration":
        known = _OPTIONS[self.reader]
        for option, value in self.options.items():
            if option not in known:
                raise ValueError(
                    f"options.{option}: reader {self.reader!r} has no such option{meant(option, known)}"
                )
            if option in _SELECTORS:
                _parse(option, value)
        if self.weekly[0] > self.weekly[1]:
            raise ValueError("weekly: the least comes first, then the most")
        if self.snippet and not self.licence:
            raise ValueError("snippet: quoting needs a licence; name it, or leave snippet at 0")
        if "item" not in self.options and self.options.keys() & _SELECTORS:
            raise ValueError("options.item: the other selectors work inside an item; say what an item is")
        return self


def _parse(option: str, selector: str) -> None:
    try:
        CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise ValueError(f"options.{option}: {selector!r} is no CSS selector: {error}") from error


class Declarations(BaseModel):
    """A file of declarations."""

    model_config = ConfigDict(extra="forbid", title="Presswatch sources")

    source: tuple[Declaration, ...]


class _File(Protocol):
    """A file on disk or inside the installed package."""

    @property
    def name(self) -> str: ...
    def read_text(self, encoding: str) -> str: ...


class _Placed(NamedTuple):
    declaration: Declaration
    where: str


def load(*folders: Path) -> dict[str, Source]:
    """Every declared source by name, the packaged ones first, then each folder's `*.toml` by file name.

    Raises Mistake with every mistake of every file. Two sources of one name or of one address are a mistake.
    """
    mistakes: list[str] = []
    placed: list[_Placed] = []
    for file in _files(folders, mistakes):
        placed += _read(file, mistakes)
    mistakes += _twice(placed)
    if mistakes:
        raise Mistake(*mistakes)
    return {each.declaration.name: Source(**dict(each.declaration)) for each in placed}


def schema() -> dict[str, Any]:
    """The JSON Schema of a file of declarations, for editors."""
    return Declarations.model_json_schema()


def _files(folders: Sequence[Path], mistakes: list[str]) -> Iterator[_File]:
    packaged = [each for each in (files("crawlers") / "sources").iterdir() if each.name.endswith(".toml")]
    yield from sorted(packaged, key=lambda each: each.name)
    for folder in folders:
        if not folder.is_dir():
            mistakes.append(f"{folder}: there is no such folder of sources")
        yield from sorted(folder.glob("*.toml"))


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
        return [
            _Placed(each, f"{where}:{line_of(text, ('source', at, 'name'))}")
            for at, each in enumerate(found.source)
        ]
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
    return f"{where}:{line_of(text, path)}: {'.'.join(names) or 'source'}: {said}"


def _twice(placed: Iterable[_Placed]) -> Iterator[str]:
    names: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for each in placed:
        name, page = each.declaration.name, urls.identity(each.declaration.url)
        if first := names.get(name):
            yield f"{each.where}: name: {name!r} is already declared in {first}"
        elif first := addresses.get(page):
            yield f"{each.where}: url: the same page is already watched in {first}"
        names.setdefault(name, each.where)
        addresses.setdefault(page, each.where)
