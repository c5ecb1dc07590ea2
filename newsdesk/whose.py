"""Whose grade it is: the council that a sentence gives it to, or several that it lists."""

import re
from collections.abc import Sequence

from newsdesk.grades import Found
from newsdesk.model import Role
from newsdesk.phrases import Phrases
from newsdesk.roles import Named

_NEAR = 60  # characters within which a council may be named after its grade
_RATED = re.compile(r"['\"]?[ -](?:rated |graded )?")  # "outstanding-rated Leeds"
# "Leeds City Council, whose services are rated", said in passing or not
_WHO = re.compile(r"(?: (?:county|city|borough|district))*(?: council)?,? (?:whose|which) [^.;,]*")
_PAIR = 2
_BOTH = re.compile(r"\bboth (?:of )?(?:the |[\w']+ )?(?:councils|authorities|boroughs|counties|cities)\b")
_AND = re.compile(r"(?:'s)?(?:,| and|, and| &|\*| both)+ \**")
_LIST = re.compile(r"[^.;]{0,20}: \W*")  # "three councils rated good: "
_OF = re.compile(r"[^,;.]*\b(?:for|in|at|to) ")  # "a good rating for services in …"
_PASSING = (Role.COMMISSIONER, Role.MENTIONED)
_THE_COUNCIL = Phrases(
    ["(the|its|this) ((county|city|borough) )?(council|authority|department|county|city|borough)('s)?"]
)


def councils(
    low: str, found: Found, here: Sequence[Named], subjects: Sequence[str], standing: str | None
) -> list[str]:
    """The council that a grade is given to, and those that are listed with it: "A, B and C have been
    rated good"."""
    one = _council(
        low, found, here, subjects, standing or next(iter(subjects), None) if _BOTH.search(low) else standing
    )
    if one is None:
        return []
    if len(subjects) == _PAIR and one in subjects and _BOTH.search(low):
        return list(subjects)
    listed = [one]
    before = [each for each in here if each.at <= found.start and each.role not in _PASSING]
    after = [each for each in here if each.at >= found.end]
    if before and before[-1].slug == one:
        for left, right in zip(before[-2::-1], before[:0:-1], strict=False):
            if not _AND.fullmatch(low, left.at + len(left.mention.text), right.at):
                break
            listed.append(left.slug)
    elif not before and after and _LIST.fullmatch(low, found.end, after[0].at):
        listed = [each.slug for each in after]
    return list(dict.fromkeys(listed))


def _council(
    low: str, found: Found, here: Sequence[Named], subjects: Sequence[str], standing: str | None
) -> str | None:
    """The council last named before the grade; else one named right after it; else the article's subject."""
    for each in here:
        if each.at <= found.start and _WHO.fullmatch(low, each.at + len(each.mention.text), found.start):
            return each.slug
    before = [each for each in here if each.at <= found.start and each.role not in _PASSING]
    after = [each for each in here if found.end <= each.at <= found.end + _NEAR]
    only = subjects[0] if len(subjects) == 1 and standing in (*subjects, None) else standing
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
