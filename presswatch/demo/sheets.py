"""The sheets of the little web: one text file for each page, as its writer left it.

A sheet has a head of `Name: value` lines, an empty line and a body. Paragraphs are parted by empty lines;
`## ` opens a heading, `* ` a list item, `=> ` a link (address, then words).

Of the names in the head Path, Title and Published are required. Published and Updated are local times in
London. Round is the round from which the sheet is on the web (1 unless it says so). Shelf puts it in the
lists of that shelf. Frame and Charset differ from the host's own. Body names the file that holds the
body, where two papers print one text. Caption is the words under a picture, the day of a meeting or the
type of a document.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsdesk.dates import LONDON


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page before it is set. `published` and `updated` are aware, in London's time."""

    path: str
    title: str
    published: datetime
    body: str
    updated: datetime | None = None
    round: int = 1
    summary: str = ""
    byline: str = ""
    caption: str = ""
    shelf: str = ""
    frame: str = ""
    charset: str = "utf-8"

    @property
    def changed(self) -> datetime:
        return self.updated or self.published


def read_sheet(file: Path) -> Sheet:
    """The sheet in a file; KeyError or ValueError when its head is not complete."""
    top, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    head = dict(line.split(": ", 1) for line in top.splitlines())
    if borrowed := head.get("Body"):
        body = (file.parent / borrowed).read_text(encoding="utf-8")
    return Sheet(
        path=head["Path"],
        title=head["Title"],
        published=_time(head["Published"]),
        body=body.strip(),
        updated=_time(head["Updated"]) if "Updated" in head else None,
        round=int(head.get("Round", "1")),
        summary=head.get("Summary", ""),
        byline=head.get("Byline", ""),
        caption=head.get("Caption", ""),
        shelf=head.get("Shelf", ""),
        frame=head.get("Frame", ""),
        charset=head.get("Charset", "utf-8"),
    )


def read_sheets(folder: Path, number: int) -> list[Sheet]:
    """The sheets of a host that are on its web in that round, newest first; later ones replace earlier."""
    every = sorted(map(read_sheet, folder.glob("pages/*.txt")), key=lambda sheet: sheet.round)
    current = {sheet.path: sheet for sheet in every if sheet.round <= number}
    return sorted(current.values(), key=lambda sheet: sheet.published, reverse=True)


def _time(printed: str) -> datetime:
    return datetime.strptime(printed, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)
