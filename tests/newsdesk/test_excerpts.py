"""What is quoted: findings, whole sentences, never more than the licence allows."""

from hypothesis import given, strategies as st

from newsdesk.excerpts import excerpt

LETTER = """3 March 2026

Director of Children's Services
The Council House

Dear Director

Monitoring visit to Northmarch children's services

This letter summarises the findings of the monitoring visit to Northmarch children's services in January.

Headline findings

Caseloads have come down since the last visit and social workers know their children well. Managers do \
not yet check whether plans are carried out.
"""


def test_a_letter_is_quoted_from_its_findings() -> None:
    assert excerpt(LETTER, 100) == (
        "Caseloads have come down since the last visit and social workers know their children well."
    )


def test_a_letter_without_that_heading_is_quoted_from_below_its_salutation() -> None:
    text = LETTER.replace("Headline findings\n\n", "")
    assert excerpt(text, 100).startswith("Caseloads have come down")


def test_a_press_release_is_quoted_from_its_beginning() -> None:
    text = (
        "Published: 2 March\n\nThe council has published the letter that followed the visit. More is to come."
    )
    assert excerpt(text, 70) == "The council has published the letter that followed the visit."


def test_a_sentence_that_is_too_long_is_cut_between_two_words() -> None:
    text = "The council has published the letter that followed the first visit of inspectors to its services."
    assert excerpt(text, 40) == "The council has published the letter…"


def test_nothing_is_quoted_where_nothing_may_be() -> None:
    assert excerpt(LETTER, 0) == ""


@given(st.text(), st.integers(0, 400))
def test_never_more_than_the_licence_allows(text: str, limit: int) -> None:
    assert len(excerpt(text, limit)) <= limit
