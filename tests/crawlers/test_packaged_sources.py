"""The catalogue that comes with the house: all of England, each entry honest about how it was checked."""

import csv
from collections import Counter
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from crawlers import registry
from crawlers.readers import READERS
from newsdesk.model import Kind, Source
from tests.crawlers.examples import a_page

SOURCES = registry.load()
COUNCILS = {
    row["slug"]: row
    for row in csv.DictReader((files("newsdesk") / "data" / "councils.csv").read_text("utf-8").splitlines())
}


def of_kind(kind: Kind) -> list[Source]:
    return [each for each in SOURCES.values() if each.kind is kind]


def test_there_are_153_councils_with_the_dates_of_those_that_are_new() -> None:
    assert len(COUNCILS) == 153
    began = {slug: row["valid_from"] for slug, row in COUNCILS.items() if row["valid_from"] > "2010"}
    assert began == {
        "bournemouth-christchurch-and-poole": "2019-04-01",
        "dorset": "2019-04-01",
        "buckinghamshire": "2020-04-01",
        "north-northamptonshire": "2021-04-01",
        "west-northamptonshire": "2021-04-01",
        "cumberland": "2023-04-01",
        "westmorland-and-furness": "2023-04-01",
    }
    assert not any(row["valid_to"] for row in COUNCILS.values())


def test_every_council_has_a_newsroom_and_ofsted_s_page_of_its_own_number() -> None:
    assert {each.council for each in of_kind(Kind.COUNCIL)} == COUNCILS.keys()
    for slug, row in COUNCILS.items():
        assert SOURCES[f"ofsted-{slug}"].url.endswith(f"/provider/44/{row['urn']}")
        assert SOURCES[f"ofsted-{slug}"].council == slug


def test_every_council_named_anywhere_exists() -> None:
    named = {each.council for each in SOURCES.values() if each.council}
    named.update(slug for each in SOURCES.values() for slug in each.covers)
    assert named <= COUNCILS.keys()


def test_no_committee_system_is_taken_for_another_council_s() -> None:
    hosts: dict[str, str] = {}
    for each in of_kind(Kind.COMMITTEE):
        host = urlsplit(each.url).hostname or ""
        assert each.council
        assert hosts.setdefault(host, each.council) == each.council
        domain = COUNCILS[each.council]["domain"].removeprefix("my.")
        assert f".{host}".endswith((f".{domain}", ".moderngov.co.uk")), each.name


def test_nothing_claims_to_have_been_fetched() -> None:
    assert [
        each.name for each in SOURCES.values() if not each.verified.endswith("not yet fetched by us")
    ] == []


def test_a_guessed_address_is_called_a_guess() -> None:
    assert {each.council for each in of_kind(Kind.COUNCIL) if "guess" in each.verified} == {
        "buckinghamshire",
        "milton-keynes",
        "north-northamptonshire",
        "sunderland",
        "west-northamptonshire",
    }


def test_the_bbc_s_39_areas_cover_the_councils_that_are_certain() -> None:
    areas = [each for each in of_kind(Kind.BROADCASTER) if each.name.startswith("bbc-")]
    assert len(areas) == 39
    covered = Counter(slug for each in areas for slug in each.covers)
    assert COUNCILS.keys() - covered.keys() == {
        "cheshire-east",
        "cheshire-west-and-chester",
        "durham",
        "halton",
        "warrington",
    }
    assert set(covered.values()) == {1}


@pytest.mark.parametrize(
    "name",
    ["ofsted-news", "dfe-notices-and-directions", "cypnow", "community-care", "lgc", "lga", "kent-online"],
)
def test_the_national_and_the_trade_voices_are_there(name: str) -> None:
    assert name in SOURCES


def test_the_list_of_councils_at_ofsted_is_read_from_its_links() -> None:
    source = SOURCES["ofsted-list-one"]
    page = a_page(
        "<ul class='results-list'>"
        "<li><h3><a href='/provider/44/80474'>Herefordshire</a></h3><p>Local authority</p></li>"
        "<li><h3><a href='/provider/44/80481'>Leeds</a></h3></li>"
        "<li><a href='/search?start=100'>Next</a></li></ul>",
        url=source.url,
    )
    assert [(each.title, each.url) for each in READERS[source.reader](source, page).leads] == [
        ("Herefordshire", "https://reports.ofsted.gov.uk/provider/44/80474"),
        ("Leeds", "https://reports.ofsted.gov.uk/provider/44/80481"),
    ]
