"""When a grade was given, by the words of its sentence: its date, and whether the words look back."""

import re
from collections.abc import Sequence
from datetime import date

from newsdesk.grades import Found
from newsdesk.model import IsoDay
from newsdesk.phrases import Phrases, listed
from newsdesk.spans import Span

_OLD = 4  # months; from notice of an inspection to the publication of its report it is 31 to 66 days
_PAST = 2  # months; a report of two months ago is no news, an inspection of two months ago may be
_NEAR = 60  # characters before a grade in which its date may stand
_NEAR_AFTER = 140
_OPENING = 15  # "In its report of June 2024, …"
_AND_AGAIN = re.compile(
    r"(?:,? and|,? then|,? (?:and )?again|,? (?:and )?for (?:the|a) \w+ time)+ (?:in |since |on "
    r"|as (?:recently|long ago|far back) as )?"
    r"|, ?(?:in )?"
)
_WHEN = re.compile(r"\bwhen\b|\bwhich (?:found|judged|said|rated)\b|\bin which\b")
_GIVEN = re.compile(r"\b(?:given|rated|judged|received|imposed|got)\b")
_HAVING_BEEN = re.compile(r"\b(?:after|having|despite) ['\"]?$")
_LAST_TIME = re.compile(
    r"\b(?:was|were) (?:last|previously|first) (?:fully )?(?:inspected|rated|judged|graded)\b"
)
_THIS_TIME = re.compile(r"\b(?:now|this time|has|have)\b")
_REPORT_OF = re.compile(
    r"\b(?:reports?|judge?ments?|inspection|inspected|outcome|letter)\b[\w',]{0,12}(?: (?:of|in|on"
    r"|from|dated|published|which|came|out|was))* ?$"
)
_ITS_REPORT = re.compile(r"(?:'s)? (?:ofsted )?(?:full )?(?:report|inspection|judge?ment)\b")
_NEWS_VERB = re.compile(r"\b(?:now|has|have|this time)\b")
_AND_IS = re.compile(r"\band (?:is|are) ")
_AND_NOW = re.compile(r", (?:and|but) [^,]*\b(?:is|are|has|have|now)\b")
_NEW_CLAUSE = re.compile(r",[^,]*\b(?:is|are|has|have|now|this time)\b")
_DIRECTLY = re.compile(r"['\"]?,? (?:overall )?(?:(?:in|on|of|since|back in) )?")
_BACK_BEFORE = Phrases(
    listed(
        r"""
        previous(ly)?; earlier(?! this); last (inspected|rated|judged|graded|time|year|full|inspection|report)
        had been; having been; used to; former(ly)?; original(ly)?; current(ly)?; until now; in its last
        at the time; back in; years? ago; histor(y of|ically); prompt(ed|ing); when … last
        (after|since) (being|it|they|services|the (council|service|department|city|county|borough))
        when (it|they|services|the \w+) (was|were|had)
        (follow(ed|s|ing)|after|despite|since) (an?|its|the|their|two|\w+ consecutive) (overall )?['"]?$
        (after|since) (three|four|five|several) (overall )?['"]?$
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
_OUT_OF = re.compile(r"\b(?:come|came|coming|got|lifted|climbed|moved|risen) (?:\w+ )?out of [\w' ]*$")
_FIRST = re.compile(r"\bfirst (?:ever )?['\"]?$")  # "its first good rating since 2012"
_TO = re.compile(r",? (?:up |down |back )?to ['\"]?")  # "from good in 2021 to inadequate"
_TODAY = re.compile(r"['\"]? (?:today|now|this time)\b")
_ASIDE = re.compile(r", (?:which|who|including)\b")
_BY_OFSTED = re.compile(r"['\"]?(?: by (?:ofsted|inspectors|the (?:watchdog|inspectorate)))? ")
_WHEN_LAST = re.compile(
    r"['\"]?,? (?:overall )?(?:when (?:inspectors|ofsted|it|they|we|services) (?:\w+ )?last"
    r"|at (?:its|the|their|our)"
    r" (?:last|previous)|(?:the )?last time\b|before(?=,)|as (?:recently|long ago) as)"
)
_NEWS = Phrases(listed("now; has; have; latest; this (week|month|morning); today; yesterday; newly"))
_VERB = re.compile(r"\b(?:now|is|are|has|have|was|were|been|be|rated|judged|graded|to|but|while|with)\b")
_DISTANCE = re.compile(r"\b(?:after|before|earlier|later|ago|since)\b(?! as)")
_SPEECH = re.compile(r";|:(?! ?$)|\bwhich followed\b|\w['\"],? |[,.] ['\"]")
_VERB_OF_RATING = re.compile(r"\b(?:rated|judged|graded|found|deemed|being)\b")


def date_of(low: str, found: Found, spans: Sequence[Span], first: Found) -> Span | None:
    """The date that goes with a grade: the first after it, else the last before it, else the sentence's.

    One before the next grade's verb is the next one's: "inadequate, a year after it was rated good".
    """
    after = [
        each
        for each in spans
        if found.end <= each.at < min(found.right, found.end + _NEAR_AFTER)
        and not _is_after(low, each)
        and not low.startswith(" that", each.end)
        and not _SPEECH.search(low, found.end, each.at)
        and not (low.startswith("since ", each.at) and _FIRST.search(low, 0, found.start))
        and (
            found.right == len(low)
            or _DIRECTLY.fullmatch(low, found.end, each.at + len(_preposition(low, each)))
            or _WHEN_LAST.match(low, found.end)
            or _BY_OFSTED.fullmatch(low, found.end, each.at)
            or not _VERB_OF_RATING.search(low, each.end, found.right)
        )
    ]
    before = [
        each
        for each in spans
        if found.left <= each.at
        and each.end <= found.start <= each.end + _NEAR
        and not low[each.at : each.end].endswith("before")
        and not _AND_IS.search(low, each.end, found.start)
        and not _NEW_CLAUSE.search(low, each.end, found.start)
        and not (found.left and (_TO.fullmatch(low, each.end, found.start) or _TODAY.match(low, found.end)))
    ]
    opening = [
        each
        for each in spans
        if each.at < _OPENING
        and not low.startswith("until ", each.at)
        and each.at < first.start
        and not _AND_NOW.search(low, each.end, found.start)
        and not (_is_after(low, each) and "," in low[each.end : found.start])
    ]
    return next(iter(after or before[-1:] or opening or _of_report(low, found, spans)), None)


def _is_after(low: str, span: Span) -> bool:
    """Whether a date is that of something before: "two years after it was rated good"."""
    return low[span.at : span.end].endswith("after")


def _of_report(low: str, found: Found, spans: Sequence[Span]) -> list[Span]:
    """The date of the report that a sentence tells of: "Ofsted's report of 8 April 2022, in which …"."""
    return [
        each
        for each in spans
        if each.end <= found.start
        and (_REPORT_OF.search(low, 0, each.at) or _ITS_REPORT.match(low, each.end))
        and not _NEWS_VERB.search(low, each.end, found.start)
    ][-1:]


def _preposition(low: str, span: Span) -> str:
    """The word that a date may begin with: "in " of "in 2016"."""
    word = re.match(r"(?:in|since|on|back in|(?:recently|long ago|far back) as) ", low[span.at : span.end])
    return word[0] if word else ""


def same_time(low: str, found: Found, last: Span | None) -> Span | None:
    """The date of the grade before, where both follow it: "in 2023, when A was judged good and B was
    outstanding"."""
    goes_on = last and last.end <= found.left and not _NEW_CLAUSE.search(low, found.left, found.start)
    return last if goes_on and _WHEN.search(low, last.end if last else 0, found.left) else None


def again(low: str, first: Span, spans: Sequence[Span]) -> list[Span | None]:
    """The dates of one grade that was given more than once: "in 2012, again in 2015 and for a third time
    in 2019"."""
    found: list[Span | None] = [first]
    for each in spans:
        last = found[-1]
        if (
            last
            and each.at >= last.end
            and not _DISTANCE.search(low, each.at, each.end)
            and _AND_AGAIN.fullmatch(low, last.end, each.at + len(_preposition(low, each)))
        ):
            found.append(each)
    return found


def looks_back(low: str, found: Found, *, inherited: bool) -> bool:
    """Whether the words around a grade say that it is an old one."""
    before, after = low[found.left : found.start], _ASIDE.split(low[found.end : found.right])[0]
    if found.no_longer or found.once:
        return True
    last = _LAST_TIME.search(low, 0, found.start)
    if last and not _THIS_TIME.search(low, last.end(), found.start):
        return True
    if _HAVING_BEEN.search(before):
        return True
    before = _NEW_CLAUSE.split(before)[-1] if _NEW_CLAUSE.search(before) else before
    if inherited and not _NEW_CLAUSE.search(low, found.left, found.start) and not _VERB.search(before):
        return True
    if after in _BACK_AFTER and found.right == len(low):
        return True
    if _WHEN_LAST.match(after):
        return True
    return any(before[end:] not in _NEWS for end in _BACK_BEFORE.ends(before)[-1:])


def left_behind_on(low: str, found: Found, span: Span) -> bool:
    """Whether a date is that on which a grade was left behind, not the one on which it was given."""
    if found.no_longer and span.at >= found.end and _OUT_OF.search(low, 0, found.start):
        return True
    gap = low[found.end : max(found.end, span.at)]
    return found.no_longer and not _DIRECTLY.fullmatch(gap) and not _GIVEN.search(gap)


def is_old(low: str, found: Found, span: Span | None, published: date | None) -> bool:
    """Whether a date is too far back for news; sooner if it is said outright that the grade is of then."""
    if not span or not published:
        return False
    months = _months_between(span.ended, published)
    outright = len(span.ended) > len("2026") and _BY_OFSTED.fullmatch(low, found.end, span.at)
    return months >= (_PAST if outright else _OLD)


def _months_between(iso: IsoDay, day: date) -> int:
    last = int(iso[:4]) * 12 + (int(iso[5:7]) if len(iso) > 4 else 12)
    return day.year * 12 + day.month - last
