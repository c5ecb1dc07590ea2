"""The grades an Ofsted report gives, in every framework from 2012 to 2026; a doubtful one is left out.

Two places say them and are heard as witnesses: the list or table on the cover, and the headings of the
sections. They are compared without any white space, for cells wrap, columns move and words break where the
text of a PDF is got. There are four frameworks: "looked after children services" and "protection of children"
(until 2013), whose last page records the findings; the single inspection framework (November 2013 to 2018), a
numbered list under a sentence with the overall judgement; and ILACS (since 2018), a table of three areas and
the overall grade, four areas since January 2023, and no overall grade for inspections from April 2026.
"""

import re
from collections.abc import Mapping
from itertools import islice

from newsdesk.model import Area, Grade

COVER = 9000  # characters without white space: the cover and the contents, in the longest report seen
_FEWEST_ROWS = 3  # fewer labels with grades in a row are no table
_AWAY = re.compile(r"[\s\u00ad‐-]+")
_GRADE = r"(?P<grade>(?i:outstanding|good|requires?improvements?(?:tobegood)?|inadequate|adequate))(?![a-z])"


def _squeezed(words: str) -> str:
    return words.replace(" ", "")


_LABELS: Mapping[Area, str] = {
    Area.LEADERS: r"impact of leaders on (?:social work )?practice"
    r"(?: with children(?: and(?: their)? families)?)?|leadership,? management and governance",
    Area.HELP_AND_PROTECTION: r"children (?:and young people )?(?:who need|in need of) help "
    r"(?:and|or) protection",
    Area.IN_CARE_AND_CARE_LEAVERS: r"children in care and (?:of )?(?:care leavers|young people leaving care)",
    Area.IN_CARE: r"children in care(?!and)|children looked after and achieving permanence",
    Area.CARE_LEAVERS: r"(?:children |young )?care leavers",
    Area.ADOPTION: r"adoption performance",
    Area.OVERALL: r"overall effectiveness",
}
# In a narrow table the grade can stand between the lines of its label, "children who need help Good and
# protection", and even be parted itself: "achieving Requires permanence improvement".
_PART = r"outstanding|good|requires?(?:improvements?(?:to)?)?(?:begood)?|inadequate|adequate"
_GAP = rf"(?:{_PART})?"
_LABEL = "|".join(f"(?P<{area.name}>{each.replace(' ', _GAP)})" for area, each in _LABELS.items())
_OPENING = "(?:the )?(?:experiences? and progress of )?".replace(" ", _GAP)
_ROW_LABEL = re.compile(rf"[\d.]*(?i:{_OPENING}(?:{_LABEL}))")
_INSIDE = re.compile(_PART, re.IGNORECASE)
_REST = re.compile(r"[.*]?(?i:(?:improvements?)?(?:to)?(?:begood)?)(?![a-z])[.*]?")
_CELL = re.compile(rf"[\d.:*|–—]{{0,6}}(?:(?P<none>(?i:notjudged|notapplicable))|{_GRADE})[.*]?")

