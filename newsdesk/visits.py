"""When inspectors came, and which visit of the series it was."""

import re

from newsdesk.dates import local
from newsdesk.model import Article, Event, Visit
from newsdesk.passage import Line, Passage
from newsdesk.spans import find

VISITS = frozenset({Event.MONITORING_VISIT, Event.FOCUSED_VISIT})
_INSPECTED = VISITS | {Event.INSPECTION, Event.JTAI, Event.SEND_INSPECTION, Event.SEND_MONITORING}
_ON_SITE = re.compile(
    r"\bvisit(?:s|ed)?\b|\binspect(?:ed|ion|ions)\b|\binspectors (?:came|spent|were)|on site|carried out|took place",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:previous|earlier|last year|since (?:the|its|being|a)|rated|judged|judgement|rating|next|will|return)\b",
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
    rf"\b({'|'.join(_ORDINALS)}|(\d)(?:st|nd|rd|th)) (?:such |ofsted |full |quarterly )?(?:monitoring )?visit\b",
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
    for line in _candidates(passage):
        spans = find(line.plain, published)
        if spans:
            # the first date of the sentence that is not later than the article itself
            known = [each for each in spans if not published or each.started <= published.isoformat()]
            if known:
                return Visit(known[0].started, known[0].ended, ordinal, line.text)
    return Visit(ordinal=ordinal, sentence=said) if ordinal else None


def _candidates(passage: Passage) -> list[Line]:
    """Sentences that speak of inspectors on site; those that look back to a judgement come last."""
    speaking = [line for line in passage.lines if _ON_SITE.search(line.plain)]
    return [line for line in speaking if not _PAST.search(line.plain)] + [
        line for line in speaking if _PAST.search(line.plain) and re.search(r"visit", line.plain)
    ]


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
