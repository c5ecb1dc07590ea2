"""What follows an event by rule, for the council it is about. A story of several councils has no such steps.

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

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from newsdesk.dates import local
from newsdesk.model import Area, Event, Grade, IsoDay, Kind, Scope, Story

if TYPE_CHECKING:
    from holidays import HolidayBase

PLAN = 70  # working days
_QUARTER, _MONITORED = 3, 18  # months
_OUTCOMES = {
    "typically lead to positive experiences": 1,
    "inconsistent experiences": 2,
    "widespread and/or systemic failings": 3,
}
_NONE_FOUND = ("no area for priority action", "no areas for priority action", "not identify any areas for")


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that follows, in words to come after "Next:".

    `by` is the last day for it; `around` a month ("2026-09") it is likely in.
    """

    what: str
    by: date | None = None
    around: IsoDay | None = None


def next_steps(story: Story) -> tuple[NextStep, ...]:
    """What the rules say comes next, soonest first; nothing where they do not say.

    What was likely before its story was told is left out: it has happened, or will be news of its own.
    """
    told = f"{local(story.last_seen):%Y-%m}"
    return tuple(each for each in _steps(story) if not each.around or each.around >= told)


def _steps(story: Story) -> tuple[NextStep, ...]:
    if story.scope is not Scope.COUNCIL:
        return ()
    match story.event:
        case Event.INSPECTION:
            return _after_inspection(story)
        case Event.FOCUSED_VISIT if _priority_action(story):
            return (NextStep("the final action plan", by=_plan_due(story)),)
        case Event.MONITORING_VISIT:
            return (NextStep("a monitoring visit", around=_months_on(_visited(story), _QUARTER)),)
        case Event.SEND_INSPECTION:
            return _after_send(story)
        case Event.COMMISSIONER_APPOINTED:
            advice = "the commissioner’s advice on who should run the services"
            return (NextStep(advice, around=_months_on(_published(story), _QUARTER)),)
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
    plan = NextStep("the council’s action plan, published", by=_plan_due(story))
    failing = any(each.area is Area.OVERALL and each.grade is Grade.INADEQUATE for each in new)
    quarterly = "monitoring visits about every quarter; Ofsted does not publish its first letter"
    return (plan, NextStep(quarterly)) if failing else (plan,)


def _after_send(story: Story) -> tuple[NextStep, ...]:
    outcomes = {number for words, number in _OUTCOMES.items() for said in _said(story) if words in said}
    if len(outcomes) != 1:
        return ()
    published = _published(story)
    full = "a full SEND inspection, usually within"
    match outcomes.pop():
        case 1:
            return (NextStep(f"{full} 5 years"),)
        case 2:
            return (NextStep(f"{full} 3 years"),)
    plan = NextStep("a priority action plan to Ofsted and CQC")
    monitoring = NextStep("a SEND monitoring inspection", around=_months_on(published, _MONITORED))
    return plan, monitoring, NextStep(f"{full} 3 years")


def _priority_action(story: Story) -> bool:
    said = list(_said(story))
    denied = any(words in each for words in _NONE_FOUND for each in said)
    return not denied and any("for priority action" in each for each in said)


def _said(story: Story) -> Iterable[str]:
    for each in story.reports:
        yield each.title.lower()
        yield each.snippet.lower()


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
