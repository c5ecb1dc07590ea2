"""What `presswatch add` is given: cuttings in a file or one to a line of JSON, and how one is filed."""

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from newsdesk.errors import FetchError, Mistake, ReadError, Unreadable
from newsdesk.tomltext import meant

if TYPE_CHECKING:
    from scheduler.filing import Filed
    from scheduler.house import House

_KEYS = ("url", "outlet", "published", "title", "text", "html")
_SHAPE = "an object with url, outlet, published, title and text or html"
_NOT_TEXT = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zipped document, such as .docx",
    b"\xd0\xcf\x11\xe0": "a Word document",
    b"{\\rtf": "rich text",
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Cutting:
    """An article handed in. `where` is the file, or the file and line, it came from."""

    where: str
    url: str
    body: str
    media: Literal["text", "html"]
    outlet: str = ""
    published: str | None = None
    title: str | None = None


def read_file(path: Path) -> tuple[str, Literal["text", "html"]]:
    """The text of a file and what it is. Raises Mistake for what is no text."""
    try:
        content = sys.stdin.buffer.read() if _is_stdin(path) else path.read_bytes()
    except OSError as error:
        raise Mistake(f"{path} cannot be read: {error.strerror}") from error
    for sign, what in _NOT_TEXT.items():
        if content.startswith(sign):
            raise Mistake(f"{path} is {what}: add takes text or HTML, so save it as one of them")
    body = _decoded(content)
    begins_as_html = body.lstrip()[:15].lower().startswith(("<!doctype", "<html"))
    return body, "html" if begins_as_html or path.suffix.lower() in (".html", ".htm") else "text"


def read_lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """The lines of a file that hold anything, each with where it stands."""
    try:
        with nullcontext(sys.stdin.buffer) if _is_stdin(path) else path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if stripped := line.removeprefix(b"\xef\xbb\xbf").strip():
                    yield f"{path}:{number}", stripped
    except OSError as error:
        raise Mistake(f"{path} cannot be read: {error.strerror}") from error


def parse_line(line: bytes, where: str) -> Cutting:
    """The cutting on a line of JSON. Raises Mistake with every key that is wrong."""
    try:
        entry = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Mistake(f"{where}: not UTF-8: {error.reason} at byte {error.start + 1}") from error
    except (ValueError, RecursionError) as error:
        raise Mistake(f"{where}: not JSON: {error}; a line is {_SHAPE}") from error
    if not isinstance(entry, dict):
        raise Mistake(f"{where}: a line is {_SHAPE}")
    if wrong := list(_wrong(entry, where)):
        raise Mistake(*wrong)
    html = entry.get("html")
    return Cutting(
        where=where,
        url=entry["url"],
        body=html or entry["text"],
        media="html" if html else "text",
        outlet=entry.get("outlet") or "",
        published=entry.get("published"),
        title=entry.get("title"),
    )


def file_cutting(house: "House", cutting: Cutting) -> "Filed":
    """Read one cutting and file it. Raises Mistake for a bad address or date, Unreadable for a bad text."""
    from dataclasses import replace

    from crawlers.articles import read_cutting
    from newsdesk import dates, urls
    from newsdesk.provenance import provenance
    from newsdesk.text import clean_line
    from scheduler.filing import file

    now, where = house.clock(), cutting.where
    wrong = []
    if urls.canonical(cutting.url) is None:
        wrong.append(f'{where}: url: "{cutting.url}" is no http or https address')
    if cutting.published and dates.read(cutting.published, now=now) is None:
        wrong.append(f'{where}: published: "{cutting.published}" is no date we can read: try 2023-08-02')
    if wrong:
        raise Mistake(*wrong)
    outlet = clean_line(cutting.outlet) or urls.site(cutting.url)
    known = provenance(cutting.url, outlet, sources=house.sources.values(), gazetteer=house.desk.gazetteer)
    try:
        article = read_cutting(
            body=cutting.body,
            media=cutting.media,
            url=cutting.url.strip(),
            outlet=outlet,
            published=clean_line(cutting.published) if cutting.published else None,
            title=cutting.title,
            now=now,
            kind=known.kind,
        )
    except (ReadError, FetchError) as error:
        raise Unreadable(f"{where}: {error.reason}") from error
    return file(house, replace(article, home=known.home, covers=known.covers))


def _wrong(entry: dict[str, Any], where: str) -> Iterator[str]:
    for key, value in entry.items():
        if key not in _KEYS:
            yield f"{where}: {key}: there is no such key{meant(key, _KEYS)}"
        elif value is not None and not isinstance(value, str):
            yield f"{where}: {key}: must be text"
    if not entry.get("url"):
        yield f"{where}: url: is missing"
    if not entry.get("text") and not entry.get("html"):
        yield f"{where}: text: is missing, and so is html: one of them must be there"


def _decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 where it says so, else Windows-1252 as old editors write it."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _is_stdin(path: Path) -> bool:
    return str(path) == "-"
