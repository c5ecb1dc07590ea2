"""From grades as sentences tell them to judgements: spread over the areas they are for, each kept once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from newsdesk.eras import areas_of
from newsdesk.grades import Found
from newsdesk.model import Area, Grade, IsoDay, Judgement
from newsdesk.spans import compatible


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement, the date that its own sentence gives it, if any, and how the sentence gives it.

    `recorded` is the month that the record has for what must be the same one.
    """

    judgement: Judgement
    date: IsoDay | None
    found: Found
    recorded: IsoDay | None = None


def spread(found: Sequence[Said], published: date | None, *, overall: bool) -> list[Said]:
    """Grades "in all areas" given to each of them; new overall ones left out where there is no such grade."""
    era = areas_of(published)
    return [said for each in found for said in _spread(each, found, era, overall=overall)]


def _spread(each: Said, found: Sequence[Said], era: Sequence[Area], *, overall: bool) -> Iterator[Said]:
    area, whole = each.judgement.area, each.found.every or each.found.rest
    if not each.judgement.current:
        yield each
    elif area is Area.IN_CARE_AND_CARE_LEAVERS and area not in era:
        yield from (_for(each, one) for one in (Area.IN_CARE, Area.CARE_LEAVERS))
    elif area is not Area.OVERALL:
        yield each
    else:
        if whole:
            yield from (_for(each, one) for one in era if one not in _left_out(each, found))
        if overall and not (each.found.rest or each.found.left_out):
            yield each


def _left_out(each: Said, found: Sequence[Said]) -> frozenset[Area]:
    """The areas that "all but one" leaves out, and those that "the others" are other than."""
    told = [one.judgement.area for one in found if one.judgement.current and one.found is not each.found]
    return frozenset(each.found.left_out) | (frozenset(told) if each.found.rest else frozenset())


def _for(each: Said, area: Area) -> Said:
    return replace(each, judgement=replace(each.judgement, area=area))


def merged(found: Iterable[Said]) -> tuple[Judgement, ...]:
    """One judgement per council, area, grade, currency and date.

    One without a date, or with a coarser one, is the same as one with: the most exact date wins, and of
    two equally
    exact the sentence that says it itself. What a council has as a name ("'inadequate' Leeds") tells
    nothing new
    where the grade itself is told.
    """
    kept: dict[tuple[str, Area, Grade, bool], list[Said]] = {}
    for each in found:
        judgement = each.judgement
        group = kept.setdefault((judgement.council, judgement.area, judgement.grade, judgement.current), [])
        same = next((at for at, one in enumerate(group) if _same_date(one.judgement, judgement)), None)
        if same is None:
            group.append(each)
        elif _exactness(each) > _exactness(group[same]):
            group[same] = each
    named = {key for key, group in kept.items() if not all(each.found.held for each in group)}
    return tuple(
        _dated(each)
        for key, group in kept.items()
        for each in _without_undated(group)
        if key in named or (*key[:3], True) not in kept
    )


def _dated(said: Said) -> Judgement:
    told = said.judgement.date
    return replace(said.judgement, date=said.recorded or told, told=told)


def _same_date(one: Judgement, other: Judgement) -> bool:
    return compatible(one.date, other.date)


def _without_undated(group: Sequence[Said]) -> Iterable[Said]:
    """Where one grade was told twice, once without its date, the date is known."""
    dated = [each for each in group if each.judgement.date]
    return dated or group


def _exactness(said: Said) -> tuple[int, int]:
    return len(said.judgement.date or ""), len(said.date or "")
