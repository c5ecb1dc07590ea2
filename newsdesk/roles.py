"""What each named council is doing in an article: its subject, a partner, the home of a commissioner, …

The sentence around a mention decides its role; the article's subjects are the councils that carry its title
and lead in no lesser role. A partner is never the subject: in a story of Herefordshire's services the Leeds
that helps them is the partner however often it is named.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from newsdesk.gazetteer import Gazetteer, Mention
from newsdesk.model import CouncilRole, Role
from newsdesk.passage import WEIGHT, Line, Passage

_X = r"\x00"  # stands for the mention that is being looked at

_PATTERNS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(words.replace("X", _X), re.IGNORECASE))
    for role, words in (
        (
            Role.COMMISSIONER,
            r"commissioner[^.]{0,90}(?:from|of|at|with|chief executive|director|leader)[^.]{0,50}X"
            r"|X[^.]{0,90}\b(?:appointed|named|installed|acting|serve[sd]?|will act)[^.]{0,40}commissioner"
            r"|X's (?:former )?(?:chief executive|director|leader)[^.]{0,80}commissioner",
        ),
        (
            Role.MENTIONED,
            r"(?:former|previously|ex-|once|was|worked|then) (?:[a-z' -]{0,40})?(?:director|chief|head|leader|boss)"
            r"[^.,;]{0,60}(?:of|at|for|in)? ?X|former X\b|previously (?:at|of|with) X|joined from X|left X\b",
        ),
        (
            Role.PARTNER,
            r"(?:improvement|sector-led|peer|strategic|formal)? ?partner(?:ship|ed|ing|s)?\b[^.]{0,70}"
            r"(?:with|from|by|between|is|of|to|:|,)[^.]{0,50}X"
            r"|X[^.]{0,60}\b(?:as|is|its|be|become|was|are|the)[^.]{0,25}(?:improvement|sector-led) partner"
            r"|(?:support|help|peer support|mentoring|advice|expertise|guidance|learn(?:ing|t|ed)?|mentored|supported"
            r"|helped|advised|coached)\b[^.]{0,40}\b(?:from|by|of)\b[^.]{0,40}X"
            r"|X\b[^.]{0,60}\b(?:to help|to support|will help|will support|is helping|is supporting|has been helping"
            r"|has been supporting|supports|helping|supporting|has (?:provided|offered|given|agreed)|is providing)\b"
            r"|alongside X|working with X|works with X|colleagues (?:from|at|in) X|team from X|brought in X"
            r"|turn(?:ed|s)? to X",
        ),
        (
            Role.COMPARED,
            r"(?:compared (?:with|to)|in contrast (?:with|to)|similar to|statistical neighbours?[^.]{0,60}"
            r"|neighbouring|nearby|such as|like|follows?(?: similar)?[^.]{0,50}(?:in|at)|as (?:in|at)|unlike"
            r"|other councils[^.]{0,40}|others[^.]{0,30}includ\w+[^.]{0,40}) X",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of a council, in its line and with the role its sentence gives it (None: not said)."""

    slug: str
    line: Line
    at: int  # where it begins in its line
    mention: Mention
    role: Role | None


def named(passage: Passage, gazetteer: Gazetteer, nearby: Collection[str]) -> list[Named]:
    """Every mention in the article with its own role; ambiguous names are settled over the whole text."""
    whole = "\n".join(line.text for line in passage.lines)
    found: list[Named] = []
    offset, mentions = 0, gazetteer.find(whole, nearby=nearby)
    at = 0
    for line in passage.lines:
        end = offset + len(line.text)
        while at < len(mentions) and mentions[at].start < end:
            mention = mentions[at]
            role = _role_in(line.plain, mention.start - offset, mention.end - offset)
            found.extend(Named(slug, line, mention.start - offset, mention, role) for slug in mention.slugs)
            at += 1
        offset = end + 1
    return found


def roles(
    mentions: Iterable[Named], *, home: str | None = None, covers: Collection[str] = ()
) -> tuple[CouncilRole, ...]:
    """One role per council, subjects first. `home` is the council whose own page this is.

    Where nobody is named, a council's own page is about that council.
    """
    by_council: dict[str, list[Named]] = defaultdict(list)
    for each in mentions:
        by_council[each.slug].append(each)
    if home and home not in by_council and not by_council:
        return (CouncilRole(home, Role.SUBJECT),)
    weights = {
        slug: sum(_weight(each) for each in group) + (1.5 if slug == home else 0.5 if slug in covers else 0)
        for slug, group in by_council.items()
    }
    subjects = _subjects(by_council, weights, home)
    settled = [
        CouncilRole(
            slug,
            Role.SUBJECT if slug in subjects else _lesser_role(group),
            _best_line(group, slug in subjects).text,
        )
        for slug, group in by_council.items()
    ]
    order = list(Role)
    return tuple(sorted(settled, key=lambda each: (order.index(each.role), -weights[each.council])))


def _role_in(sentence: str, start: int, end: int) -> Role | None:
    masked = f"{sentence[:start]}\x00{sentence[end:]}"
    return next((role for role, pattern in _PATTERNS if pattern.search(masked)), None)


def _weight(each: Named) -> float:
    """How much a mention speaks for its council being the subject: its place, and nothing in a lesser role."""
    if each.role is not None:
        return 0.0
    return WEIGHT[each.line.place] ** 2 + (0.5 if each.mention.strong else 0.0)


def _subjects(
    by_council: dict[str, list[Named]], weights: dict[str, float], home: str | None
) -> frozenset[str]:
    """The councils that carry the article: at least half the weight of the heaviest."""
    if not weights or max(weights.values()) <= 0:
        if home:
            return frozenset({home})
        return frozenset(by_council) if len(by_council) == 1 else frozenset()
    line = max(weights.values()) * 0.5
    return frozenset(slug for slug, weight in weights.items() if weight >= line and weight > 0)


def _lesser_role(group: list[Named]) -> Role:
    """The role said most often; ties go to the more telling one."""
    said = [each.role for each in group if each.role is not None]
    if not said:
        return Role.MENTIONED
    order = list(Role)
    return max(set(said), key=lambda role: (said.count(role), -order.index(role)))


def _best_line(group: list[Named], subject: bool) -> Line:
    fitting = [each for each in group if (each.role is None) == subject] or group
    return fitting[0].line
