"""Today's rules over the stored articles, in the order of publication: what would be added, lost, regrouped.

The rules are tried on a copy of that part of the archive, in a database of its own, so that nobody waits and
nothing is changed. What is then saved is the difference, one batch of stories that share articles at a time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from newsdesk.model import Report, Story
from newsdesk.placing import PAPERS
from newsdesk.regrouping import Changed, components, matched
from scheduler import telling
from scheduler.editing import redraw
from scheduler.filing import TURN, report_of
from scheduler.house import House
from scheduler.ruling import assessed, said_of
from storage import Store, Transaction


@dataclass(frozen=True, slots=True)
class Regrouped:
    """A story (its number, None for a new one) as today's rules draw it, and the reports that come and go.

    `before` are all its reports until now, `after` all that it would have, each with the reason.
    """

    story: int | None
    drawn: Story
    before: frozenset[int]
    after: Mapping[int, str]

    @property
    def joined(self) -> list[int]:
        return sorted(self.after.keys() - self.before)

    @property
    def left(self) -> list[int]:
        return sorted(self.before - self.after.keys())


@dataclass(frozen=True, slots=True)
class Replay:
    """What today's rules would change. `read` counts the articles, `textless` those whose text is gone:
    these keep their facts. `reports` has every report of the stories."""

    read: int
    textless: int
    changed: tuple[Changed, ...]
    regrouped: tuple[Regrouped, ...]
    reports: Mapping[int, Report]


@dataclass(frozen=True, slots=True)
class _Tried:
    """The stories that came out, by their numbers in the copy, and why each report is where it is."""

    changed: tuple[Changed, ...]
    stories: dict[int, Story]
    why: dict[tuple[int, int], str]


def replay(house: House, since: datetime, *, each: Callable[[int], None] = lambda _: None) -> Replay:
    """Tries today's rules; nothing is saved. `each` is called with the number of articles judged so far."""
    with house.store.read() as tx:
        articles = tx.slices.published(since)
        textless = tx.slices.textless(articles)
        rows = tx.slices.cut(articles, stories_since=since - PAPERS)
    with TemporaryDirectory(prefix="presswatch-") as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'replay.db'}")
        try:
            with store.begin() as tx:
                tx.slices.lay(rows)
                before = {one.id: one for one in tx.stories.list()}
                tried = _tried(house, tx, articles, textless, before, each)
        finally:
            store.close()
    reports = {
        one.article: one for story in (*before.values(), *tried.stories.values()) for one in story.reports
    }
    return Replay(len(articles), len(textless), tried.changed, tuple(_regrouped(before, tried)), reports)


def _tried(
    house: House,
    tx: Transaction,
    articles: Sequence[int],
    textless: set[int],
    before: Mapping[int, Story],
    each: Callable[[int], None],
) -> _Tried:
    for story in before.values():
        tx.regrouping.leave(story.id, articles)
        if (left := tx.stories.get(story.id)) and left.reports:
            tx.stories.update(telling.redrawn(tx, left))
    changed = []
    for number, article in enumerate(_in_order(tx, articles), 1):
        if one := _judged(house, tx, article, textless):
            changed.append(one)
        each(number)
    stories = {one.id: one for one in tx.stories.list()}
    members = {one.article for story in stories.values() for one in story.reports}
    why = {
        (one.story, article): one.why
        for article in members
        for one in tx.stories.placements(article)
        if one.story
    }
    return _Tried(tuple(changed), stories, why)


def _in_order(tx: Transaction, articles: Sequence[int]) -> list[int]:
    """By their publication, but a copy after its original."""
    whens = {}
    for each in articles:
        stored = tx.articles.get(each)
        whens[each] = report_of(stored).when, stored.duplicate_of
    return sorted(
        articles,
        key=lambda each: (
            max(whens[each][0], whens.get(whens[each][1] or each, whens[each])[0]),
            whens[each][1] is not None,
            each,
        ),
    )


