"""What is worth an alert. An alert that cries wolf is the last one that anybody reads.

A grade counts only where a story's own subject was given it now, and where whoever says so is to be trusted
with it: the inspectorate, the department, the council itself; the press, unless it tells the very grade
that the council was given less than nine months ago, for then it is likely to recall it. Two papers that
do not copy one another are believed even so. A mirror is never believed.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from newsdesk.dates import LONDON
from newsdesk.history import History
from newsdesk.kinds import OFFICIAL, Event, Grade, Kind, Rule
from newsdesk.model import Judgement, Report, Story

FRESH = timedelta(days=3)  # what was published earlier is no alert: the digest tells it
EXPIRES = timedelta(hours=6)  # an alert that could not be delivered by then is none any more
POOLED = timedelta(hours=2)  # how long alerts above the cap are gathered
CAP = 5  # alerts to one subscription in a day; what is more comes in one small digest
_RECALLED = timedelta(days=270)  # the shortest time between two full inspections of a council is about a year
_PRESS = frozenset({Kind.LOCAL, Kind.TRADE, Kind.BROADCASTER})
_ORDER = [Grade.OUTSTANDING, Grade.GOOD, Grade.ADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE]
_INTERVENTION = frozenset(
    {
        Event.DIRECTION,
        Event.IMPROVEMENT_NOTICE,
        Event.COMMISSIONER_APPOINTED,
        Event.TRUST,
        Event.INTERVENTION_ENDED,
    }
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What one report of a story announces as new. `home` is the council whose own page it is."""

    report: Report
    judgements: tuple[Judgement, ...]
    home: str | None = None


def fires(
    story: Story, announcements: Sequence[Announcement], history: History, now: datetime
) -> dict[Rule, str]:
    """The rules that a story meets, each with a line that says why. Nothing for a story that is not fresh."""
    if now - story.last_seen > FRESH:
        return {}
    return dict(_met(story, announcements, history))


def _met(story: Story, announcements: Sequence[Announcement], history: History) -> Iterator[tuple[Rule, str]]:
    yield Rule.ANY, "new for this search"
    primary = next((each for each in story.reports if each.kind in OFFICIAL), None)
    if primary is not None:
        yield Rule.OFFICIAL, f"an official document: {primary.title}"
    if story.event in _INTERVENTION and story.subjects:
        yield Rule.INTERVENTION, f"the government acts: {story.event.replace('-', ' ')}"
    new = list(_believed(story, announcements, history))
    if new:
        yield Rule.NEW_JUDGEMENT, f"a new judgement: {_told(new)}"
    lowest = [each for each in new if each.grade is Grade.INADEQUATE]
    if lowest:
        yield Rule.INADEQUATE, f"judged inadequate: {_told(lowest)}"
    fell = [each for each in new if _fell(each, story, history)]
    if fell:
        yield Rule.GRADE_FELL, f"a lower grade than before: {_told(fell)}"


def _believed(story: Story, announcements: Sequence[Announcement], history: History) -> Iterator[Judgement]:
    """The grades that are new, once each, and that are told by somebody to be trusted with them."""
    if story.event is not Event.INSPECTION:
        return
    seen = set()
    for announcement in announcements:
        for each in announcement.judgements:
            named = (each.council, each.area, each.grade)
            if not each.current or each.council not in story.subjects or named in seen:
                continue
            if _is_believed(each, announcements, history):
                seen.add(named)
                yield each


def _is_believed(judgement: Judgement, announcements: Sequence[Announcement], history: History) -> bool:
    saying = [each for each in announcements if _says(each, judgement)]
    if any(_is_authority(each, judgement.council) for each in saying):
        return True
    papers = {
        each.report.outlet for each in saying if each.report.kind in _PRESS and not each.report.duplicate_of
    }
    if len(papers) > 1:
        return True
    day = min((each.report.when.date() for each in saying), default=date.min)
    return bool(papers) and not _is_recalled(judgement, history, day)


def _says(announcement: Announcement, judgement: Judgement) -> bool:
    return any(
        each.current
        and (each.council, each.area, each.grade) == (judgement.council, judgement.area, judgement.grade)
        for each in announcement.judgements
    )


def _is_authority(announcement: Announcement, council: str) -> bool:
    kind = announcement.report.kind
    if kind in (Kind.COUNCIL, Kind.COMMITTEE):
        return announcement.home == council
    return kind in (Kind.INSPECTORATE, Kind.GOVERNMENT)


def _is_recalled(judgement: Judgement, history: History, day: date) -> bool:
    last = next(history.before(judgement.council, day), None)
    return (
        last is not None
        and history.new_at(judgement.council, day) is None
        and day - last.published < _RECALLED
        and last.grades.get(judgement.area) is judgement.grade
    )


def _fell(judgement: Judgement, story: Story, history: History) -> bool:
    before = _before(judgement, story, history)
    return before is not None and _ORDER.index(judgement.grade) > _ORDER.index(before)


def _before(judgement: Judgement, story: Story, history: History) -> Grade | None:
    """The grade that went before: by the record, else by the latest that the story itself recalls."""
    day = story.first_seen.date()
    new = history.new_at(judgement.council, day)
    for each in history.before(judgement.council, new.published if new else day):
        if judgement.area in each.grades:
            return each.grades[judgement.area]
    recalled = [
        each
        for each in story.judgements
        if not each.current and (each.council, each.area) == (judgement.council, judgement.area) and each.date
    ]
    return max(recalled, key=lambda each: each.date or "").grade if recalled else None


def _told(judgements: Collection[Judgement]) -> str:
    lines = [
        f"{each.council}, {each.area.replace('-', ' ')}: {each.grade.replace('-', ' ')}"
        for each in judgements
    ]
    return "; ".join(lines)


# ---------------------------------------------------------------- when


def waits_until(quiet: str, now: datetime) -> datetime | None:
    """When the quiet hours ("21:00-07:00", London time) are over; None when it is none of them now."""
    if not quiet:
        return None
    begin, end = (time.fromisoformat(each) for each in quiet.split("-"))
    here = now.astimezone(LONDON)
    at = here.time().replace(tzinfo=None)
    inside = begin <= at < end if begin < end else at >= begin or at < end
    if not inside:
        return None
    over = datetime.combine(here.date(), end, LONDON)
    return over if over > here else datetime.combine(here.date() + timedelta(days=1), end, LONDON)
