"""An invented week of news, on a little web of its own: Monday 2 to Sunday 8 March 2026.

No council, paper or person in it exists. The web is seen twice: on Thursday evening, and on Friday evening
when some pages are new and one article has been corrected. What a good reader of it should find is in
`presswatch.demo.truth`.
"""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawlers.registry import load
from newsdesk import urls
from newsdesk.model import Source
from presswatch.demo import setting
from presswatch.demo.sheets import Sheet, read_sheets
from presswatch.demo.web import Answer

HERE = Path(__file__).parent
SITE = HERE / "site"
SOURCES = HERE / "sources"
COUNCILS = HERE / "councils.csv"

# Thursday and Friday evening; London is on UTC in March
NOWS = (datetime(2026, 3, 5, 19, 0, tzinfo=UTC), datetime(2026, 3, 6, 19, 30, tzinfo=UTC))

HOSTS = tuple(sorted(file.parent.name for file in SITE.glob("*/host.toml")))


@dataclass(frozen=True, slots=True)
class _Host:
    """One host: its folder, named after it, and what its `host.toml` says of its pages and lists."""

    folder: Path
    pages: list[dict[str, str]]
    lists: list[dict[str, str]]

    @classmethod
    def at(cls, folder: Path) -> "_Host":
        declared = tomllib.loads((folder / "host.toml").read_text(encoding="utf-8"))
        return cls(folder, declared.get("page", []), declared.get("list", []))

    def frame(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")


def watched() -> dict[str, Source]:
    """The sources of the week by name, without those that come with the house. Raises Mistake."""
    return {name: each for name, each in load(SOURCES).items() if urls.site(each.url).endswith(".example")}


def build(number: int) -> dict[str, dict[str, Answer]]:
    """The whole web in round 1 or 2: what each path of each host answers. Feed it to `LittleWeb`."""
    return {name: _answers(_Host.at(SITE / name), number) for name in HOSTS}


def _answers(host: _Host, number: int) -> dict[str, Answer]:
    robots = Answer(host.frame("robots.txt"), headers={"Content-Type": "text/plain; charset=utf-8"})
    sheets = read_sheets(host.folder, number)
    return (
        {"/robots.txt": robots}
        | {kind["prefix"] + sheet.path: _page(host, sheet, kind) for kind in host.pages for sheet in sheets}
        | {kind["path"]: _list(host, kind, number) for kind in host.lists}
    )


def _page(host: _Host, sheet: Sheet, kind: dict[str, str]) -> Answer:
    headers = {"Content-Type": kind["type"]}
    if kind["frame"] == "pdf":
        return Answer(setting.letter(sheet), headers=headers, modified=sheet.changed)
    text = setting.page(sheet, host.frame(sheet.frame or kind["frame"]), host.folder.name)
    return Answer(text.encode(sheet.charset), headers=headers, modified=sheet.changed)


def _list(host: _Host, kind: dict[str, str], number: int) -> Answer:
    """A feed or a listing of the host's own sheets, or of one shelf of another host's."""
    owner = kind.get("of", host.folder.name)
    sheets = [
        sheet for sheet in read_sheets(SITE / owner, number) if sheet.shelf == kind.get("shelf", sheet.shelf)
    ]
    entry = host.frame(kind["entry"]) if "entry" in kind else ""
    text = setting.listing(sheets, host.frame(kind["frame"]), entry, owner, kind)
    return Answer(text, headers={"Content-Type": kind["type"]})
