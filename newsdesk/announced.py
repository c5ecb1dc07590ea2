"""The grades a story announces, apart from those it recalls, and the one that names it."""

from newsdesk.model import Area, Grade, Judgement, Story

# From the lowest up. "Adequate" was the third of four grades until 2013, where requires improvement is now.
RANK = {
    Grade.INADEQUATE: 0,
    Grade.REQUIRES_IMPROVEMENT: 1,
    Grade.ADEQUATE: 1,
    Grade.GOOD: 2,
    Grade.OUTSTANDING: 3,
}
_AREAS = {area: place for place, area in enumerate(Area)}


def announced(story: Story) -> tuple[Judgement, ...]:
    """The current grades of the councils the story is about, council by council, the overall one first."""
    new = [each for each in story.judgements if each.current]
    if not new:
        return ()
    subjects = story.subjects
    current = {(each.council, each.area, each.grade): each for each in new if each.council in subjects}
    return tuple(sorted(current.values(), key=lambda each: (each.council, _AREAS[each.area])))


def leading(story: Story) -> Judgement | None:
    """The grade that names the story: the overall one, or the lowest where none is overall.

    Inspections from April 2026 give no overall grade.
    """
    current = announced(story)
    if not current:
        return None
    overall = [each for each in current if each.area is Area.OVERALL]
    return min(overall or current, key=lambda each: RANK[each.grade])
