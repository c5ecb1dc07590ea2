"""How well found groups agree with labelled ones."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

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


def b_cubed_of_several(gold: Sequence[frozenset[str]], found: Sequence[frozenset[int]]) -> float:
    """B-cubed F1 where a document may be in several groups (Amigo and others 2009, extended B-cubed).

    What counts of two documents is how many groups they share: too many cost precision, too few recall.
    """

    def mean_share(own: Sequence[frozenset[Any]], other: Sequence[frozenset[Any]]) -> float:
        shares = []
        for at, mine in enumerate(own):
            together = [other_at for other_at, theirs in enumerate(own) if mine & theirs]
            kept = [
                min(len(mine & own[each]), len(other[at] & other[each])) / len(mine & own[each])
                for each in together
            ]
            shares.append(sum(kept) / len(kept))
        return sum(shares) / len(shares)

    return f1(mean_share(found, gold), mean_share(gold, found))
