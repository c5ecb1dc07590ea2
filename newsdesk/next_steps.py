"""What follows an event, by rule and by what its reports say, for the council it is about.

A story of several councils has no such steps. Where a report gives a date for a step that the rule expects,
the date is the report's.

Where the rules come from:
- action plan: Education and Inspections Act 2006 s.137(3) and S.I. 2007/462 (which also says what a working
  day is): a council publishes what it will do within 70 working days of receiving the report on it. Ofsted
  holds councils to the same term where a focused visit finds areas for priority action. Reports are received
  a little before they are published, so the day counted from publication is the last it can be.
- monitoring visits: Ofsted's framework for councils judged inadequate, about one a quarter. Ofsted does not
  publish its letter on the first.
- SEND: area SEND framework of Ofsted and CQC (2023, revised 2025), one of three outcomes in fixed words.
- commissioner: advises ministers within about three months whether services should leave the council.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from newsdesk.dates import local
from newsdesk.model import Area, Coming, Event, Grade, IsoDay, Kind, Outcome, Scope, Step, Story

if TYPE_CHECKING:
    from holidays import HolidayBase

PLAN = 70  # working days
_QUARTER, _MONITORED = 3, 18  # months
_ADVICE = "the commissioner’s advice on who should run the services"
_DAY = len("2026-09-01")
# Steps as a report may announce them; what is none of the known ones stands in no fixed words.
_SAID = {
    Step.ACTION_PLAN: "the action plan",
    Step.STATEMENT_OF_ACTION: "the written statement of action",
    Step.MONITORING_VISIT: "a monitoring visit",
    Step.INSPECTION: "a full inspection",
    Step.REPORT: "a report",
    Step.DIRECTION: "a statutory direction",
}
# Whose report is meant, where the event tells.
_REPORTS = {
    Event.COMMISSIONER_APPOINTED: _ADVICE,
    Event.DIRECTION: _ADVICE,
    Event.INSPECTION: "the inspectors’ report",
    Event.SEND_INSPECTION: "the inspectors’ report",
    Event.MONITORING_VISIT: "the inspectors’ letter",
    Event.FOCUSED_VISIT: "the inspectors’ letter",
    Event.JTAI: "the inspectors’ letter",
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that follows, in words to come after "Next:".

    `by` is the last day for it; `around` a month ("2026-09") or a year it is likely in. `step` is its kind.
    """

    what: str
    by: date | None = None
    around: IsoDay | None = None
    step: Step = Step.OTHER


def next_steps(story: Story) -> tuple[NextStep, ...]:
    """What comes next, soonest first; nothing where neither rules nor reports say.

    What was likely before its story was told is left out: it has happened, or will be news of its own.
    """
    if story.scope is not Scope.COUNCIL:
        return ()
    told = local(story.last_seen).date()
    steps = _dated(
        _steps(story), [each for each in story.coming if each.council in {None, *story.subjects}], story.event
    )
    return tuple(sorted((each for each in steps if _is_ahead(each, told)), key=_soonest))


def _dated(ruled: Sequence[NextStep], said: Sequence[Coming], event: Event) -> Iterable[NextStep]:
    """The steps of the rules with the dates that reports give for them, and what else reports announce."""
    dated = {each.step: each.due for each in said if each.due}
    for each in ruled:
        due = dated.get(each.step)
        yield _on(each, due) if due and _says_more(due, each) else each
    expected = {each.step for each in ruled}
    for one in said:
        if one.step in _SAID and one.step not in expected:
            yield _on(NextStep(_in_words(one.step, event), step=one.step), one.due)


def _in_words(step: Step, event: Event) -> str:
    return _REPORTS.get(event, _SAID[step]) if step is Step.REPORT else _SAID[step]


def _says_more(due: IsoDay, step: NextStep) -> bool:
    """Whether a report's date goes before the rule's: a day before its day or month, any where it has none
    but for what recurs or lies years ahead."""
    if step.by or step.around:
        return len(due) == _DAY or not step.by
    return step.step is Step.ACTION_PLAN


