"""How well found groups agree with labelled ones."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from benchmarks.evaluate.metrics import f1


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998): mean precision and mean recall over the documents."""
    both, golds, founds = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    precision = sum(count * count / founds[group] for (_, group), count in both.items()) / len(gold)
    recall = sum(count * count / golds[group] for (group, _), count in both.items()) / len(gold)
    return f1(precision, recall)


def pair_f1(gold: Sequence[Hashable], pairs: Iterable[tuple[int, int]]) -> float:
    """F1 of the pairs, by place in the list, that were taken for one group; each pair comes once."""
    judged = [gold[one] == gold[other] for one, other in pairs]
    right = sum(judged)
    wanted = sum(count * (count - 1) // 2 for count in Counter(gold).values())
    return 2 * right / (len(judged) + wanted) if right else 0.0
