"""Which area of a council's services a grade is for: "good for children in care", "leadership: good"."""

import re

from newsdesk.gradewords import AREA_AFTER, CLAUSE, PART, SERVICE_AFTER
from newsdesk.model import Area

_NAMES: tuple[tuple[Area, re.Pattern[str]], ...] = tuple(
    (area, re.compile(words))
    for area, words in (
        (Area.OVERALL, r"overall effectiveness"),
        (Area.LSCB, r"safeguarding (?:children'?s?'? )?board|lscb"),
        (
            Area.IN_CARE_AND_CARE_LEAVERS,
            r"(?:in care|looked[- ]after(?: children)?|children looked after|looks after) and (?:of |for "
            r"|with )?"
            r"(?:care[- ]leavers|those who (?:have left|leave))",
        ),
        (
            Area.HELP_AND_PROTECTION,
            r"help and protect\w*|help(?:ing|s)? and protect(?:ing|s)|protecting children|need(?:s|ing)? "
            r"(?:of )?(?:help|protection)"
            r"|child protection|protection of (?:\w+ )?children",
        ),
        (Area.CARE_LEAVERS, r"care[- ]leavers|leaving care|leaves? care|left care|care[- ]experienced"),
        (
            Area.IN_CARE,
            r"children (?:who are )?in (?:\w+ )?care|looked[- ]after|children's experiences in care|those in "
            r"care"
            r"|children that? it looks after|\bcare of children\b(?! who| in| looked)|(?:those|children) "
            r"(?:that )?it looks after|care of (?:those|children) who live"
            r"|for those it cares for",
        ),
        (Area.LEADERS, r"\bleaders?(?:hip)?\b|\bmanagement\b|\bled\b|impact on (?:social work )?practice"),
        (Area.ADOPTION, r"\badoption\b"),
    )
)
_SOME = re.compile(
    r"\s*(?:in|for|across|on) (?:an?|one|two|three|most|some|several|\d) (?:other |of (?:the )?)?"
    r"(?:\w+ )?(?:areas?|categor|judge?ment|measures?|key|strands?)"
)
_AND_FOR = re.compile(r"['\"]? overall,? and (?:also )?for ")
_PASSED = re.compile(
    r"(?: by (?:ofsted|inspectors|the watchdog))?(?: (?:in|last|this) [a-z]+(?: last year"
    r"| this year| \d{4})?)?(?= for )"
)
_ALL = re.compile(r"['\"]?\s*(?:overall|across the board|in (?:all|every|each)|across all|for all)")
_EVERY = re.compile(
    r"['\"]?\s*(?:overall and )?(?:\w+ )?(?:across the board|(?:in|for|across) (?:all|every|each)(?: "
    r"one)?(?: of)?(?: the| its)?"
    r"(?: (?:three|four|five))?(?: of the)? (?:areas?|categor\w+|judge?ments?|measures?"
    r"|strands?)(?P<but> (?:but|bar|except)\b)?)"
)
_REST = re.compile(r"\b(?:the )?other (?:two |three |four )?(?:areas|categories|judge?ments|strands)\b")
_OPENING = 10  # characters
_SAME = re.compile(
    r"^[\W\d]*so (?:do|does|did|is|are|was|were) (?P<so>[^.;]*)"
    r"|\b(?:the )?same (?:grade|rating|judge?ment|verdict)(?: (?:was|were|is) (?:\w+ "
    r"){0,3}?)?(?:given |reached |awarded )?"
    r"(?: ?for| ?on| ?to| went to)(?P<same> [^.;]*)"
)
_AS_IS = re.compile(
    r"['\"]?,? (?:(?:and |but )?(?:as|so) (?:is|are|was|were|do|does|did)"
    r"|(?:with|and) the same (?:grade|rating|judge?ment) (?:for|in|on)) (?P<list>[^.;]*?)(?=[.;]|,? "
    r"(?:while|but)\b|$)"
)
_TO = re.compile(r"['\"]? to (?:the|its|their)\b")
_FOR_FIRST = re.compile(
    r"(?:^|[,;] |\b(?:and|but) )for (?P<list>[^;]{3,120}?),? (?:it|the (?:grade|rating|judge?ment"
    r"|verdict|council|borough|county|city|service|authority))"
    r" ?(?:is|was|were|has|requires?|got|gets)?[^,;]{0,20}$"
)
_FOR = re.compile(
    r"['\"]? ?(?:(?:ratings?|grades?|judge?ments?) )?(?:(?:was|were) (?:\w+ )?)?"
    r"(?:both )?(?:(?P<list>for|[:-])|in(?! (?:(?:19|20)\d\d|january|february|march|april|may|june"
    r"|july|august|sept|oct|nov|dec))"
    r"|on|regarding|when it (?:came|comes) to)\s"
)
_NEAR_AREA = 45  # characters
_NEAR = 30  # characters; only "for" and a colon are followed by a list
_VERB = re.compile(r"\b(?:rat(?:ed|es|ing)|judg(?:ed|es|ing)|grad(?:ed|es|ing))\b")
_BOTH = re.compile(r"\b(?:both|these|the two|all three|all four) (?:areas|judge?ments|categories)\b")
_ANOTHER_SUBJECT = re.compile(
    r"\b(?:services(?! (?:for|to))|council|authority|department|overall|(?<!found )(?<!that )it|them"
    r"|the county|the city"
    r"|the borough)\b(?!['’]s)"
)
_AN_ASIDE = re.compile(
    r"[^,]*(?<!was )(?<!were )(?<!is )(?<!are )(?<!also )\b(?:said|says|found|praised?"
    r"|had(?! been)|have(?! been)"
    r"|describ\w+|kn[eo]w)\b(?! that it| it)"
)
_INCLUDING = re.compile(r", (?:including|among them|namely) (?P<list>.*)")
_WHICH = re.compile(
    r"(?:^|,)(?P<list>[^,]*), (?:which|whom) (?:it|they|inspectors|ofsted|the \w+) (?:\w+ )?(?:rated"
    r"|judged|graded)(?: (?:as|to be))?$"
)
_WHICH_IS = re.compile(
    r"(?:^|, | and (?=an? |the ))(?P<list>(?:(?! and (?:an? |the ))[^,])*),? (?:which|that)$"
)
_ALL_OF_THEM = re.compile(
    r"\b(?:all|each|every)(?: one)?(?: of)?(?: the)?(?: (?:three|four|five))? (?:areas?|judge?ments"
    r"|categories)\b"
)
_THAT = re.compile(r"['\"]? in (?:that|this) (?:respect|area|regard)")
_LINK = re.compile(
    r"^\s*$|\b(?:is|are|was|were|be|been|being|as|at|both|also|rated|judged|graded|each|all|to|stays?"
    r"|remains?|area (?:that|which)|fallen|risen|slipped)\b|[:-]"
)


