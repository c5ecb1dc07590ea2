"""A digest in plain words, frozen: all that the templates ever see.

Everything from outside is cleaned here or in the views below, and every address is one for readers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsdesk.announced import announced
from newsdesk.dates import LONDON
from newsdesk.digests import weight
from newsdesk.model import Digest, DigestItem, Unseen
from newsdesk.text import clean_line
from notifications.importance import apart, group, in_brief, tells
from notifications.reports_view import first_report
from notifications.story_view import dates
from notifications.words import LINE, NAME, counted, cut, day, days, happened

TITLE = "Children’s services news"
_COVERS = "The digests of the days before could not be sent, so this one tells of all of them."
UNSEEN_SHOWN = 12
GLANCE = 6  # lines; under three stories the headlines are glance enough

Group = tuple[str, list[DigestItem]]


@dataclass(frozen=True, slots=True)
class PageView:
    """All of a mail but its stories. `glance` is the day in a few lines of (council, what).

    `covers` says why a digest tells of several days. `more` and its command say what did not fit.
    """

    subject: str
    preview: str
    days: str
    title: str
    summary: str
    covers: str = ""
    glance: tuple[tuple[str, str], ...] = ()
    more: str = ""
    more_command: str = ""
    unseen: tuple[str, ...] = ()


def view(digest: Digest, councils: Mapping[str, str], limit: int) -> PageView:
    """The digest, whose items come the weightiest first, when the first `limit` of them are shown."""
    items, hidden = digest.items, digest.items[limit:]
    told = days(digest.covers_from, digest.local_date)
    several = bool(digest.covers_from and digest.covers_from < digest.local_date)
    left_out = f"{counted(len(hidden), 'more story', 'more stories')} did not fit into this email"
    return PageView(
        subject=subject(items, told, councils),
        preview=(f"Covers {told}. " if several else "") + preview(items, councils),
        days=told,
        title=TITLE,
        summary=summary(items),
        covers=_COVERS if several else "",
        glance=glance(items, councils),
        more=left_out if hidden else "",
        more_command=_more_command(hidden),
        unseen=unseen(digest.unseen),
    )


def subject(items: Sequence[DigestItem], told: str, councils: Mapping[str, str]) -> str:
    """ "Rivermouth: monitoring visit letter, and 4 other stories – Friday 4 August 2023"."""
    lead = in_brief(items[0], councils) if items else "Children’s services: nothing new"
    others = f", and {counted(len(items) - 1, 'other story', 'other stories')}" if len(items) > 1 else ""
    return clean_line(f"{lead}{others} – {told}")


def preview(items: Sequence[DigestItem], councils: Mapping[str, str]) -> str:
    """The sentence a mailbox shows beside the subject: what comes after the story named there."""
    told = [in_brief(item, councils) for item in items[1:4] if tells(item)]
    if told:
        return clean_line(f"Also {'; '.join(told)}.")
    if not items:
        return "Nothing new was found for you."
    story = items[0].story
    return f"{happened(story.event, story.visit)}: {dates(story, first_report(story.reports))}."


def summary(items: Sequence[DigestItem]) -> str:
    """ "5 stories: 1 with a new judgement, 1 updated since your last digest."."""
    if not items:
        return "Nothing new since your last digest."
    judged = sum(bool(announced(item.story)) for item in items)
    updated = sum(item.updated for item in items)
    notes = [f"{judged} with a new judgement"] if judged else []
    notes += [f"{updated} updated since your last digest"] if updated else []
    stories = counted(len(items), "story", "stories")
    return f"{stories}: {', '.join(notes)}." if notes else f"{stories}."


def glance(items: Sequence[DigestItem], councils: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The leading story of each group, as far as that says more than "news"."""
    if len(items) < 3:
        return ()
    leading = [members[0] for _, members in grouped(items, councils)]
    lines = [in_brief(item, councils).partition(": ") for item in leading if tells(item)]
    return tuple((place, said) for place, _, said in lines[:GLANCE])


def grouped(items: Iterable[DigestItem], councils: Mapping[str, str]) -> list[Group]:
    """By council, in the order of their weightiest stories, then of their names; then national news."""
    together: dict[str, list[DigestItem]] = {}
    for item in items:
        together.setdefault(group(item.story, councils), []).append(item)
    return sorted(together.items(), key=_place)


def _place(group: Group) -> tuple[int, int, str]:
    heading, items = group
    return apart(heading), -weight(items[0].story), heading


def unseen(sources: Sequence[Unseen]) -> tuple[str, ...]:
    """One line for each source that could not be read, longest silent first."""
    lines = [
        f"{cut(clean_line(each.outlet), NAME)}: {cut(clean_line(each.reason), LINE)}, since {day(each.since)}"
        for each in sorted(sources, key=lambda each: (each.since, each.outlet))
    ]
    over = len(lines) - UNSEEN_SHOWN
    rest = (f"and {counted(over, 'other source', 'other sources')}",) if over > 0 else ()
    return (*lines[:UNSEEN_SHOWN], *rest)


def _more_command(hidden: Sequence[DigestItem]) -> str:
    if not hidden:
        return ""
    since = min(item.story.first_seen for item in hidden).astimezone(LONDON).date()
    return f"presswatch stories --since {since}"
