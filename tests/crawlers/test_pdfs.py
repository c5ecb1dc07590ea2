"""The text of PDFs, and the ways in which there is none."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from crawlers import pdfs
from newsdesk.errors import Unreadable
from tests.crawlers.examples import a_paper

LETTER = """Monitoring visit to Northmarch children's services
This letter summarises what inspectors found when they came to the council for
two days and looked at how it answers the first call of a worried neighbour.
The local authority is making progress from a low base.
• Leaders know their services better than they did, and their plan is sound in
what it sets out to do.
• Social workers change too often."""


def test_wrapped_lines_become_paragraphs_and_bullets_stay_apart() -> None:
    text = pdfs.paragraphs(pdfs.pages_of(a_paper(LETTER)))
    assert "came to the council for two days and looked" in text
    assert (
        "\n\n• Leaders know their services better than they did, and their plan is sound in what it sets"
        in text
    )
    assert text.endswith("\n\n• Social workers change too often.")


def test_running_headers_and_page_numbers_are_left_out() -> None:
    pages = [
        f"Inspection of Northmarch\n{LETTER}\nLine of its own {word}.\n{at}"
        for at, word in enumerate("abc", 1)
    ]
    text = pdfs.paragraphs(pdfs.pages_of(a_paper(*pages)))
    assert "Inspection of Northmarch" not in text
    assert "Line of its own b." in text
    assert "\n2\n" not in text


def test_a_page_of_html_under_a_pdf_s_address_is_named_as_such() -> None:
    with pytest.raises(Unreadable, match="not a PDF, but an HTML page"):
        pdfs.pages_of(b"<!DOCTYPE html><html><body>Not found</body></html>")


def test_a_file_cut_off_in_the_middle_is_unreadable() -> None:
    with pytest.raises(Unreadable, match=r"damaged|cannot be read|no text"):
        pdfs.pages_of(a_paper(LETTER)[:300])


def test_a_scan_without_text_is_unreadable_and_not_an_empty_article() -> None:
    with pytest.raises(Unreadable, match="probably a scan"):
        pdfs.pages_of(a_paper("", ""))


def test_a_paper_of_too_many_pages_is_refused() -> None:
    with pytest.raises(Unreadable, match=f"{pdfs.MOST_PAGES + 1} pages"):
        pdfs.pages_of(a_paper(*["Page"] * (pdfs.MOST_PAGES + 1)))


def test_a_locked_paper_is_unreadable() -> None:
    writer, out = PdfWriter(PdfReader(BytesIO(a_paper(LETTER)))), BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    with pytest.raises(Unreadable, match="locked"):
        pdfs.pages_of(out.getvalue())
