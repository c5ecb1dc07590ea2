"""Relevance is a sum, and every part of it is said."""

import pytest

from newsdesk.model import CouncilRole, Role
from newsdesk.passage import Passage
from newsdesk.relevance import weigh
from newsdesk.topic import Topic

DUCKS = Topic.of(
    {
        "name": "ducks",
        "threshold": 4,
        "ahead": "will",
        "national": "england",
        "event": [],
        "signal": [
            {"rule": "a duck", "weight": 2, "core": True, "words": "ducks?"},
            {"rule": "water", "weight": 1, "words": "ponds?; river"},
            {"rule": "a recipe", "weight": -3, "words": "orange sauce", "unless": ["water"]},
            {"rule": "the sea in its title", "weight": -2, "words": "sea", "where": "title"},
            {"rule": "a race at its top", "weight": -2, "words": "race", "where": "top"},
        ],
    },
    "ducks.toml",
)
LEAD = "The mayor of the town spoke to us for a while.\n" * 3


def score(title: str, text: str, *councils: CouncilRole) -> tuple[bool, float]:
    relevant, points, _ = weigh(Passage(title, text), DUCKS, councils)
    return relevant, points


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("A duck", "", (True, 4.0)),  # the title counts twice
        ("News", "A duck came.", (False, 3.0)),  # the lead one and a half times
        ("News", LEAD + "A duck came.", (False, 1.0)),  # and further down half, as in passing
        ("A duck, a duck", "A duck.", (True, 4.0)),  # and a signal only once
        ("A duck on a pond", "", (True, 6.0)),
        ("A pond and a river", LEAD + "No bird.", (False, 2.0)),  # nothing of the core
        ("A pond, a river and water", "", (False, 2.0)),
        ("A duck in orange sauce", "", (False, -2.0)),
        ("A duck in orange sauce by the pond", "", (True, 6.0)),  # silenced by what the title says
        ("A duck in orange sauce", LEAD + "By the pond.", (False, -1.5)),  # but not from far down
        ("A duck", "At sea.", (True, 4.0)),  # where: the title alone
        ("A duck", LEAD + "A race.", (True, 4.0)),  # where: title and lead
        ("A duck", "A race.", (False, 1.0)),
    ],
)
def test_the_score_is_the_sum_of_what_fired(title: str, text: str, expected: tuple[bool, float]) -> None:
    assert score(title, text) == expected


def test_a_council_as_its_subject_adds_one() -> None:
    subject = CouncilRole("leeds", Role.SUBJECT, "Leeds has a duck.")
    assert score("News", "A duck came.", subject) == (True, 4.0)


def test_a_council_adds_nothing_where_nothing_of_the_core_is_said() -> None:
    assert score("A pond", "", CouncilRole("leeds", Role.SUBJECT)) == (False, 2.0)


def test_a_partner_adds_nothing() -> None:
    assert score("News", "A duck came.", CouncilRole("leeds", Role.PARTNER)) == (False, 3.0)


def test_every_reason_names_its_rule_and_its_line_the_strongest_first() -> None:
    _, points, reasons = weigh(Passage("A duck on a pond", "It was a race."), DUCKS, ())
    assert [(each.rule, each.weight, each.line) for each in reasons] == [
        ("a duck", 4.0, "A duck on a pond"),
        ("a race at its top", -3.0, "It was a race."),
        ("water", 2.0, "A duck on a pond"),
    ]
    assert points == sum(each.weight for each in reasons)


COMBINED = Topic.of(
    {
        "name": "ducks",
        "threshold": 3,
        "ahead": "will",
        "national": "england",
        "event": [],
        "signal": [
            {"rule": "a duck", "weight": 3, "core": True, "words": "ducks?", "needs": ["a pond"]},
            {"rule": "a pond", "weight": 0, "words": "ponds?"},
            {"rule": "a recipe", "weight": -9, "words": "ounces; oven", "times": 2},
        ],
    },
    "ducks.toml",
)


@pytest.mark.parametrize(
    ("title", "text", "relevant"),
    [
        ("A duck on a pond", "", True),
        ("A duck", "It flew.", False),  # needs a pond
        ("A duck", LEAD + "There is a pond.", False),  # on top
        ("A duck on a pond", "Four ounces were eaten.", True),  # once is no recipe
        ("A duck on a pond", "Four ounces of it.\nHeat the oven.", False),
    ],
)
def test_a_signal_may_need_another_and_a_form_more_than_one_line(
    title: str, text: str, relevant: bool
) -> None:
    assert weigh(Passage(title, text), COMBINED, ())[0] is relevant


def test_a_signal_without_weight_is_no_reason() -> None:
    _, _, reasons = weigh(Passage("A duck on a pond", ""), COMBINED, ())
    assert [each.rule for each in reasons] == ["a duck"]
