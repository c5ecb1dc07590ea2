"""What an inspection of the time judges: its areas, and whether there is an overall grade."""

from collections.abc import Sequence
from datetime import date

from newsdesk.history import History
from newsdesk.model import Area, Visit

_TOGETHER = (Area.LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE_AND_CARE_LEAVERS)
_APART = (Area.LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS)
_APART_FROM = date(2023, 2, 20)  # reports of inspections since January 2023 grade care leavers on their own
_NO_OVERALL_FROM = "2026-04"  # inspections since then have no overall grade; their reports came from June on
_NO_OVERALL_SINCE = date(2026, 6, 1)


def areas_of(published: date | None) -> tuple[Area, ...]:
    """The areas that reports of that day grade, the overall one apart."""
    return _APART if published is None or published >= _APART_FROM else _TOGETHER


def has_overall(
    visit: Visit | None, published: date | None, subjects: Sequence[str], history: History
) -> bool:
    """Whether an inspection that is news has an overall grade: by its days, else by the record, else by
    the date."""
    if published is None or published < _NO_OVERALL_SINCE:
        return True
    if visit and visit.started and len(visit.started) > len("2026"):
        return visit.started < _NO_OVERALL_FROM
    known = [each for slug in subjects if (each := history.new_at(slug, published))]
    return any(Area.OVERALL in each.grades for each in known)
