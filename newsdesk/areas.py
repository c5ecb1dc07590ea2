"""Which area of a council's services a grade is for: "good for children in care", "leadership: good"."""

import re

from newsdesk.gradewords import CLAUSE, SERVICE_AFTER
from newsdesk.model import Area

_NAMES: tuple[tuple[Area, re.Pattern[str]], ...] = tuple(
    (area, re.compile(words))
    for area, words in (
        (Area.OVERALL, r"overall effectiveness"),
        (Area.LSCB, r"safeguarding (?:children'?s?'? )?board|lscb"),
        (
            Area.IN_CARE_AND_CARE_LEAVERS,
            r"(?:in care|looked[- ]after(?: children)?|children looked after) and care leavers",
        ),
        (
            Area.HELP_AND_PROTECTION,
            r"help and protect\w*|help(?:ing)? and protecting|need(?:s|ing)? (?:of )?help|child protection",
        ),
        (Area.CARE_LEAVERS, r"care[- ]leavers|leaving care|leave care|care[- ]experienced"),
        (
            Area.IN_CARE,
            r"children (?:who are )?in (?:\w+ )?care|looked[- ]after|children's experiences in care",
        ),
        (Area.LEADERS, r"\bleaders?(?:hip)?\b|\bmanagement\b|\bled\b"),
        (Area.ADOPTION, r"\badoption\b"),
    )
)
_SOME = re.compile(
    r"\s*(?:in|for|across|on) (?:an?|one|two|three|most|some|several|\d) (?:other |of (?:the )?)?"
    r"(?:\w+ )?(?:areas?|categor|judge?ment|measures?|key|strands?)"
)
_ALL = re.compile(r"\s*(?:overall|across the board|in (?:all|every)|across all|for all)")
_FOR = re.compile(
    r"['\"]? ?(?:(?:ratings?|grades?|judge?ments?) )?(?:(?:was|were) (?:\w+ )?)?"
    r"(?:(?P<list>for|[:-])|in|on|regarding|when it (?:came|comes) to)\s"
)
_NEAR = 30  # characters; only "for" and a colon are followed by a list
_VERB = re.compile(r"\b(?:rat(?:ed|es|ing)|judg(?:ed|es|ing)|grad(?:ed|es|ing))\b")
_BOTH = re.compile(r"\b(?:both|these|the two|all three|all four) (?:areas|judge?ments|categories)\b")
_ANOTHER_SUBJECT = re.compile(
    r"\b(?:services|council|authority|department|overall|it|them|the county|the city|the borough)\b"
)
_LINK = re.compile(
    r"^\s*$|\b(?:is|are|was|were|be|been|being|as|both|also|rated|judged|graded|remains?)\b|[:-]"
)


def areas(before: str, after: str) -> tuple[Area, ...]:
    """The areas of a grade, from what stands before and after it; none where it is for some unnamed ones."""
    if _SOME.match(after):
        return ()
    if _ALL.match(after):
        return (Area.OVERALL,)
    if told := _FOR.match(after):
        reach = len(after) if told["list"] else told.end() + _NEAR
        if found := named(after[:reach]):
            return tuple(found)
    if SERVICE_AFTER.match(after):
        return (Area.OVERALL,)
    return _before(before.rstrip("'\" "))


def named(text: str) -> dict[Area, int]:
    """The areas named in a piece of text and where each ends; what is part of a longer name counts once."""
    found: dict[Area, int] = {}
    for area, words in _NAMES:
        if match := words.search(text):
            found[area] = match.end()
            text = f"{text[: match.start()]}{' ' * len(match[0])}{text[match.end() :]}"
    return found


def _before(text: str) -> tuple[Area, ...]:
    """The areas that inspectors rated, or that a verb or a colon links to the grade."""
    if _BOTH.search(text):
        return tuple(named(text))
    verbs = [each.end() for each in _VERB.finditer(text)]
    if verbs and (found := named(text[verbs[-1] :])) and not _ANOTHER_SUBJECT.search(text, verbs[-1]):
        return tuple(found)
    bare = text.rstrip(" :-")
    clause = CLAUSE.split(bare)[-1]
    found = named(clause)
    link = clause[max(found.values(), default=0) :] + text[len(bare) :]
    if found and _LINK.search(link) and not _ANOTHER_SUBJECT.search(link):
        return tuple(found)
    return (Area.OVERALL,)
