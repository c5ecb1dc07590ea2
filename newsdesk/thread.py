"""What the sentences of an article leave for the next ones: the council, the grade and the date spoken
of last."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from newsdesk import areas, grades
from newsdesk.grades import Found
from newsdesk.model import Area, IsoDay
from newsdesk.passage import Line
from newsdesk.phrases import Phrases, listed
from newsdesk.roles import Named
from newsdesk.spans import Span, find

_CLOSE = 2  # lines
_OF_GRADES = Phrases(
    listed("rated; judged; graded; inspection; inspected; report; judge?ments?; found; grades?")
)
_SO_IS = re.compile(r"\W*so (?:is|are|was|were|does|do) ")
_IT_IS = re.compile(r"(?:it|this|that|that part|the area) (?:was|is|has been) (?:rated|judged|graded|\w+)")
_REPORT = re.compile(
    r"\b(?:ofsted|inspection|damning|devastating|critical)(?:'s)? (?:\w+ )?(?:report|judge?ment)\b"
)
_ITS_REPORT = re.compile(r"'s (?:\w+ ){0,2}(?:report|judge?ment)\b")
_SINGLED_OUT = re.compile(
    r"\b(?:came out|fared|stood out|did|scored) (?:\w+ )?(?:better|worse|best|worst)\b|\b(?:exception|blot)\b"
)
_THE_SAME = re.compile(
    r"\bsame (?:overall )?(?:grade|rating|judge?ment|verdict|conclusion|outcome|result|mark|category)\b"
    r"|\b(?:kept|keeps|keeping|retain\w*|maintain\w*|held on to) (?:the|its|that) (?:\w+ ){0,2}"
    r"(?:rating|grade|judge?ment|mark)\b(?= (?:it|that|which|from|of|given|first|awarded)\b)"
)
_SAME_WORDS = ("same ", "kept ", "keep", "retain", "maintain", "held on ")
_OPENS = 5  # characters
_IT = re.compile(r"\b(?:it|its|they|their)\b")
_INSPECTED = re.compile(r"\b(?:last|previous) (?:full |graded |ofsted )?(?:inspection|inspected|report)\b")
_THE_LAST = re.compile(r"\b(?:last|that|the) (?:full )?inspection\b")


@dataclass(slots=True)
class Thread:
    """Kept while the lines of one article are read in order."""

    council: str | None = None
    found: Found | None = None
    line: Line | None = None  # the one before, if it gave no grade
    span: Span | None = None  # the date of past judgements that the next lines go on about
    heading: bool = False
    since: int = 0
    last: IsoDay | None = None  # the date spoken of last
    opener: str | None = None  # the one council that a sentence began with, while "it" can be that one
    inspected: Span | None = None  # the date of the inspection before this one
    report: Span | None = None  # the date of the inspection that the article looks back to

    def grades(self, line: Line, here: Sequence[Named], *, formal: bool) -> list[Found]:
        """The grades of a line, with those that it takes over from the sentence before."""
        found = grades.find(line.low, line.text, formal=formal)
        if not found or _SO_IS.match(line.low):
            found = [*self._taken_over(line, here), *found]
        return [self._of_area(each, line) for each in self._again(line.low, found)]

    def _again(self, low: str, found: list[Found]) -> list[Found]:
        """With the last grade told, where this sentence says that it was given before as well."""
        if not self.found or not any(word in low for word in _SAME_WORDS):
            return found
        told = _THE_SAME.search(low)
        if not told or any(each.start < told.end() for each in found):
            return found
        right = found[0].start if found else len(low)
        same = replace(
            self.found,
            areas=(Area.OVERALL,),
            start=told.start(),
            end=told.end(),
            left=0,
            right=right,
            no_longer=False,
            held=False,
            every=False,
            rest=False,
            once=True,
        )
        return [same, *(replace(each, left=max(each.left, told.end())) for each in found)]

    def _taken_over(self, line: Line, here: Sequence[Named]) -> list[Found]:
        """The last grade given to more areas ("so does help and protection") or to another council."""
        if self.found is None:
            return []
        same = areas.same(line.low)
        more = same or (self.found.areas if here and _SO_IS.match(line.low) else ())
        if not more:
            return []
        end = len(line.low) if same or not here else here[0].at + len(here[0].mention.text)
        return [
            replace(
                self.found, areas=more, start=end, end=end, left=0, right=end, no_longer=False, held=False
            )
        ]

    def _of_area(self, found: Found, line: Line) -> Found:
        """A grade of "it", after a sentence that singled an area out."""
        before = self.line
        if before is None or found.areas != (Area.OVERALL,) or not _IT_IS.match(line.low):
            return found
        alone = list(areas.named(before.low)) if _SINGLED_OUT.search(before.low) else []
        return replace(found, areas=(alone[0],)) if len(alone) == 1 else found

    def day(self, line: Line, found: Found, *, news: bool) -> Span | None:
        """The date that a row of a table has from the line above it, or an area's grade from the
        sentence before.

        `news` is for an article that gives new grades: there only a heading dates what follows.
        """
        if news and not (self.heading or found.no_longer):
            return None
        close = line.index - self.since <= _CLOSE or bool(_THE_LAST.search(line.low))
        if self.span and (self.heading or (close and Area.OVERALL not in found.areas)):
            return self.span
        return None if news or found.no_longer else self.report

    def spoken_of(self, low: str, here: Sequence[Named]) -> str | None:
        """The council that a sentence goes on about, named in it or not."""
        return self.opener if self.opener and not here and _IT.search(low) else self.council

    def note(
        self,
        line: Line,
        here: Sequence[Named],
        found: Sequence[Found],
        spans: Sequence[Span],
        subjects: Sequence[str],
        published: date | None,
    ) -> None:
        """Takes a line in; `spans` are its dates, where it gives a grade or is a heading."""
        named = [each.slug for each in here if each.slug in subjects]
        self.council = named[-1] if named else self.council
        self._note_opener(line, here)
        if self.inspected is None and ("last " in line.low or "previous " in line.low):
            self.inspected = _inspected(line, published)
        self.found = found[-1] if found else self.found
        self.line = None if found else line
        self.last = spans[-1].ended if spans else self.last
        self.report = self.report or _report_of(line, published)
        row, heads = bool(found) and grades.is_row(line.low), is_heading(line)
        if len(spans) == 1 and not row and line.low in _OF_GRADES:
            self.span, self.heading, self.since = spans[0], heads, line.index
        elif not row and self.heading:
            self.span, self.heading = None, False

    def _note_opener(self, line: Line, here: Sequence[Named]) -> None:
        if here:
            alone = here[0].at <= _OPENS and len({each.slug for each in here}) == 1
            self.opener = here[0].slug if alone else None
        elif self.opener and not _IT.search(line.low):
            self.opener = None


def _inspected(line: Line, published: date | None) -> Span | None:
    """The date that a line gives the inspection before this one."""
    if not _INSPECTED.search(line.low):
        return None
    old = [each for each in find(line.text, published) if _is_past(each, published)]
    return old[0] if len(old) == 1 else None


def _is_past(span: Span, published: date | None) -> bool:
    return published is None or int(span.ended[:4]) < published.year


def _report_of(line: Line, published: date | None) -> Span | None:
    """The date of a past report that a line names: "the Ofsted report that shocked the town in July"."""
    if not _REPORT.search(line.low):
        return None
    month = published.isoformat()[:7] if published else "9999"
    spans = [each for each in find(line.text, published) if each.ended < month]
    its = [each for each in spans if _ITS_REPORT.match(line.low, each.end)] or spans
    return its[0] if len(its) == 1 else None


def is_heading(line: Line) -> bool:
    return line.low.endswith(":")
