"""Grades from inspectorates' own reports: each area of each report right, wrong or not read.

The folder holds `ofsted/index.csv`, which another reader of the same reports drew up, and the PDFs it
names. Cells where that reader found nothing are not counted; files that are no PDF are left out.
"""

import csv
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.evaluate.table import OURS, Row
from crawlers.papers import Paper, read_all
from newsdesk.model import Area, Grade, Problem

_BESIDE = Path(__file__).parents[3] / "shared" / "recorded"  # beside the checkout
_IN_CARE = "in_care (or in_care_and_care_leavers before 2023)"
_GRADES = {"outstanding", "good", "requires improvement", "inadequate"}
_FLOOR = 0.99


def rows(folder: Path) -> Iterator[Row]:
    """The share of grades read right, and how many are wrong, for every folder of reports that is there."""
    for place in _places(folder):
        with (place / "ofsted" / "index.csv").open(encoding="utf-8") as index:
            expected = {place / "ofsted" / row["file"]: _told(row) for row in csv.DictReader(index)}
        yield from _rows({path: told for path, told in expected.items() if told and _is_pdf(path)})


def _places(folder: Path) -> list[Path]:
    """The corpora's own folder or one beside it; else where PRESSWATCH_RECORDED says, or the usual place."""
    usual = Path(os.environ.get("PRESSWATCH_RECORDED") or _BESIDE)
    places = (folder, folder.parent / "recorded", usual)
    return [each for each in places if (each / "ofsted" / "index.csv").is_file()][:1]


def _rows(expected: Mapping[Path, Mapping[Area, Grade]]) -> Iterator[Row]:
    right, wrong, unread = 0, list[str](), list[str]()
    for path, paper in read_all(list(expected)):
        found = paper.document.grades if isinstance(paper, Paper) else {}
        for area, grade in expected[path].items():
            got = found.get(area)
            right += got is grade
            if got is None:
                unread.append(f"{path.name}: {area} not read{_why(paper)}")
            elif got is not grade:
                wrong.append(f"{path.name}: {area} read as {got}, not {grade}")
    n = right + len(wrong) + len(unread)
    if n:
        share = right / n
        yield Row("Ofsted reports", "grades read right", {OURS: share}, _FLOOR, n=n, misses=tuple(unread))
        wrongs = {OURS: float(len(wrong))}
        yield Row(
            "Ofsted reports", "grades wrong", wrongs, 0.0, less_is_better=True, n=n, misses=tuple(wrong)
        )


def _why(paper: Paper | Problem) -> str:
    return f" ({paper.reason})" if isinstance(paper, Problem) else ""


def _told(row: Mapping[str, str]) -> dict[Area, Grade]:
    """The grades of a row. Until 2022 children in care and care leavers had one grade together."""
    joint = row["care_leavers"] == "inspection_pre_dates_judgement"
    columns = {
        Area.OVERALL: "overall",
        Area.LEADERS: "leaders",
        Area.HELP_AND_PROTECTION: "help_and_protection",
        Area.IN_CARE_AND_CARE_LEAVERS if joint else Area.IN_CARE: _IN_CARE,
        Area.CARE_LEAVERS: "care_leavers",
    }
    words = {area: row[column].removeprefix("to ") for area, column in columns.items()}
    return {area: Grade(each.replace(" ", "-")) for area, each in words.items() if each in _GRADES}


def _is_pdf(path: Path) -> bool:
    return path.is_file() and b"%PDF" in path.read_bytes()[:1024]
