"""What a story knows: founded by one article, and told afresh with every report that joins it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from newsdesk.model import (
    OFFICIAL,
    Article,
    Assessment,
    Coming,
    CouncilRole,
    Event,
    Judgement,
    Kind,
    Report,
    Role,
    Scope,
    Step,
    Story,
    Visit,
)
from newsdesk.spans import compatible

# Whose words settle what an event was: theirs who inspected or decided.
_AUTHORS = frozenset({Kind.INSPECTORATE, Kind.GOVERNMENT})


def part(assessment: Assessment, councils: Collection[str]) -> Assessment:
    """What an article says of these councils alone: another subject's grade or visit is not theirs."""
    others = assessment.subjects - set(councils)
    if not others:
        return assessment
    return replace(
        assessment,
        scope=Scope.COUNCIL if len(assessment.subjects) > len(others) else Scope.NATIONAL,
        councils=tuple(
            replace(each, role=Role.MENTIONED) if each.council in others else each
            for each in assessment.councils
        ),
        judgements=tuple(each for each in assessment.judgements if each.council not in others),
        visit=None,
        outcome=None,
        coming=tuple(each for each in assessment.coming if each.council in councils),
    )


def found(report: Report, assessment: Assessment) -> Story:
    """A new story of one article. Its id is given when it is stored."""
    return Story(
        id=0,
        headline=report.title,
        event=assessment.event,
        scope=assessment.scope,
        councils=assessment.councils,
        judgements=assessment.judgements,
        visit=assessment.visit,
        first_seen=report.when,
        last_seen=report.when,
        reports=(report,),
        outcome=assessment.outcome,
        coming=_coming((), assessment.coming, leading=report.kind in _AUTHORS),
        topics=assessment.topics,
    )


def join(story: Story, article: Article, report: Report, assessment: Assessment) -> Story:
    """The story with one more report. Its version grows only with news: a current judgement or an outcome it
    lacked.

    A round-up adds what it says of the story's own councils.
    """
    assessment = part(assessment, story.subjects)
    reports = _with(story.reports, report)
    leading = article.kind in _AUTHORS
    event = assessment.event if leading or story.event is Event.OTHER else story.event
    judgements = _judgements(story.judgements, assessment.judgements)
    newly = {_grade(each) for each in judgements if each.current} - {
        _grade(each) for each in story.judgements if each.current
    }
    councils = _councils(story.councils, assessment.councils)
    outcome = (leading and assessment.outcome) or story.outcome or assessment.outcome
    return replace(
        story,
        headline=headline(reports, councils),
        event=event,
        councils=councils,
        judgements=judgements,
        visit=_visit(story.visit, assessment.visit, leading=leading),
        first_seen=min(each.when for each in reports),
        last_seen=max(each.when for each in reports),
        reports=reports,
        outcome=outcome,
        coming=_coming(story.coming, assessment.coming, leading=leading),
        topics=tuple(dict.fromkeys((*story.topics, *assessment.topics))),
        version=story.version + bool(newly or outcome is not story.outcome),
    )


def headline(reports: Sequence[Report], councils: Sequence[CouncilRole]) -> str:
    """The title readers see: the first press title that names a subject; else the first press title."""
    subjects = [each.council.replace("-", " ").split()[0] for each in councils if each.role is Role.SUBJECT]
    press = [each for each in reports if each.kind not in OFFICIAL] or list(reports)
    naming = [each for each in press if any(name in each.title.lower() for name in subjects)]
    return min(naming or press, key=lambda each: each.when).title


def _with(reports: tuple[Report, ...], report: Report) -> tuple[Report, ...]:
    others = [each for each in reports if each.article != report.article]
    return tuple(sorted((*others, report), key=lambda each: each.when))


def _councils(old: Sequence[CouncilRole], new: Sequence[CouncilRole]) -> tuple[CouncilRole, ...]:
    """Every council once, in the most telling role anyone gave it, subjects first.

    A council that is the subject of the story stays so; one that a new report merely treats as its subject is
    not raised above the role it has: the story's facts, not one outlet's patch, say whom it is about.
    """
    order = list(Role)
    known = {each.council: each for each in old}
    for each in new:
        mine = known.get(each.council)
        if mine is None:
            role = Role.MENTIONED if each.role is Role.SUBJECT and known else each.role
            known[each.council] = replace(each, role=role)
        elif mine.role is Role.MENTIONED and each.role is not Role.SUBJECT:
            known[each.council] = each
    return tuple(sorted(known.values(), key=lambda each: order.index(each.role)))


def _judgements(old: Sequence[Judgement], new: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """All grades once per council, area and grade. A grade is current if one report announces it."""
    merged = {_grade(each): each for each in old}
    for each in new:
        known = merged.get(_grade(each))
        if (
            known is None
            or (each.current and not known.current)
            or (known.current == each.current and _finer(each, known))
        ):
            merged[_grade(each)] = each
    return tuple(sorted(merged.values(), key=lambda each: not each.current))


def _grade(each: Judgement) -> tuple[str, str, str]:
    return each.council, each.area, each.grade


def _finer(new: Judgement, old: Judgement) -> bool:
    return bool(new.date) and (
        old.date is None or (len(new.date or "") > len(old.date) and compatible(new.date, old.date))
    )


def _visit(old: Visit | None, new: Visit | None, *, leading: bool) -> Visit | None:
    """The visit with the finest dates known; an official document leads."""
    if old is None or new is None:
        return old or new
    finer = leading or (len(new.started or "") > len(old.started or ""))
    first, second = (new, old) if finer and new.started else (old, new)
    return replace(
        first,
        started=first.started or second.started,
        ended=first.ended or second.ended,
        ordinal=first.ordinal or second.ordinal,
    )


def _coming(old: Sequence[Coming], new: Sequence[Coming], *, leading: bool) -> tuple[Coming, ...]:
    """Each step once for each council: the first that was told with a date, else the first.

    What the authors of the event say goes before what was known.
    """
    said = (*new, *old) if leading else (*old, *new)
    known: dict[tuple[Step, str | None], Coming] = {}
    for each in sorted(said, key=lambda each: not each.due):
        known.setdefault((each.step, each.council), each)
    return tuple(each for each in dict.fromkeys((*old, *new)) if known[each.step, each.council] == each)
