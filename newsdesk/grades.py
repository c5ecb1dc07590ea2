"""The grade words of a sentence that are grades: "rated good", "'inadequate' services", but not "good work".

English news uses all four words for much else, so a word counts only where the sentence gives it as a grade:
after a verb of rating, in quotation marks, before "rating", in a table's line, or beside another grade. Words
of wishing ("aims to be outstanding") and of other services (schools, care homes) take it away again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsdesk import gradewords as words
from newsdesk.areas import areas, is_all, is_every, is_rest, named
from newsdesk.model import Area, Grade

_GRADES = {
    "outstanding": Grade.OUTSTANDING,
    "good": Grade.GOOD,
    "requir": Grade.REQUIRES_IMPROVEMENT,
    "inadequate": Grade.INADEQUATE,
    "adequate": Grade.ADEQUATE,
}
_LOWEST = (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT)  # and the second lowest
_HIGHEST = (Grade.OUTSTANDING, Grade.GOOD)
_WISH_REACH = 6  # words
_ON_TO = re.compile(r"['\"]? (?:in \d{4} )?(?:up |down )?to ['\"]?")  # "has fallen from good to"
_FOUND = re.compile(r"\b(?:found|judged|rated) [\w ]{0,20}to have ['\"]?$")
_ROW = re.compile(r"[^.]{3,120}: (?:outstanding|good|inadequate|requires improvement(?: to be good)?)\W*")
_RESUMES = re.compile(
    r"[^,]*, (?:(?:is|are) )?now ?"
)  # "leaders, graded outstanding in 2022, now require improvement"
_CLAUSE = 8  # words
_NEAR = 40  # characters


@dataclass(frozen=True, slots=True)
class Found:
    """A grade from `start` to `end` of a line. What lies from `left` to `right` is said of no other grade.

    `no_longer` marks what a service has left behind: "up from inadequate", "no longer inadequate".
    `every` marks a
    grade of all areas, `rest` one of those not spoken of yet, in both cases without those that are
    `left_out`.
    `once` marks one that a later grade repeats: "the same verdict as in 2018".
    `held` marks a grade that a council has as one has a name: "inspectors arrive in 'inadequate' Leeds".
    """

    grade: Grade
    areas: tuple[Area, ...]
    start: int
    end: int
    left: int
    right: int
    no_longer: bool
    every: bool = False
    rest: bool = False
    left_out: tuple[Area, ...] = ()
    held: bool = False
    once: bool = False


def find(low: str, printed: str, *, formal: bool = False) -> list[Found]:
    """Every grade of a sentence, in order. `low` is the sentence folded, `printed` as it stands.

    `formal` is for a report of an inspection, where "leadership is good" gives a grade as well.
    """
    if not any(hint in low for hint in words.HINTS):
        return []
    possible = [word for word in words.WORD.finditer(low) if not _is_taken_back(low, word)]
    if not possible:
        return []
    plain = formal or bool(words.IN_A_YEAR.search(low))
    lefts = [0, *(word.end() for word in possible)]
    sure = [
        word
        for left, word in zip(lefts, possible, strict=False)
        if _is_given(low, printed, word)
        or _is_said_of_name(low, printed, word)
        or (plain and _is_plain(low, left, word))
    ]
    if sure:
        sure = [
            word
            for word in possible
            if word in sure or _is_beside(low, word) or _has_an_area(low, word) or _is_of_a_clause(low, word)
        ]
    elif formal:
        sure = [word for word in possible if _FOUND.search(low[: word.start()]) and _has_an_area(low, word)]
    return list(_placed(low, printed, sure))


def _placed(low: str, printed: str, grades: list[re.Match[str]]) -> Iterator[Found]:
    lefts = [0, *(word.end() for word in grades)]
    rights = [*(word.start() for word in grades[1:]), len(low)]
    last: tuple[Area, ...] = ()
    for word, left, right in zip(grades, lefts, rights, strict=False):
        before, after = low[left : word.start()], low[word.end() : right]
        if _is_of_others(low, before, after):
            continue
        goes_on = last and (_ON_TO.fullmatch(before) or _RESUMES.fullmatch(before))
        found = last if goes_on else areas(before, after)
        if not found:
            continue
        gone = bool(words.FROM.search(low[: word.start()]) or words.NO_LONGER.search(low[: word.start()]))
        every, rest = is_every(after), is_rest(before)
        left_out = tuple(named(low[word.end() + every.end() :])) if every and every["but"] else ()
        last = found
        yield Found(
            _grade(word),
            found,
            word.start(),
            word.end(),
            left,
            right,
            gone,
            bool(every) or is_all(before),
            rest,
            left_out,
            _is_held(low, printed, word),
        )


def is_row(low: str) -> bool:
    """Whether a line is a row of a table: an area and its grade, and nothing more."""
    return bool(words.TABLE_BEFORE.match(low)) or bool(_ROW.fullmatch(low))


def _is_plain(low: str, left: int, word: re.Match[str]) -> bool:
    """Whether a formal name is said to be it: "help and protection is good", "the county is outstanding
    overall"."""
    before, after = low[: word.start()], low[word.end() :]
    if not words.ENDS_AFTER.match(after) or words.GOOD_TO_SEE.match(after):
        return False
    if is_every(after) or words.OVERALL_AFTER.match(after):
        return True
    verb = words.IS_BEFORE.search(before.rstrip("'\" "))
    if not verb and _grade(word) is not Grade.REQUIRES_IMPROVEMENT:
        return bool(words.FOR_AN_AREA.match(after)) and bool(named(after))
    subject = (
        words.PART.split(low[left : verb.start() if verb else word.start()])[-1]
        if not verb or verb.start() >= left
        else ""
    )
    ends = (
        words.SERVICE_LAST.search(subject) or words.GRADE_LAST.search(subject) or _RESUMES.fullmatch(subject)
    )
    return bool(ends or named(subject) or is_rest(subject))


