"""Invented items of every hard type, each read by the desk as a good reader would.

The items stand in cases/*.toml. What an item does not say is the default: relevant, about one council,
published on 5 March 2026 by a local paper, with no other councils, no grades and no visit.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsdesk.model import Article, Assessment, Event, Kind, Role, Scope
from tests.newsdesk.desks import desk

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    name: str
    article: Article
    expect: dict[str, Any]

    @property
    def relevant(self) -> bool:
        return bool(self.expect.get("relevant", True))

    def read(self) -> Assessment:
        return desk().assess(self.article)


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.toml")):
        for item in tomllib.loads(path.read_text("utf-8"))["item"]:
            yield Case(f"{path.stem}: {item['name']}", article(item), item["expect"])


def article(item: dict[str, Any]) -> Article:
    published = datetime.fromisoformat(item.get("published", "2026-03-05")).replace(hour=9, tzinfo=UTC)
    return Article(
        url=f"http://paper.example/{item['name'].replace(' ', '-')}",
        outlet="A paper",
        title=item["title"],
        text=item["text"].strip(),
        fetched_at=published,
        published=published,
        kind=Kind(item.get("kind", "local")),
        home=item.get("home"),
        covers=tuple(item.get("covers", ())),
    )


ALL = list(cases())
NEWS = [each for each in ALL if each.relevant]


def named(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", ALL, ids=named)
def test_it_is_told_whether_an_item_is_relevant(case: Case) -> None:
    read = case.read()
    assert read.relevant is case.relevant, [(each.weight, each.rule, each.line) for each in read.reasons]


@pytest.mark.parametrize("case", NEWS, ids=named)
class TestNews:
    def test_what_happened(self, case: Case) -> None:
        read = case.read()
        assert read.event is Event(case.expect["event"]), read.event_sentence

    def test_whom_it_is_about(self, case: Case) -> None:
        read = case.read()
        found = {f"{each.council} {each.role}" for each in read.councils}
        subjects = {f"{each} {Role.SUBJECT}" for each in case.expect.get("subjects", ())}
        assert found == subjects | set(case.expect.get("others", ()))

    def test_how_many_councils_it_is_about(self, case: Case) -> None:
        assert case.read().scope is Scope(case.expect.get("scope", "council"))

    def test_which_grades_are_new(self, case: Case) -> None:
        found = {
            f"{each.council} {each.area} {each.grade}" for each in case.read().judgements if each.current
        }
        assert found == set(case.expect.get("current", ()))

    def test_which_grades_are_old(self, case: Case) -> None:
        found = {
            f"{each.council} {each.area} {each.grade} {each.date or ''}".strip()
            for each in case.read().judgements
            if not each.current
        }
        assert found == set(case.expect.get("historic", ()))

    def test_when_inspectors_came(self, case: Case) -> None:
        visit = case.read().visit
        printed = ""
        if visit is not None:
            ended = f"/{visit.ended}" if visit.ended != visit.started else ""
            printed = f"{visit.started or ''}{ended}" + (f"#{visit.ordinal}" if visit.ordinal else "")
        assert printed == case.expect.get("visit", "")


def test_at_least_sixty_items_half_of_them_near_misses() -> None:
    assert len(ALL) >= 60
    assert sum(1 for each in ALL if not each.relevant) * 2 >= len(ALL) - 12
