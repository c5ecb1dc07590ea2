"""Which open story an article is most like by its words, in order of arrival.

An article is like a story when it is, on the average, like its reports; how like it must be depends on how
like they are among themselves (newsdesk.grouping). When a story has grown by a quarter, or an article stands
between two stories, their reports are looked at again: some may change their story.

The desk itself places articles by facts first (newsdesk.placing), asks only how like they are, and moves none
by itself: readers have been told of their stories.

What an article costs does not grow with the archive: a story is closed after `reach`, a word is looked up
in a bounded number of stories, only the three likeliest are compared in full, and no more than forty
reports are looked at again.
"""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import nlargest

from newsdesk.grouping import cohesion, grouped, needed
from newsdesk.portrait import Portrait
from newsdesk.rarity import Rarity, Weighed, alike, shared

_STRONGEST = 40  # words of an article that are looked up in the index
_LOOKED_AT = 500  # entries of the index that one article may visit, the rarest words first
_COMPARED = 3
_LATEST = 24  # reports of a story that an article is compared with
_AGAIN = 40  # reports
_GROWN = 1.25
_BETWEEN = 0.06  # a story that an article misses by no more than this is looked at again with its own


@dataclass(frozen=True, slots=True)
class Alike:
    """An open story, how like it a report is (1 at most), how like it must be to be one of its own, and the
    words that make them alike, where they were asked for."""

    story: int
    score: float
    needed: float
    words: tuple[str, ...] = ()

    @property
    def spare(self) -> float:
        return self.score - self.needed


@dataclass(frozen=True, slots=True)
class Moved:
    """A report that changed its story on the second look. A story with a number below 0 is a new one."""

    report: int
    out_of: int
    into: int


@dataclass(slots=True)
class _Report:
    said: Weighed
    when: datetime
    story: int | None = None
    like: dict[int, float] = field(default_factory=dict)  # by report


@dataclass(slots=True)
class _Open:
    """`within` is the sum of likeness over the pairs of reports, `looked` how many they were last time."""

    last: datetime
    reports: list[int] = field(default_factory=list)
    within: float = 0.0
    looked: int = 2

    @property
    def cohesion(self) -> float:
        return cohesion(self.within, len(self.reports))


