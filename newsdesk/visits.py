"""When inspectors came, and which visit of the series it was."""

import re
from datetime import date

from newsdesk.dates import local
from newsdesk.model import Article, Event, Visit
from newsdesk.passage import Line, Passage
from newsdesk.phrases import Phrases, listed
from newsdesk.spans import Span, compatible, find, months

VISITS = frozenset({Event.MONITORING_VISIT, Event.FOCUSED_VISIT})
_INSPECTED = VISITS | {Event.INSPECTION, Event.JTAI, Event.SEND_INSPECTION, Event.SEND_MONITORING}
_LATEST = 8  # months
_REACH = 30  # characters around "third visit" in which "is due" makes it one to come

_ON_SITE = Phrases(
    listed(
        """
        (re)?visit(s|ed|ing)?; inspect(ed|ion|ions|ors?|ing); came(?! out); went to; (days|weeks) (in|with)
        began; begun; spent; took place; carried out; on site
        ran; conducted
        held
        """
    )
)
# What a date belongs to when the nearest of these words before it is not one of inspectors on site.
_OTHER_DATES = Phrases(
    listed(
        """
        publish(ed|es|ing)?; publication; dated; released?; issued?; announced?; letter of; report of
        wrote; written
        rated; judged; judge?ment; rating; graded?; meet(s|ing)?; committee; cabinet; due; until; return
        next; will
        since; says?; said; appointed; joined; signed; launched; last inspected
        """
    )
)
_UNDER_WAY = Phrases(
    listed(
        "inspect … from today; (from|begins|begin|starts|start) today; inspection … (under way|underway"
        "|begins|begun|has started); inspectors … (arrive|arrived|begun|here|are in)\\w*; (begins?"
        "|begun) … inspection"
    )
)
_STAY = Phrases(["(will be|are|is) (on site|with us|in the (town|city|county|borough))"])
_AHEAD = Phrases(
    listed(
        "will have; next; anticipated; expect(s|ed)?; due; planned; scheduled; will (return|visit|come"
        "|inspect|be)"
    )
)
_LOOKS_BACK = Phrases(
    listed(
        r"""
        previous(ly)?; earlier(?! this); last (year|full|inspect\w*); since (the|its|being|an?); rated; judged
        judge?ment; rating; first identified; had (been )?(found|rated|judged)
        """
    )
)
_A_VISIT = Phrases(["visit(s|ed|ing)?"])
_ITS_REPORT = re.compile(r"(?:['’]?s)? (?:ofsted )?(?:report|letter|judge?ment)")
_OPENING = 15  # characters: "Between 2 and 20 June Ofsted carried out …"
_CAME = re.compile(r"[^.;]{0,90}\b(?:carried out|(?:re)?visited|inspected|came|spent|were (?:in|on))\b")
_FOLLOWS = re.compile(r"(?:['’]s?)?\s*(?:monitoring |focused |full )?(?:visit|inspection)")

_NUMBERS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_NUMBERS)})|(?P<figure>\d{{1,2}})(?:st|nd|rd|th)) "
    r"(?:(?:such |(?:of|in) (?:the |its |these |a series of |\w+ )|ofsted |full |quarterly |official )*"
    r"(?:monitoring )?visits?\b|(?:visit )?since (?:the|its|being|last|services|children|it|they|ofsted)\b)"
)
_ORDINALS = Phrases(
    [f"{each} … (visits?|since)" for each in _NUMBERS] + [r"[0-9]{1,2}(st|nd|rd|th) … (visits?|since)"]
)


def read(passage: Passage, article: Article, event: Event) -> Visit | None:
    """The visit an article reports, from its document if it is one, else from its sentences."""
    document = article.document
    ordinal, said = _ordinal(passage, event)
    if document is not None and document.started:
        return Visit(document.started, document.ended, ordinal, article.title)
    if event not in _INSPECTED:
        return None
    published = local(article.published).date() if article.published else None
    under_way = event is Event.INSPECTION and passage.top in _UNDER_WAY
    dated = [
        (line, span)
        for line in _candidates(passage, event, under_way=under_way)
        for span in find(line.text, published)
        if len(span.started) > len("2026")
        and _is_of_visit(line.low, span)
        and (not published or _is_recent(span, published))
    ]
    dated.sort(key=lambda each: len(each[1].started) < len("2026-01-01"))  # to the day before to the month
    if not dated:
        return Visit(ordinal=ordinal, sentence=said) if ordinal else None
    first = dated[0][1]
    same = [each for each in dated if compatible(each[1].started, first.started)]
    line, span = max(same, key=lambda each: len(each[1].started))  # the first of the finest
    return Visit(span.started, span.ended, ordinal, line.text)


def _is_recent(span: Span, published: date) -> bool:
    """Whether inspectors can have come then and the article be about it: a late letter takes five months."""
    since = published.year * 12 + published.month - 1 - max(months(span.started))
    return span.started <= published.isoformat() and since <= _LATEST


def _candidates(passage: Passage, event: Event, *, under_way: bool) -> list[Line]:
    """Sentences that speak of inspectors on site, those that look back to a judgement last."""
    speaking = [
        line
        for line in passage.matches(_ON_SITE)
        if line.low not in _AHEAD or (under_way and line.low in _STAY)
    ]
    if event not in VISITS:
        return sorted(speaking, key=lambda line: _is_background(line))
    back = [line for line in speaking if _is_background(line)]
    return [line for line in speaking if line not in back] + [line for line in back if line.low in _A_VISIT]


def _is_background(line: Line) -> bool:
    return line.low in _LOOKS_BACK


def _is_of_visit(low: str, span: Span) -> bool:
    """Whether a date is that of inspectors on site: their word is the nearest before it, or right after."""
    if _ITS_REPORT.match(low, span.end):
        return False
    if _FOLLOWS.match(low, span.end) or (span.at < _OPENING and _CAME.match(low, span.end)):
        return True
    before = low[: span.at]
    site, other = _ON_SITE.ends(before)[-1:], _OTHER_DATES.ends(before)[-1:]
    return site > other


def _ordinal(passage: Passage, event: Event) -> tuple[int | None, str]:
    """The number of the visit, from the first sentence that counts it and does not look ahead."""
    if event is not Event.MONITORING_VISIT:
        return None, ""
    for line in passage.matches(_ORDINALS):
        match = _ORDINAL.search(line.low)
        if match and not _is_ahead(line.low, match):
            number = _NUMBERS.index(match["word"]) + 1 if match["word"] else int(match["figure"])
            return number, line.text
    return None, ""


def _is_ahead(low: str, match: re.Match[str]) -> bool:
    around = low[max(0, match.start() - _REACH) : match.end() + _REACH]
    return around in _AHEAD
