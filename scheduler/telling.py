"""Into its stories with an article: read what is open, let the newsdesk decide, write down where and why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

from newsdesk import stories
from newsdesk.evidence import Bonds, beside, bonds
from newsdesk.model import Article, Assessment, Placement, Report, Story
from newsdesk.placing import DATED, PAPERS, PRESS, place
from newsdesk.portrait import Portrait, portrait
from newsdesk.stories import part
from newsdesk.wording import LATEST, Wording
from storage import Transaction

_THESE_DAYS = timedelta(days=14)
_RECENT = 200  # articles; more would not change which words are rare, and would cost more
_OPEN = 12  # stories of a council, or of the nation; none has had as many in so short a time


def tell(tx: Transaction, article: Article, report: Report, assessment: Assessment) -> tuple[int, ...]:
    """Makes an article a report of the open stories it belongs to, and founds what is missing.

    A copy goes where its original is, and what an operator said goes before what the rules say.
    """
    _keep_portrait(tx, article, report)
    said = bonds(report.article, tx.evidence.of([report.article]))
    originals = tx.stories.of_article(report.duplicate_of) if report.duplicate_of is not None else []
    known = {
        story.id: story
        for number in originals
        if (story := tx.stories.get(number)) and not _holds(story, said.apart)
    }
    if known:
        placements: Sequence[Placement] = [Placement(number, "the same text") for number in known]
    else:
        known = {story.id: story for story in _open(tx, report, assessment) if not _holds(story, said.apart)}
        placements = place(
            article, assessment, list(known.values()), _wording(tx, report, assessment, known.values())
        )
    bound = {story.id: story for story in _bound(tx, said)}
    if bound:
        placements = beside(bound.values(), placements if len(assessment.subjects) > 1 else ())
        known |= bound
    return tuple(_told(tx, known, each, article, report, assessment) for each in placements)


def _holds(story: Story, articles: Collection[int]) -> bool:
    return any(each.article in articles for each in story.reports)


def _bound(tx: Transaction, said: Bonds) -> Iterable[Story]:
    """The stories of the articles that an operator said it belongs with."""
    numbers = {number for each in said.together for number in tx.stories.of_article(each)}
    for number in sorted(numbers):
        story = tx.stories.get(number)
        if story and not _holds(story, said.apart):
            yield story


def tell_again(
    tx: Transaction, article: Article, report: Report, numbers: Iterable[int], *, matters: bool
) -> None:
    """Draws the stories of an edited article up afresh from all their reports: what was taken back is gone.

    An edit that matters makes a new version of each.
    """
    _keep_portrait(tx, article, report)
    for number in numbers:
        _retell(tx, number, matters=matters)


def _told(
    tx: Transaction,
    known: dict[int, Story],
    placement: Placement,
    article: Article,
    report: Report,
    assessment: Assessment,
) -> int:
    if placement.story is None:
        theirs = part(assessment, placement.councils)
        story = stories.found(report, theirs)
        return tx.stories.found(story, report.article, placement.why).id
    story = stories.join(known[placement.story], article, report, assessment)
    tx.stories.join(story, report.article, placement.why)
    return story.id


def _open(tx: Transaction, report: Report, assessment: Assessment) -> list[Story]:
    """The stories of its councils, and the national ones: it may say what they mean for one council."""
    found: list[Story] = []
    if assessment.event not in DATED:
        since, until = report.when - PRESS, report.when + PRESS
        found += tx.stories.candidates((), since=since, until=until, limit=_OPEN)
    if councils := assessment.subjects:
        since, until = report.when - PAPERS, report.when + PAPERS
        found += tx.stories.candidates(councils, since=since, until=until, limit=_OPEN * len(councils))
    return list({story.id: story for story in found}.values())


def _wording(tx: Transaction, report: Report, assessment: Assessment, known: Iterable[Story]) -> Wording:
    @cache
    def drawn() -> Mapping[int, Portrait]:
        return tx.portraits.of([each.article for story in known for each in story.reports[-LATEST:]])

    def recent() -> Iterable[Portrait]:
        since = report.fetched_at - _THESE_DAYS
        return tx.portraits.recent(since=since, until=report.fetched_at, limit=_RECENT)

    def reports(story: Story) -> Sequence[Portrait]:
        return [drawn()[each.article] for each in story.reports if each.article in drawn()]

    return Wording(report.when, assessment.subjects, recent, reports)


def _keep_portrait(tx: Transaction, article: Article, report: Report) -> None:
    drawn = portrait(article.title, article.text)
    rounded = {word: round(strength, 2) for word, strength in drawn.items()}
    tx.portraits.keep(report.article, rounded, fetched_at=report.fetched_at)


def _retell(tx: Transaction, number: int, *, matters: bool) -> None:
    story = tx.stories.get(number)
    assert story is not None
    told = redrawn(tx, story)
    tx.stories.update(replace(told, version=story.version + matters))


def redrawn(tx: Transaction, story: Story) -> Story:
    """A story as its reports tell it now, in the order of their publication; its id and version are kept."""
    told: Story | None = None
    for report in story.reports:
        stored = tx.articles.get(report.article)
        if told is None:
            several = len(tx.stories.of_article(report.article)) > 1
            told = stories.found(
                report, part(stored.assessment, story.subjects) if several else stored.assessment
            )
        else:
            told = stories.join(told, stored.article, report, stored.assessment)
    return replace(told, id=story.id, version=story.version) if told else story
