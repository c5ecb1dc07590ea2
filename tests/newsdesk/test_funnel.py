"""The funnel: every candidate is in it once."""

from datetime import date

from hypothesis import given, strategies as st

from newsdesk.funnel import UNCLEAR, Seen, funnel, why_dropped
from newsdesk.model import Reason

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
STATES = ["pending", "kept", "dropped", "duplicate", "held", "failed"]
AGAINST, FOR = Reason("adult social care", -5.0, "a care home"), Reason("names Ofsted", 2.0, "Ofsted said")


@given(
    st.lists(
        st.builds(
            Seen,
            day=st.sampled_from([MONDAY, TUESDAY]),
            state=st.sampled_from(STATES),
            failure=st.sampled_from(["", "gone", "refused"]),
            reasons=st.sampled_from([(), (AGAINST,), (FOR,), (FOR, AGAINST)]),
            told=st.booleans(),
        )
    )
)
def test_every_candidate_has_exactly_one_outcome(candidates: list[Seen]) -> None:
    days = funnel(candidates, {MONDAY: 3})
    assert all(each.adds_up for each in days)
    assert sum(each.found for each in days) == len(candidates)
    assert sum(each.known for each in days) == 3


def test_days_are_told_the_latest_first_each_with_what_happened() -> None:
    seen = [
        Seen(MONDAY, "kept", told=True),
        Seen(TUESDAY, "dropped", reasons=(FOR, AGAINST)),
        Seen(TUESDAY, "failed", "gone"),
    ]
    tuesday, monday = funnel(seen, {})
    assert (tuesday.day, dict(tuesday.dropped), dict(tuesday.failed)) == (
        TUESDAY,
        {"adult social care": 1},
        {"gone": 1},
    )
    assert (monday.kept, monday.told, monday.fetched) == (1, 1, 1)


def test_what_spoke_most_against_an_article_is_why_it_was_dropped() -> None:
    assert why_dropped([FOR, AGAINST]) == "adult social care"
    assert why_dropped([FOR]) == why_dropped([]) == UNCLEAR
