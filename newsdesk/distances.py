"""Dates told by their distance from another: "in 2024, four years after it was judged good".

What they are counted from stands before them in the sentence, or is the date that the sentences before
spoke of. Without either they are left as they are, counted from publication.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from newsdesk.model import IsoDay
from newsdesk.spans import COUNTS, Span

_HINT = re.compile(r" (?:after|later|before|earlier|previous|following|same|that|at the) ?")
_FAR = re.compile(
    rf"\b(?:(?P<count>{'|'.join(COUNTS)}|\d{{1,2}}) (?P<unit>year|month|week)s? "
    r"(?:(?P<after>after)|(?P<later>later|afterwards)|(?P<earlier>earlier|before that|before(?=[,.;]|$)))"
    r"|the (?P<one>year|month) (?P<one_earlier>before|earlier)(?! l)"
    r"|the (?P<one_later>following|next) (?P<later_unit>year|month)"
    r"|(?P<then>on that occasion|at (?:that|the) time(?! of))"
    r"|(?:in )?(?:the|that) same (?P<same>year|month)(?! as))\b"
)
_RIGHT_AFTER = re.compile(r",? (?:and |just |only |some |almost |nearly |about )*")
_VISIT = re.compile(r"\bvisit (?:came|comes|is|was|was made|took place) (?:just |only |some )*$")
_SOON_AFTER = re.compile(r",? (?:just |only )?(?:shortly|soon|weeks|days|not long|months) after\b")


def counted(
    low: str, spans: Sequence[Span], last: IsoDay | None, visited: IsoDay | None = None
) -> list[Span]:
    """The dates of a sentence, those told by a distance counted from what they are distant from.

    `last` is the date that the sentences before spoke of, `visited` when inspectors came.
    """
    if not _HINT.search(low):
        return list(spans)
    found = [_coarse(low, each) for each in spans]
    for match in _FAR.finditer(low):
        before = [each for each in found if each.end <= match.start()]
        day = _day(low, match, before[-1] if before else None, last)
        if match["after"] and visited and _VISIT.search(low, 0, match.start()):
            day = _on(visited, match["unit"], -_count(match))
        if day:
            found = [each for each in found if each.end <= match.start() or match.end() <= each.at]
            found.append(Span(day, day, *match.span()))
    return sorted(found, key=lambda each: each.at)


def _coarse(low: str, span: Span) -> Span:
    """What was "shortly before December 2021" is told by the year."""
    if not _SOON_AFTER.match(low, span.end):
        return span
    return replace(span, started=span.started[:4], ended=span.ended[:4])


def _day(low: str, match: re.Match[str], before: Span | None, last: IsoDay | None) -> IsoDay | None:
    base = before.ended if before else last
    if base is None:
        return None
    if match["then"]:
        return base
    if same := match["same"]:
        return base[:4] if same == "year" else base[:7]
    if match["after"]:
        direct = before and _RIGHT_AFTER.fullmatch(low, before.end, match.start())
        return _on(base, match["unit"], -_count(match)) if direct else None
    if match["later"] or match["earlier"]:
        return _on(base, match["unit"], _count(match) * (1 if match["later"] else -1))
    return _on(base, match["one"] or match["later_unit"], -1 if match["one"] else 1)


def _count(match: re.Match[str]) -> int:
    word = match["count"]
    return int(word) if word.isdigit() else COUNTS[word]


def _on(base: IsoDay, unit: str, count: int) -> IsoDay | None:
    """So many years, months or weeks on; as coarse as the coarser of the two, or None where it cannot be
    said."""
    if unit == "year":
        return f"{int(base[:4]) + count}"
    if len(base) == len("2026"):
        return None
    months = count if unit == "month" else round(count / 4.3)
    year, month = divmod(int(base[:4]) * 12 + int(base[5:7]) - 1 + months, 12)
    return f"{year}-{month + 1:02}"