# "The experiences and progress of children in care: good", "The graded judgement for adoption performance is
# that it requires improvement". Adoption and leaving care share a page with running text that weighs them, so
# they need the words "graded judgement" or a heading's capital letter. What follows a heading is a numbered
# paragraph, a bullet or "Summary"; in a list of what the last inspection found, it is more words.
_SAID = r"(?:keyjudge?ment|judge?mentgrade|is|are|that|it|:)*"
_HEADINGS: Mapping[Area, re.Pattern[str]] = {
    area: re.compile(rf"{opening}(?i:{_squeezed(_LABELS[area])})(?i:{_SAID}){_GRADE}(?=[^A-Za-z]|Summary|$)")
    for area, opening in {
        Area.LEADERS: r"(?:[Tt]he(?=impact))?",
        Area.HELP_AND_PROTECTION: r"(?:The)?[Ee]xperiences?andprogressof",
        Area.IN_CARE_AND_CARE_LEAVERS: r"(?:The)?[Ee]xperiences?andprogressof",
        Area.IN_CARE: r"(?:The)?[Ee]xperiences?andprogressof",
        Area.CARE_LEAVERS: r"(?:The|[Jj]udge?ment(?:for|about|on|of)(?:the)?)?[Ee]xperiences?andprogressof",
        Area.ADOPTION: r"[Jj]udge?ment(?:for|about|on|of)(?:the)?",
    }.items()
}
_SINGLE = re.compile(r"(?i:childrenlookedafterandachieving)")
_BECAUSE = r"(?P<grade>(?i:outstanding|good|requires?improvement|inadequate))(?:andisnotyetgood)?because"
_COVER_OVERALL = (
    re.compile(r"(?i:overalljudge?mentis(?:that)?(?:children.?s.?services)?(?:are|is)?)" + _GRADE),
    re.compile(
        r"(?i:children.?s.?services|servicesforchildren)(?i:in|at|providedby)"
        r"(?:(?!not|yet|were|was)(?:St\.|[\w,'’()&–])){3,80}?(?:are|is)?" + _GRADE
    ),
)
_BODY_OVERALL = re.compile(r"[Tt]hislocalauthority(?:is)?" + _BECAUSE)
_BOARD = re.compile(
    r"(?i:safeguardingchildrenboard(?:\(lscb\))?(?:is|that|it|judgedtobe|:)*)"
    r"(?P<grade>(?i:outstanding|good|requires?improvement(?:tobegood)?|inadequate))(?:because|(?![a-z]))"
)
_RECORD = re.compile(r"Recordofmainfindings")
_RECORDED: Mapping[Area, re.Pattern[str]] = {
    Area.HELP_AND_PROTECTION: re.compile(
        r"(?i:safeguardingservices?overalleffectiveness|effectivenessofthehelpandprotection"
        r"(?:provided)?(?:tochildren)?(?:,youngpeople)?(?:,families)?(?:andcarers)?)" + _GRADE
    ),
    Area.IN_CARE: re.compile(
        r"(?i:servicesforlookedafterchildren(?:andyoungpeople)?overalleffectiveness)" + _GRADE
    ),
    Area.LEADERS: re.compile(r"(?i:leadershipand(?:management|governance))" + _GRADE),
    Area.OVERALL: re.compile(r"(?i:overalleffectiveness)" + _GRADE),
}
_LOOKED_AFTER = re.compile(
    r"(?i:overalleffectivenessofservicesforlookedafterchildren(?:andyoungpeople)?grade\d\()" + _GRADE
)


def grades(text: str) -> dict[Area, Grade]:
    """The grades in the words of a report. Empty when they cannot be read for certain."""
    text = _AWAY.sub("", text)
    if recorded := list(_RECORD.finditer(text)):
        return _record(text[recorded[-1].end() :]) or _looked_after(text)
    table, columns, start, end = _cover(text[:COVER])
    said = _said(text[end:])
    found = _agreed(table, said) if table else _confirmed(columns, said)
    found |= _unanimous({area: heard for area, heard in said.items() if area not in table})
    if _SINGLE.search(text):  # its overall judgement is a sentence, and it judges the board too
        found |= _overall(text[: start or COVER], text[end:]) | _board(text)
    return found


# ---------------------------------------------------------------- the cover


def _cover(text: str) -> tuple[dict[Area, Grade | None], dict[Area, Grade | None], int, int]:
    """The table read row by row, else the one read column by column, and where it begins and ends.

    A label whose grade does not follow it empties the table: its columns have slipped, and read row by row a
    grade would be given to the wrong area.
    """
    for first in islice(_ROW_LABEL.finditer(text), 40):
        labels: list[Area] = []
        cells: list[Grade | None] = []
        at = first.start()
        by_rows = True
        while label := _ROW_LABEL.match(text, at):
            labels.append(Area[str(label.lastgroup)])
            cell, at = _cell(text, label)
            cells += cell
            by_rows = by_rows and len(cells) == len(labels)
        while not by_rows and (late := _CELL.match(text, at)):
            cells.append(_grade(late))
            at = late.end()
        if len(labels) == len(cells) >= _FEWEST_ROWS and len(set(labels)) == len(labels):
            table = dict(zip(labels, cells, strict=True))
            return (table, {}, first.start(), at) if by_rows else ({}, table, first.start(), at)
    return {}, {}, 0, 0