class Likeness:
    """The open stories by their telling words. Reports and stories have numbers, of kinds of their own."""

    def __init__(self, reach: timedelta = timedelta(days=3), rarity: Rarity | None = None) -> None:
        """`reach` is how long after its last report a story is open."""
        self._reach = reach
        self._rarity = rarity or Rarity()
        self._reports: dict[int, _Report] = {}
        self._stories: dict[int, _Open] = {}
        self._holding: dict[str, dict[int, int]] = {}  # by word, in how many reports of which open stories
        self._closing: deque[tuple[datetime, int]] = deque()
        self._new = 0

    def __len__(self) -> int:
        """How many stories are open."""
        return len(self._stories)

    def read(self, report: int, article: Portrait, when: datetime) -> None:
        """Takes in a report, in the order of publication; stories that are too old for it are closed."""
        while self._closing and when - self._closing[0][0] > self._reach:
            self._close(self._closing.popleft()[1], when)
        self._rarity.see(article, when)
        self._reports[report] = _Report(self._rarity.weighed(article), when)

    def nearest(self, report: int) -> list[Alike]:
        """The open stories a report is most like, the one with most to spare first; it may be like none."""
        found = [self._compared(report, number) for number in self._candidates(self._reports[report])]
        return sorted(found, key=lambda each: (-each.spare, each.story))

    def shared(self, report: int, story: int) -> tuple[str, ...]:
        """The words a report shares with the likest report of a story, the most telling first."""
        likest = max(self._stories[story].reports, key=lambda each: self._alike(report, each))
        return shared(self._reports[report].said, self._reports[likest].said)

    def put(self, report: int, story: int) -> None:
        """Makes a report that was read one of a story, which is opened when it is not."""
        mine = self._reports[report]
        opened = self._stories.setdefault(story, _Open(mine.when))
        opened.within += sum([self._alike(report, each) for each in opened.reports])
        opened.reports.append(report)
        opened.last = max(opened.last, mine.when)
        mine.story = story
        for word in mine.said.words:
            holding = self._holding.setdefault(word, {})
            holding[story] = holding.get(story, 0) + 1
        self._closing.append((mine.when, story))

    def look_again(self, story: int, nearest: Sequence[Alike] = ()) -> list[Moved]:
        """Groups a story's reports, and those of the others that its latest one nearly joined, afresh.

        Nothing is done before the story has grown by a quarter, unless there are such others.
        """
        reports = list(self._stories[story].reports)
        others = [each.story for each in nearest if each.story != story and each.spare >= -_BETWEEN]
        if not others and len(reports) < max(4, _GROWN * self._stories[story].looked):
            return []
        for other in others:
            if len(reports) + len(self._stories[other].reports) <= _AGAIN:
                reports += self._stories[other].reports
        if len(reports) > _AGAIN:
            return []
        groups = sorted(grouped(reports, self._alike), key=len, reverse=True)
        return self._settled(groups)

    def _settled(self, groups: Sequence[Sequence[int]]) -> list[Moved]:
        """Each group, the largest first, has the story that most of its reports are in and no other has."""
        taken: set[int] = set()
        moved: list[Moved] = []
        before = {report: self._story(report) for group in groups for report in group}
        for group in groups:
            held = Counter(before[report] for report in group if before[report] not in taken)
            into = max(held, key=lambda each: (held[each], -each)) if held else self._another()
            taken.add(into)
            moved += [Moved(each, before[each], into) for each in group if before[each] != into]
        for each in moved:
            self._take(each.report, each.out_of)
            self.put(each.report, each.into)
        for number in taken:
            self._stories[number].looked = len(self._stories[number].reports)
        return moved

    def _another(self) -> int:
        self._new -= 1
        return self._new

    def _story(self, report: int) -> int:
        story = self._reports[report].story
        assert story is not None
        return story

    def _candidates(self, mine: _Report) -> list[int]:
        """The stories that share most, as far as the rarest words say within what may be looked at."""
        weights = mine.said.words
        shared: dict[int, float] = {}
        left = _LOOKED_AT
        held = [
            word for word in nlargest(_STRONGEST, weights, key=weights.__getitem__) if word in self._holding
        ]
        for word in sorted(held, key=lambda each: len(self._holding[each])):
            holding = self._holding[word]
            left -= len(holding)
            if left < 0:
                break
            weight = weights[word]
            for story, times in holding.items():
                share = times / len(self._stories[story].reports)
                shared[story] = shared.get(story, 0.0) + weight * share
        near = [each for each in shared if abs(mine.when - self._stories[each].last) <= self._reach]
        return nlargest(_COMPARED, near, key=shared.__getitem__)

    def _compared(self, report: int, number: int) -> Alike:
        story = self._stories[number]
        latest = story.reports[-_LATEST:]
        score = sum([self._alike(report, each) for each in latest]) / len(latest)
        return Alike(number, score, needed(story.cohesion))

    def _alike(self, one: int, other: int) -> float:
        """Worked out once for each pair, and kept with the later."""
        one, other = max(one, other), min(one, other)
        known = self._reports[one].like
        if other not in known:
            known[other] = alike(self._reports[one].said, self._reports[other].said)
        return known[other]

    def _take(self, report: int, story: int) -> None:
        opened = self._stories[story]
        opened.reports.remove(report)
        opened.within -= sum([self._alike(report, each) for each in opened.reports])
        self._unhold(report, story)
        if not opened.reports:
            del self._stories[story]

    def _unhold(self, report: int, story: int) -> None:
        for word in self._reports[report].said.words:
            holding = self._holding[word]
            holding[story] -= 1
            if not holding[story]:
                del holding[story]
                if not holding:
                    del self._holding[word]

    def _close(self, number: int, when: datetime) -> None:
        """Forgets a story that nothing was added to since, with its reports."""
        story = self._stories.get(number)
        if story is None or when - story.last <= self._reach:
            return
        for report in story.reports:
            self._unhold(report, number)
            del self._reports[report]
        del self._stories[number]
