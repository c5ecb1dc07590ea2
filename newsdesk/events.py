"""What happened: the kind of event an article reports, and the sentence that shows it."""

from newsdesk.model import Article, Event
from newsdesk.passage import WEIGHT, Passage
from newsdesk.topic import EventSign, Topic

_REST = 0.25


def kind(passage: Passage, topic: Topic, article: Article) -> tuple[Event, str]:
    """The event and its sentence. An inspectorate's own document says its kind itself."""
    if article.document is not None:
        return article.document.kind, article.title
    best, score, sentence = Event.OTHER, 0.0, ""
    for sign in topic.events:
        points, line = _points(passage, sign)
        if points > score:
            best, score, sentence = sign.kind, points, line
    return best, sentence


def _points(passage: Passage, sign: EventSign) -> tuple[float, str]:
    """The strongest pattern counts whole, the others a quarter: background repeats what a title says once."""
    hits = [
        (weight * WEIGHT[line.place], line.text)
        for weight, pattern in sign.patterns
        if (line := passage.search(pattern)) is not None
    ]
    if not hits:
        return 0.0, ""
    strongest = max(hits, key=lambda each: each[0])
    rest = sum(points for points, _ in hits) - strongest[0]
    return strongest[0] + _REST * rest, strongest[1]
