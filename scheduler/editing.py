"""An operator's word on stories and articles: kept as evidence, and done at once, in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from newsdesk import stories, urls
from newsdesk.announced import announced
from newsdesk.errors import Mistake
from newsdesk.evidence import Evidence, Known, Said, carried
from newsdesk.model import Report, Story
from scheduler import telling
from scheduler.alerting import raise_alerts
from scheduler.filing import TURN, report_of
from scheduler.house import House
from scheduler.ruling import assessed, said_of
from storage import StoredArticle, Transaction


@dataclass(frozen=True, slots=True)
class Edited:
    """The stories as they now are: those that an edit touched and that still have reports."""

    stories: tuple[Story, ...]


def merge(house: House, into: int, other: int, *, by: str, why: str) -> Edited:
    """Makes two stories one, which keeps the first one's number. Raises Mistake when one is not there."""
    if into == other:
        raise Mistake(f"story {into} cannot be merged with itself")
    with house.store.begin(turn=TURN) as tx:
        kept, gone = living(tx, into), living(tx, other)
        mine, theirs = _ids(kept.reports), _ids(gone.reports)
        reason = _because(f"{by} merged story {gone.id} into it", why)
        tx.regrouping.enter(into, dict.fromkeys(sorted(theirs - mine), reason))
        tx.regrouping.leave(other, theirs)
        _say(house, tx, "together", by, why, mine, theirs - mine, story=into, former=(other,))
        return redraw(house, tx, {into: kept, other: gone}, {into: {other}})


def split(house: House, number: int, addresses: Sequence[str], *, by: str, why: str) -> Edited:
    """Takes reports, and copies of them, out of a story into one of their own.

    Raises Mistake when there is no such story or report, and when none would be left.
    """
    with house.store.begin(turn=TURN) as tx:
        story = living(tx, number)
        moved = _with_copies(story, {_report_at(tx, story, each) for each in addresses})
        rest = _ids(story.reports) - moved
        if not rest:
            raise Mistake(f"these are all reports of story {number}: one at least has to stay")
        reason = _because(f"{by} took it out of story {number}", why)
        tx.regrouping.leave(number, moved)
        new = _found(tx, [each for each in story.reports if each.article in moved], reason, like=story)
        _say(house, tx, "apart", by, why, moved, rest, story=new, former=(number,))
        return redraw(house, tx, {number: story}, {new: {number}})


def label(house: House, address: str, *, relevant: bool, by: str, why: str) -> Edited:
    """Notes that an article is news of the topic or is not, and does what follows.

    What is not leaves its stories, with its copies; what is is placed, or goes back to where it was taken
    from. Raises Mistake for an address that was never read.
    """
    with house.store.begin(turn=TURN) as tx:
        stored = _at(tx, address)
        before = {each: living(tx, each) for each in tx.stories.of_article(stored.id)}
        last = said_of(tx, stored.id)
        if relevant:
            back = last is not None and last.kind == "irrelevant"
            family = set(last.articles) if last and back else {stored.id}
            former = last.former if last and back else ()
        else:
            family = {stored.id}.union(*(_with_copies(each, {stored.id}) for each in before.values()))
            former = tuple(before)
        kind: Said = "relevant" if relevant else "irrelevant"
        _say(house, tx, kind, by, why, family, former=former, item=stored)
        for each in sorted(family):
            _judge_again(house, tx, tx.articles.get(each))
        if not relevant:
            for story in before.values():
                tx.regrouping.leave(story.id, family)
            return redraw(house, tx, before, {})
        if before:
            return Edited(tuple(before.values()))
        return _place(house, tx, sorted(family), former, _because(f"{by} said it is relevant", why))


# ---------------------------------------------------------------- what editing and replaying share


def redraw(
    house: House, tx: Transaction, before: Mapping[int, Story], sources: Mapping[int, Collection[int]]
) -> Edited:
    """Draws up afresh the stories `before` as well as those that reports came to, from the stories `sources`
    names: what they tell, who counts as told of them, and who is to be alerted.

    A version grows only with a current grade that the story lacked.
    """
    drawn = [_drawn(tx, number, before.get(number)) for number in sorted({*before, *sources})]
    alive = [each for each in drawn if each.reports]
    for story in alive:
        for source in sorted({story.id, *sources.get(story.id, ())} & before.keys()):
            _carry(house, tx, before[source], story)
    raise_alerts(house, tx, [each.id for each in alive])
    return Edited(tuple(alive))


