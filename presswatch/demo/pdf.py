"""A PDF of plain lines: what an inspectorate's letter needs, and no more.

The same lines always give the same bytes: there is no date, no id and no compression in the file.
"""

from collections.abc import Sequence

A4 = (595, 842)  # points
LEFT, TOP = 60, 780
SIZE, LEADING = 11, 15
LINES = 46  # on a page


def write_pdf(lines: Sequence[str]) -> bytes:
    """The bytes of a document with these lines in Helvetica. UnicodeEncodeError outside Windows-1252."""
    pages = [lines[start : start + LINES] for start in range(0, len(lines), LINES)] or [[]]
    kids = [4 + 2 * number for number in range(len(pages))]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for kid, page in zip(kids, pages, strict=True):
        objects += [_page(kid + 1), _stream(_shown(page))]
    return _file(objects)


def _page(content: int) -> bytes:
    box = f"[0 0 {A4[0]} {A4[1]}]"
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {content} 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>"
    ).encode()


def _shown(lines: Sequence[str]) -> bytes:
    moves = f"BT /F1 {SIZE} Tf {LEADING} TL {LEFT} {TOP} Td".encode()
    return b"\n".join([moves, *(b"(" + _escaped(line) + b") Tj T*" for line in lines), b"ET"])


def _escaped(line: str) -> bytes:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects one after another, and the table that says at which byte each begins."""
    body, starts = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        starts.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, len(body))
    )
