"""A digest in plain words, frozen: all that the templates ever see.

Everything from outside is cleaned here, and every address is one a reader may be sent to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from newsdesk.dates import LONDON, english_date
from newsdesk.model import Digest, DigestItem, Unseen
from newsdesk.text import clean_line
from notifications.importance import by_importance, group, importance, in_brief, new_judgements, tells
from notifications.links import Link, ways_out
from notifications.story_view import StoryView, story_view
from notifications.words import LINE, NAME, cut, day

UNSEEN_SHOWN = 12
GLANCE = 6  # lines; under three stories the headlines are glance enough


@dataclass(frozen=True, slots=True)
class GroupView:
    name: str
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, slots=True)
class DigestView:
    """`glance` is the day in a few lines. `more` and its command say what did not fit and how to see it."""

    subject: str
    preview: str
    day: str
    summary: str
    glance: tuple[str, ...]
    subscription: str
    groups: tuple[GroupView, ...]
    more: str
    more_command: str
    unseen: tuple[str, ...]
    unsubscribe: tuple[Link, ...]
    prepared: str


def view(
    digest: Digest,
    *,
    councils: Mapping[str, str],
    now: datetime,
    unsubscribe: Sequence[str] = (),
    limit: int | None = None,
) -> DigestView:
    """The digest with its `limit` most important stories (all by default), grouped by council."""
    items = by_importance(digest.items)
    shown = items[:limit]
    hidden = items[len(shown) :]
    return DigestView(
        subject=subject(items, digest.local_date, councils),
        preview=preview(items, councils),
        day=english_date(digest.local_date),
        summary=summary(items),
        glance=glance(items, councils),
        subscription=cut(clean_line(digest.subscription), NAME),
        groups=groups(shown, councils),
        more=_more(hidden),
        more_command=_more_command(hidden),
        unseen=unseen(digest.unseen),
        unsubscribe=ways_out(unsubscribe),
        prepared=f"{now.astimezone(LONDON):%H:%M} on {english_date(now)}",
    )


def subject(items: Sequence[DigestItem], local_date: date, councils: Mapping[str, str]) -> str:
    """ "Rivermouth: monitoring visit letter, and 4 other stories – Friday 4 August 2023"."""
    lead = in_brief(items[0], councils) if items else "Children’s services: nothing new"
    others = f", and {_count(len(items) - 1, 'other story', 'other stories')}" if len(items) > 1 else ""
    return clean_line(f"{lead}{others} – {english_date(local_date)}")


def preview(items: Sequence[DigestItem], councils: Mapping[str, str]) -> str:
    """The sentence a mailbox shows beside the subject: what comes after the story named there."""
    told = [in_brief(item, councils) for item in items[1:4] if tells(item)]
    if told:
        return clean_line(f"Also {'; '.join(told)}.")
    if not items:
        return "Nothing new was found for you."
    story = story_view(items[0], councils)
    return f"{story.happened}: {story.dates}."


def summary(items: Sequence[DigestItem]) -> str:
    """ "5 stories: 1 with a new judgement, 1 updated since your last digest."."""
    if not items:
        return "Nothing new since your last digest."
    judged = sum(bool(new_judgements(item.story)) for item in items)
    updated = sum(item.updated for item in items)
    notes = [f"{judged} with a new judgement"] if judged else []
    notes += [f"{updated} updated since your last digest"] if updated else []
    counted = _count(len(items), "story", "stories")
    return f"{counted}: {', '.join(notes)}." if notes else f"{counted}."


def glance(items: Sequence[DigestItem], councils: Mapping[str, str]) -> tuple[str, ...]:
    """The leading story of each group, as far as that says more than "news"."""
    leading = [members[0] for _, members in _grouped(items, councils)]
    lines = [clean_line(in_brief(item, councils)) for item in leading if tells(item)]
    return tuple(lines[:GLANCE]) if len(items) > 2 else ()


def groups(items: Sequence[DigestItem], councils: Mapping[str, str]) -> tuple[GroupView, ...]:
    """Stories by council, in the order of the groups' most important stories, then of their names."""
    return tuple(
        GroupView(name, tuple(story_view(item, councils) for item in members))
        for name, members in _grouped(items, councils)
    )


def _grouped(items: Sequence[DigestItem], councils: Mapping[str, str]) -> list[tuple[str, list[DigestItem]]]:
    together: dict[str, list[DigestItem]] = {}
    for item in items:
        together.setdefault(clean_line(group(item.story, councils)), []).append(item)
    return sorted(together.items(), key=lambda each: (importance(each[1][0]), each[0]))


def unseen(sources: Sequence[Unseen]) -> tuple[str, ...]:
    """One line for each source that could not be read, longest silent first."""
    lines = [
        f"{cut(clean_line(each.outlet), NAME)}: {cut(clean_line(each.reason), LINE)}, since {day(each.since)}"
        for each in sorted(sources, key=lambda each: (each.since, each.outlet))
    ]
    over = len(lines) - UNSEEN_SHOWN
    rest = (f"and {_count(over, 'other source', 'other sources')}",) if over > 0 else ()
    return (*lines[:UNSEEN_SHOWN], *rest)


def _more(hidden: Sequence[DigestItem]) -> str:
    counted = _count(len(hidden), "more story", "more stories")
    return f"{counted} did not fit into this email" if hidden else ""


def _more_command(hidden: Sequence[DigestItem]) -> str:
    if not hidden:
        return ""
    since = min(item.story.first_seen for item in hidden).astimezone(LONDON).date()
    return f"presswatch stories --since {since}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
