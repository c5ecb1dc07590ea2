"""The grade words of a sentence that are grades: "rated good", "'inadequate' services", but not "good work".

English news uses all four words for much else, so a word counts only where the sentence gives it as a grade: after
a verb of rating, in quotation marks, before "rating", in a table's line, or beside another grade. Words of
wishing ("aims to be outstanding") and of other services (schools, care homes) take it away again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsdesk.model import Area, Grade
from newsdesk.phrases import Phrases

_GRADES = {
    "outstanding": Grade.OUTSTANDING,
    "good": Grade.GOOD,
    "requir": Grade.REQUIRES_IMPROVEMENT,
    "inadequate": Grade.INADEQUATE,
    "adequate": Grade.ADEQUATE,
}
_RANKS = {
    ("", "low"): Grade.INADEQUATE,
    ("second", "low"): Grade.REQUIRES_IMPROVEMENT,
    ("second", "high"): Grade.GOOD,
    ("", "high"): Grade.OUTSTANDING,
}
_HINTS = (
    "good",
    "outstanding",
    "improvement",
    "adequate",
    "lowest",
    "worst",
    "bottom",
    "highest",
    "best",
    "top ",
)
_WORD = re.compile(
    r"""(?<!\w)(?:
        (?P<open>["'])?
        (?P<grade>outstanding|good|requir(?:es|ing|ed|e)[ ]improvement(?P<formal>[ ]to[ ]be[ ]good)?|inadequate|adequate)
        (?P<close>["'])?
      | (?P<second>second)?[ -]?(?:(?P<low>lowest|worst|bottom)|(?P<high>highest|best|top))
        [ ](?:possible[ ]|available[ ]|ofsted[ ]|overall[ ]|of[ ](?:the[ ]|ofsted's[ ]|its[ ])?four[ ](?:possible[ ])?)*
        (?:ratings?|grades?|judge?ments?|marks?|rankings?|categor(?:y|ies))
    )(?!\w)""",
    re.VERBOSE,
)
_NOUN = r"(?:rating|grade|grading|judge?ment|verdict|ranking|status|mark|ofsted|inspection|-rated|-graded|rated|category|score|result)"
_SERVICE = (
    r"(?:children's services|children's social care|services|council|local authority|department|authority)"
)
_NAMED_AFTER = re.compile(rf"[ -]*(?:overall )?{_NOUN}\b")
_SERVICE_AFTER = re.compile(rf" {_SERVICE}\b")
# A grade stands alone; "good work" and "outstanding care" go on with what is good.
_ENDS_AFTER = re.compile(
    r"\s*(?:$|[.,;:!?)\]/-]|(?:overall|for|in|by|and|or|but|across|on|at|after|when|since|last|this|as|to|from|with|while"
    r"|again|under|following|despite|before|yesterday|today|within|throughout|two|three|four|five|thanks|because|has|have|had|is|was|were|will|would|says?|said)\b)"
)
_ENDS_AFTER_WEAK = re.compile(r"\s*(?:$|[.;:!?)]|(?:overall|for|in|by|across|at)\b)")
_FILLERS = (
    r"(?:[ ,]+(?:by|as|to|from|an?|of|be|being|is|was|were|overall|still|now|its|the|at|both|only|again|in|all|areas?|four"
    r"|five|every|on|and|or|it|them|services|children's|also|have|been|inspectors|rating|grade|effectiveness|ofsted(?:'s)?"
    r"|watchdog|inspectorate|:|-|['\"]?(?:good|outstanding|inadequate|requires improvement)['\"]?),?){0,7}[ :]*$"
)
_RATED = re.compile(
    r"\b(?:re-?)?(?:rat(?:ed|es|ing)|judge[ds]?|judging|grad(?:ed|es|ing)|ranked|classed|deemed|declared|branded|labelled"
    r"|assessed|rating|grade|judge?ment)\b(?! that\b)(?:(?! that )[^,;:.]){0,70}$"
)
_STRONG_VERB = re.compile(
    r"\b(?:found (?:to be|them|it)|upgraded|downgraded|(?:moved|rose|risen|dropped|fell|fallen|slipped|improved|jumped"
    r"|climbed|progress(?:ed|ing)?|gone|went)(?: up| down)? (?:from|to)|rat(?:ed|ing)|judge[ds]|graded?|judge?ment"
    r"|overall(?: effectiveness)?)" + _FILLERS
)
_WEAK_VERB = re.compile(
    r"\b(?:given|gave|handed|award(?:ed|s)?|receiv(?:ed|es)|achiev(?:ed|es)|retain(?:ed|s)|secur(?:ed|es)|kept|keeps"
    r"|earn(?:ed|s)|scor(?:ed|es)|maintain(?:ed|s)|gets?|got)" + _FILLERS
)
_SERVICE_NEEDS = re.compile(rf"\b(?:{_SERVICE}|services?|it|they)(?: still| now)? $")
_SERVICES_ARE = re.compile(
    rf"\b{_SERVICE}\b[^,;]{{0,40}} (?:is|are|was|were|remains?|still|be|being) (?:now |still |rated )*$"
)
FROM = re.compile(
    r"\bfrom (?:(?:an?|the|its|being|having been|rating|grade|judge?ment|of|overall|previous|earlier|rated|judged) )*['\"]?$"
)
_TABLE = re.compile(
    r"^[\W\d]*(?:(?:overall|the impact|impact|the experiences|experiences|leader|children|help|care|"
    r"adoption)\b[^:-]{0,120}?) ?[:-] ?$"
)
_TABLE_BACKWARDS = re.compile(r"\s*(?:[:-]|for|in)\s")
_BESIDE = re.compile(
    r"(?:^|[ ,])(?:and|but|or|as|was|were|is|are|while|with|to|now|in|for)[ '\"]*$|, ?['\"]?$"
)
_CHOICE_AFTER = re.compile(r"['\"]? or ['\"]?(?:good|outstanding|better|worse|requires|inadequate)\b")
_CHOICE_BEFORE = re.compile(r"\b(?:good|outstanding|inadequate|improvement)['\"]? or ['\"]?$")
_NOT = re.compile(
    r"(?:\bnot|n't|\bnever|\bshort of|\bless than|\bhardly|\bfar from)(?: (?:yet|been|being|be|rated|a|an))*$"
)
_NO_LONGER = re.compile(r"\bno longer (?:be |being |rated |judged |graded |deemed |an? )*$")
_CLAUSE = re.compile(r"[;:]|, (?:and |while |but |with |although )?|\b(?:while|but|whereas|although)\b| - ")

_CONTEXT = Phrases(
    [
        r"ofsted\w*",
        r"rat(ed|es|ing|ings)",
        r"grad(e|ed|es|ing)",
        r"judg\w*",
        r"inspect\w*",
        "watchdog",
        "verdict",
    ]
)
_WISHING = Phrases(
    [
        "aim(s|ing|ed)?", "hop(e|es|ed|ing)", "ambitions?", "goals?", "want(s|ed|ing)?", r"striv\w*", r"aspir\w*", "on track",
        "working (to|towards)", "could", "would", "might", "risk(s|ed|ing)? (of|being)", "if", "unless", "determined to",
        "journey (to|towards)", "on the (road|way) to", "expect(s|ed|ing)? to", r"plan(s|ning)? to", "target",
    ]
)  # fmt: skip
_WISH_REACH = 6  # words
_SETTLED = ("after", "since", "having", "been", "despite")
_OTHER_SERVICE = Phrases(
    [
        "adult'?s?'? (social care|services|care)", "care quality commission", "cqc", "schools?", r"nurser(y|ies)", r"childmind\w*",
        "pre-?schools?", "children'?s'? homes?", r"academ(y|ies)", "care homes?", "fostering (agency|agencies|service)", "college",
        "special educational needs", "send", "local area partnership", r"hospitals?", "adoption agency", "early years", "police",
        "fire (and rescue )?service", "housing", "regulator of social housing", "youth (justice|offending)", "probation",
    ]
)  # fmt: skip
_THIS_SERVICE = Phrases(["children'?s'? (social care|services)", "ilacs"])
_THE_COUNCIL = Phrases(["(council|local authority|authority|county|city|borough)('s)?"])
_OF_MANY = Phrases(
    [
        r"(none|few|fewer|some|many|most|all|other|half|several|number|proportion|quarter|third|\w+ty|\w+teen|[0-9]+%?|two|three"
        r"|four|five|six|seven|eight|nine|ten|eleven|twelve|per cent) (of )?(the |these |all )?([0-9]+ )?(other |english )?"
        r"(councils|local authorities|authorities|boroughs|departments|children's services departments)",
        r"(no|none of the|(a )?few|some|several|most|one|two|three|other) (of the )?(\w+ )?(areas?|judge?ments|categories|aspects)",
        "(no|no other|every|another|each) (council|local authority|authority|borough|department)",
        "only (one|two|three|four|five|[0-9]+|a handful)",
    ]
)  # fmt: skip
_SOME_AREAS = re.compile(
    r"\s*(?:in|for|across|on) (?:an?|one|two|three|most|some|several|\d) (?:other |of (?:the )?)?"
    r"(?:\w+ )?(?:areas?|categor|judge?ment|measures?|key|strands?)"
)
_ALL_AREAS = re.compile(r"\s*(?:overall|across the board|in (?:all|every)|across all|for all)")
_AREAS: tuple[tuple[Area, re.Pattern[str]], ...] = tuple(
    (area, re.compile(words))
    for area, words in (
        (Area.LSCB, r"safeguarding (?:children'?s?'? )?board|lscb"),
        (
            Area.IN_CARE_AND_CARE_LEAVERS,
            r"(?:in care|looked[- ]after(?: children)?|children looked after) and care leavers",
        ),
        (Area.HELP_AND_PROTECTION, r"help and protect\w*|help(?:ing)? and protecting|need(?:s|ing)? (?:of )?help|child protection"),
        (Area.CARE_LEAVERS, r"care[- ]leavers|leaving care|leave care|care[- ]experienced"),
        (Area.IN_CARE, r"children (?:who are )?in (?:\w+ )?care|looked[- ]after|children's experiences in care"),
        (Area.LEADERS, r"\bleaders?(?:hip)?\b|\bmanagement\b|\bled\b"),
        (Area.ADOPTION, r"\badoption\b"),
    )
)  # fmt: skip
_ANOTHER_SUBJECT = re.compile(
    r"\b(?:services|council|authority|department|overall|it|them|the county|the city|the borough)\b"
)
_DASHES = " :-"
_LINK = re.compile(
    r"^\s*$|\b(?:is|are|was|were|be|been|being|as|both|also|rated|judged|graded|remains?)\b|[:-]"
)
_FOR = re.compile(
    r"['\"]? ?(?:rating |grade |judge?ment )?(?:for|in|on|regarding|when it (?:came|comes) to|[:-])\s"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A grade from `start` to `end` of a line. What lies between `left` and `right` is said of it and no other grade.

    `no_longer` marks what a service has left behind: "up from inadequate", "no longer inadequate".
    """

    grade: Grade
    areas: tuple[Area, ...]
    start: int
    end: int
    left: int
    right: int
    no_longer: bool


def find(low: str, printed: str) -> list[Found]:
    """Every grade of a sentence, in order. `low` is the sentence folded, `printed` as it stands."""
    if not any(hint in low for hint in _HINTS):
        return []
    words = [word for word in _WORD.finditer(low) if not _is_void(low, word)]
    sure = [word for word in words if _is_given(low, printed, word)]
    if sure:
        sure = [word for word in words if word in sure or _is_beside(low, word)]
    return list(_placed(low, sure))


def _placed(low: str, words: list[re.Match[str]]) -> Iterator[Found]:
    bounds = [0, *(word.end() for word in words)]
    starts = [*(word.start() for word in words), len(low)]
    for index, word in enumerate(words):
        left, right = bounds[index], starts[index + 1]
        if _is_of_others(low, word, left, right):
            continue
        areas = _areas(low, word, left, right)
        before = low[: word.start()]
        if areas:
            gone = bool(FROM.search(before) or _NO_LONGER.search(before))
            yield Found(_grade(word), areas, word.start(), word.end(), left, right, gone)


def _grade(word: re.Match[str]) -> Grade:
    if word["grade"]:
        return next(grade for start, grade in _GRADES.items() if word["grade"].startswith(start))
    return _RANKS[word["second"] or "", "low" if word["low"] else "high"]


def _is_void(low: str, word: re.Match[str]) -> bool:
    """Whether the words around it take the grade back: a wish, a choice, a denial."""
    before, after = low[: word.start()].rstrip("'\" "), low[word.end() :]
    if _NO_LONGER.search(f"{before} "):
        return False
    return bool(
        _is_wish(before)
        or _NOT.search(before)
        or _CHOICE_AFTER.match(after)
        or _CHOICE_BEFORE.search(low[: word.start()])
    )


def _is_wish(before: str) -> bool:
    near = _CLAUSE.split(before)[-1].split()[-_WISH_REACH:]
    return " ".join(near) in _WISHING and not any(word in _SETTLED for word in near)


def _is_given(low: str, printed: str, word: re.Match[str]) -> bool:
    """Whether the sentence gives the word as a grade."""
    before, after = low[: word.start()], low[word.end() :]
    if not word["grade"] or word["formal"] or _NAMED_AFTER.match(after):
        return True
    ends = bool(_ENDS_AFTER.match(after))
    if (_STRONG_VERB.search(before) or _RATED.search(before)) and (ends or _SERVICE_AFTER.match(after)):
        return True
    quoted = bool(word["open"] or word["close"])
    capital = printed[word.start("grade")].isupper() and before.strip() != ""
    if _WEAK_VERB.search(before) and (_ENDS_AFTER_WEAK.match(after) or (quoted or capital) and ends):
        return True
    if (
        _TABLE.match(before)
        and ends
        or (not before.strip() and _TABLE_BACKWARDS.match(after) and _area_in(after))
    ):
        return True
    if not (ends or _SERVICE_AFTER.match(after)):
        return False
    if FROM.search(before) or quoted or capital or _SERVICES_ARE.search(before):
        return low in _CONTEXT or bool(_SERVICE_AFTER.match(after))
    needs = _grade(word) is Grade.REQUIRES_IMPROVEMENT and _SERVICE_NEEDS.search(before)
    return (_grade(word) is Grade.INADEQUATE or bool(needs)) and low in _CONTEXT


def _is_beside(low: str, word: re.Match[str]) -> bool:
    """Whether it follows from another grade of the sentence: "good overall and outstanding for leadership"."""
    return bool(_BESIDE.search(low[: word.start()]) and _ENDS_AFTER.match(low[word.end() :]))


def _is_of_others(low: str, word: re.Match[str], left: int, right: int) -> bool:
    """Whether it is said of a school, of adult care, or of councils at large."""
    clause = _CLAUSE.split(low[left : word.start()])[-1] + low[word.start() : right]
    if low[left : word.start()] in _OF_MANY:
        return True
    if clause in _OTHER_SERVICE:
        return clause not in _THIS_SERVICE
    return low in _OTHER_SERVICE and low not in _THIS_SERVICE and clause not in _THE_COUNCIL


def _areas(low: str, word: re.Match[str], left: int, right: int) -> tuple[Area, ...]:
    """The areas a grade is for: "good for children in care", "leadership was rated outstanding"; none if unsaid."""
    after = low[word.end() : right]
    if _SOME_AREAS.match(after):
        return ()
    if _ALL_AREAS.match(after):
        return (Area.OVERALL,)
    if _FOR.match(after) and (areas := _area_in(after)):
        return tuple(areas)
    before = low[left : word.start()].rstrip("'\" ")
    clause = _CLAUSE.split(before.rstrip(_DASHES))[-1]
    areas = _area_in(clause)
    between = clause[max(areas.values(), default=0) :] + before[len(before.rstrip(_DASHES)) :]
    if (
        not areas
        or _ANOTHER_SUBJECT.search(between)
        or _SERVICE_AFTER.match(after)
        or not _LINK.search(between)
    ):
        return (Area.OVERALL,)
    return tuple(areas)


def _area_in(text: str) -> dict[Area, int]:
    """The areas named in a piece of text and where each ends; what is part of a longer name counts once."""
    found: dict[Area, int] = {}
    for area, words in _AREAS:
        if match := words.search(text):
            found[area] = match.end()
            text = f"{text[: match.start()]}{' ' * len(match[0])}{text[match.end() :]}"
    return found
