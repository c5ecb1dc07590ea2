"""Grades, each with its council, its area, its date, and whether it is news or history.

The rules, in the order in which they bind:
1. An inspectorate's own report of a full inspection gives the new grades, from its table.
2. A visit carries no grade, nor does a SEND or CQC inspection: any grade in such a story is an old one.
3. In a story of a full inspection a grade is new unless its words look back, it belongs to a council that is
   not the subject, or the record of past inspections shows that nothing was published then.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from newsdesk import grades
from newsdesk.dates import local
from newsdesk.grades import Found
from newsdesk.history import History
from newsdesk.model import Area, Article, CouncilRole, Event, Grade, IsoDay, Judgement, Role
from newsdesk.passage import Line, Passage
from newsdesk.phrases import Phrases, listed
from newsdesk.roles import Named
from newsdesk.spans import Span, compatible, find

_OLD = 4  # months; from notice of an inspection to the publication of its report it is 31 to 66 days
_NEAR = 60  # characters within which a council may be named after its grade, or a date before it
_OPENING = 15  # "In its report of June 2024, …"
_BACK_BEFORE = Phrases(
    listed(
        r"""
        previous(ly)?; earlier(?! this); last (inspected|rated|judged|graded|time|year|full|inspection|report)
        had been; having been; used to; former(ly)?; original(ly)?; current(ly)?; until now; in its last
        at the time; back in; years? ago; histor(y of|ically); prompt(ed|ing); when … last
        (after|since) (being|it|they|services|the (council|service|department|city|county|borough))
        when (it|they|services|the \w+) (was|were|had)
        (follow(ed|s|ing)|after|despite|since) (an?|its|the|their|two|\w+ consecutive) (overall )?['"]?$
        """
    )
)
_BACK_AFTER = Phrases(
    listed(
        """
        (at|in|during|after|following) (its|the|their|an?|our) (last|previous|earlier); last time
        the time before
        when (inspectors|ofsted|it|they|services|the council) (were |was )?last; years? (ago|earlier|before)
        under the (previous|old); before (being|it|the|improving|rising)
        """
    )
)
_NEWS = Phrases(listed("now; has; have; latest; this (week|month|morning); today; yesterday; newly"))
_RATED = re.compile(r"['\"]?[ -](?:rated |graded )?")  # "outstanding-rated Leeds"
_OF = re.compile(r"[^,;.]*\b(?:for|in|at|to) ")  # "a good rating for services in …"
_VERB = re.compile(r"\b(?:now|is|are|has|have|was|were|been|be|rated|judged|graded|to|but|while|with)\b")
_SPEECH = re.compile(r"[:;]|\bwhich followed\b|\w['\"],? |[,.] ['\"]")
_PASSING = (Role.COMMISSIONER, Role.MENTIONED)
_VERB_OF_RATING = re.compile(r"\b(?:rated|judged|graded|found|deemed|being)\b")
_THE_COUNCIL = Phrases(
    ["(the|its|this) ((county|city|borough) )?(council|authority|department|county|city|borough)('s)?"]
)


@dataclass(frozen=True, slots=True)
class _Case:
    """What the grades of one article are read against."""

    event: Event
    subjects: Sequence[str]
    mentions: Sequence[Named]
    published: date | None
    history: History


@dataclass(frozen=True, slots=True)
class _Said:
    """A judgement and the date that its own sentence gives it, if any."""

    judgement: Judgement
    date: IsoDay | None


def read(
    passage: Passage,
    article: Article,
    event: Event,
    councils: Sequence[CouncilRole],
    mentions: Sequence[Named],
    history: History,
) -> tuple[Judgement, ...]:
    """Every attributed grade of an article, its own first."""
    subjects = [each.council for each in councils if each.role is Role.SUBJECT]
    if article.document is not None:
        return _of_document(article, subjects)
    published = local(article.published).date() if article.published else None
    case = _Case(event, subjects, mentions, published, history)
    return _merged(said for line in passage.lines for said in _in_line(line, case))


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


def _in_line(line: Line, case: _Case) -> list[_Said]:
    found = grades.find(line.low, line.text)
    if not found:
        return []
    spans = [
        span
        for span in find(line.text, case.published)
        if not case.published or span.started <= case.published.isoformat()
    ]
    here = [each for each in case.mentions if each.line.index == line.index]
    said: list[_Said] = []
    back = False
    for each in found:
        span = _date_of(line.low, each, spans, found[0])
        back = _looks_back(line.low, each, inherited=back)
        if council := _council(line.low, each, here, case.subjects):
            said.extend(_said(line, each, council, area, span, back, case) for area in each.areas)
    return said


def _said(
    line: Line, found: Found, council: str, area: Area, span: Span | None, back: bool, case: _Case
) -> _Said:
    current = (
        case.event is Event.INSPECTION
        and council in case.subjects
        and not back
        and not _is_old(span, case.published)
        and _may_be_new(council, found.grade, case)
    )
    day = _day(council, area, found.grade, span, current=current, case=case)
    judgement = Judgement(council, area, found.grade, day, current, line.text)
    return _Said(judgement, span.ended if span else None)


def _council(low: str, found: Found, here: Sequence[Named], subjects: Sequence[str]) -> str | None:
    """The council last named before the grade; else one named right after it; else the article's subject."""
    before = [each for each in here if each.at <= found.start and each.role not in _PASSING]
    after = [each for each in here if found.end <= each.at <= found.end + _NEAR]
    only = subjects[0] if len(subjects) == 1 else None
    if after and _RATED.fullmatch(low, found.end, after[0].at):
        return after[0].slug
    if not before:
        return after[0].slug if after else only
    if before[-1].slug not in subjects:
        spoken = low[before[-1].at + len(before[-1].mention.text) : found.start]
        if only and spoken in _THE_COUNCIL:
            return only
        if after and after[0].slug in subjects and _OF.fullmatch(low, found.end, after[0].at):
            return after[0].slug
    return before[-1].slug


def _date_of(low: str, found: Found, spans: Sequence[Span], first: Found) -> Span | None:
    """The date that goes with a grade: the first after it, else the last before it, else the sentence's.

    One before the next grade's verb is the next one's: "inadequate, a year after it was rated good".
    """
    after = [
        each
        for each in spans
        if found.end <= each.at < min(found.right, found.end + _NEAR)
        and not _SPEECH.search(low, found.end, each.at)
        and (found.right == len(low) or not _VERB_OF_RATING.search(low, each.end, found.right))
    ]
    before = [each for each in spans if found.left <= each.at and each.end <= found.start <= each.end + _NEAR]
    opening = [each for each in spans if each.at < _OPENING and each.at < first.start]
    return next(iter(after or before[-1:] or opening), None)


def _looks_back(low: str, found: Found, *, inherited: bool) -> bool:
    """Whether the words around a grade say that it is an old one."""
    before, after = low[found.left : found.start], low[found.end : found.right]
    if found.no_longer:
        return True
    if inherited and not _VERB.search(before):
        return True
    if after in _BACK_AFTER and found.right == len(low):
        return True
    return any(before[end:] not in _NEWS for end in _BACK_BEFORE.ends(before)[-1:])


def _is_old(span: Span | None, published: date | None) -> bool:
    return bool(span and published and _months_between(span.ended, published) >= _OLD)


def _months_between(iso: IsoDay, day: date) -> int:
    last = int(iso[:4]) * 12 + (int(iso[5:7]) if len(iso) > 4 else 12)
    return day.year * 12 + day.month - last


def _may_be_new(council: str, grade: Grade, case: _Case) -> bool:
    """False where the record is complete and shows no report of that council with that grade around then."""
    if case.published is None or not case.history.knows(council, case.published):
        return True
    inspection = case.history.new_at(council, case.published)
    return inspection is not None and grade in inspection.grades.values()


def _day(
    council: str, area: Area, grade: Grade, span: Span | None, *, current: bool, case: _Case
) -> IsoDay | None:
    """The date of a judgement: as said; else, for an old one, the month that the record has for it."""
    said = span.ended if span else None
    if current:
        return case.published.isoformat() if case.published else said
    if case.published is None or (said and len(said) > len("2022")):
        return said
    for inspection in case.history.before(council, case.published):
        month = (inspection.ended or "")[:7]
        if month and compatible(said, month) and inspection.grades.get(area, grade) is grade:
            return month
        if said is None:
            break  # a grade without a date is the one that stands
    return said


def _merged(found: Iterable[_Said]) -> tuple[Judgement, ...]:
    """One judgement per council, area, grade and currency.

    The most exact date wins, and of two equally exact the sentence that says it itself.
    """
    kept: dict[tuple[str, Area, Grade, bool], _Said] = {}
    for each in found:
        judgement = each.judgement
        key = (judgement.council, judgement.area, judgement.grade, judgement.current)
        known = kept.get(key)
        if known is None or (
            compatible(judgement.date, known.judgement.date) and _exactness(each) > _exactness(known)
        ):
            kept[key] = each
    return tuple(each.judgement for each in kept.values())


def _exactness(said: _Said) -> tuple[int, int]:
    return len(said.judgement.date or ""), len(said.date or "")
