"""Provenance: whose page an address is."""

from datetime import date

import pytest

from newsdesk.model import Kind, Source
from newsdesk.provenance import Provenance, provenance
from tests.newsdesk.desks import gazetteer


def source(url: str, kind: Kind, outlet: str = "A paper", **more: object) -> Source:
    return Source("a", outlet, kind, url, "feed", (1, 2), "read by hand", date(2026, 3, 1), **more)  # type: ignore[arg-type]


SOURCES = [
    source("https://www.northmarchchronicle.example/rss", Kind.LOCAL, "Chronicle", covers=("northmarch",)),
    source("https://news.leeds.gov.uk/feed/en", Kind.COUNCIL, "Leeds newsroom", council="leeds"),
]


def of(url: str, outlet: str = "somebody") -> Provenance:
    return provenance(url, outlet, sources=SOURCES, gazetteer=gazetteer())


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://northmarchchronicle.example/news/1", Provenance(Kind.LOCAL, None, ("northmarch",))),
        ("https://news.leeds.gov.uk/news/1", Provenance(Kind.COUNCIL, "leeds")),
        ("https://www.herefordshire.gov.uk/news/article/1553", Provenance(Kind.COUNCIL, "herefordshire")),
        (
            "https://councillors.herefordshire.gov.uk/mgAi.aspx?ID=1",
            Provenance(Kind.COUNCIL, "herefordshire"),
        ),
        ("https://files.ofsted.gov.uk/v1/file/50192875", Provenance(Kind.INSPECTORATE)),
        ("https://www.gov.uk/government/publications/x", Provenance(Kind.GOVERNMENT)),
        ("https://www.communitycare.co.uk/2026/03/03/x/", Provenance(Kind.TRADE)),
        ("https://www.bbc.co.uk/news/1", Provenance(Kind.BROADCASTER)),
        ("https://nobody.example/1", Provenance()),
        ("https://notherefordshire.gov.uk.example/1", Provenance()),
    ],
)
def test_an_address_tells_whose_page_it_is(url: str, expected: Provenance) -> None:
    assert of(url) == expected


def test_a_declared_outlets_name_tells_it_too() -> None:
    assert of("https://archive.example/1", "CHRONICLE") == Provenance(Kind.LOCAL, None, ("northmarch",))
