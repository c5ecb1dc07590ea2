"""Names: which council is meant, and which names are of something else."""

import pytest

from newsdesk.gazetteer import Gazetteer
from tests.newsdesk.desks import gazetteer, invented


def found(text: str, *nearby: str) -> list[str]:
    return [slug for mention in gazetteer().find(text, nearby=nearby) for slug in mention.slugs]


@pytest.mark.parametrize(
    ("text", "council"),
    [
        ("Leeds City Council said", "leeds"),
        ("Herefordshire County Council’s efforts", "herefordshire"),  # a wrong form, and still that council
        ("Bradford City Council has", "bradford"),
        ("West Northamptonshire County Council", "west-northamptonshire"),
        ("the London Borough of Barnet", "barnet"),
        ("Barnet Council", "barnet"),
        ("Brighton and Hove children's services", "brighton-and-hove"),
        ("Brighton & Hove City Council", "brighton-and-hove"),
        ("Southend on Sea", "southend-on-sea"),
        ("Stockton-on-Tees Borough Council", "stockton-on-tees"),
        ("Hull City Council", "kingston-upon-hull"),
        ("Hull children’s services", "kingston-upon-hull"),
        ("Kingston Council", "kingston-upon-thames"),
        ("the Royal Borough of Kingston upon Thames", "kingston-upon-thames"),
        ("Richmond Council", "richmond-upon-thames"),
        ("St. Helens Council", "st-helens"),
        ("Telford & Wrekin", "telford-and-wrekin"),
        ("BCP Council", "bournemouth-christchurch-and-poole"),
        ("HEREFORDSHIRE COUNCIL", "herefordshire"),
        ("County Durham", "durham"),
        ("Reading Borough Council", "reading"),
        ("Bury Council", "bury"),
        ("in Kent,", "kent"),
        ("Nottingham City children's services", "nottingham"),
    ],
)
def test_a_council_is_known_by_its_names(text: str, council: str) -> None:
    assert found(text) == [council]


@pytest.mark.parametrize(
    "text",
    [
        "Reading the report took an hour",
        "Bury Free Press",
        "Bury St Edmunds",
        "Kent Police said",
        "Nottinghamshire Police",
        "Devon and Cornwall Police",
        "Hampshire and Isle of Wight Constabulary",
        "Derby County beat",
        "Leeds United fans",
        "Leicester City signed",
        "a match at Hull City",
        "Sheffield Hallam University",
        "Leeds Teaching Hospitals NHS Trust",
        "NHS Herefordshire",
        "Kent Online",
        "the Surrey Advertiser",
        "HMP Leeds",
        "the Duke of York",
        "New York",
        "Greater Manchester",
        "Newcastle-under-Lyme",
        "Sutton Coldfield",
        "East Suffolk Council",
        "South Norfolk District Council",
        "Mid Devon District Council",
        "West Lancashire Borough Council",
        "Councillor Jane Kent said",
        "Mr Bradford said",
        "Luton Airport",
        "Bath was cold",
        "the Kingston road",
        "in kent",
        "Westminster politics",
    ],
)
def test_a_name_of_something_else_is_no_council(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "council"),
    [
        ("South Gloucestershire", "south-gloucestershire"),
        ("North East Lincolnshire Council", "north-east-lincolnshire"),
        ("Central Bedfordshire", "central-bedfordshire"),
        ("Cheshire West and Chester", "cheshire-west-and-chester"),
        ("the East Riding of Yorkshire", "east-riding-of-yorkshire"),
        ("City of London Corporation", "city-of-london"),
        ("Kensington and Chelsea", "kensington-and-chelsea"),
    ],
)
def test_the_longest_name_wins(text: str, council: str) -> None:
    assert found(text) == [council]


def test_an_ordinary_word_counts_beside_the_councils_full_name() -> None:
    assert found("Waiting lists are long") == []
    assert found("Waiting Borough Council said. Waiting is a town.") == ["waiting", "waiting"]


def test_an_ordinary_word_counts_in_the_councils_own_paper() -> None:
    assert found("Children in Waiting", "waiting") == ["waiting"]


def test_a_full_name_is_stronger_than_the_place() -> None:
    strong, bare = gazetteer().find("Leeds City Council is in Leeds.")
    assert (strong.strong, bare.strong) == (True, False)


@pytest.mark.parametrize(
    ("trust", "councils"),
    [
        ("Birmingham Children's Trust", ["birmingham"]),
        ("Slough Children First", ["slough"]),
        ("Bradford Children and Families Trust", ["bradford"]),
        ("Northamptonshire Children's Trust", ["north-northamptonshire", "west-northamptonshire"]),
        (
            "Achieving for Children",
            ["kingston-upon-thames", "richmond-upon-thames", "windsor-and-maidenhead"],
        ),
    ],
)
def test_a_trust_stands_for_its_councils(trust: str, councils: list[str]) -> None:
    assert found(f"{trust} said") == councils


@pytest.mark.parametrize(
    ("name", "council"),
    [("Herefordshire Council", "herefordshire"), ("  leeds  City council ", "leeds"), ("Atlantis", None)],
)
def test_a_name_alone_leads_to_its_council(name: str, council: str | None) -> None:
    assert gazetteer().named(name) == council


def test_ofsteds_number_leads_to_the_council() -> None:
    assert gazetteer().by_urn["80474"].slug == "herefordshire"


def test_every_council_is_found_by_its_official_name_and_by_its_name_and_council() -> None:
    for council in gazetteer().councils.values():
        assert found(f"{council.official_name} said.") == [council.slug]
        assert council.slug in found(f"Then {council.name} Council said.")


def test_there_are_153_councils_and_no_two_share_a_number() -> None:
    real = [each for each in gazetteer().councils.values() if not each.domain.endswith(".example")]
    assert len(real) == 153
    assert len({each.urn for each in real}) == 153


def test_a_mention_keeps_its_place_whatever_stands_before_it() -> None:
    text = "“İzmir’s” twin – Leeds City Council"
    (mention,) = Gazetteer([invented("leeds", "City Council")]).find(text)
    assert text[mention.start : mention.end] == "Leeds City Council"


def test_a_trust_that_gave_the_services_back_runs_them_no_more() -> None:
    running = gazetteer().trusts
    assert running["birmingham"] == "Birmingham Children's Trust"
    assert not {"doncaster", "reading", "worcestershire", "leeds"} & running.keys()
