"""The grades an Ofsted report gives, in every framework from 2013 to 2026; a doubtful one is left out.

Three layouts: "looked after children services" (2013), whose grades stand in brackets after a number; the
single inspection framework (November 2013 to 2018), a numbered list under a sentence with the overall
judgement; and ILACS (since 2018), a table of three areas and the overall grade, four areas since January
2023, and no overall grade for inspections from April 2026.
"""

import re
from collections.abc import Mapping

from newsdesk.model import Area, Grade

_GRADE = r"(?P<grade>outstanding|good|requires? improvement(?: to be good)?|inadequate|adequate)\b"
_CELL = re.compile(r"\.?\d?\s*(?:(?P<none>not judged)|" + _GRADE + r")\s*", re.IGNORECASE)

_ILACS: Mapping[Area, str] = {
    Area.LEADERS: r"The impact of leaders on (?:social work )?practice with children and families",
    Area.HELP_AND_PROTECTION: r"The experiences and progress of children who need help and protection",
    Area.IN_CARE_AND_CARE_LEAVERS: r"The experiences and progress of children in care and care leavers",
    Area.IN_CARE: r"The experiences and progress of children in care(?! and)",
    Area.CARE_LEAVERS: r"The experiences and progress of (?:children |young )?care leavers",
    Area.OVERALL: r"Overall effectiveness",
}
_SINGLE: Mapping[Area, str] = {
    Area.HELP_AND_PROTECTION: r"\d\. Children who need help and protection",
    Area.IN_CARE: r"\d\. Children looked after and achieving permanence",
    Area.ADOPTION: r"2\.1\.? Adoption performance",
    Area.CARE_LEAVERS: r"2\.2\.? (?:The e|E|e)xperiences and progress of care leavers",
    Area.LEADERS: r"\d\. Leadership, management and governance",
}
_OVERALL = re.compile(
    r"(?:The overall judgement is (?:that children.s services (?:are )?)?"
    r"|Children.s services in [\w ,.'’-]{3,60}? (?:are )?)" + _GRADE,
    re.IGNORECASE,
)
_BOARD = re.compile(
    r"(?:effectiveness of the )?Local Safeguarding Children Board(?: \(LSCB\))? (?:is (?:judged to be )?)?"
    + _GRADE,
    re.IGNORECASE,
)
_LOOKED_AFTER = re.compile(
    r"Overall effectiveness of services for looked after children and young people Grade \d \(" + _GRADE,
    re.IGNORECASE,
)


def grades(text: str) -> dict[Area, Grade]:
    """The grades in the words of a report, folded to one line. Empty when they cannot be read for certain."""
    if table := re.search(r"Judgement Grade ", text):
        return _confirmed(_table(text[table.end() :], _ILACS), text[table.end() :])
    if listed := re.search(r"\b1\. Children who need help and protection", text[:4000]):
        found = _table(text[listed.start() :], _SINGLE)
        return _with(_with(found, Area.OVERALL, _OVERALL.search(text[:4000])), Area.LSCB, _BOARD.search(text))
    return _with({}, Area.IN_CARE, _LOOKED_AFTER.search(text))


def _table(text: str, areas: Mapping[Area, str]) -> dict[Area, Grade]:
    """Label and grade by turns, as long as they last.

    A label without its grade empties the whole table: then its columns may have slipped, and a grade would
    be given to the wrong area.
    """
    found: dict[Area, Grade] = {}
    while row := next(
        ((area, label) for area, each in areas.items() if (label := re.match(each, text))), None
    ):
        area, label = row
        cell = _CELL.match(text, label.end())
        if cell is None:
            return {}
        if not cell["none"]:
            found[area] = _grade(cell)
        text = text[cell.end() :]
    return found


def _confirmed(table: dict[Area, Grade], body: str) -> dict[Area, Grade]:
    """The table without the areas whose heading in the body names another grade."""
    headings = {
        area: re.search(_ILACS[area] + r"(?: is)?: ?" + _GRADE, body, re.IGNORECASE) for area in table
    }
    return {
        area: grade for area, grade in table.items() if not (said := headings[area]) or _grade(said) is grade
    }


def _with(found: dict[Area, Grade], area: Area, match: re.Match[str] | None) -> dict[Area, Grade]:
    return found | {area: _grade(match)} if match else found


def _grade(match: re.Match[str]) -> Grade:
    words = match["grade"].lower()
    return Grade.REQUIRES_IMPROVEMENT if words.startswith("require") else Grade(words)
