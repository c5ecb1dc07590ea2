"""One event, one story, on our own labelled stories: in order of publication, with the desk's facts.

Every report is placed, whether or not the desk finds it relevant: that is measured by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from benchmarks.evaluate.groupings import b_cubed_of_several
from benchmarks.evaluate.labelled import Corpus, Labelled, corpora
from benchmarks.evaluate.table import OURS, Row
from newsdesk import stories
from newsdesk.model import Article, Assessment, Placement, Report, Story
from newsdesk.placing import place
from newsdesk.portrait import Portrait, portrait
from newsdesk.stories import part
from newsdesk.wording import Wording

_FLOOR = 0.97
_THESE_DAYS = timedelta(days=14)


@dataclass
class Archive:
    """The stories so far, in memory: what the store is to the filing of articles."""

    stories: dict[int, Story] = field(default_factory=dict)
    portraits: dict[int, Portrait] = field(default_factory=dict)
    when: dict[int, Report] = field(default_factory=dict)

    def tell(self, number: int, article: Article, assessment: Assessment) -> dict[int, str]:
        """The stories that the article went into, and why."""
        report = report_of(number, article)
        self.portraits[number], self.when[number] = portrait(article.title, article.text), report
        placed = place(article, assessment, list(self.stories.values()), self._wording(report, assessment))
        return {self._told(each, article, report, assessment): each.why for each in placed}

    def _told(self, placement: Placement, article: Article, report: Report, assessment: Assessment) -> int:
        number = placement.story
        if number is None:
            number = len(self.stories) + 1
            new = stories.found(report, part(assessment, placement.councils))
            self.stories[number] = replace(new, id=number)
        else:
            self.stories[number] = stories.join(self.stories[number], article, report, assessment)
        return number

    def _wording(self, report: Report, assessment: Assessment) -> Wording:
        return Wording(
            report.when,
            assessment.subjects,
            lambda: [
                self.portraits[number]
                for number, each in self.when.items()
                if timedelta(0) <= report.when - each.when <= _THESE_DAYS
            ],
            lambda story: [self.portraits[each.article] for each in story.reports],
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A labelled report, the stories it went into with the reasons, and the facts that led there."""

    report: Labelled
    facts: Assessment
    into: dict[int, str]

    @property
    def gold(self) -> frozenset[str]:
        return frozenset((self.report.story, *self.report.also))


def rows(folder: Path) -> Iterator[Row]:
    """B-cubed F1 over the reports of each labelled corpus that is there."""
    for corpus in corpora(folder):
        if told := placed(corpus):
            scores, misses = {OURS: score(told)}, tuple(errors(told))
            yield Row(corpus.name, "own stories, B-cubed F1", scores, _FLOOR, n=len(told), misses=misses)


def placed(corpus: Corpus) -> list[Told]:
    """All reports of a corpus, told one after the other."""
    archive = Archive()
    return [
        Told(each, facts := corpus.assess(each), archive.tell(number, each.article, facts))
        for number, each in enumerate(corpus.reports)
    ]


def score(told: Sequence[Told]) -> float:
    """B-cubed F1."""
    return b_cubed_of_several([each.gold for each in told], [frozenset(each.into) for each in told])


def errors(told: Sequence[Told]) -> Iterator[str]:
    """Each report that is not where its label has it, with the reason it was put there."""
    home: dict[str, set[int]] = {}
    founder: dict[int, str] = {}
    for each in told:
        wrong = [story for story in each.into if founder.get(story, each.report.story) not in each.gold]
        missed = [name for name in each.gold if name in home and not home[name] & each.into.keys()]
        if (wrong or missed) and not each.report.held_back:
            yield _error(each, [founder[story] for story in wrong], missed)
        for story in each.into:
            names = each.gold - founder.keys() if len(each.gold) > 1 else each.gold
            founder.setdefault(story, _nearest(names, each.facts))
            home.setdefault(founder[story], set()).add(story)


def _nearest(names: frozenset[str], facts: Assessment) -> str:
    """Of several labels the one that is named after a subject."""
    councils = [slug.replace("-", " ") for slug in sorted(facts.subjects)]
    return min(names, key=lambda name: (not any(name.startswith(each) for each in councils), name))


def _error(told: Told, wrong: Sequence[str], missed: Sequence[str]) -> str:
    facts = told.facts
    visit = f", visit {facts.visit.started}/{facts.visit.ended}#{facts.visit.ordinal}" if facts.visit else ""
    lines = [
        f"{told.report.article.published:%Y-%m-%d} {told.report.name}: {told.report.article.title}",
        f"    read as {facts.event}, {', '.join(sorted(facts.subjects)) or facts.scope}{visit}",
        *(f"    wrongly joined: {each}" for each in wrong),
        *(f"    missing from: {each}" for each in missed),
        *(f"    because: {why}" for why in told.into.values()),
    ]
    return "\n".join(lines)


def report_of(number: int, article: Article) -> Report:
    """The report that an article makes, under a number of its own."""
    return Report(
        number,
        article.url,
        article.outlet,
        article.kind,
        article.title,
        article.published,
        article.fetched_at,
    )
