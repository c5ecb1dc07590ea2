"""The desk: one article in, one assessment out, with every reason. The same article has the same answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from newsdesk import events, judgements, relevance, roles, visits
from newsdesk.gazetteer import Gazetteer
from newsdesk.history import History
from newsdesk.model import Article, Assessment, CouncilRole, Event, Role, Scope
from newsdesk.passage import Passage
from newsdesk.phrases import Phrases, listed
from newsdesk.roles import Named
from newsdesk.topic import Topic

_ROUND_UP = 3  # three councils in equal weight are a round-up, two may be one shared story
_NO_GRADE = frozenset({Event.SEND_INSPECTION, Event.SEND_MONITORING})
# What is done to single councils: many of them together are a round-up, never a national piece.
_OF_SINGLE_COUNCILS = frozenset(
    {Event.MONITORING_VISIT, Event.FOCUSED_VISIT, Event.JTAI, Event.SEND_INSPECTION, Event.SEND_MONITORING}
)
_THE_COUNCIL = Phrases(listed("the (council|local authority)('s)?; (county|city|borough) council('s)?"))
_SEVERAL = Phrases(
    listed(
        """
        (two|three|four|five|six|seven|eight|nine|ten|several|more|these) (county )?(councils|authorities)
        latest … visits; round-?up; (inadequate|outstanding|good)['"]? (councils|authorities)
        """
    )
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the rules need to know: the councils, the topic's words, and past judgements."""

    gazetteer: Gazetteer
    topic: Topic
    history: History

    def assess(self, article: Article) -> Assessment:
        """Relevant or not, whom it is about, what happened, and why we think so.

        Grades and visits are read only where the article is relevant.
        """
        passage = Passage(article.title, article.text, self.topic.lookout)
        nearby = set(article.covers) | ({article.home} if article.home else set())
        mentions = roles.named(passage, self.gazetteer, nearby)
        event, sentence = events.kind(passage, self.topic, article)
        councils = self._councils(article, passage, mentions, event)
        if event is Event.INSPECTION and not _subjects(councils) and passage.top in self.topic.national:
            event = Event.POLICY  # the outcomes of many inspections together are statistics
        relevant, score, reasons = relevance.weigh(passage, self.topic, councils)
        graded = relevant and event not in _NO_GRADE
        return Assessment(
            relevant=relevant,
            score=score,
            reasons=reasons,
            scope=_scope(councils),
            event=event,
            councils=councils,
            judgements=judgements.read(passage, article, event, councils, mentions, self.history)
            if graded
            else (),
            visit=visits.read(passage, article, event) if relevant else None,
            event_sentence=sentence,
        )

    def _councils(
        self, article: Article, passage: Passage, mentions: list[Named], event: Event
    ) -> tuple[CouncilRole, ...]:
        """An inspectorate's document names its council itself; others by what they say."""
        document = article.document
        slug = self._council_of(document.urn, document.council_name) if document else None
        if slug:
            rest = roles.roles([each for each in mentions if each.slug != slug])
            return (CouncilRole(slug, Role.SUBJECT, article.title), *_without_subjects(rest))
        if not mentions and not article.home and len(article.covers) == 1 and passage.top in _THE_COUNCIL:
            return (CouncilRole(article.covers[0], Role.SUBJECT),)
        several = passage.top in _SEVERAL and not any(each.line.place == "title" for each in mentions)
        found = roles.roles(mentions, home=article.home, covers=article.covers, round_up=several)
        if event not in _OF_SINGLE_COUNCILS and not article.home and self._is_national(passage, mentions):
            return tuple(_without_subjects(found))
        return found

    def _is_national(self, passage: Passage, mentions: list[Named]) -> bool:
        """Whether title and lead speak of councils at large, and name one as an example at most."""
        national = self.topic.national
        return passage.top in national and not any(
            each.role is None
            and (each.line.place == "title" or (each.line.place == "lead" and each.line.low not in national))
            for each in mentions
        )

    def _council_of(self, urn: str | None, name: str | None) -> str | None:
        if urn and (council := self.gazetteer.by_urn.get(urn)):
            return council.slug
        return self.gazetteer.named(name) if name else None


def _without_subjects(councils: Iterable[CouncilRole]) -> Iterable[CouncilRole]:
    for each in councils:
        yield replace(each, role=Role.MENTIONED) if each.role is Role.SUBJECT else each


def _subjects(councils: tuple[CouncilRole, ...]) -> int:
    return sum(1 for each in councils if each.role is Role.SUBJECT)


def _scope(councils: tuple[CouncilRole, ...]) -> Scope:
    subjects = _subjects(councils)
    if subjects == 0:
        return Scope.NATIONAL
    return Scope.SEVERAL if subjects >= _ROUND_UP else Scope.COUNCIL
