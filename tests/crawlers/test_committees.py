"""modern.gov beyond its plain page of news (that is under pages/)."""

import pytest

from crawlers.readers import read_listing
from newsdesk.errors import Drifted
from newsdesk.model import Kind
from tests.crawlers.examples import a_page, a_source

COMMITTEES = a_source(
    kind=Kind.COMMITTEE, reader="committee", url="https://councillors.northmarch.gov.uk/mgRss.aspx?XXR=0"
)


def test_a_feed_is_read_as_a_feed_and_keeps_its_ids() -> None:
    body = (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Northmarch</title>"
        "<item><title>Cabinet, Thursday 27 July 2023</title>"
        "<link>https://councillors.northmarch.gov.uk/ieListDocuments.aspx?CId=251&amp;MId=8471</link></item>"
        "</channel></rss>"
    )
    lead = read_listing(COMMITTEES, a_page(body, "text/xml")).leads[0]
    assert lead.url == "https://councillors.northmarch.gov.uk/ieListDocuments.aspx?CId=251&MId=8471"


def test_two_meetings_of_one_committee_stay_two_leads() -> None:
    link = "<li><a href='/ieListDocuments.aspx?CId=251&amp;MId={}'>Agenda of the scrutiny committee</a></li>"
    reading = read_listing(COMMITTEES, a_page(link.format(1) + link.format(2)))
    assert [lead.guid for lead in reading.leads] == [
        "ielistdocuments cid=251 mid=1",
        "ielistdocuments cid=251 mid=2",
    ]


def test_a_page_that_names_no_paper_has_drifted() -> None:
    with pytest.raises(Drifted, match="no meeting, paper or decision"):
        read_listing(COMMITTEES, a_page("<a href='/mgListCommittees.aspx'>Committees of the council</a>"))
