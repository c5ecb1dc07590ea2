"""Yesterday's stories and those that today's rules would make of the same articles: what moved where."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from newsdesk.model import Article, Assessment

Groups = Mapping[int, Set[int]]  # by story its articles


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An article of which today's rules think otherwise. `known` is its fingerprint."""

    id: int
    article: Article
    known: int
    before: Assessment
    after: Assessment

    @property
    def facts(self) -> tuple[Fact, ...]:
        pairs = zip(_facts(self.before).items(), _facts(self.after).values(), strict=True)
        return tuple(Fact(name, was, now) for (name, was), now in pairs if was != now)


def _facts(each: Assessment) -> dict[str, str]:
    current = sorted(f"{one.council} {one.area} {one.grade}" for one in each.judgements if one.current)
    return {
        "relevant": "yes" if each.relevant else "no",
        "event": each.event.value,
        "scope": each.scope.value,
        "subjects": ", ".join(sorted(each.subjects)) or "none",
        "current grades": ", ".join(current) or "none",
    }


def matched(before: Groups, after: Groups) -> dict[int, int]:
    """By new group the old story that it carries on: the one it shares most articles with, each once.

    A group that has an old story's number is that story.
    """
    found = {each: each for each in after if each in before and after[each]}
    shared = [
        (-len(articles & before[old]), old, new)
        for new, articles in after.items()
        if new not in found
        for old in before
        if articles & before[old]
    ]
    taken = set(found)
    for _, old, new in sorted(shared):
        if new not in found and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def components(links: Iterable[Set[int]]) -> list[set[int]]:
    """Sets that share a member, put together."""
    found: list[set[int]] = []
    for each in links:
        touching = [one for one in found if one & each]
        found = [one for one in found if not one & each]
        found.append(set(each).union(*touching))
    return found
