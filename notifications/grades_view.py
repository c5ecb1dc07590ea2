"""Grades as a reader gets them: what is new, and beside it what it was before and since when.

Before is what the record of full inspections says; where it is silent, what the reports themselves recall.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from newsdesk.announced import RANK, announced
from newsdesk.dates import local
from newsdesk.history import History, Inspection
from newsdesk.model import Area, Event, Grade, IsoDay, Judgement, Scope, Story
from notifications.importance import council_name, subjects_of
from notifications.words import AREA, GRADE, STEPS, iso_day

EARLIER_SHOWN = 4
_ONE_LINE = (date(2018, 6, 1), date(2023, 1, 1))  # care leavers were graded together with children in care
_NO_OVERALL = date(2026, 4, 1)
_UNGRADED = frozenset(
    {Event.SEND_INSPECTION, Event.SEND_MONITORING, Event.COURT, Event.FUNDING, Event.POLICY, Event.OTHER}
)


@dataclass(frozen=True, slots=True)
class GradeView:
    """ "Overall", "Inadequate", one step of four, and "▼ down from good, March 2019" where that is known."""

    area: str
    grade: str
    steps: str
    before: str
    lowest: bool


@dataclass(frozen=True, slots=True)
class GradesView:
    """New grades. The caption holds the date of those before where they share it, else the rows do."""

    caption: str
    rows: tuple[GradeView, ...]
    note: str


def new_grades(story: Story, councils: Mapping[str, str], history: History) -> GradesView | None:
    """The grades the story announces, the area led by its council where the story is about several."""
    day = local(story.first_seen).date()
    new = announced(story)
    if not new:
        return None
    befores = [_before(each, story, _previous(history, each.council, day)) for each in new]
    dates = {each.when for each in befores if each}
    shared = dates.pop() if len(dates) == 1 else ""
    return GradesView(
        caption=f"New judgement (before: {shared})" if shared else "New judgement",
        rows=tuple(
            GradeView(
                area=f"{_whose(each, story, councils)}{AREA[each.area]}",
                grade=GRADE[each.grade],
                steps=STEPS[each.grade],
                before=_moved(each.grade, before, dated=not shared) if before else "",
                lowest=each.grade is Grade.INADEQUATE,
            )
            for each, before in zip(new, befores, strict=True)
        ),
        note=framework_note(story),
    )


def earlier_grades(story: Story, councils: Mapping[str, str], history: History) -> tuple[str, ...]:
    """ "Last full inspection: Inadequate overall, July 2022", and what reports recall beyond that."""
    new = {(each.council, each.area) for each in announced(story)}
    lines = [] if new or story.event in _UNGRADED else _standing(story, councils, history)
    day = local(story.first_seen).date()
    recalled = [
        each
        for each in sorted(story.judgements, key=_latest_first)
        if not each.current
        and each.council in story.subjects
        and (each.council, each.area) not in new
        and not _recorded(each, _previous(history, each.council, day))
    ]
    lines += dict.fromkeys(_recalled(each, story, councils) for each in recalled)
    return tuple(lines)[:EARLIER_SHOWN]


def framework_note(story: Story) -> str:
    """Why an inspection has no overall grade: those from April 2026 have none."""
    new = announced(story)
    ended = story.visit and (story.visit.ended or story.visit.started)
    since = ended >= f"{_NO_OVERALL:%Y-%m}" if ended else local(story.first_seen).date() >= _NO_OVERALL
    if story.event is not Event.INSPECTION or not since or len(new) < 3:
        return ""
    return (
        ""
        if any(each.area is Area.OVERALL for each in new)
        else "Inspections since April 2026 give no overall grade."
    )


def _standing(story: Story, councils: Mapping[str, str], history: History) -> list[str]:
    """How the council stands, from its last full inspection before the story."""
    if story.scope is not Scope.COUNCIL:
        return []
    subjects = subjects_of(story)
    day = local(story.first_seen).date()
    found = [(each, last) for each in subjects if (last := _previous(history, each, day))]
    return [
        f"{council_name(each, councils) + ' – l' if len(subjects) > 1 else 'L'}ast full inspection: "
        f"{_as_a_whole(last)}, {_when(last)}"
        for each, last in found
    ]


def _as_a_whole(inspection: Inspection) -> str:
    overall = inspection.grades.get(Area.OVERALL)
    if overall:
        return f"{GRADE[overall]} overall"
    told = (f"{AREA[area].lower()} {GRADE[grade].lower()}" for area, grade in inspection.grades.items())
    return "; ".join(told).capitalize()


def _previous(history: History, council: str, day: date) -> Inspection | None:
    """The last inspection published before the one that was news on this day."""
    news = history.new_at(council, day)
    return next(history.before(council, min(news.published, day) if news else day), None)


@dataclass(frozen=True, slots=True)
class _Before:
    grade: Grade
    when: str
    together: bool = False


def _before(new: Judgement, story: Story, last: Inspection | None) -> _Before | None:
    if last and (grade := last.grades.get(new.area)):
        return _Before(grade, _when(last))
    if last and _in_one_line(new.area, last) and (grade := last.grades.get(Area.IN_CARE)):
        return _Before(grade, _when(last), together=new.area is Area.CARE_LEAVERS)
    recalled = [
        each
        for each in story.judgements
        if not each.current and (each.council, each.area) == (new.council, new.area)
    ]
    found = min(recalled, key=_latest_first, default=None)
    return _Before(found.grade, iso_day(found.date) if found.date else "") if found else None


def _in_one_line(area: Area, last: Inspection) -> bool:
    first, until = _ONE_LINE
    return area in {Area.CARE_LEAVERS, Area.IN_CARE_AND_CARE_LEAVERS} and first <= last.published < until


def _moved(grade: Grade, before: _Before, *, dated: bool) -> str:
    was = GRADE[before.grade].lower()
    if grade is before.grade:
        said = "as before"
    elif RANK[grade] == RANK[before.grade]:
        said = f"was {was}"
    else:
        said = f"{'▲ up' if RANK[grade] > RANK[before.grade] else '▼ down'} from {was}"
    together = "then with children in care" if before.together else ""
    return ", ".join(filter(None, (said, together, before.when if dated else "")))


def _when(inspection: Inspection) -> str:
    """The month inspectors were there: it is how a judgement is spoken of."""
    ended = inspection.ended or inspection.started
    return iso_day((ended or inspection.published.isoformat())[:7])


def _recorded(judgement: Judgement, last: Inspection | None) -> bool:
    """Whether the record tells what a report recalls: anything up to the last inspection on it."""
    return last is not None and (judgement.date or "") <= last.published.isoformat()


def _recalled(judgement: Judgement, story: Story, councils: Mapping[str, str]) -> str:
    area = "" if judgement.area is Area.OVERALL else f" for {AREA[judgement.area].lower()}"
    when = f", {iso_day(judgement.date)}" if judgement.date else ""
    return f"{_whose(judgement, story, councils)}Earlier grade{area}: {GRADE[judgement.grade]}{when}"


def _whose(judgement: Judgement, story: Story, councils: Mapping[str, str]) -> str:
    return f"{council_name(judgement.council, councils)} – " if len(story.subjects) > 1 else ""


def _latest_first(judgement: Judgement) -> tuple[int, ...]:
    day: IsoDay = judgement.date or "0"
    return tuple(-int(part) for part in day.split("-") if part.isdecimal())