def areas(before: str, after: str) -> tuple[Area, ...]:
    """The areas of a grade, from what stands before and after it; none where it is for some unnamed ones."""
    bare = before.rstrip("'\" ")
    if _SOME.match(after):
        return _listed_in(_INCLUDING.search(after))
    if every := _EVERY.match(after):
        return _of_every(every, after[every.end() :])
    if _ALL.match(after):
        more = _AND_FOR.match(after)
        return (Area.OVERALL, *named(after[more.end() :])) if more else (Area.OVERALL,)
    if told := _AS_IS.match(after):
        return tuple(dict.fromkeys((*_before(bare), *named(told["list"]))))
    return _told_around(before, bare, after) or _before(bare)


def _told_around(before: str, bare: str, after: str) -> tuple[Area, ...]:
    """The areas that words close to the grade bind to it: "for …", "…, which it rated"."""
    if found := _listed_in(_FOR_FIRST.search(bare) if "for " in bare else None):
        return found
    if _TO.match(after) and (named_after := named(after)):
        return tuple(named_after)
    if found := _listed_in(_WHICH.search(bare) if ", wh" in bare else None):
        return found
    if found := _listed_in(_WHICH_IS.search(bare) if bare.endswith((" which", " that")) else None):
        return found
    if AREA_AFTER.match(after) and (close := named(after[:_NEAR_AREA])):
        return tuple(close)
    if _THAT.match(after) and (in_that := named(before)):
        return tuple(in_that)
    passed = _PASSED.match(after)
    after = after[passed.end() :] if passed else after
    if told := _FOR.match(after):
        reach = len(after) if told["list"] else told.end() + _NEAR
        if listed := named(after[:reach]):
            return tuple(listed)
    return (Area.OVERALL,) if SERVICE_AFTER.match(after) else ()


def _listed_in(told: re.Match[str] | None) -> tuple[Area, ...]:
    return tuple(named(told["list"])) if told else ()


def _of_every(every: re.Match[str], after: str) -> tuple[Area, ...]:
    """The areas listed after "in every area:", and the overall grade unless the list alone is meant."""
    listed = tuple(named(after)) if after.startswith(":") and not every["but"] else ()
    return listed if listed and "overall" not in every[0] else (Area.OVERALL, *listed)


def is_every(after: str) -> re.Match[str] | None:
    """Whether a grade is for all areas; its group "but" tells that some are left out, which follow."""
    return _EVERY.match(after)


def is_all(before: str) -> bool:
    """Whether a grade is for all areas, named before it: "all four areas and overall effectiveness were
    good"."""
    return bool(_ALL_OF_THEM.search(PART.split(before)[-1])) and not _REST.search(before)


def is_rest(before: str) -> bool:
    """Whether a grade is for the areas that were not spoken of yet: "the other three areas are good"."""
    return bool(_REST.search(before))


def same(low: str) -> tuple[Area, ...]:
    """The areas of a sentence that gives them the grade spoken of last: "so does help and protection"."""
    told = _SAME.search(low) if "same " in low or low[:_OPENING].lstrip(" \"'*-•").startswith("so ") else None
    return tuple(named(told["so"] or told["same"])) if told else ()


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
    for clause in (PART.split(bare)[-1], CLAUSE.split(bare)[-1]):
        found = named(clause)
        link = clause[max(found.values(), default=0) :] + text[len(bare) :]
        if found and _LINK.search(link) and not _ANOTHER_SUBJECT.search(link) and not _AN_ASIDE.search(link):
            return tuple(found)
    return (Area.OVERALL,)
