"""Where a story stands in a digest, and what a subject line says of it."""

from collections.abc import Mapping

from newsdesk.announced import RANK, announced, leading
from newsdesk.model import Area, DigestItem, Event, Grade, Judgement, Role, Scope, Story
from notifications.words import EVENT, FOUND, GRADE, in_a_subject, listed, uncapitalised

NATIONAL = "National"
SEVERAL = "Several councils"
UNPLACED = "Council not named"
_APART = (SEVERAL, UNPLACED, NATIONAL)  # after the councils, in this order
_NAMED = 2  # councils of a round-up that a subject line names
_FOR = {
    Area.OVERALL: "overall",
    Area.LEADERS: "for leaders",
    Area.HELP_AND_PROTECTION: "for help and protection",
    Area.IN_CARE: "for children in care",
    Area.IN_CARE_AND_CARE_LEAVERS: "for children in care and care leavers",
    Area.CARE_LEAVERS: "for care leavers",
    Area.ADOPTION: "for adoption",
    Area.LSCB: "for its safeguarding board",
}


def group(story: Story, councils: Mapping[str, str]) -> str:
    """The heading a story stands under: its first subject, "Several councils" or "National"."""
    if story.scope is Scope.NATIONAL:
        return NATIONAL
    if story.scope is Scope.SEVERAL:
        return SEVERAL
    subjects = subjects_of(story)
    return council_name(subjects[0], councils) if subjects else UNPLACED


def apart(heading: str) -> int:
    """0 for a council; larger for the headings that come after all councils."""
    return _APART.index(heading) + 1 if heading in _APART else 0


def subjects_of(story: Story) -> list[str]:
    """The councils it is about, in the story's order."""
    return [each.council for each in story.councils if each.role is Role.SUBJECT]


def council_name(slug: str, councils: Mapping[str, str]) -> str:
    """The display name; a slug nobody has named any more is spelt out."""
    return councils.get(slug) or slug.replace("-", " ").title()


def in_brief(item: DigestItem, councils: Mapping[str, str]) -> str:
    """One story in a few words, never its headline: "Rivermouth: inadequate overall".

    Headlines stay out of subject lines and previews: they may name a child.
    """
    story = item.story
    several = story.scope is Scope.SEVERAL
    what = judged(story) or concluded(story) or in_a_subject(story.event, several=several)
    said = f"{place(story, councils)}: {what}"
    return f"{said} (updated)" if item.updated else said


def place(story: Story, councils: Mapping[str, str]) -> str:
    """ "Rivermouth", or "Rivermouth, Stonebridge and 3 more"."""
    lead = leading(story)
    if lead:
        return council_name(lead.council, councils)
    if story.scope is Scope.SEVERAL and (subjects := subjects_of(story)):
        return listed([council_name(each, councils) for each in subjects], _NAMED)
    return group(story, councils)


def judged(story: Story) -> str:
    """The new grades in a few words: the overall one, or the lowest and where; "" without any."""
    lead = leading(story)
    if lead is None:
        return ""
    mine = [each for each in announced(story) if each.council == lead.council]
    if lead.area is Area.OVERALL or len(mine) == 1:
        return f"{GRADE[lead.grade].lower()} {_FOR[lead.area]}"
    return _over_areas(lead, mine)


def concluded(story: Story) -> str:
    """ "SEND inspection finds inconsistent experiences": what an event without grades came to, or ""."""
    return f"{uncapitalised(EVENT[story.event])} finds {FOUND[story.outcome]}" if story.outcome else ""


def _over_areas(lead: Judgement, mine: list[Judgement]) -> str:
    """Four areas and no overall grade, as inspections give since April 2026."""
    lowest = [each for each in mine if each.grade is lead.grade]
    said = GRADE[lead.grade].lower()
    if len(lowest) == len(mine):
        return f"{said} in all {len(mine)} areas"
    if RANK[lead.grade] >= RANK[Grade.GOOD]:
        return "good or outstanding in every area"
    more = f" and {len(lowest) - 1} more" if len(lowest) > 1 else ""
    return f"{said} {_FOR[lead.area]}{more}"


def tells(item: DigestItem) -> bool:
    """False where `in_brief` could say no more than "news"."""
    return item.story.event not in {Event.POLICY, Event.OTHER} or bool(announced(item.story))