def _found(tx: Transaction, reports: Iterable[Report], why: str, *, like: Story) -> int:
    """A new story of these reports; of a round-up what it says of the councils of the story it was in."""
    first, *rest = sorted(reports, key=lambda each: (each.when, each.article))
    assessment = tx.articles.get(first.article).assessment
    if tx.stories.of_article(first.article):
        assessment = stories.part(assessment, like.subjects)
    new = tx.stories.found(stories.found(first, assessment), first.article, why).id
    tx.regrouping.enter(new, dict.fromkeys([each.article for each in rest], why))
    return new


def living(tx: Transaction, number: int) -> Story:
    """A story that has reports. Raises Mistake, saying where they went, when it has not."""
    story = tx.stories.get(number)
    if story and story.reports:
        return story
    into = tx.evidence.merged_into(number)
    if into is not None:
        raise Mistake(f"there is no story {number} any more: it was merged into story {into}")
    raise Mistake(f"there is no story {number}: `presswatch stories` lists them")


def _drawn(tx: Transaction, number: int, was: Story | None) -> Story:
    story = tx.stories.get(number)
    assert story is not None
    tx.regrouping.forget_waiting(number)
    if not story.reports:
        return story
    told = telling.redrawn(tx, story)
    news = _grades(told) - _grades(was) if was else set()
    told = replace(told, version=told.version + bool(news))
    tx.stories.update(told)
    return told


def _grades(story: Story) -> set[tuple[str, str, str]]:
    return {(each.council, each.area, each.grade) for each in announced(story)}


def _carry(house: House, tx: Transaction, source: Story, story: Story) -> None:
    already = tx.regrouping.told(story.id)
    known: dict[int, Known] = {}
    for subscriber, each in tx.regrouping.told(source.id).items():
        if now := carried(source, each, story, already.get(subscriber)):
            known[subscriber] = now
    tx.regrouping.know(story.id, known)
    tx.regrouping.alerted(source.id, story.id, subscribers=known, now=house.clock())


# ---------------------------------------------------------------- one article


def _judge_again(house: House, tx: Transaction, stored: StoredArticle) -> None:
    """A text that was let go cannot be read again: then only the verdict changes."""
    said = said_of(tx, stored.id)
    assert said is not None
    if stored.article.text:
        judged = assessed(house.desk, stored.article, said)
    else:
        judged = replace(stored.assessment, relevant=said.kind == "relevant")
    tx.regrouping.judged(stored.id, replace(judged, snippet=stored.assessment.snippet))


def _place(house: House, tx: Transaction, articles: Sequence[int], former: Iterable[int], why: str) -> Edited:
    """Back into the stories it was taken from, so that nobody is told twice, else where the rules say."""
    back = {each: story for each in former if (story := tx.stories.get(each))}
    if back:
        for each in back:
            tx.regrouping.enter(each, dict.fromkeys(articles, why))
        return redraw(house, tx, back, {})
    numbers: set[int] = set()
    for each in articles:
        stored = tx.articles.get(each)
        numbers |= set(telling.tell(tx, stored.article, report_of(stored), stored.assessment))
    raise_alerts(house, tx, sorted(numbers))
    return Edited(tuple(living(tx, each) for each in sorted(numbers)))


def _at(tx: Transaction, address: str) -> StoredArticle:
    if urls.canonical(address) is None:
        raise Mistake(f'"{address}" is no http or https address')
    article = tx.articles.by_address([urls.key(address)])
    if article is None:
        raise Mistake(f"{address} was never read: `presswatch add` reads a page")
    return tx.articles.get(article)


def _report_at(tx: Transaction, story: Story, address: str) -> int:
    article = _at(tx, address).id
    if article not in _ids(story.reports):
        raise Mistake(f"{address} is no report of story {story.id}")
    return article


def _with_copies(story: Story, articles: set[int]) -> set[int]:
    return articles | {each.article for each in story.reports if each.duplicate_of in articles}


def _ids(reports: Iterable[Report]) -> set[int]:
    return {each.article for each in reports}


def _because(what: str, why: str) -> str:
    return f"{what}: {why}" if why else what


def _say(
    house: House,
    tx: Transaction,
    kind: Said,
    by: str,
    why: str,
    articles: Iterable[int],
    others: Iterable[int] = (),
    *,
    story: int | None = None,
    former: tuple[int, ...] = (),
    item: StoredArticle | None = None,
) -> None:
    mine, theirs = tuple(sorted(articles)), tuple(sorted(others))
    read = item.article if item else None
    tx.evidence.add(Evidence(0, kind, house.clock(), by, why, mine, theirs, story, former, read))
