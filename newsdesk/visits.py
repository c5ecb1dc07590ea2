"""When inspectors came, and which visit of the series it was."""

import re

from newsdesk.dates import local
from newsdesk.model import Article, Event, Visit
from newsdesk.passage import Line, Passage
from newsdesk.spans import Span, compatible, find

VISITS = frozenset({Event.MONITORING_VISIT, Event.FOCUSED_VISIT})
_INSPECTED = VISITS | {Event.INSPECTION, Event.JTAI, Event.SEND_INSPECTION, Event.SEND_MONITORING}
_ON_SITE = re.compile(
    r"\b(?:visit(?:s|ed|ing)?|inspect(?:ed|ion|ions|ors?)|came|spent|took place|carried out|on site|ran)\b",
    re.IGNORECASE,
)
# What a date belongs to when the nearest of these words before it is not one of inspectors on site.
_OTHER_DATES = re.compile(
    r"\b(?:publish(?:ed|es)?|publication|dated|released?|issued?|announced?|letter of|report of|wrote|written"
    r"|rated|judged|judge?ment|rating|graded?|meet(?:s|ing)?|committee|due|until|return|next|will|since|says?|said)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:next|expect(?:s|ed)?|due|planned|will (?:return|visit|come))\b", re.IGNORECASE)
_FOLLOWS = re.compile(r"\s*(?:monitoring |focused )?(?:visit|inspection)", re.IGNORECASE)
_LOOKS_BACK = re.compile(
    r"\b(?:previous|earlier|last (?:year|full|inspect)|since (?:the|its|being|a)|rated|judged|judge?ment|rating)\b",
    re.IGNORECASE,
)
_ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "zeroth",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ]
    )
}
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)}|(\d)(?:st|nd|rd|th)) "
    r"(?:(?:such |ofsted |full |quarterly )?(?:monitoring )?visit\b|since (?:the|its|being)\b)",
    re.IGNORECASE,
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
    dated = [
        (line, span)
        for line in _candidates(passage, event)
        for span in find(line.plain, published)
        if _is_of_visit(line.plain, span) and (not published or span.started <= published.isoformat())
    ]
    if not dated:
        return Visit(ordinal=ordinal, sentence=said) if ordinal else None
    first = dated[0][1]
    same = [each for each in dated if compatible(each[1].started, first.started)]
    line, span = max(same, key=lambda each: len(each[1].started))  # the first of the finest
    return Visit(span.started, span.ended, ordinal, line.text)


def _candidates(passage: Passage, event: Event) -> list[Line]:
    """Sentences that speak of inspectors on site; of a visit's, those that look back to a judgement come last."""
    speaking = [
        line for line in passage.lines if _ON_SITE.search(line.plain) and not _AHEAD.search(line.plain)
    ]
    if event not in VISITS:
        return speaking
    back = [line for line in speaking if _LOOKS_BACK.search(line.plain)]
    return [line for line in speaking if line not in back] + [
        line for line in back if re.search(r"\bvisit", line.plain, re.IGNORECASE)
    ]


def _is_of_visit(sentence: str, span: Span) -> bool:
    """Whether a date is that of inspectors on site: their word is the nearest before it, or right after."""
    if _FOLLOWS.match(sentence, span.end):
        return True
    before = sentence[: span.at]
    site = max((each.end() for each in _ON_SITE.finditer(before)), default=-1)
    other = max((each.end() for each in _OTHER_DATES.finditer(before)), default=-1)
    return site > other


def _ordinal(passage: Passage, event: Event) -> tuple[int | None, str]:
    if event is not Event.MONITORING_VISIT:
        return None, ""
    line = passage.search(_ORDINAL)
    if line is None:
        return None, ""
    match = _ORDINAL.search(line.plain)
    assert match is not None
    word = match.group(1).lower()
    return (_ORDINALS.get(word) or int(match.group(2))), line.text
