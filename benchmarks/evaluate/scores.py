"""A measure taken of every system that answers its question."""

from collections.abc import Callable, Sequence

from benchmarks.evaluate.metrics import mean
from benchmarks.evaluate.peers import SYSTEMS
from benchmarks.evaluate.reading import Read
from benchmarks.evaluate.table import OURS, Row

Measure = Callable[[Sequence[Read], str], float]
_FIELDS = {system.name: system.fields for system in SYSTEMS}


def scored(
    corpus: str,
    name: str,
    pages: Sequence[Read],
    field: str,
    measure: Measure,
    *,
    floor: float | None = None,
) -> Row:
    """A row with the measure of every system that was asked and answers this field.

    A floor given is raised to what the best peer of the same run has.
    """
    asked = [system for system in _FIELDS if system in pages[0].answers and field in _FIELDS[system]]
    scores = {system: measure(pages, system) for system in asked}
    best = max((round(score, 3) for system, score in scores.items() if system != OURS), default=0.0)
    return Row(corpus, name, scores, None if floor is None else max(floor, best), n=len(pages))


def share(right: Callable[[Read, str], bool]) -> Measure:
    """The share of pages where a system is right."""
    return lambda pages, system: mean([float(right(page, system)) for page in pages])


def labelled(pages: Sequence[Read], field: str) -> list[Read]:
    """The pages whose label has this field."""
    return [page for page in pages if page.case.gold.get(field)]
