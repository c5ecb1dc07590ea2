"""What happened: the kind of event an article reports, and the sentence that shows it."""

from newsdesk.model import Article, Event
from newsdesk.passage import WEIGHT, Line, Passage
from newsdesk.phrases import Phrases
from newsdesk.topic import EventSign, Topic

_REST = 0.25  # background repeats what a title says once
_NOT_NOW = 0.5  # what is only to come, or long past


def kind(passage: Passage, topic: Topic, article: Article) -> tuple[Event, str]:
    """The event and its sentence. An inspectorate's own document says its kind itself."""
    if article.document is not None:
        return article.document.kind, article.title
    best, score, sentence = Event.OTHER, 0.0, ""
    for event in topic.events:
        points, line = _points(passage, event, topic.ahead)
        if points > score:
            best, score, sentence = event.kind, points, line
    return best, sentence


def _points(passage: Passage, event: EventSign, ahead: Phrases) -> tuple[float, str]:
    """The strongest sign counts whole, the others a quarter."""
    hits = [
        hit
        for weight, words in event.signs
        if (hit := _hit(passage, weight, words, (ahead, event.background)))
    ]
    if not hits:
        return 0.0, ""
    strongest = max(hits, key=lambda each: each[0])
    rest = sum(points for points, _ in hits) - strongest[0]
    return strongest[0] + _REST * rest, strongest[1]


def _hit(
    passage: Passage, weight: float, words: Phrases, not_now: tuple[Phrases, ...]
) -> tuple[float, str] | None:
    """The line that counts most: the first, or one further down where that is not about now."""
    first = passage.search(words)
    if first is None:
        return None
    if _is_now(first, not_now):
        return weight * WEIGHT[first.place], first.text
    later = next((line for line in passage.matches(words) if _is_now(line, not_now)), None)
    hits = [(weight * WEIGHT[first.place] * _NOT_NOW, first.text)]
    if later is not None:
        hits.append((weight * WEIGHT[later.place], later.text))
    return max(hits, key=lambda each: each[0])


def _is_now(line: Line, not_now: tuple[Phrases, ...]) -> bool:
    return not any(line.low in each for each in not_now)
