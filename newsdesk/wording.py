"""How like an article is to open stories by its words, beside what the field and these days say anyway."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from importlib.resources import files

from newsdesk.grouping import cohesion, needed
from newsdesk.likeness import Alike
from newsdesk.model import Story
from newsdesk.portrait import COMMON, Portrait, portrait, shares, stem
from newsdesk.rarity import Rarity, Weighed, alike, shared
from newsdesk.text import words

# News of children's services always says "inspectors" and "improvement": words tell less where all use them.
_FIELD = COMMON | shares((files("newsdesk") / "data" / "field-words.txt").read_text("utf-8"))
LATEST = 8  # reports of a story


class Wording:
    """Asked of one article, for some open stories. Nothing is read before the first question."""

    def __init__(
        self,
        when: datetime,
        councils: Collection[str],
        recent: Callable[[], Iterable[Portrait]],
        reports: Callable[[Story], Sequence[Portrait]],
    ) -> None:
        """`recent` are portraits of the last 14 days, `reports` those of a story's reports.

        The names of the article's own `councils` (slugs) are in every candidate and count for nothing.
        """
        self._when = when
        self._names = frozenset(stem(word) for slug in councils for word in words(slug.replace("-", " ")))
        self._recent = recent
        self._reports = reports
        self._rarity: Rarity | None = None
        self._known: dict[str, Weighed] = {}

    def __call__(self, said: str, story: Story) -> Alike:
        """How like what an article says is to the latest reports of a story."""
        mine = self._known.get(said) or self._known.setdefault(said, self._weighed(portrait("", said)))
        theirs = [self._weighed(each) for each in self._reports(story)[-LATEST:]]
        if not theirs:
            return Alike(story.id, 0.0, needed(cohesion(0.0, 1)))
        likeness = [alike(mine, each) for each in theirs]
        likest = theirs[likeness.index(max(likeness))]
        score = sum(likeness) / len(theirs)
        return Alike(story.id, score, needed(_cohesion(theirs)), shared(mine, likest))

    def _weighed(self, drawn: Portrait) -> Weighed:
        if self._rarity is None:
            self._rarity = Rarity(_FIELD)
            for each in self._recent():
                self._rarity.see(each, self._when)
        told = {word: strength for word, strength in drawn.items() if word not in self._names}
        return self._rarity.weighed(told)


def _cohesion(reports: Sequence[Weighed]) -> float:
    pairs = [(one, other) for number, one in enumerate(reports) for other in reports[:number]]
    return cohesion(sum(alike(one, other) for one, other in pairs), len(reports))