def _judged(house: House, tx: Transaction, article: int, textless: set[int]) -> Changed | None:
    """The article judged afresh and placed; what changed of it."""
    stored = tx.articles.get(article)
    now = stored.assessment
    if article not in textless:
        said = said_of(tx, article)
        now = replace(assessed(house.desk, stored.article, said), snippet=now.snippet)
        tx.regrouping.judged(article, now)
    if now.relevant:
        telling.tell(tx, stored.article, report_of(tx.articles.get(article)), now)
    if now == stored.assessment:
        return None
    return Changed(article, stored.article, stored.fingerprint, stored.assessment, now)


def _regrouped(before: Mapping[int, Story], tried: _Tried) -> Iterable[Regrouped]:
    old = {each: _ids(story) for each, story in before.items()}
    new = {each: _ids(story) for each, story in tried.stories.items()}
    carries = matched(old, new)
    for each, story in tried.stories.items():
        number = carries.get(each)
        was = old[number] if number is not None else frozenset[int]()
        if was != new[each]:
            after = {article: tried.why[each, article] for article in sorted(new[each])}
            yield Regrouped(number, story, was, after)
    for number in sorted(old.keys() - set(carries.values())):
        yield Regrouped(number, before[number], old[number], {})


def _ids(story: Story) -> frozenset[int]:
    return frozenset(each.article for each in story.reports)


# ---------------------------------------------------------------- saving


@dataclass(frozen=True, slots=True)
class _Batch:
    changed: tuple[Changed, ...]
    regrouped: tuple[Regrouped, ...]


def save(house: House, replayed: Replay) -> int:
    """Makes the archive what the replay showed, a batch of stories that share articles at a time.

    Says how many articles' batches were left alone because the articles or stories changed meanwhile. What a
    reader was told goes with the reports: nobody is told again of what merely moved.
    """
    return sum(_save(house, each) for each in _batches(replayed))


def _batches(replayed: Replay) -> Iterable[_Batch]:
    links = [{*each.before, *each.after} for each in replayed.regrouped]
    for one in components([*links, *({each.id} for each in replayed.changed)]):
        yield _Batch(
            tuple(each for each in replayed.changed if each.id in one),
            tuple(each for each in replayed.regrouped if (each.before | each.after.keys()) & one),
        )


def _save(house: House, batch: _Batch) -> int:
    with house.store.begin(turn=TURN) as tx:
        before = {each.story: _story(tx, each.story) for each in batch.regrouped if each.story is not None}
        if not _as_it_was(tx, batch, before):
            return len(
                {*(each.id for each in batch.changed), *(n for one in batch.regrouped for n in one.after)}
            )
        for each in batch.changed:
            tx.regrouping.judged(each.id, each.after)
            for number in tx.stories.of_article(each.id):
                before.setdefault(number, _story(tx, number))
        origins = _origins(tx, batch)
        came = {}
        for one in batch.regrouped:
            if one.story is not None:
                tx.regrouping.leave(one.story, one.left)
        for one in batch.regrouped:
            number = _entered(tx, one)
            came[number] = {each for article in one.joined for each in origins[article]} & before.keys()
        redraw(house, tx, before, came)
    return 0


def _origins(tx: Transaction, batch: _Batch) -> dict[int, list[int]]:
    return {article: tx.stories.of_article(article) for one in batch.regrouped for article in one.joined}


def _entered(tx: Transaction, one: Regrouped) -> int:
    number = one.story
    if number is None:
        first = one.joined[0]
        number = tx.stories.found(replace(one.drawn, version=1), first, one.after[first]).id
    tx.regrouping.enter(number, {each: one.after[each] for each in one.joined})
    return number


def _as_it_was(tx: Transaction, batch: _Batch, before: Mapping[int, Story]) -> bool:
    return all(
        (stored := tx.articles.get(each.id)).fingerprint == each.known and stored.assessment == each.before
        for each in batch.changed
    ) and all(_ids(before[one.story]) == one.before for one in batch.regrouped if one.story is not None)


def _story(tx: Transaction, number: int) -> Story:
    story = tx.stories.get(number)
    assert story is not None
    return story
