"""Roles: who is the subject, and what the others do in the story."""

import pytest

from newsdesk.model import Role
from newsdesk.passage import Passage
from newsdesk.roles import named, roles
from tests.newsdesk.desks import gazetteer

SUBJECT = "Children in Northmarch are waiting too long. "


def found(title: str, text: str, *, home: str | None = None, covers: tuple[str, ...] = ()) -> dict[str, Role]:
    mentions = named(Passage(title, text), gazetteer(), {*covers, *([home] if home else [])})
    return {each.council: each.role for each in roles(mentions, home=home, covers=covers)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Eastholme is helping Northmarch to improve.",
        "Eastholme City Council will support the council for two years.",
        "The council is being helped by Eastholme.",
        "Northmarch has formed an improvement partnership with Eastholme City Council.",
        "Its improvement partner, Eastholme City Council, has sent two managers.",
        "Eastholme has been Northmarch's improvement partner since last summer.",
        "Experts from Eastholme review cases every week.",
        "Managers are learning from Eastholme.",
        "The council has had peer support from Eastholme.",
        "Following the department's partnership with Eastholme City Council, managers are open to learning.",
        "This includes support from Eastholme children's services to Northmarch's frontline staff.",
        "The council turned to Eastholme for help.",
        "Practice leads from Eastholme work alongside Northmarch's managers.",
    ],
)
def test_a_helper_is_the_partner(sentence: str) -> None:
    assert found("Northmarch told to improve", SUBJECT + sentence) == {
        "northmarch": Role.SUBJECT,
        "eastholme": Role.PARTNER,
    }


def test_a_partner_is_never_the_subject_however_often_it_is_named() -> None:
    text = SUBJECT + "Eastholme is helping Northmarch. Eastholme was rated outstanding in 2023. "
    text += "Eastholme has few vacancies. Staff like Eastholme. Eastholme's leader was pleased."
    assert found("Northmarch told to improve", text)["eastholme"] is Role.PARTNER


@pytest.mark.parametrize(
    "sentence",
    [
        "The commissioner, chief executive of Brackenshire County Council, will report in May.",
        "The former chief executive of Brackenshire has been appointed as commissioner.",
        "Ministers have appointed the director of children's services at Brackenshire as commissioner.",
        "Brackenshire's chief executive will be the children's services commissioner for Northmarch.",
        "The leader of Brackenshire County Council, rated good, has been appointed to lead a review.",
    ],
)
def test_a_commissioners_own_council_is_not_the_subject(sentence: str) -> None:
    assert found("Commissioner for Northmarch", SUBJECT + sentence)["brackenshire"] is Role.COMMISSIONER


@pytest.mark.parametrize(
    "sentence",
    [
        "The former Eastholme director will start in May.",
        "She was director of children's services at Eastholme.",
        "He joins from Eastholme.",
        "She previously worked at Eastholme City Council.",
    ],
)
def test_a_career_elsewhere_is_only_mentioned(sentence: str) -> None:
    assert found("New director for Northmarch", SUBJECT + sentence)["eastholme"] is Role.MENTIONED


@pytest.mark.parametrize(
    "sentence",
    [
        "Caseloads are higher than in Eastholme.",
        "Unlike Eastholme, the council uses agency staff.",
        "Neighbouring Eastholme is rated good.",
        "Other councils, such as Eastholme, have fewer vacancies.",
        "Compared with Eastholme it is slow.",
    ],
)
def test_a_yardstick_is_compared(sentence: str) -> None:
    assert found("Northmarch told to improve", SUBJECT + sentence)["eastholme"] is Role.COMPARED


@pytest.mark.parametrize(
    "sentence",
    [
        "Northmarch Council has agreed to support more foster carers.",
        "Care leavers get good support from Northmarch Council.",
        "Social workers like working in Northmarch.",
        "It follows a monitoring visit in Northmarch.",
        "Northmarch is supporting families better than before.",
        "The commissioner told the leader of Northmarch Council to act.",
        "Ofsted is working with Northmarch Council.",
    ],
)
def test_a_council_alone_is_the_subject_whatever_it_does(sentence: str) -> None:
    assert found("Children's services", sentence) == {"northmarch": Role.SUBJECT}


def test_one_named_in_passing_further_down_is_mentioned() -> None:
    text = (
        SUBJECT + "The report came today. Much is still to do. A fourth sentence. Eastholme is 20 miles away."
    )
    assert found("Northmarch told to improve", text)["eastholme"] is Role.MENTIONED


def test_two_councils_in_one_title_are_both_subjects() -> None:
    assert found("Northmarch and Eastholme to share a director", "Both councils agreed.") == {
        "northmarch": Role.SUBJECT,
        "eastholme": Role.SUBJECT,
    }


def test_subjects_come_first() -> None:
    mentions = named(
        Passage("Told to improve", "Unlike Eastholme, Northmarch is slow. Northmarch agreed."),
        gazetteer(),
        set(),
    )
    assert [each.council for each in roles(mentions)] == ["northmarch", "eastholme"]


def test_a_councils_own_page_that_names_nobody_is_about_that_council() -> None:
    assert found("Our services are good", "We are proud.", home="northmarch") == {"northmarch": Role.SUBJECT}


def test_a_councils_own_page_that_names_another_alone_is_about_its_own() -> None:
    text = "The council has appointed a new director. She joins from Eastholme in May."
    assert found("New director of children's services", text, home="northmarch") == {
        "northmarch": Role.SUBJECT,
        "eastholme": Role.MENTIONED,
    }


def test_a_paper_that_names_its_councils_helper_alone_is_about_its_council() -> None:
    assert found(
        "Help for children's services", "Eastholme will help the council.", covers=("northmarch",)
    ) == {
        "northmarch": Role.SUBJECT,
        "eastholme": Role.PARTNER,
    }


def test_a_page_that_names_nobody_and_is_nobodys_is_about_nobody() -> None:
    assert found("Services are good", "They are proud.") == {}


def test_the_councils_of_a_shared_trust_share_its_name() -> None:
    assert found("Vale Children's Trust praised", "The trust runs services for two councils.") == {
        "north-vale": Role.SUBJECT,
        "south-vale": Role.SUBJECT,
    }


def test_in_a_round_up_the_first_council_is_no_more_than_the_others() -> None:
    text = "Eastholme was visited in May. " + "One more sentence follows here now today. " * 3
    text += "Northmarch was visited in June. Brackenshire was visited in July."
    mentions = named(Passage("Latest visits", text), gazetteer(), set())
    subjects = {each.council for each in roles(mentions, round_up=True) if each.role is Role.SUBJECT}
    assert subjects == {"eastholme", "northmarch", "brackenshire"}


def test_the_sentence_that_gives_the_role_is_its_evidence() -> None:
    mentions = named(
        Passage("Northmarch told to improve", SUBJECT + "Eastholme is helping Northmarch."),
        gazetteer(),
        set(),
    )
    evidence = {each.council: each.sentence for each in roles(mentions)}
    assert evidence["eastholme"] == "Eastholme is helping Northmarch."
    assert evidence["northmarch"] == "Northmarch told to improve"
