"""`presswatch add`: cuttings by hand, one file or many lines of JSON."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from newsdesk.errors import Mistake, PresswatchError
from newsdesk.tomltext import meant
from presswatch.cli.common import Json, console, error_console, opened, print_json, print_json_line

if TYPE_CHECKING:
    from scheduler.filing import Filed
    from scheduler.house import House

_KEYS = ("url", "outlet", "published", "title", "text", "html")


@dataclass(frozen=True, slots=True)
class _Cutting:
    url: str
    outlet: str
    published: str | None
    title: str | None
    body: str
    media: Literal["text", "html"]


def add(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Text or HTML (.html, .htm); - reads standard input."),
    ] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Many at once: a JSON object a line; - reads standard input."),
    ] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    published: Annotated[str | None, typer.Option(help='When: "2023-08-02" or as printed.')] = None,
    title: Annotated[str | None, typer.Option(help="Its headline; else it is found in the file.")] = None,
    as_json: Json = False,
) -> None:
    """Add a cutting by hand: an article no source brought. Each JSON line has url, outlet, published, title
    and text or html. Adding the same again changes nothing.
    """
    if (file is None) == (jsonl is None):
        raise Mistake("add takes either FILE or --jsonl FILE")
    if jsonl is not None:
        _add_many(jsonl, as_json=as_json)
        return
    assert file is not None
    if url is None:
        raise Mistake("add FILE needs --url: the address is what tells one article from another")
    body = _read(file)
    media: Literal["text", "html"] = "html" if _is_html(file, body) else "text"
    with opened() as house:
        filed = _file(house, _Cutting(url, outlet or "", published, title, body, media), str(file))
    if as_json:
        print_json(_shape(filed))
    else:
        console().print(_line(filed))


def _add_many(path: Path, *, as_json: bool) -> None:
    """Every good line is added, every bad one named; the exit code is 3 where there was a bad one."""
    bad: list[str] = []
    count = 0
    with opened() as house:
        for number, line in enumerate(_read(path).splitlines(), start=1):
            if not line.strip():
                continue
            where = f"{path}:{number}"
            try:
                filed = _file(house, _parsed(line, where), where)
            except Mistake as mistake:
                bad += mistake.mistakes
                continue
            except PresswatchError as error:
                bad.append(f"{where}: {error.reason}")
                continue
            count += 1
            if as_json:
                print_json_line(_shape(filed))
            else:
                console().print(_line(filed))
    errors = error_console()
    for each in bad:
        errors.print(f"presswatch: {each}")
    errors.print(f"{count} added or known, {len(bad)} could not be read.")
    if bad:
        raise typer.Exit(3)


def _parsed(line: str, where: str) -> _Cutting:
    """One line of JSON. Raises Mistake with every key that is wrong."""
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise Mistake(f"{where}: not JSON: {error}") from error
    if not isinstance(entry, dict):
        raise Mistake(f"{where}: a line is an object with url, outlet, published, title and text or html")
    wrong = list(_wrong(entry, where))
    if wrong:
        raise Mistake(*wrong)
    html = entry.get("html")
    return _Cutting(
        url=entry["url"],
        outlet=entry.get("outlet") or "",
        published=entry.get("published"),
        title=entry.get("title"),
        body=html or entry["text"],
        media="html" if html else "text",
    )


def _wrong(entry: dict[str, Any], where: str) -> Iterator[str]:
    for key, value in entry.items():
        if key not in _KEYS:
            yield f"{where}: {key}: there is no such key{meant(key, _KEYS)}"
        elif value is not None and not isinstance(value, str):
            yield f"{where}: {key}: must be text"
    if not entry.get("url"):
        yield f"{where}: url: is missing"
    if not entry.get("text") and not entry.get("html"):
        yield f"{where}: text or html: one of them must be there"


def _file(house: "House", cutting: _Cutting, where: str) -> "Filed":
    """Read one cutting and file it. Raises Mistake naming `where` for a bad address or date."""
    from dataclasses import replace

    from crawlers.articles import read_cutting
    from newsdesk import dates, urls
    from newsdesk.provenance import provenance
    from scheduler.filing import file

    if urls.canonical(cutting.url) is None:
        raise Mistake(f'{where}: url: "{cutting.url}" is no http or https address')
    if cutting.published and dates.read(cutting.published, now=house.clock()) is None:
        raise Mistake(f'{where}: published: "{cutting.published}" is no date we can read: try 2023-08-02')
    known = provenance(
        cutting.url, cutting.outlet, sources=house.sources.values(), gazetteer=house.desk.gazetteer
    )
    article = read_cutting(
        body=cutting.body,
        media=cutting.media,
        url=cutting.url,
        outlet=cutting.outlet or urls.site(cutting.url),
        published=cutting.published,
        title=cutting.title,
        now=house.clock(),
        kind=known.kind,
    )
    return file(house, replace(article, home=known.home, covers=known.covers))


def _read(path: Path) -> str:
    """The text of a file: UTF-8, else Windows-1252 as old editors write it."""
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise Mistake(f"{path} cannot be read: {error.strerror}") from error
    if content.startswith(b"%PDF"):
        raise Mistake(f"{path} is a PDF: add takes text or HTML")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _is_html(path: Path, body: str) -> bool:
    return path.suffix.lower() in (".html", ".htm") or body.lstrip()[:15].lower().startswith(
        ("<!doctype", "<html")
    )


def _shape(filed: "Filed") -> dict[str, Any]:
    return {
        "url": filed.url,
        "outcome": filed.outcome,
        "relevant": filed.assessment.relevant,
        "event": filed.assessment.event.value,
        "story": filed.story,
        "why": filed.why,
    }


def _line(filed: "Filed") -> str:
    where = f"story {filed.story}" if filed.story else "not relevant"
    return f"{filed.outcome:8} {where:14} {filed.assessment.event.value:20} {filed.title}"