def _grade(word: re.Match[str]) -> Grade:
    if word["grade"]:
        return next(grade for start, grade in _GRADES.items() if word["grade"].startswith(start))
    return (_LOWEST if word["low"] else _HIGHEST)[bool(word["second"])]


def _is_taken_back(low: str, word: re.Match[str]) -> bool:
    """Whether the words around it take the grade back: a wish, a choice, a denial."""
    before, after = low[: word.start()], low[word.end() :]
    if words.NO_LONGER.search(before):
        return False
    if words.CHOICE_AFTER.match(after) or words.CHOICE_BEFORE.search(before):
        return True
    bare = before.rstrip("'\" ")
    return _is_wish(bare) or bool(words.NOT.search(bare))


def _is_wish(before: str) -> bool:
    near = words.CLAUSE.split(before)[-1].split()[-_WISH_REACH:]
    return " ".join(near) in words.WISHING and words.SETTLED.isdisjoint(near)


def _is_held(low: str, printed: str, word: re.Match[str]) -> bool:
    """Whether a grade in quotation marks stands before a name or a council, with no verb that gives it."""
    before, after = low[: word.start()], low[word.end() :]
    bears = words.SERVICE_AFTER.match(after) or _names(printed, word)
    return bool(word["close"] and bears and words.HELD_BEFORE.search(before))


