"""Ofsted's provider pages beyond their plain shape (that is under pages/)."""

import pytest

from crawlers.readers import read_listing
from newsdesk.errors import Drifted
from newsdesk.model import Kind
from tests.crawlers.examples import a_page, a_source

OFSTED = a_source(
    name="ofsted", outlet="Ofsted", kind=Kind.INSPECTORATE, reader="ofsted", council="northmarch"
)
REPORT = "<a class='publication-link' href='https://files.ofsted.gov.uk/v1/file/50192875'>{}</a>"


def a_provider(*links: str) -> str:
    return f"<main><h1>Northmarch Council</h1><ol>{''.join(f'<li>{link}</li>' for link in links)}</ol></main>"


def test_a_page_without_documents_has_drifted() -> None:
    with pytest.raises(Drifted, match="no published document"):
        read_listing(OFSTED, a_page(a_provider("Nothing yet")))


def test_files_are_found_by_their_address_when_the_marking_of_links_changes() -> None:
    label = "Focused visit, PDF - 1 May 2026"
    link = f"<a class='new' href='https://files.ofsted.gov.uk/v1/file/50309857'>{label}</a>"
    lead = read_listing(OFSTED, a_page(a_provider(link))).leads[0]
    assert (lead.guid, lead.title, lead.published_printed) == (
        "50309857",
        "Focused visit: Northmarch Council",
        "1 May 2026",
    )


def test_a_label_that_is_corrected_changes_the_marker() -> None:
    before = read_listing(OFSTED, a_page(a_provider(REPORT.format("Inspection, pdf - 1 May 2026")))).leads[0]
    after = read_listing(OFSTED, a_page(a_provider(REPORT.format("Inspection, pdf - 2 May 2026")))).leads[0]
    assert before.guid == after.guid
    assert before.marker != after.marker


def test_a_document_without_a_date_is_kept_with_a_warning() -> None:
    reading = read_listing(OFSTED, a_page(a_provider(REPORT.format("Inspection report"))))
    assert reading.leads[0].title == "Inspection report: Northmarch Council"
    assert reading.warnings == ("1 of 1 documents show no date",)
