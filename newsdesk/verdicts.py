"""The lines of an article in which grades can stand: sentences, and the rows of tables.

A table of judgements comes as text in several shapes: an area on one line and its grade on the next,
cells parted by
bars with the old grade before the new one, or a heading with a grade over a list of areas. Each row
becomes a line
that reads "area: grade", so that one set of rules reads them all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsdesk.areas import named
from newsdesk.model import Area
from newsdesk.passage import Line, Passage
from newsdesk.phrases import folded

_GRADE = r"(?:outstanding|good|inadequate|adequate|requires improvement(?: to be good)?)"
_ALONE = re.compile(rf"[\W\d]*(?P<grade>{_GRADE})\W*")
_LISTED = re.compile(rf"\b(?P<grade>{_GRADE})\b(?=[^:]*\b(?:for|in|on)\b[^:]*:$)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "Leaders: good (2022: inadequate)", "care leavers are good (previously requires improvement)"
_BRACKET = re.compile(
    rf" ?\((?:(?:in |from )?(?P<year>(?:19|20)\d\d)|was|previously|formerly|last time|before)[:,]? "
    rf"(?:(?:it )?was |rated |judged )?['\"]?(?P<grade>{_GRADE})['\"]?\)"
    rf"| ?\((?:was |rated |judged )?['\"]?(?P<first>{_GRADE})['\"]? (?:in (?P<then>(?:19|20)\d\d)|before"
    r"|previously|last time)\)"
)
_PRINTED = {
    Area.OVERALL: "overall effectiveness",
    Area.HELP_AND_PROTECTION: "help and protection",
    Area.IN_CARE: "children in care",
    Area.IN_CARE_AND_CARE_LEAVERS: "children in care and care leavers",
    Area.CARE_LEAVERS: "care leavers",
    Area.LSCB: "safeguarding children board",
}
_LONGEST = 18  # words of an area's name in a table
_TWO_LINES = 2  # "Requires improvement to be" and "good" on the next line


def lines(passage: Passage) -> Iterator[Line]:
    """Every line in order; a row of a table is one, whatever shape it came in."""
    rest, years, grade = list(passage.lines), list[str](), ""
    while rest:
        line = rest.pop(0)
        if "|" in line.low:
            cells = [each.strip() for each in line.text.strip("| ").split("|")]
            years = _years(cells) or years
            yield from _row(line, cells, years)
            continue
        if "(" in line.low and (old := _BRACKET.search(line.low)):
            rest[:0] = _without(line, old)
            continue
        area = _is_area(line)
        if area and (found := _grade_below(rest)):
            told, used = found
            del rest[:used]
            yield _as(line, f"{line.text}: {told}")
        elif area and grade:
            yield _as(line, f"{line.text}: {grade}")
        else:
            listed = _LISTED.search(line.low) if line.low.endswith(":") else None
            grade = listed["grade"] if listed and rest and _is_area(rest[0]) else ""
            if not grade:
                yield line


def _without(line: Line, old: re.Match[str]) -> Iterator[Line]:
    """A line without the old grade that it has in brackets, and that grade in a line of its own."""
    yield _as(line, line.text[: old.start()] + line.text[old.end() :])
    area = next(iter(named(line.low[: old.start()])), Area.OVERALL)
    year = old["year"] or old["then"]
    when = f"in {year}" if year else "at the last inspection"
    yield _as(line, f"{_PRINTED.get(area, area.value)}: {old['grade'] or old['first']} {when}")


def _is_area(line: Line) -> bool:
    """Whether a line is an area's name and nothing more."""
    return (
        line.index > 0
        and not line.low.endswith((".", "!", "?", '"', "'", ")"))
        and len(line.low.split()) <= _LONGEST
        and ":" not in line.low
        and bool(named(line.low))
    )


def _grade_below(rest: Sequence[Line]) -> tuple[str, int] | None:
    """The grade that is all of the next line or of the next two, and how many lines it takes."""
    for used in range(_TWO_LINES, 0, -1):
        if alone := _ALONE.fullmatch(" ".join(each.low for each in rest[:used])):
            return alone["grade"], min(used, len(rest))
    return None


def _years(cells: Sequence[str]) -> list[str]:
    """The year at the head of each column, empty where there is none; nothing where no column has one."""
    found = [year[0] if (year := _YEAR.search(cell)) else "" for cell in cells]
    return found if any(found) and not any(_ALONE.fullmatch(folded(cell)) for cell in cells) else []


def _row(line: Line, cells: Sequence[str], years: Sequence[str]) -> Iterator[Line]:
    """A line per grade of a row; the last column is the present one."""
    graded = [at for at, cell in enumerate(cells) if at and _ALONE.fullmatch(folded(cell))]
    if not graded or not named(folded(cells[0])):
        yield line
        return
    for at in graded:
        year = years[at] if at < len(years) else ""
        old = (f" in {year}" if year else " at the last inspection") if at < len(cells) - 1 else ""
        yield _as(line, f"{cells[0]}: {cells[at]}{old}")


def _as(line: Line, text: str) -> Line:
    return replace(line, text=text, low=folded(text))
