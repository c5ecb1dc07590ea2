"""What a reader's own words find, and what is said of words that cannot be asked."""

import pytest

from newsdesk.errors import Mistake
from newsdesk.queries import document, question

STORY = document(
    title=["Ofsted finds care leavers let down", "Letter to council published"],
    text=["Children’s services in Northmarch have 3,000 open cases.", "Care was slow. Leavers waited."],
    council=["north-east-lincolnshire"],
    event=["monitoring-visit"],
    kind=["trade"],
)


@pytest.mark.parametrize(
    "query",
    [
        "ofsted",
        "OFSTED",
        '"care leavers" AND (dfe OR ofsted) NOT school',
        "+letter -school",
        "children's services",
        '"3,000 open cases"',
        "leav*",
        "text:northmarch",
        "title:(letter AND ofsted)",
        'council:"north east lincolnshire"',
        "event:monitoring-visit kind:trade",
        "school OR letter",
    ],
)
def test_found(query: str) -> None:
    assert question(query)(STORY)


@pytest.mark.parametrize(
    "query",
    [
        "school",
        "ofsted school",
        "NOT ofsted",
        "title:northmarch",
        "kind:council",
        '"leavers care"',
        '"let down letter"',  # two titles are not one
        "eav*",
    ],
)
def test_not_found(query: str) -> None:
    assert not question(query)(STORY)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "cannot be read"),
        ("ofsted AND", "cannot be read"),
        ("(ofsted", "cannot be read"),
        ("author:somebody", 'no field "author": write one of title, text'),
        ("inad*te", "at the end of a word only"),
        ("*", "at the end of a word only"),
        ("ofsted~2", "more than it can ask"),
        ("published:[2024 TO 2026]", 'no field "published"'),
        ("title:[a TO b]", "more than it can ask"),
        ('"—"', "holds no word"),
    ],
)
def test_what_cannot_be_asked_is_told(query: str, said: str) -> None:
    with pytest.raises(Mistake, match=said):
        question(query)
