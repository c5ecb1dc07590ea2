"""What is new in a story since its reader was last told of it."""

from collections.abc import Mapping

from newsdesk.announced import announced
from newsdesk.model import OFFICIAL, Area, DigestItem, Report, Shown
from notifications.importance import council_name
from notifications.reports_view import outlet_name, together
from notifications.words import AREA, FOUND, GRADE, counted, listed

OUTLETS_SHOWN = 2
GRADES_SHOWN = 3


def changes(item: DigestItem, councils: Mapping[str, str]) -> str:
    """ "new grade: Overall Inadequate; new document from Ofsted; 2 more reports"; "" for what is news anyway.

    A story whose reports and grades are those the reader saw was told again because one of them was edited.
    """
    if not item.updated or item.shown is None:
        return ""
    outcome = item.story.outcome
    concluded = f"outcome: {FOUND[outcome]}" if outcome and outcome is not item.shown.outcome else ""
    told = (_grades(item, item.shown, councils), concluded, *_reports(item, item.shown))
    return "; ".join(filter(None, told)) or "a report was corrected"


def _grades(item: DigestItem, shown: Shown, councils: Mapping[str, str]) -> str:
    fresh = [
        each for each in announced(item.story) if (each.council, each.area, each.grade) not in shown.grades
    ]
    several = len(item.story.subjects) > 1
    named = [
        f"{council_name(each.council, councils) + ' ' if several else ''}"
        f"{'' if each.area is Area.OVERALL else AREA[each.area].lower() + ' '}{GRADE[each.grade].lower()}"
        for each in fresh
    ]
    label = "new grade" if len(named) == 1 else "new grades"
    return f"{label}: {listed(named, GRADES_SHOWN)}" if named else ""


def _reports(item: DigestItem, shown: Shown) -> tuple[str, str]:
    fresh = [each for each in item.story.reports if each.article not in shown.articles]
    official = [each for each in fresh if each.kind in OFFICIAL]
    press = [each for each in together(fresh) if each[0].kind not in OFFICIAL and not _copied(each, item)]
    outlets = list(dict.fromkeys(outlet_name(each) for each in official))
    label = "new document" if len(official) == 1 else "new documents"
    return (
        f"{label} from {listed(outlets, OUTLETS_SHOWN)}" if official else "",
        counted(len(press), "more report", "more reports") if press else "",
    )


def _copied(same: list[Report], item: DigestItem) -> bool:
    """Whether a new report only prints what the story had before."""
    fresh = {each.article for each in same}
    here = {each.article for each in item.story.reports}
    return any(each.duplicate_of in here - fresh for each in same)
