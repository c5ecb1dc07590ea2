"""Facts with attribution: each field of an article's assessment, exactly as a good reader says it or not
at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.evaluate.labelled import Corpus, Labelled, corpora
from benchmarks.evaluate.metrics import mean
from benchmarks.evaluate.table import OURS, Row
from newsdesk.model import Assessment, Judgement, Role

_FLOOR = 0.95

Told = frozenset[str]
Field = tuple[Callable[[Mapping[str, Any]], Told], Callable[[Assessment], Told]]


def rows(folder: Path) -> Iterator[Row]:
    """The share of fully labelled articles whose field is told exactly, for each field of each corpus."""
    for corpus in corpora(folder):
        full = [each for each in (*corpus.items, *corpus.reports) if each.full and each.relevant]
        for name in FIELDS if full else ():
            yield _row(corpus, name, full)
        judged = [each for each in (*corpus.items, *corpus.reports) if each.full or not each.relevant]
        false = [told for each in judged for told in _false_news(corpus, each)]
        yield Row(
            corpus.name,
            "historic grades taken for current",
            {OURS: float(len(false))},
            0.0,
            less_is_better=True,
            n=len(judged),
            misses=tuple(false),
        )


def wrong(corpus: Corpus, each: Labelled, name: str) -> str | None:
    """What is said of a field beside what should have been; None where they agree."""
    expected, found = FIELDS[name]
    wanted, got = expected(each.expect), found(corpus.assess(each))
    if wanted == got:
        return None
    return (
        f"{each.name}: lacks {sorted(wanted - got) or 'nothing'}, has too {sorted(got - wanted) or 'nothing'}"
    )


def _row(corpus: Corpus, name: str, full: Sequence[Labelled]) -> Row:
    misses = [wrong(corpus, each, name) for each in full]
    share = mean([float(miss is None) for miss in misses])
    told = tuple(miss for miss in misses if miss)
    return Row(corpus.name, f"facts, {name}", {OURS: share}, _FLOOR, n=len(full), misses=told)


def _false_news(corpus: Corpus, each: Labelled) -> Iterator[str]:
    """Grades told as new that this article does not announce for that council, in whatever area."""
    announced = {tuple(told.split()[0::2]) for told in each.expect.get("current", ())}
    for judgement in corpus.assess(each).judgements:
        if judgement.current and (judgement.council, judgement.grade.value) not in announced:
            yield f"{each.name}: {_grade(judgement)} in “{judgement.sentence}”"


# ---------------------------------------------------------------- the fields


def _listed(key: str) -> Callable[[Mapping[str, Any]], Told]:
    return lambda expect: frozenset(expect.get(key, ()))


def _one(key: str, default: str = "") -> Callable[[Mapping[str, Any]], Told]:
    return lambda expect: frozenset([expect.get(key, default)])


def _visit(expect: Mapping[str, Any]) -> tuple[str, str]:
    """The days of a visit and its number: "2026-01-19/2026-01-30#2"."""
    days, _, ordinal = expect.get("visit", "").partition("#")
    return days, ordinal


def _days_found(found: Assessment) -> str:
    visit = found.visit
    if visit is None:
        return ""
    return f"{visit.started or ''}" + (f"/{visit.ended}" if visit.ended != visit.started else "")


def _ordinal_found(found: Assessment) -> str:
    return str(found.visit.ordinal or "") if found.visit else ""


def _grade(judgement: Judgement) -> str:
    return f"{judgement.council} {judgement.area} {judgement.grade}"


FIELDS: dict[str, Field] = {
    "subjects": (_listed("subjects"), lambda found: found.subjects),
    "other roles": (
        _listed("others"),
        lambda found: frozenset(
            f"{each.council} {each.role}" for each in found.councils if each.role is not Role.SUBJECT
        ),
    ),
    "event": (_one("event"), lambda found: frozenset([found.event.value])),
    "scope": (_one("scope", "council"), lambda found: frozenset([found.scope.value])),
    "current grades": (
        _listed("current"),
        lambda found: frozenset(_grade(each) for each in found.judgements if each.current),
    ),
    "historic grades": (
        _listed("historic"),
        lambda found: frozenset(
            f"{_grade(each)} {each.told or ''}".strip() for each in found.judgements if not each.current
        ),
    ),
    "visit": (lambda expect: frozenset([_visit(expect)[0]]), lambda found: frozenset([_days_found(found)])),
    "ordinal of the visit": (
        lambda expect: frozenset([_visit(expect)[1]]),
        lambda found: frozenset([_ordinal_found(found)]),
    ),
    "lead inspector": (
        _one("lead_inspector"),
        lambda found: frozenset([found.inspector.name if found.inspector else ""]),
    ),
    "what comes next": (
        _listed("next"),
        lambda found: frozenset(f"{each.step} {each.due or ''}".strip() for each in found.coming),
    ),
}
