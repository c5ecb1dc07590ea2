"""Grades, each with its council, its area, its date, and whether it is news or history.

The rules, in the order in which they bind:
1. An inspectorate's own report of a full inspection gives the new grades, from its table.
2. A visit carries no grade, nor does a SEND or CQC inspection: any grade in such a story is an old one.
3. In a story of a full inspection a grade is new unless its sentence looks back, it belongs to a council that
   is not the subject, or the record of past inspections shows that nothing was published then.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from newsdesk.dates import local
from newsdesk.history import History
from newsdesk.model import Area, Article, CouncilRole, Event, Grade, IsoDay, Judgement, Role
from newsdesk.passage import Line, Passage
from newsdesk.roles import Named
from newsdesk.spans import Span, compatible, find

_WORDS = {
    "outstanding": Grade.OUTSTANDING,
    "good": Grade.GOOD,
    "requires improvement": Grade.REQUIRES_IMPROVEMENT,
    "requires improvement to be good": Grade.REQUIRES_IMPROVEMENT,
    "require improvement": Grade.REQUIRES_IMPROVEMENT,
    "require improvement to be good": Grade.REQUIRES_IMPROVEMENT,
    "requiring improvement": Grade.REQUIRES_IMPROVEMENT,
    "inadequate": Grade.INADEQUATE,
    "adequate": Grade.ADEQUATE,
}
_LOWEST = r"(?:lowest|worst|bottom)(?: possible| available)? (?:rating|grade|judge?ment|mark|ranking)"
_HIGHEST = r"(?:highest|top|best)(?: possible| available)? (?:rating|grade|judge?ment|mark|ranking)"
_GRADE = re.compile(
    r"(?P<open>['\"])?\b(?P<grade>outstanding|good|requires improvement(?: to be good)?|requiring improvement|require improvement(?: to be good)?"
    rf"|inadequate|adequate)\b(?P<close>['\"])?|(?P<lowest>{_LOWEST})|(?P<highest>{_HIGHEST})",
    re.IGNORECASE,
)
_RATING_VERB = (
    r"(?:(?:re-?)?(?:rated|judged|graded|ranked|classed|deemed|declared|branded|labelled|assessed)"
    r"|found to be|found them|given|handed|awarded|received|achieved|retained|kept|upgraded|downgraded|moved|rose"
    r"|risen|dropped|fell|fallen|slipped|improved|rating|grade|judge?ment|overall)"
)
_BEFORE = re.compile(
    rf"\b{_RATING_VERB}(?:[ ,]+(?:by Ofsted|by inspectors|as|to|from|an?|of|be|being|is|was|were|overall|still|now|its|the"
    r"|at|out|both|only|again|in|all|areas|four|every|area|on|and|or|it|them|services|children's|also|have|been"
    r"|Ofsted(?:'s)?|rating|grade|:|-|–|['\"]?(?:good|outstanding|inadequate|requires improvement)['\"]?)){0,7}[ :]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^ ?(?:overall|rating|grade|judge?ment|verdict|-?rated|by (?:Ofsted|inspectors|the watchdog)|status|council|local authority"
    r"|children's services|services|ofsted|inspection|for (?:its|the|children|care|leader|help|overall|experiences))",
    re.IGNORECASE,
)
_CONTEXT = re.compile(r"ofsted|\brat(?:ed|ing|ings)\b|\bgrade|\bjudge|\binspect|watchdog", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"adult(?:s'|'s)? (?:social care|services)|care quality commission|\bCQC\b|\bschools?\b|nurser|childmind"
    r"|children's homes?\b|academ(?:y|ies)|care homes?\b|fostering agenc|college|special educational needs|\bSEND\b"
    r"|local area partnership|hospital|trust's homes",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"\bprevious(?:ly)?\b|\bearlier\b|\blast (?:inspect|full|time|rated|visit|judge?d|ofsted)|\bhad been\b|\bused to\b"
    r"|\bformer(?:ly)?\b|\boriginal(?:ly)?\b|\bafter (?:being|it was|they were|the council was|its)\b|\bsince (?:being|it was|the|its)\b"
    r"|\bwhen (?:it|they|the (?:council|department|service))\b|\bago\b|\bback in\b|\bhistor(?:y|ic)|\bthen rated\b|\bin its last\b"
    r"|\bprompt(?:ed|ing)\b|\bfollow(?:ed|s|ing) (?:a|an|its|the) ['\"]?(?:inadequate|requires)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:up |down |moved |rose |risen |improved |jump(?:ed)? |progress\w* |away )?from(?: an?| the| its)?(?: overall)?[ ]*$",
    re.IGNORECASE,
)
_AREAS: tuple[tuple[Area, re.Pattern[str]], ...] = tuple(
    (area, re.compile(words, re.IGNORECASE))
    for area, words in (
        (Area.HELP_AND_PROTECTION, r"help and protection|need(?:ing)? (?:of )?help|child protection"),
        (
            Area.IN_CARE_AND_CARE_LEAVERS,
            r"(?:children )?in care and care leavers|looked[- ]after (?:children )?and care leavers",
        ),
        (Area.CARE_LEAVERS, r"care leavers|leaving care|care[- ]experienced"),
        (Area.IN_CARE, r"children (?:who are )?in (?:\w+ )?care|looked[- ]after|children looked after"),
        (Area.LEADERS, r"\bleaders\b|leadership|\bled\b"),
        (Area.ADOPTION, r"adoption"),
        (Area.OVERALL, r"overall|across the board"),
    )
)
_FOR_AREA = re.compile(
    r"['\"]?,? ?(?:rating |grade )?((?:for|in|on|regarding|when it came to)\b.{0,120}|leaders.{0,20}|care leavers)"
)
_CLAUSE = re.compile(r"[;:]|, (?:and |while |but |with )?|\b(?:while|but|whereas)\b")


@dataclass(frozen=True, slots=True)
class _Found:
    """A grade at a place in a line."""

    grade: Grade
    start: int
    end: int


def read(
    passage: Passage,
    article: Article,
    event: Event,
    councils: Sequence[CouncilRole],
    mentions: Sequence[Named],
    history: History,
) -> tuple[Judgement, ...]:
    """Every attributed grade of an article, its own first."""
    published = local(article.published).date() if article.published else None
    subjects = [each.council for each in councils if each.role is Role.SUBJECT]
    if article.document is not None:
        return _of_document(article, subjects)
    found: list[Judgement] = []
    for line in passage.lines:
        found.extend(_in_line(line, event, subjects, mentions, published, history))
    return _merged(found)


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


def _in_line(
    line: Line,
    event: Event,
    subjects: Sequence[str],
    mentions: Sequence[Named],
    published: date | None,
    history: History,
) -> list[Judgement]:
    grades = _grades(line)
    if not grades or (_ELSEWHERE.search(line.plain) and "children's services" not in line.plain.lower()):
        return []
    spans = find(line.plain, published)
    here = [each for each in mentions if each.line.index == line.index]
    found = []
    for index, each in enumerate(grades):
        council = _council(each, here, subjects)
        if council is None:
            continue
        left = grades[index - 1].end if index else 0
        right = grades[index + 1].start if index + 1 < len(grades) else len(line.plain)
        day = _nearest(spans, each)
        current = (
            event is Event.INSPECTION
            and council in subjects
            and not _is_past(line, each, day, published)
            and _may_be_new(council, each.grade, published, history)
        )
        area = _area(line.plain, each, left, right)
        found.append(
            Judgement(
                council,
                area,
                each.grade,
                _day(council, area, each.grade, day, current=current, published=published, history=history),
                current,
                line.text,
            )
        )
    return found


def _grades(line: Line) -> list[_Found]:
    """The grade words of a line that are grades. "Good work" is not; "rated good" and "'good' rating" are."""
    found = []
    for match in _GRADE.finditer(line.plain):
        if match["lowest"] or match["highest"]:
            found.append(_Found(Grade.INADEQUATE if match["lowest"] else Grade.OUTSTANDING, *match.span()))
            continue
        grade = _WORDS[match["grade"].lower()]
        before, after = line.plain[: match.start()], line.plain[match.end() :]
        if _is_grade(grade, match, before, after, line.plain):
            found.append(_Found(grade, *match.span()))
    return found


def _is_grade(grade: Grade, match: re.Match[str], before: str, after: str, sentence: str) -> bool:
    if before.rstrip("'\" ").lower().endswith((" not", "isn't", "wasn't", "n't", "short of", "being")):
        return grade is Grade.INADEQUATE and before.rstrip("'\" ").lower().endswith("being")
    rated = bool(_BEFORE.search(before)) or bool(_FROM.search(before) and _CONTEXT.search(sentence))
    quoted = bool(match["open"] or match["close"]) or (match["grade"][0].isupper() and before.strip() != "")
    if rated:
        return True
    if quoted and (_CONTEXT.search(sentence) or _AFTER.match(after)):
        return True
    if grade is Grade.INADEQUATE:
        return bool(_CONTEXT.search(sentence) or re.match(r" ?(?:children's )?services", after))
    if grade is Grade.REQUIRES_IMPROVEMENT:
        return bool(_CONTEXT.search(sentence)) and match["grade"].lower().startswith("requires")
    return bool(re.match(r"^(?:-rated| rating| grade| judge?ment| ofsted)", after, re.IGNORECASE))


def _council(found: _Found, here: Sequence[Named], subjects: Sequence[str]) -> str | None:
    """The council last named before the grade; else one named right after it; else the article's subject."""
    before = [each for each in here if each.at <= found.start]
    if before and before[-1].role is not Role.COMMISSIONER:
        return before[-1].slug
    after = [each for each in here if found.end <= each.at <= found.end + 40 and each.role is None]
    if after:
        return after[0].slug
    return subjects[0] if len(subjects) == 1 else None


