"""An alert in plain words: one story, told at once, and by which rule."""

from collections.abc import Mapping
from datetime import datetime

from newsdesk.announced import leading
from newsdesk.dates import english_date, local
from newsdesk.model import Area, Event, Scope, Story
from newsdesk.text import clean_line
from notifications.importance import judged, place
from notifications.view import PageView
from notifications.words import GRADE, LINE, cut, happened

_BY = {
    Event.INSPECTION: "Ofsted inspection",
    Event.MONITORING_VISIT: "Ofsted letter",
    Event.FOCUSED_VISIT: "Ofsted letter",
    Event.JTAI: "joint inspectorates",
    Event.SEND_INSPECTION: "Ofsted and CQC",
    Event.SEND_MONITORING: "Ofsted and CQC",
    Event.IMPROVEMENT_NOTICE: "Department for Education",
    Event.DIRECTION: "Department for Education",
    Event.COMMISSIONER_APPOINTED: "Department for Education",
}


def alert_view(story: Story, why: str, councils: Mapping[str, str], now: datetime) -> PageView:
    """The subject says grade or event first, then where: "Inadequate: Northmarch (Ofsted inspection)".

    Like a digest's it never holds the headline, which may name a child. `why` is the rule that sent it.
    """
    where = "" if story.scope is Scope.NATIONAL else f": {place(story, councils)}"
    title = clean_line(f"{_what(story)}{where}")
    by = _BY.get(story.event, "")
    reason = cut(clean_line(why), LINE)
    return PageView(
        subject=f"{title} ({by})" if by else title,
        preview=f"Alert: {reason}",
        days=f"Alert, {local(now):%H:%M} on {english_date(now)}",
        title=title,
        summary=f"Why you get this now: {reason.rstrip('.')}.",
    )


def _what(story: Story) -> str:
    lead = leading(story)
    if lead is None:
        return happened(story.event, story.visit)
    if lead.area is Area.OVERALL:
        return GRADE[lead.grade]
    said = judged(story)
    return f"{said[0].upper()}{said[1:]}"
