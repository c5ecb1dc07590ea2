"""One event, one story: where an article belongs, and what a story knows after it joined.

Evidence from facts comes first (which council, which kind of event, which visit), the words of the text
second: consecutive letters about one council quote each other and repeat the same history, so likeness of
text alone would join what must stay apart.

How far apart reports of one event are published (measured on real stories): local press within hours, the
trade press within 7 days, committee papers within five weeks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newsdesk.model import (
    OFFICIAL,
    Article,
    Assessment,
    CouncilRole,
    Event,
    Judgement,
    Kind,
    Placement,
    Report,
    Role,
    Scope,
    Story,
    Visit,
)
from newsdesk.spans import compatible, months
from newsdesk.text import words

PRESS = timedelta(days=10)
PAPERS = timedelta(days=42)
_DATED = frozenset(
    {
        Event.INSPECTION,
        Event.MONITORING_VISIT,
        Event.FOCUSED_VISIT,
        Event.JTAI,
        Event.SEND_INSPECTION,
        Event.SEND_MONITORING,
    }
)
# One decision of the department is reported under either name.
_INTERVENTION = frozenset(
    {Event.DIRECTION, Event.COMMISSIONER_APPOINTED, Event.IMPROVEMENT_NOTICE, Event.TRUST}
)
# Whose words settle what an event was: theirs who inspected or decided.
_AUTHORS = frozenset({Kind.INSPECTORATE, Kind.GOVERNMENT})
_A_DAY = len("2022-07-18")
_ALIKE, _NATIONAL_ALIKE = 0.22, 0.35  # share of the shorter text's telling words
_COMMON = frozenset(
    """
    about after again against before being between children children's council council's councils
    could during their there these those through under where which while would services service
    social workers worker ofsted inspectors inspection local authority government report young
    people families other further still since needs
    """.split()
)


def telling(text: str) -> frozenset[str]:
    """The words of a text that tell it from others: five letters or more, and not the field's common ones."""
    return frozenset(each for each in words(text) if len(each) >= 5 and each not in _COMMON)


def place(article: Article, assessment: Assessment, candidates: Iterable[Story]) -> Placement:
    """The open story this article belongs to, or none; of several the best, with the reason in words."""
    when = article.published or article.fetched_at
    said = telling(f"{article.title} {article.text}")
    best: _Fit | None = None
    for story in candidates:
        fit = _fit(story, assessment, when, said)
        if fit and (best is None or fit.strength > best.strength):
            best = fit
    if best is None:
        return Placement(None, "no open story has this council, kind of event and time")
    return Placement(best.story, best.why)


@dataclass(frozen=True, slots=True)
class _Fit:
    story: int
    strength: float
    why: str


def _fit(story: Story, new: Assessment, when: datetime, said: frozenset[str]) -> _Fit | None:
    shared = story.subjects & new.subjects
    national = story.scope is Scope.NATIONAL and new.scope is Scope.NATIONAL
    if not shared and not national:
        return None
    gap = _gap(story, when)
    names = frozenset(part for slug in shared for part in slug.split("-"))  # they tell nothing here
    alike = _likeness(story.words - names, said - names)
    if national:
        if gap <= PRESS and alike >= _NATIONAL_ALIKE and _kin(story.event, new.event):
            return _Fit(story.id, alike, f"national, and {alike:.0%} of its telling words are the story's")
        return None
    if (story.scope is Scope.SEVERAL) != (new.scope is Scope.SEVERAL):
        return None
    about = ", ".join(sorted(shared))
    if story.event in _DATED and new.event in _DATED:
        return _same_inspection(story, new, gap, alike, about)
    if gap <= PRESS and alike >= _ALIKE and _kin(story.event, new.event):
        return _Fit(story.id, alike, f"{about}, {new.event}, {gap.days} days apart, {alike:.0%} alike")
    return None


def _same_inspection(story: Story, new: Assessment, gap: timedelta, alike: float, about: str) -> _Fit | None:
    """By the days on site, whatever a paper calls the visit; by kind and time only where no days are said."""
    clash, same = _visits(story.visit, new.visit)
    if clash:
        return None
    if same and gap <= PAPERS and (story.event is new.event or _same_days(story.visit, new.visit)):
        return _Fit(story.id, 2 + alike, f"{about}, {new.event}, the same days on site")
    if story.event is new.event and gap <= PRESS:
        return _Fit(story.id, 1 + alike, f"{about}, {new.event}, published {gap.days} days apart")
    return None


def _same_days(one: Visit | None, other: Visit | None) -> bool:
    return bool(one and other and one.started and len(one.started) == _A_DAY and one.started == other.started)


def _visits(one: Visit | None, other: Visit | None) -> tuple[bool, bool]:
    """Whether two visits cannot be the same, and whether they are by their dates or their number."""
    if one is None or other is None:
        return False, False
    if one.ordinal and other.ordinal and one.ordinal != other.ordinal:
        return True, False
    same_days = False
    if one.started and other.started:
        if not _overlap(one, other):
            return True, False
        same_days = len(one.started) > 4 and len(other.started) > 4
    return False, same_days or bool(one.ordinal and one.ordinal == other.ordinal)


def _overlap(one: Visit, other: Visit) -> bool:
    assert one.started
    assert other.started
    if compatible(one.started, other.started) or compatible(one.ended, other.ended):
        return True
    (a, b), (c, d) = _months(one), _months(other)
    coarse = min(len(one.started), len(other.started)) < _A_DAY
    return coarse and a <= d and c <= b


def _months(visit: Visit) -> tuple[int, int]:
    assert visit.started
    return min(months(visit.started)), max(months(visit.ended or visit.started))


def _kin(one: Event, other: Event) -> bool:
    return one is other or {one, other} <= _INTERVENTION or (Event.OTHER in (one, other))


def _gap(story: Story, when: datetime) -> timedelta:
    if when < story.first_seen:
        return story.first_seen - when
    return max(when - story.last_seen, timedelta(0))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


# ---------------------------------------------------------------- what a story knows


def found(article: Article, report: Report, assessment: Assessment) -> Story:
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
        words=telling(f"{article.title} {article.text}"),
    )


def join(story: Story, article: Article, report: Report, assessment: Assessment) -> Story:
    """The story with one more report. Its version grows only with news: a current judgement it lacked."""
    reports = _with(story.reports, report)
    leading = article.kind in _AUTHORS
    event = assessment.event if leading or story.event is Event.OTHER else story.event
    judgements = _judgements(story.judgements, assessment.judgements)
    newly = {_grade(each) for each in judgements if each.current} - {
        _grade(each) for each in story.judgements if each.current
    }
    councils = _councils(story.councils, assessment.councils)
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
        words=story.words | telling(f"{article.title} {article.text}"),
        version=story.version + bool(newly),
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
