"""The text of a PDF, within limits, and its lines joined again into paragraphs."""

import re
from collections import Counter
from io import BytesIO
from typing import Literal

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from newsdesk.errors import Unreadable
from newsdesk.text import clean_line, clean_text

MOST_PAGES = 120  # the longest council report of 2012 to 2026 has about 50
FEWEST_LETTERS = 200  # less than this on all pages together means pictures of text

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_BULLET = re.compile(r"^[•◼▪■●◦○–]\s*|^[a-z]?\d{0,2}[.)]\s")
_PAGE_NUMBER = re.compile(r"^(?:page )?\d{1,3}(?: of \d{1,3})?$", re.IGNORECASE)


def is_pdf(body: bytes) -> bool:
    """PDF readers accept some bytes before the mark, so it is looked for in the first kilobyte."""
    return b"%PDF-" in body[:1024]


def pages_of(body: bytes, *, by_place: bool = False) -> list[str]:
    """The text of each page: in the order in which it was drawn, or line by line by its place on the page.

    Unreadable when the file is no PDF, is damaged or locked, is too long, or holds no text to speak of
    (a scan): never a guess.
    """
    if not is_pdf(body):
        raise Unreadable(
            "what came is not a PDF" + (", but an HTML page" if b"<html" in body[:4096].lower() else "")
        )
    try:
        reader = PdfReader(BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("the PDF is locked with a password")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(f"the PDF has {len(reader.pages)} pages, more than {MOST_PAGES}")
        mode: Literal["plain", "layout"] = "layout" if by_place else "plain"
        drawn = (page.extract_text(extraction_mode=mode) for page in reader.pages)
        texts = [clean_text(text.translate(_LIGATURES)) for text in drawn]
    except Unreadable:
        raise
    except PyPdfError as error:
        raise Unreadable(f"the PDF is damaged: {error}") from error
    except Exception as error:  # hostile files reach nearly every kind of error inside the library
        raise Unreadable(f"the PDF cannot be read: {type(error).__name__}: {error}") from error
    if sum(map(str.isalpha, "".join(texts))) < FEWEST_LETTERS:
        raise Unreadable(f"the PDF holds no text on its {len(texts)} pages: it is probably a scan")
    return texts


def paragraphs(pages: list[str]) -> str:
    """The pages as running text: headers, footers and page numbers gone, wrapped lines joined."""
    repeated = _running_lines(pages)
    lines = [line for page in pages for line in page.splitlines() if clean_line(line) not in repeated]
    lines = [line for line in lines if not _PAGE_NUMBER.match(line)]
    width = sorted(map(len, lines))[int(len(lines) * 0.9)] if lines else 0
    blocks: list[str] = []
    open_block = False
    for line in lines:
        if not line:
            open_block = False
        elif blocks and not _BULLET.match(line) and (open_block or line[0].islower()):
            blocks[-1] += line if blocks[-1].endswith("-") and line[0].islower() else " " + line
        else:
            blocks.append(line)
        open_block = len(line) > 0.72 * width
    return clean_text("\n\n".join(blocks))


def _running_lines(pages: list[str]) -> set[str]:
    """Lines that stand at the edge of at least three pages, and of a third of them."""
    edges = Counter(line for page in pages for line in {clean_line(each) for each in _edges(page)} if line)
    return {line for line, count in edges.items() if count >= max(3, len(pages) / 3)}


def _edges(page: str) -> list[str]:
    lines = [line for line in page.splitlines() if line]
    return [*lines[:2], *lines[-2:]]