def _on(step: NextStep, due: IsoDay | None) -> NextStep:
    if due and len(due) == _DAY:
        return replace(step, by=date.fromisoformat(due), around=None)
    return replace(step, by=None, around=due)


def _is_ahead(step: NextStep, told: date) -> bool:
    if step.by:
        return step.by >= told
    return not step.around or step.around >= told.isoformat()[: len(step.around)]


def _soonest(step: NextStep) -> str:
    """Those without a date come last, in their own order."""
    return step.by.isoformat() if step.by else step.around or "9999"


def _steps(story: Story) -> tuple[NextStep, ...]:
    match story.event:
        case Event.INSPECTION:
            return _after_inspection(story)
        case Event.FOCUSED_VISIT if story.outcome is Outcome.PRIORITY_ACTION:
            return (NextStep("the final action plan", by=_plan_due(story), step=Step.ACTION_PLAN),)
        case Event.MONITORING_VISIT:
            around = _months_on(_visited(story), _QUARTER)
            return (NextStep("a monitoring visit", around=around, step=Step.MONITORING_VISIT),)
        case Event.SEND_INSPECTION:
            return _after_send(story)
        case Event.COMMISSIONER_APPOINTED:
            return (NextStep(_ADVICE, around=_months_on(_published(story), _QUARTER), step=Step.REPORT),)
    return ()


def working_days_after(day: date, number: int) -> date:
    """The day that many working days later: no Saturdays, Sundays, bank holidays of England."""
    free = _bank_holidays()
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5 and day not in free
    return day


def _after_inspection(story: Story) -> tuple[NextStep, ...]:
    """Only once the grades are known: an inspection that is merely announced has no report yet."""
    new = [each for each in story.judgements if each.current and each.council in story.subjects]
    if not new:
        return ()
    plan = NextStep("the council’s action plan, published", by=_plan_due(story), step=Step.ACTION_PLAN)
    failing = any(each.area is Area.OVERALL and each.grade is Grade.INADEQUATE for each in new)
    quarterly = "monitoring visits about every quarter; Ofsted does not publish its first letter"
    return (plan, NextStep(quarterly, step=Step.MONITORING_VISIT)) if failing else (plan,)


def _after_send(story: Story) -> tuple[NextStep, ...]:
    full = "a full SEND inspection, usually within"
    match story.outcome:
        case Outcome.POSITIVE:
            return (NextStep(f"{full} 5 years", step=Step.INSPECTION),)
        case Outcome.INCONSISTENT:
            return (NextStep(f"{full} 3 years", step=Step.INSPECTION),)
        case Outcome.FAILINGS:
            around = _months_on(_published(story), _MONITORED)
            return (
                NextStep("a priority action plan to Ofsted and CQC", step=Step.ACTION_PLAN),
                NextStep("a SEND monitoring inspection", around=around, step=Step.MONITORING_VISIT),
                NextStep(f"{full} 3 years", step=Step.INSPECTION),
            )
    return ()


def _plan_due(story: Story) -> date:
    return working_days_after(_published(story), PLAN)


def _published(story: Story) -> date:
    """The London day of the inspectorate's own document, else of the first report."""
    own = [each.published for each in story.reports if each.kind is Kind.INSPECTORATE and each.published]
    return local(min(own, default=story.first_seen)).date()


def _visited(story: Story) -> date:
    """The month inspectors were there; a month before publication where nobody says, as letters take that."""
    printed = (story.visit and (story.visit.ended or story.visit.started)) or ""
    if len(printed) >= len("2026-09"):
        return date.fromisoformat(f"{printed[:7]}-01")
    return _published(story) - timedelta(days=30)


def _months_on(day: date, number: int) -> IsoDay:
    years, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return f"{years}-{month + 1:02}"


@cache
def _bank_holidays() -> "HolidayBase":
    """Loaded when first asked: the library takes a tenth of a second to import."""
    from holidays import country_holidays

    return country_holidays("GB", subdiv="ENG")