def _is_given(low: str, printed: str, word: re.Match[str]) -> bool:
    """Whether the sentence gives the word as a grade."""
    before, after = low[: word.start()], low[word.end() :]
    if not word["grade"] or word["formal"] or words.NOUN_AFTER.match(after):
        return True
    if words.GOOD_TO_SEE.match(after):
        return False
    if words.TOLD_BEFORE.search(before) and words.ENDS_AFTER.match(after):
        return True
    if words.TIMELINE_BEFORE.match(before) or (
        word["grade"].startswith("requiring") and words.HAVING_BEEN.search(before)
    ):
        return True
    if words.TABLE_AFTER.match(after) and not before.strip() and named(after):
        return True
    of_service = bool(words.SERVICE_AFTER.match(after)) or (bool(word["close"]) and _names(printed, word))
    ends = bool(words.ENDS_AFTER.match(after))
    if not (ends or of_service):
        return False
    if words.RATED_BEFORE.search(before) or words.TABLE_BEFORE.match(before):
        return True
    if words.APPOSED_BEFORE.search(before) and words.APPOSED_AFTER.match(after):
        return True
    set_off = bool(
        word["open"] or word["close"] or (printed[word.start("grade")].isupper() and before.strip())
    )
    if words.GIVEN_BEFORE.search(before) and (set_off or words.ENDS_AT_ONCE.match(after)):
        return True
    return (of_service and set_off) or (low in words.ABOUT_GRADES and (set_off or _is_said(word, before)))


def _names(printed: str, word: re.Match[str]) -> bool:
    """Whether a name follows: "‘inadequate’ Surrey"."""
    return printed[word.end() : word.end() + 1] == " " and printed[word.end() + 1 : word.end() + 2].isupper()


def _is_of_a_clause(low: str, word: re.Match[str]) -> bool:
    """Whether an area requires improvement beside another grade: "while leadership required improvement"."""
    clause = words.PART.split(low[: word.start()])[-1]
    return (
        _grade(word) is Grade.REQUIRES_IMPROVEMENT and bool(named(clause)) and len(clause.split()) <= _CLAUSE
    )


def _is_said_of_name(low: str, printed: str, word: re.Match[str]) -> bool:
    """Whether a council is said to require improvement: "Stanmoor requires improvement, …"."""
    if not low.startswith(("requires", "required"), word.start()) or not words.ENDS_AFTER.match(
        low, word.end()
    ):
        return False
    name = printed[: word.start()].split()[-1:]
    return bool(
        name and name[0][:1].isupper() and name[0].isalpha() and name[0].lower() not in words.PRONOUNS
    )


def _is_said(word: re.Match[str], before: str) -> bool:
    """Whether a bare word in a sentence about grades is one: "the services are good, Ofsted says"."""
    if words.FROM.search(before) or words.SERVICE_IS.search(before):
        return True
    grade = _grade(word)
    needs = grade is Grade.REQUIRES_IMPROVEMENT and words.SERVICE_NEEDS.search(before)
    return grade is Grade.INADEQUATE or bool(needs)


def _is_beside(low: str, word: re.Match[str]) -> bool:
    """Whether it follows from another grade of the sentence: "good overall and outstanding for leaders"."""
    return bool(words.BESIDE.search(low[: word.start()]) and words.ENDS_AFTER.match(low[word.end() :]))


def _has_an_area(low: str, word: re.Match[str]) -> bool:
    """Whether an area stands right after it: "rated requires improvement, with good support for care
    leavers"."""
    before, after = low[: word.start()], low[word.end() :]
    if words.HAVING_BEFORE.search(before):
        return bool(words.AREA_AFTER.match(after) and named(after[:_NEAR]))
    having = words.HAVING_AREA.search(before)
    return bool(having and named(having[0]) and words.ENDS_AFTER.match(after))


def _is_of_others(low: str, before: str, after: str) -> bool:
    """Whether it is said of a school, of adult care, or of councils at large."""
    if is_rest(before) or after.startswith((":", "':", '":')):
        return False
    if words.MANY.search(before) and before in words.OF_MANY:
        return True
    if not words.OTHERS.search(low):
        return False
    clause = f"{words.CLAUSE.split(before)[-1]} … {words.CLAUSE.split(after)[0][:_NEAR]}"
    if clause in words.OTHER_SERVICE:
        return clause not in words.THIS_SERVICE
    if named(words.CLAUSE.split(before)[-1]) or low in words.THIS_SERVICE or clause in words.THE_COUNCIL:
        return False
    return low in words.OTHER_SERVICE
