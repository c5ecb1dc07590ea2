"""The desk: one article in, one assessment out, with every reason. Pure: the same article, the same answer."""

from dataclasses import dataclass

from newsdesk import events, judgements, relevance, roles, visits
from newsdesk.gazetteer import Gazetteer
from newsdesk.history import History
from newsdesk.model import Article, Assessment, CouncilRole, Event, Role, Scope
from newsdesk.passage import Passage
from newsdesk.topic import Topic

_ROUND_UP = 3  # three councils in equal weight are a round-up, two may be one shared story
_NO_GRADE = frozenset({Event.SEND_INSPECTION, Event.SEND_MONITORING})


@dataclass(frozen=True, slots=True)
class Desk:
    """What the rules need to know: the councils, the topic's words, and past judgements."""

    gazetteer: Gazetteer
    topic: Topic
    history: History

    def assess(self, article: Article) -> Assessment:
        """Relevant or not, whom it is about, what happened, and why we think so."""
        passage = Passage(article.title, article.text)
        nearby = set(article.covers) | ({article.home} if article.home else set())
        mentions = roles.named(passage, self.gazetteer, nearby)
        councils = self._councils(article, mentions)
        relevant, score, reasons = relevance.weigh(passage, self.topic, councils)
        event, sentence = events.kind(passage, self.topic, article)
        found = (
            ()
            if event in _NO_GRADE
            else judgements.read(passage, article, event, councils, mentions, self.history)
        )
        return Assessment(
            relevant=relevant,
            score=score,
            reasons=reasons,
            scope=_scope(councils),
            event=event,
            councils=councils,
            judgements=found,
            visit=visits.read(passage, article, event),
            event_sentence=sentence,
        )

    def _councils(self, article: Article, mentions: list[roles.Named]) -> tuple[CouncilRole, ...]:
        """An inspectorate's document names its council itself; others by what they say."""
        document = article.document
        slug = self._council_of(document.urn, document.council_name) if document else None
        if slug:
            rest = roles.roles([each for each in mentions if each.slug != slug])
            return (
                CouncilRole(slug, Role.SUBJECT, article.title),
                *(
                    CouncilRole(each.council, Role.MENTIONED, each.sentence)
                    if each.role is Role.SUBJECT
                    else each
                    for each in rest
                ),
            )
        return roles.roles(mentions, home=article.home, covers=article.covers)

    def _council_of(self, urn: str | None, name: str | None) -> str | None:
        if urn and (council := self.gazetteer.by_urn.get(urn)):
            return council.slug
        return self.gazetteer.named(name) if name else None


def _scope(councils: tuple[CouncilRole, ...]) -> Scope:
    subjects = sum(1 for each in councils if each.role is Role.SUBJECT)
    if subjects == 0:
        return Scope.NATIONAL
    return Scope.SEVERAL if subjects >= _ROUND_UP else Scope.COUNCIL
