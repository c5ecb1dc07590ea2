"""Grade words: which of them are grades, and for which area."""

import pytest

from newsdesk.grades import find
from newsdesk.model import Area
from newsdesk.phrases import folded


def said(sentence: str) -> list[str]:
    return [f"{each.grade}:{area}" for each in find(folded(sentence), sentence) for area in each.areas]


@pytest.mark.parametrize(
    ("sentence", "grades"),
    [
        ("Ofsted has rated the council's children's services good.", ["good:overall"]),
        ("The council was judged to be ‘Outstanding’ by inspectors.", ["outstanding:overall"]),
        ("The department was handed the inspectorate’s lowest rating.", ["inadequate:overall"]),
        ("It was given the lowest of Ofsted's four ratings.", ["inadequate:overall"]),
        ("The county holds the highest possible grade.", ["outstanding:overall"]),
        ("It was the second-lowest grade.", ["requires-improvement:overall"]),
        ("efforts to improve its “inadequate” children’s services", ["inadequate:overall"]),
        ("Services in the town require improvement to be good.", ["requires-improvement:overall"]),
        ("An inadequate Ofsted rating", ["inadequate:overall"]),
        ("a good-rated authority", ["good:overall"]),
        ("Ofsted has awarded the service an “Outstanding” rating.", ["outstanding:overall"]),
        ("The authority received ‘Good’ in all areas.", ["good:overall"]),
        ("Children's services are inadequate, Ofsted has found.", ["inadequate:overall"]),
        ("Ofsted said the services are good.", ["good:overall"]),
        ("Overall effectiveness: Good", ["good:overall"]),
        ("The services were rated good overall, up from requires improvement.",
         ["good:overall", "requires-improvement:overall"]),
        ("They were graded adequate in 2011.", ["adequate:overall"]),
        ("Ofsted saw progress at ‘inadequate’ Surrey.", ["inadequate:overall"]),
    ],
)  # fmt: skip
def test_a_word_that_the_sentence_gives_as_a_grade_is_one(sentence: str, grades: list[str]) -> None:
    assert said(sentence) == grades


@pytest.mark.parametrize(
    "sentence",
    [
        "Social workers do good work.",
        "Ofsted praised good relationships with families.",
        "Inspectors saw “outstanding” practice in the fostering team.",
        "Good news for care leavers in the county",
        "There was inadequate supervision of staff, inspectors said.",
        "It is not good enough, Ofsted said.",
        "The council aims to be rated outstanding.",
        "We want to be judged good by Ofsted at the next inspection.",
        "It hopes for a good rating.",
        "It could be rated inadequate.",
        "Councils rated good or outstanding have fewer vacancies.",
        "The authority was rated good or better.",
        "The primary school was rated good by Ofsted.",
        "Its adult social care was rated requires improvement by the CQC.",
        "A children's home in the town was judged inadequate.",
        "The nursery keeps its outstanding rating.",
        "Of the 153 councils, 39 are rated outstanding.",
        "No council in the region was judged inadequate.",
        "There were no areas that were judged to be inadequate.",
        "It was rated good in two areas.",
        "The best children's services have stable staff.",
        "Care was given good, timely attention.",
    ],
)
def test_a_word_that_is_no_grade_of_a_councils_services_is_none(sentence: str) -> None:
    assert said(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "grades"),
    [
        (
            "Inspectors rated it good for children in need of help and protection, good for children in "
            "care, requires improvement for care leavers and outstanding for leaders.",
            [
                "good:help-and-protection",
                "good:in-care",
                "requires-improvement:care-leavers",
                "outstanding:leaders",
            ],
        ),
        ("Leadership was rated outstanding.", ["outstanding:leaders"]),
        ("Inspectors judged leaders to be good.", ["good:leaders"]),
        (
            "Help and protection and the experiences of children in care are both judged good.",
            ["good:help-and-protection", "good:in-care"],
        ),
        (
            "The impact of leaders on social work practice with children and families: Outstanding",
            ["outstanding:leaders"],
        ),
        (
            "The experiences and progress of children in care and care leavers – Good",
            ["good:in-care-and-care-leavers"],
        ),
        ("Good: the experiences of care leavers", ["good:care-leavers"]),
        ("The local children's safeguarding board was also rated good by Ofsted.", ["good:lscb"]),
        (
            "It is ‘outstanding’ for leadership, management and governance, and ‘outstanding’ for adoption "
            "performance, Ofsted says.",
            ["outstanding:leaders", "outstanding:adoption"],
        ),
        ("New leaders have made efforts to improve the ‘inadequate’ services.", ["inadequate:overall"]),
        ("Inspectors praised leaders and rated the services good.", ["good:overall"]),
        (
            "Inspectors rated leadership, management and governance, as well as adoption, as “good”.",
            ["good:leaders", "good:adoption"],
        ),
        (
            "Adoption and leadership were praised, with inspectors rating both areas as “outstanding”.",
            ["outstanding:leaders", "outstanding:adoption"],
        ),
        (
            "Good ratings were received for leaders, help and protection and overall effectiveness.",
            ["good:overall", "good:help-and-protection", "good:leaders"],
        ),
        (
            "Since it was given an ‘inadequate’ rating in March 2017, inspectors have seen new leadership.",
            ["inadequate:overall"],
        ),
        (
            "The council was rated good overall and outstanding for leadership.",
            ["good:overall", "outstanding:leaders"],
        ),
        ("Support for care leavers was graded requires improvement.", ["requires-improvement:care-leavers"]),
        ("Children's services were rated good, while its schools were rated good.", ["good:overall"]),
    ],
)
def test_a_grade_is_for_its_area(sentence: str, grades: list[str]) -> None:
    assert said(sentence) == grades


@pytest.mark.parametrize(
    ("sentence", "left_behind"),
    [
        ("rated good, up from requires improvement", [False, True]),
        ("services have improved from inadequate to good", [True, False]),
        ("Services are no longer inadequate, Ofsted says.", [True]),
        ("Council moves out of ‘inadequate’ following Ofsted inspection", [True]),
        ("Inspectors have removed a council's ‘inadequate’ rating", [True]),
        ("has been rated good", [False]),
    ],
)
def test_what_a_service_has_left_behind_is_marked(sentence: str, left_behind: list[bool]) -> None:
    assert [each.no_longer for each in find(folded(sentence), sentence)] == left_behind


def test_a_grade_says_where_it_stands_and_what_is_said_of_it_alone() -> None:
    sentence = "rated good overall and outstanding for leaders"
    first, second = find(sentence, sentence)
    assert sentence[first.start : first.end] == "good"
    assert (first.left, first.right) == (0, second.start)
    assert (second.left, second.right) == (first.end, len(sentence))
    assert second.areas == (Area.LEADERS,)
