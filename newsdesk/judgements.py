"""Grades, each with its council, its area, its date, and whether it is news or history.

The rules, in the order in which they bind:
1. An inspectorate's own report of a full inspection gives the new grades, from its table.
2. A visit carries no grade, nor does a SEND or CQC inspection: any grade in such a story is an old one.
3. In a story of a full inspection a grade is new unless its words look back, it belongs to a council that is
   not the subject, or the record of past inspections shows that nothing was published then.
4. For an inspection since April 2026 there is no overall grade, whatever the headline says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from newsdesk import verdicts
from newsdesk.dates import local
from newsdesk.distances import counted
from newsdesk.eras import has_overall
from newsdesk.gradedates import again, date_of, is_old, left_behind_on, looks_back, same_time
from newsdesk.grades import Found
from newsdesk.history import History
from newsdesk.model import Area, Article, CouncilRole, Event, Grade, IsoDay, Judgement, Role, Visit
from newsdesk.passage import Line, Passage
from newsdesk.roles import Named
from newsdesk.said import Said, merged, spread
from newsdesk.spans import Span, compatible, find
from newsdesk.thread import Thread, is_heading
from newsdesk.whose import councils as councils_of

# Their letters say much of what is good; only what is called a grade is one.
_LETTERS = frozenset(
    {Event.MONITORING_VISIT, Event.FOCUSED_VISIT, Event.JTAI, Event.SEND_INSPECTION, Event.SEND_MONITORING}
)
_KEPT = re.compile(
    r"\b(?:keeps?|kept|retain(?:s|ed)|maintain(?:s|ed)) (?:its|their|an?|the) (?:[\w']+ ){0,3}['\"]?$"
)
_REPEATED = re.compile(
    r"\bfor the (?:second|third|fourth|fifth) (?:consecutive |successive )?(?:time"
    r"|inspection) (?:running|in (?:a row|succession))"
    r"|\bfor the (?:second|third|fourth|fifth) (?:consecutive|successive) (?:time|inspection)"
    r"|\b(?:twice|three times) (?:running|in a row)"
)


@dataclass(frozen=True, slots=True)
class _Case:
    """What the grades of one article are read against."""

    event: Event
    subjects: Sequence[str]
    by_line: Mapping[int, Sequence[Named]]
    published: date | None
    history: History
    visited: IsoDay | None = None  # the month


def read(
    passage: Passage,
    article: Article,
    event: Event,
    councils: Sequence[CouncilRole],
    mentions: Sequence[Named],
    history: History,
    visit: Visit | None = None,
) -> tuple[Judgement, ...]:
    """Every attributed grade of an article, in the order of its sentences; `visit` is when inspectors
    came."""
    subjects = [each.council for each in councils if each.role is Role.SUBJECT]
    if article.document is not None:
        return _of_document(article, subjects)
    published = local(article.published).date() if article.published else None
    by_line: dict[int, list[Named]] = {}
    for each in mentions:
        by_line.setdefault(each.line.index, []).append(each)
    case, thread = _Case(event, subjects, by_line, published, history, _month(visit)), Thread()
    found = [said for line in verdicts.lines(passage) for said in _in_line(line, case, thread)]
    found = [_at_last(each, thread.inspected) for each in found]
    return merged(spread(found, published, overall=has_overall(visit, published, subjects, history)))


def _at_last(said: Said, inspected: Span | None) -> Said:
    """A grade given again was given at the last inspection, when the article says when that was."""
    if said.date or not inspected or not said.found.once or said.judgement.current:
        return said
    return replace(said, date=inspected.ended, judgement=replace(said.judgement, date=inspected.ended))


def _month(visit: Visit | None) -> IsoDay | None:
    return visit.started[:7] if visit and visit.started and len(visit.started) > len("2026") else None


def _of_document(article: Article, subjects: Sequence[str]) -> tuple[Judgement, ...]:
    document = article.document
    assert document is not None
    if len(subjects) != 1 or document.kind is not Event.INSPECTION:
        return ()
    day = document.published or document.ended
    return tuple(
        Judgement(subjects[0], area, grade, day, current=True, sentence=article.title)
        for area, grade in document.grades.items()
    )


def _in_line(line: Line, case: _Case, thread: Thread) -> list[Said]:
    here = case.by_line.get(line.index, ())
    found = thread.grades(line, here, formal=case.event not in _LETTERS)
    spans = _spans(line, case.published) if found or is_heading(line) else []
    if found:
        spans = counted(line.low, spans, thread.last, case.visited)
    said: list[Said] = []
    back, span = False, None
    for each in found:
        span = date_of(line.low, each, spans, found[0]) or same_time(line.low, each, span)
        if each.once and not span:
            continue
        back = looks_back(line.low, each, inherited=back)
        dates = again(line.low, span, spans) if span else [_of_thread(line, each, thread, case)]
        for council in councils_of(line.low, each, here, case.subjects, thread.spoken_of(line.low, here)):
            said.extend(_all_said(line, each, council, dates, case, back=back))
    thread.note(line, here, found, spans, case.subjects, case.published)
    return said


def _of_thread(line: Line, found: Found, thread: Thread, case: _Case) -> Span | None:
    return thread.day(line, found, news=case.event is Event.INSPECTION)


def _all_said(
    line: Line, found: Found, council: str, dates: Sequence[Span | None], case: _Case, *, back: bool
) -> list[Said]:
    """A grade for each of its areas and dates; one that was kept is an old one as well."""
    said = [_said(line, found, council, area, day, case, back=back) for area in found.areas for day in dates]
    before = replace(found, once=True) if _REPEATED.search(line.low, found.end, found.right) else found
    if before.once or _KEPT.search(line.low[: found.start]):
        said += [_said(line, before, council, area, None, case, back=True) for area in found.areas]
    return said


def _spans(line: Line, published: date | None) -> list[Span]:
    return [
        span for span in find(line.text, published) if not published or span.started <= published.isoformat()
    ]


def _said(
    line: Line, found: Found, council: str, area: Area, span: Span | None, case: _Case, *, back: bool
) -> Said:
    current = (
        case.event is Event.INSPECTION
        and council in case.subjects
        and not back
        and not found.held
        and not is_old(line.low, found, span, case.published)
        and _may_be_new(council, found.grade, case)
    )
    told = span.ended if span and not left_behind_on(line.low, found, span) else None
    day = case.published.isoformat() if current and case.published else told
    recorded = None if current else _recorded(council, area, found.grade, told, case)
    return Said(Judgement(council, area, found.grade, day, current, line.text), told, found, recorded)


def _may_be_new(council: str, grade: Grade, case: _Case) -> bool:
    """False where the record is complete and shows no report of that council with that grade around then."""
    if case.published is None or not case.history.knows(council, case.published):
        return True
    inspection = case.history.new_at(council, case.published)
    return inspection is not None and grade in inspection.grades.values()


def _recorded(council: str, area: Area, grade: Grade, told: IsoDay | None, case: _Case) -> IsoDay | None:
    """The month of the inspection on record that an old grade must be from."""
    if case.published is None:
        return None
    for inspection in case.history.before(council, case.published):
        month = (inspection.ended or "")[:7]
        if month and compatible(told, month) and inspection.grades.get(area, grade) is grade:
            return month
        if told is None:
            break  # a grade without a date is the one that stands
    return None
