"""What happened: the kind of event an article reports, and the sentence that shows it."""

from newsdesk.model import Article, Event
from newsdesk.passage import WEIGHT, Passage
from newsdesk.topic import EventSign, Topic


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
    total, first, heaviest = 0.0, "", 0.0
    for weight, pattern in sign.patterns:
        line = passage.search(pattern)
        if line is None:
            continue
        points = weight * WEIGHT[line.place]
        total += points
        if points > heaviest:
            first, heaviest = line.text, points
    return total, first
