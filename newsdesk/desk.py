"""The desk: one article in, one assessment out, with every reason. The same article has the same answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from newsdesk import coming, events, inspectors, judgements, outcomes, relevance, roles, visits
from newsdesk.gazetteer import Gazetteer
from newsdesk.history import History
from newsdesk.model import Article, Assessment, Coming, CouncilRole, Event, Reason, Role, Scope, Visit
from newsdesk.passage import Passage
from newsdesk.phrases import Phrases, listed
from newsdesk.roles import Named
from newsdesk.topic import Topic

_ROUND_UP = 2
_BEGINS = 5  # characters: "In Leeds", "**Leeds**"
# What is done to single councils: many of them together are a round-up, never a national piece.
_OF_SINGLE_COUNCILS = frozenset(
    {
        Event.MONITORING_VISIT,
        Event.FOCUSED_VISIT,
        Event.JTAI,
        Event.SEND_INSPECTION,
        Event.SEND_MONITORING,
        Event.IMPROVEMENT_NOTICE,
        Event.DIRECTION,
        Event.COMMISSIONER_APPOINTED,
        Event.INTERVENTION_ENDED,
    }
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
    """What the rules need to know: the councils, the topic's words, and past judgements.

    `more` are topics of the installation's own: what is for one of them is relevant too, and nothing else
    changes.
    """

    gazetteer: Gazetteer
    topic: Topic
    history: History
    more: tuple[Topic, ...] = ()

    def assess(self, article: Article, *, ruled: bool | None = None) -> Assessment:
        """Relevant or not, whom it is about, what happened, and why we think so.

        Grades and visits are read only where the article is relevant. `ruled` is what an operator said of
        that, which goes before what the rules say.
        """
        passage = Passage(article.title, article.text, self.topic.lookout)
        nearby = set(article.covers) | ({article.home} if article.home else set())
        mentions = roles.named(passage, self.gazetteer, nearby)
        event, sentence = events.kind(passage, self.topic, article)
        councils = self._councils(article, passage, mentions, event)
        if event is Event.INSPECTION and not _subjects(councils) and passage.top in self.topic.national:
            event = Event.POLICY  # the outcomes of many inspections together are statistics
        first, topics, (score, reasons) = self._weighed(passage, councils, ruled)
        if first is not self.topic:
            event, sentence = events.kind(passage, first, article)
        relevant = self.topic.name in topics
        visit = _at_council(visits.read(passage, article, event), councils, mentions) if relevant else None
        return Assessment(
            relevant=bool(topics),
            topics=topics,
            score=score,
            reasons=reasons,
            scope=_scope(councils),
            event=event,
            councils=councils,
            judgements=judgements.read(passage, article, event, councils, mentions, self.history, visit)
            if relevant
            else (),
            visit=visit,
            inspector=inspectors.read(passage, article) if relevant else None,
            outcome=outcomes.read(passage, event) if relevant else None,
            coming=tuple(_for_council(each, councils) for each in coming.read(passage, article, event))
            if relevant
            else (),
            event_sentence=sentence,
        )

    @property
    def topics(self) -> tuple[str, ...]:
        """The names of all topics, the packaged one first."""
        return self.topic.name, *(each.name for each in self.more)

    def threshold(self, topics: Sequence[str]) -> float:
        """What the score of an article of these topics was held against."""
        other = next((each for each in self.more if each.name in topics[:1]), self.topic)
        return other.threshold

    def _weighed(
        self, passage: Passage, councils: tuple[CouncilRole, ...], ruled: bool | None
    ) -> tuple[Topic, tuple[str, ...], tuple[float, tuple[Reason, ...]]]:
        """The first topic that it is relevant for (or else the desk's own), all such, score and reasons."""
        found = [(each, relevance.weigh(passage, each, councils)) for each in (self.topic, *self.more)]
        topics = tuple(each.name for each, (relevant, _, _) in found if relevant)
        if ruled is not None:
            topics = (topics or (self.topic.name,)) if ruled else ()
        first, (_, score, reasons) = next((each for each in found if each[0].name in topics), found[0])
        return first, topics, (score, reasons)

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
        several = passage.top in _SEVERAL and _one_by_one(mentions)
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


def _one_by_one(mentions: list[Named]) -> bool:
    """Whether the article goes from council to council: the title names none, or paragraphs begin with
    two others."""
    titled = {each.slug for each in mentions if each.line.place == "title"}
    begun = {each.slug for each in mentions if each.at <= _BEGINS and each.role is None}
    return not titled or len(begun - titled) > 1


def _at_council(
    visit: Visit | None, councils: tuple[CouncilRole, ...], mentions: list[Named]
) -> Visit | None:
    """A visit with its council: in a round-up the one that its sentence names, and no number of the
    series."""
    subjects = [each.council for each in councils if each.role is Role.SUBJECT]
    if visit is None or len(subjects) == 1:
        return replace(visit, council=subjects[0]) if visit else None
    named = [each.slug for each in mentions if each.line.text == visit.sentence and each.slug in subjects]
    return replace(visit, council=named[0] if len(set(named)) == 1 else None, ordinal=None)


def _for_council(step: Coming, councils: tuple[CouncilRole, ...]) -> Coming:
    """A step is its article's one council's; of several councils the one that its sentence is about."""
    subjects = [each for each in councils if each.role is Role.SUBJECT]
    return replace(step, council=subjects[0].council) if len(subjects) == 1 else step


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
