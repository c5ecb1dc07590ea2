"""One story in plain words: what happened, when, which grades, what follows, and who reports it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsdesk.history import History
from newsdesk.model import OFFICIAL, Report, Role, Scope, Story
from newsdesk.next_steps import NextStep, next_steps
from newsdesk.text import clean_line
from notifications.grades_view import GradesView, earlier_grades, new_grades
from notifications.importance import council_name
from notifications.links import Link, link
from notifications.reports_view import (
    ReportsView,
    authority,
    first_report,
    outlet_name,
    reports_view,
)
from notifications.words import LINE, OUTCOME, cut, day, happened, iso_day, listed, visited

COUNCILS_SHOWN = 12
_BULLETS = "-–—•*· "


@dataclass(frozen=True, slots=True)
class StoryView:
    """`grades` are the new ones; `outcome` is told where there are none. `earlier`, `notes` and `steps` are
    lines; `quote` is (words, outlet)."""

    headline: Link
    happened: str
    dates: str
    grades: GradesView | None
    outcome: str
    earlier: tuple[str, ...]
    notes: tuple[str, ...]
    quote: tuple[str, str] | None
    steps: tuple[str, ...]
    reports: ReportsView


def story_view(story: Story, councils: Mapping[str, str], history: History) -> StoryView:
    """The story as its reader gets it. Its headline leads to the primary document where there is one."""
    first = first_report(story.reports)
    headline = cut(clean_line(story.headline), LINE)
    return StoryView(
        headline=link(headline, first.url) if first else Link(headline),
        happened=happened(story.event, story.visit),
        dates=dates(story, first),
        grades=new_grades(story, councils, history),
        outcome=OUTCOME[story.outcome] if story.outcome else "",
        earlier=earlier_grades(story, councils, history),
        notes=notes(story, councils),
        quote=_quote(story.reports),
        steps=tuple(step_in_words(each) for each in next_steps(story)),
        reports=reports_view(story.reports),
    )


def dates(story: Story, first: Report | None) -> str:
    """ "visited June 2023; published 2 August 2023": the event's own date is never the document's."""
    if first is None or first.published is None:
        told = f"first seen {day(story.first_seen)}"
    elif first.kind in OFFICIAL:
        told = f"published {day(first.published)}"
    else:
        told = f"reported {day(first.published)}"
    return "; ".join(filter(None, (visited(story.event, story.visit), told)))


def notes(story: Story, councils: Mapping[str, str]) -> tuple[str, ...]:
    """Who else is in it, each role on its own line: a partner is never the subject."""
    subjects = _names(story, Role.SUBJECT, councils)
    alone = story.scope is Scope.COUNCIL
    told = (
        ("Also about" if alone else "Councils", subjects[1:] if alone else subjects),
        ("Improvement partner", _names(story, Role.PARTNER, councils)),
        ("Commissioner from", _names(story, Role.COMMISSIONER, councils)),
    )
    return tuple(f"{label}: {listed(names, COUNCILS_SHOWN)}" for label, names in told if names)


def step_in_words(step: NextStep) -> str:
    """ "the action plan, published by 8 November 2023", "a monitoring visit, likely around May 2026"."""
    if step.by:
        return f"{step.what} by {day(step.by)}"
    return f"{step.what}, likely around {iso_day(step.around)}" if step.around else step.what


def _names(story: Story, role: Role, councils: Mapping[str, str]) -> list[str]:
    return [council_name(each.council, councils) for each in story.councils if each.role is role]


def _quote(reports: Iterable[Report]) -> tuple[str, str] | None:
    """What its licence lets us quote, of the report nearest to the source."""
    for each in sorted(reports, key=authority):
        if said := clean_line(each.snippet).lstrip(_BULLETS):
            return cut(said, LINE), outlet_name(each)
    return None