def _area(sentence: str, found: _Found, left: int, right: int) -> Area:
    """The area a grade is for: "good for children in care", "leadership was rated outstanding"."""
    after = _FOR_AREA.match(sentence[found.end : right])
    if after:
        for area, words in _AREAS:
            if words.search(after.group(1)):
                return area
    clause = _CLAUSE.split(sentence[left : found.start])[-1]
    for area, words in _AREAS:
        if area is not Area.OVERALL and words.search(clause):
            return area
    return Area.OVERALL


def _nearest(spans: Sequence[Span], found: _Found) -> Span | None:
    """The date that goes with a grade: the first after it, else the last before it."""
    after = [each for each in spans if each.at >= found.end]
    before = [each for each in spans if each.at < found.start]
    return after[0] if after else before[-1] if before else None


def _is_past(line: Line, found: _Found, day: Span | None, published: date | None) -> bool:
    if _FROM.search(line.plain[: found.start].rstrip("'\" ") + " "):
        return True
    if (
        day and published and _months_between(day.ended, published) >= 4
    ):  # notice to publication is 31 to 66 days
        return True
    return bool(_LOOKS_BACK.search(line.plain)) and not re.search(
        r"\b(?:now|has been|have been|latest|this (?:week|month)|today)\b",
        line.plain[: found.start],
        re.IGNORECASE,
    )


