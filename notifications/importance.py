"""Which story a reader should see first, and what a subject line says of it."""

from collections.abc import Iterable, Mapping

from newsdesk.model import Area, DigestItem, Event, Grade, Judgement, Role, Scope, Story
from notifications.words import GRADE, in_a_subject

NATIONAL = "National"
SEVERAL = "Several councils"
UNPLACED = "Council not named"

_GRADES = (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.ADEQUATE, Grade.OUTSTANDING, Grade.GOOD)
_AREAS = tuple(Area)
_AFTER_JUDGEMENTS = (
    Event.DIRECTION,
    Event.COMMISSIONER_APPOINTED,
    Event.TRUST,
    Event.IMPROVEMENT_NOTICE,
    Event.INTERVENTION_ENDED,
    Event.INSPECTION,
    Event.JTAI,
    Event.SEND_INSPECTION,
    Event.MONITORING_VISIT,
    Event.FOCUSED_VISIT,
    Event.SEND_MONITORING,
    Event.SAFEGUARDING_REVIEW,
    Event.COURT,
    Event.LEADERSHIP,
    Event.STRIKE,
    Event.FUNDING,
    Event.PARTNERSHIP,
    Event.POLICY,
    Event.OTHER,
)
_PLACE = {event: place for place, event in enumerate(_AFTER_JUDGEMENTS)}
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


def importance(item: DigestItem) -> int:
    """The smaller the sooner: new judgements (worst first), intervention, inspections, visits, the rest."""
    judged = leading_judgement(item.story)
    return _GRADES.index(judged.grade) - len(_GRADES) if judged else _PLACE[item.story.event]


def by_importance(items: Iterable[DigestItem]) -> list[DigestItem]:
    """Between equals the news comes before the update, and the latest first."""
    return sorted(
        items,
        key=lambda item: (
            importance(item),
            item.updated,
            -item.story.last_seen.timestamp(),
            item.story.headline,
        ),
    )


def new_judgements(story: Story) -> list[Judgement]:
    """The grades this story announces for the councils it is about, the overall one first."""
    subjects = story.subjects
    current = {
        (each.council, each.area, each.grade): each
        for each in story.judgements
        if each.current and each.council in subjects
    }
    return sorted(current.values(), key=lambda each: (each.council, _AREAS.index(each.area)))


def leading_judgement(story: Story) -> Judgement | None:
    """The grade that names the story: the overall one, or the worst where there is none overall."""
    current = new_judgements(story)
    overall = [each for each in current if each.area is Area.OVERALL]
    return min(overall or current, key=lambda each: _GRADES.index(each.grade), default=None)


def group(story: Story, councils: Mapping[str, str]) -> str:
    """The heading a story stands under: its first subject, "Several councils" or "National"."""
    if story.scope is Scope.NATIONAL:
        return NATIONAL
    if story.scope is Scope.SEVERAL:
        return SEVERAL
    subjects = [each.council for each in story.councils if each.role is Role.SUBJECT]
    return council_name(subjects[0], councils) if subjects else UNPLACED


def council_name(slug: str, councils: Mapping[str, str]) -> str:
    """The display name; a slug nobody has named any more is spelt out."""
    return councils.get(slug) or slug.replace("-", " ").title()


def in_brief(item: DigestItem, councils: Mapping[str, str]) -> str:
    """One story in a few words, never its headline: "Rivermouth: inadequate overall".

    Headlines stay out of subject lines and previews: they may name a child.
    """
    story = item.story
    judged = leading_judgement(story)
    if judged:
        said = f"{GRADE[judged.grade].lower()} {_FOR[judged.area]}"
        place = council_name(judged.council, councils)
    else:
        said, place = in_a_subject(story.event), group(story, councils)
    return f"{place}: {said} (updated)" if item.updated else f"{place}: {said}"


def tells(item: DigestItem) -> bool:
    """False where `in_brief` could say no more than "news"."""
    return item.story.event not in {Event.POLICY, Event.OTHER} or bool(new_judgements(item.story))
