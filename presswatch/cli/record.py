"""`presswatch sources record`: a page as it came, and what is read from it, as a folder for the tests."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import Drifted, Mistake
from presswatch.cli.common import complain, opened, say

if TYPE_CHECKING:
    from crawlers.probes import Heard
    from newsdesk.model import Page

_FOLDER = Path("tests/crawlers/pages")
_ENDINGS = {"html": "html", "json": "json", "xml": "xml"}


def record(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The page or feed to record.")],
    reader: Annotated[str | None, typer.Option(help="Its reader; else the one that was recognised.")] = None,
    folder: Annotated[Path, typer.Option(help="Where the new folder goes.")] = _FOLDER,
) -> None:
    """Write a page and its expectation for a test.

    What should be read stands in expected.json, to be corrected by hand.

    Cut the page down, put your own words and invented names into it, and correct what was read wrongly.
    """
    from crawlers.readers import READERS
    from newsdesk.model import Page
    from newsdesk.tomltext import meant
    from presswatch.cli.crawl import require_contact
    from presswatch.cli.discover import look_around

    if reader is not None and reader not in READERS:
        raise Mistake(f"--reader: there is no reader {reader!r}{meant(reader, READERS)}")
    with opened(context.obj) as house:
        require_contact(house)
        seen = look_around(house, url, keep=True, rounds=1)
        now = house.clock()
    if not seen.heard:
        for problem in seen.problems.values():
            complain(f"presswatch: {problem.code}: {problem.reason}")
        raise typer.Exit(3)
    heard = seen.heard[0]
    page = Page(url, heard.finding.url, 200, heard.content_type, heard.body, now)
    place = folder / _name(heard)
    if place.exists():
        raise Mistake(f"{place} is there already; move it away first")
    place.mkdir(parents=True)
    (place / f"page.{_ending(heard)}").write_bytes(heard.body)
    expected = _expected(page, reader or heard.finding.reader or "listing")
    text = json.dumps(expected, indent=2, ensure_ascii=False) + "\n"
    (place / "expected.json").write_text(text, encoding="utf-8")
    say(
        f"{place}: {len(expected.get('leads', []))} items; correct expected.json, and make the words your own"
    )


def _expected(page: "Page", reader: str) -> dict[str, Any]:
    """What is read from the page now, in the shape of a fixture."""
    from crawlers.discovery import provisional
    from crawlers.readers import read_listing

    source = {"reader": reader, "url": page.final_url, "kind": "other"}
    shape: dict[str, Any] = {"read": "listing", "source": source, "content_type": page.content_type}
    try:
        reading = read_listing(provisional(page, reader), page)
    except Drifted as error:
        return shape | {"error": "Drifted", "reason": error.reason}
    leads = [
        {
            "url": each.url,
            "title": each.title,
            "published": each.published.isoformat() if each.published else None,
        }
        for each in reading.leads
    ]
    return shape | {"leads": leads, "warnings": list(reading.warnings)}


def _name(heard: "Heard") -> str:
    from newsdesk import urls

    return urls.site(heard.finding.url).replace(".", "-") + f"-{heard.finding.reader or 'page'}"


def _ending(heard: "Heard") -> str:
    begins = heard.body.lstrip()[:1]
    kind = "json" if begins in (b"{", b"[") else heard.content_type.lower()
    return next((ending for word, ending in _ENDINGS.items() if word in kind), "txt")