def _cell(text: str, label: re.Match[str]) -> tuple[list[Grade | None], int]:
    """The grade after a label, or between its lines, and where it ends; an empty list if there is none."""
    if inside := "".join(_INSIDE.findall(label[0])):
        rest = _REST.match(text, label.end())
        whole = re.fullmatch(_GRADE, inside + (rest[0].strip(".*") if rest else ""))
        return ([_grade(whole)], rest.end() if rest else label.end()) if whole else ([], label.end())
    cell = _CELL.match(text, label.end())
    return ([_grade(cell)], cell.end()) if cell else ([], label.end())


def _overall(cover: str, body: str) -> dict[Area, Grade]:
    """The overall grade that stands in a sentence above the list, or in the summary below it."""
    for pattern in _COVER_OVERALL:
        if said := pattern.search(cover):
            return _of(Area.OVERALL, said)
    return _of(Area.OVERALL, _BODY_OVERALL.search(body))


# ---------------------------------------------------------------- the headings


def _said(body: str) -> dict[Area, set[Grade]]:
    """What the headings of the sections say of each area."""
    heard = {
        area: {grade for each in pattern.finditer(body) if (grade := _grade(each))}
        for area, pattern in _HEADINGS.items()
    }
    return {area: said for area, said in heard.items() if said}


def _agreed(table: Mapping[Area, Grade | None], said: Mapping[Area, set[Grade]]) -> dict[Area, Grade]:
    """The table, without what the headings deny."""
    return {
        area: grade for area, grade in table.items() if grade and (area not in said or grade in said[area])
    }


def _confirmed(columns: Mapping[Area, Grade | None], said: Mapping[Area, set[Grade]]) -> dict[Area, Grade]:
    """A table read column by column, if the headings confirm every area that has one."""
    areas = [area for area in columns if area in _HEADINGS and columns[area]]
    if not areas or any(said.get(area) != {columns[area]} for area in areas):
        return {}
    return {area: grade for area, grade in columns.items() if grade}


def _unanimous(said: Mapping[Area, set[Grade]]) -> dict[Area, Grade]:
    return {area: next(iter(heard)) for area, heard in said.items() if len(heard) == 1}


def _board(text: str) -> dict[Area, Grade]:
    heard = {_grade(each) for each in _BOARD.finditer(text)}
    return {Area.LSCB: grade} if len(heard) == 1 and (grade := heard.pop()) else {}


# ---------------------------------------------------------------- until 2013


def _record(text: str) -> dict[Area, Grade]:
    """The record of findings on the last page. Where it covers two services there is no grade for both."""
    found: dict[Area, Grade] = {}
    for area, pattern in _RECORDED.items():
        heard = {_grade(each) for each in pattern.finditer(text)}
        if len(heard) == 1 and (grade := heard.pop()):
            found[area] = grade
    if len(_RECORDED[Area.OVERALL].findall(text)) > 1:
        found.pop(Area.OVERALL, None)
        found.pop(Area.LEADERS, None)
    return found


def _looked_after(text: str) -> dict[Area, Grade]:
    said = _LOOKED_AFTER.search(text)
    return _of(Area.IN_CARE, said) | _of(Area.OVERALL, said)


def _of(area: Area, match: re.Match[str] | None) -> dict[Area, Grade]:
    return {area: grade} if match and (grade := _grade(match)) else {}


def _grade(match: re.Match[str]) -> Grade | None:
    """None for "not judged"."""
    words = match["grade"]
    if words is None:
        return None
    words = words.lower()
    return Grade.REQUIRES_IMPROVEMENT if words.startswith("require") else Grade(words)
