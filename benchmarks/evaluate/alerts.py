"""Alerts of a new judgement on our own labelled news: none that is false, none missed.

Stories are told in order of publication as a service would; an item stands alone. An alert is expected where
a label says that a grade is announced, and by somebody whose word may be believed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.evaluate.labelled import Corpus, Labelled, corpora
from benchmarks.evaluate.own_stories import Archive, report_of
from benchmarks.evaluate.table import OURS, Row
from newsdesk.alerts import Announcement, fires
from newsdesk.kinds import Kind, Rule
from newsdesk.model import Story


@dataclass
class Tally:
    """What was alerted and what should have been; names are those of items and stories."""

    alerted: set[str] = field(default_factory=set)
    due: set[str] = field(default_factory=set)

    @property
    def false(self) -> list[str]:
        return sorted(self.alerted - self.due)

    @property
    def missed(self) -> list[str]:
        return sorted(self.due - self.alerted)


def rows(folder: Path) -> Iterator[Row]:
    """How many alerts were false and how many were missed, over stories and over items."""
    for corpus in corpora(folder):
        for what, tally, number in (
            ("stories", _stories(corpus), len({each.story for each in corpus.reports})),
            ("items", _items(corpus), sum(each.full for each in corpus.items)),
        ):
            if number:
                false, missed = tuple(tally.false), tuple(tally.missed)
                yield _row(corpus, f"alerts on {what}: false", false, number)
                yield _row(corpus, f"alerts on {what}: missed", missed, len(tally.due))


def _row(corpus: Corpus, measure: str, wrong: tuple[str, ...], number: int) -> Row:
    return Row(corpus.name, measure, {OURS: len(wrong)}, 0.0, less_is_better=True, n=number, misses=wrong)


def _stories(corpus: Corpus) -> Tally:
    archive, tally = Archive(), Tally()
    told: dict[int, Announcement] = {}
    fired: set[int] = set()
    for number, each in enumerate(corpus.reports):
        facts = corpus.assess(each)
        names = {each.story, *each.also}
        if _announces(each):
            tally.due.add(each.story)
        if not facts.relevant:
            continue
        told[number] = Announcement(report_of(number, each.article), facts.judgements, each.article.home)
        for story in archive.tell(number, each.article, facts):
            if story not in fired and _fires(corpus, archive.stories[story], told):
                fired.add(story)  # of one story there is one alert, whatever is told of it later
                tally.alerted.add(min(names & tally.due, default=each.story))
    return tally


def _items(corpus: Corpus) -> Tally:
    tally = Tally()
    for each in corpus.items:
        if not each.full:
            continue
        facts = corpus.assess(each)
        if _announces(each):
            tally.due.add(each.name)
        archive = Archive()
        told = {1: Announcement(report_of(1, each.article), facts.judgements, each.article.home)}
        stories = archive.tell(1, each.article, facts) if facts.relevant else {}
        if any(_fires(corpus, archive.stories[story], told) for story in stories):
            tally.alerted.add(each.name)
    return tally


def _fires(corpus: Corpus, story: Story, told: dict[int, Announcement]) -> bool:
    announcements = [told[each.article] for each in story.reports]
    return Rule.NEW_JUDGEMENT in fires(story, announcements, corpus.desk.history, story.last_seen)


def _announces(each: Labelled) -> bool:
    """Whether its label says that it announces a grade, and its outlet may be believed."""
    return each.full and bool(each.expect.get("current")) and each.article.kind is not Kind.OTHER
