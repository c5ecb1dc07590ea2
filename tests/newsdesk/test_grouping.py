"""What reports are grouped by: not how like they are, but how much less like across than within."""

from hypothesis import given, strategies as st

from newsdesk.grouping import LEAST, NEAR, cohesion, grouped, needed

GROUPS = {"a1": "a", "a2": "a", "a3": "a", "a4": "a", "b1": "b", "b2": "b", "b3": "b", "b4": "b"}


def found(within: float, across: float) -> set[frozenset[str]]:
    def alike(one: str, other: str) -> float:
        return within if GROUPS[one] == GROUPS[other] else across

    return {frozenset(group) for group in grouped(sorted(GROUPS, key=lambda each: each[1]), alike)}


def test_groups_that_are_far_less_alike_than_their_own_reports_stay_apart() -> None:
    assert len(found(0.6, 0.25)) == 2
    assert len(found(0.3, 0.25)) == 1


def test_what_is_hardly_alike_is_never_one_event() -> None:
    assert len(found(LEAST - 0.01, LEAST - 0.01)) == 8


def test_what_two_reports_show_counts_less_than_what_ten_do() -> None:
    assert cohesion(0.8, 2) < cohesion(45 * 0.8, 10)
    assert cohesion(0.0, 1) > 0


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_cohesion_asks_for_more_likeness(one: float, other: float) -> None:
    assert needed(one, other) == needed(other, one) >= LEAST
    assert needed(max(one, other), other) >= needed(min(one, other), other)
    assert needed(1.0, 1.0) == NEAR


@given(st.lists(st.lists(st.floats(-0.2, 1), min_size=12, max_size=12), min_size=12, max_size=12))
def test_every_report_is_in_one_group_and_nothing_is_lost(like: list[list[float]]) -> None:
    groups = grouped(list(range(12)), lambda one, other: like[max(one, other)][min(one, other)])
    assert sorted(each for group in groups for each in group) == list(range(12))


def test_nothing_makes_no_groups() -> None:
    assert grouped([], lambda one, other: 1.0) == []
