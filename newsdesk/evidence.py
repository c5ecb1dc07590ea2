"""What an operator said: which reports belong together, which do not, and what is news of the topic at all.

A statement is never taken back, only followed by a later one, and the later one counts.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newsdesk.announced import announced
from newsdesk.digests import showing
from newsdesk.model import Article, Placement, Shown, Story

Said = Literal["together", "apart", "relevant", "irrelevant"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement, about these articles, and with "together" and "apart" about the others too.

    `story` is the one that came out of it, `former` those that the articles were in before. With "relevant"
    and "irrelevant" `item` is the article as it was read then: labelled data outlives its page.
    """

    id: int
    kind: Said
    at: datetime
    by: str
    why: str
    articles: tuple[int, ...]
    others: tuple[int, ...] = ()
    story: int | None = None
    former: tuple[int, ...] = ()
    item: Article | None = None


@dataclass(frozen=True, slots=True)
class Bonds:
    """With which articles one belongs, and from which it is apart."""

    together: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()


def bonds(article: int, evidence: Iterable[Evidence]) -> Bonds:
    """What was said of one article, in the order it was said: of two articles the last word counts.

    What was taken out together stays together.
    """
    said: dict[int, bool] = {}
    for each in evidence:
        mine, theirs = _sides(article, each)
        said |= dict.fromkeys(theirs, each.kind == "together") | dict.fromkeys(mine, True)
    said.pop(article, None)
    return Bonds(
        frozenset(each for each, together in said.items() if together),
        frozenset(each for each, together in said.items() if not together),
    )


def _sides(article: int, each: Evidence) -> tuple[Collection[int], Collection[int]]:
    match each.kind:
        case "together":
            both = {*each.articles, *each.others}
            return (both, ()) if article in both else ((), ())
        case "apart" if article in each.articles:
            return each.articles, each.others
        case "apart" if article in each.others:
            return (), each.articles
    return (), ()


def beside(bound: Iterable[Story], placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """Into the stories an operator said, and for the councils these are not about where the rules say."""
    said = {each.id: each for each in bound}
    theirs = frozenset[str]().union(*(each.subjects for each in said.values()))
    rest = [each for each in placements if each.story not in said and each.councils - theirs]
    why = "an operator said that it belongs there"
    return (*(Placement(each, why) for each in said), *rest)


def ruling(article: int, evidence: Iterable[Evidence]) -> Evidence | None:
    """The last word on whether an article is news of the topic; None when nobody said so."""
    about = [
        each for each in evidence if each.kind in ("relevant", "irrelevant") and article in each.articles
    ]
    return about[-1] if about else None


def items(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Of each article that was labelled the last word, as labelled data."""
    last = {each.item.url: each for each in evidence if each.item}
    return list(last.values())


# ---------------------------------------------------------------- who counts as told


@dataclass(frozen=True, slots=True)
class Known:
    """Which version of a story a subscriber was told, and what was seen of it as far as that is known."""

    version: int
    shown: Shown | None = None


def carried(before: Story, known: Known, after: Story, also: Known | None = None) -> Known | None:
    """What somebody told of a story knows of the one that its reports went to; None when nothing.

    `also` is what they were told of that one itself. Whoever saw one of its reports is not told of it as of
    something new, and of what is new in it, or was still owed, as of an update.
    """
    shown = known.shown or showing(before)
    if not {each.article for each in after.reports} & set(shown.articles):
        return also
    seen = _both(shown, also.shown if also else None)
    grades = {(each.council, each.area, each.grade) for each in announced(after)}
    owed = known.version < before.version or not grades <= set(seen.grades)
    version = after.version - 1 if owed else after.version
    return Known(max(version, also.version if also else 0), seen)


def _both(one: Shown, other: Shown | None) -> Shown:
    if other is None:
        return one
    return Shown(
        tuple(dict.fromkeys((*other.articles, *one.articles))),
        tuple(dict.fromkeys((*other.grades, *one.grades))),
    )