def _months_between(iso: IsoDay, day: date) -> int:
    last = int(iso[:4]) * 12 + (int(iso[5:7]) if len(iso) > 4 else 12)
    return day.year * 12 + day.month - last


def _may_be_new(council: str, grade: Grade, published: date | None, history: History) -> bool:
    """False where the record is complete and shows no report of that council with that grade around then."""
    if published is None or not history.knows(council, published):
        return True
    inspection = history.new_at(council, published)
    return inspection is not None and grade in inspection.grades.values()


def _day(
    council: str,
    area: Area,
    grade: Grade,
    span: Span | None,
    *,
    current: bool,
    published: date | None,
    history: History,
) -> IsoDay | None:
    """The date of a judgement: as said; else, for an old one, the month inspectors were there by the record."""
    said = span.ended if span else None
    if current:
        return published.isoformat() if published else said
    known = history.standing(council, published) if published else None
    if known and known.ended and known.grades.get(area, grade) == grade:
        month = known.ended[:7]
        if compatible(said, month) and (said is None or len(said) < len(month)):
            return month
    return said


def _merged(found: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """One judgement per council, area, grade and currency; the more exact date wins."""
    kept: dict[tuple[str, Area, Grade, bool], Judgement] = {}
    for each in found:
        key = (each.council, each.area, each.grade, each.current)
        known = kept.get(key)
        if known is None or (
            each.date
            and (
                known.date is None or (len(each.date) > len(known.date) and compatible(each.date, known.date))
            )
        ):
            kept[key] = each
    return tuple(kept.values())
