"""Sources, pages and papers made for tests."""

from datetime import UTC, date, datetime

from newsdesk.model import Kind, Page, Source

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
ADDRESS = "https://www.northmarch.gov.uk/news"


def a_source(**stated: object) -> Source:
    """A council's feed, unless something else is stated."""
    usual: dict[str, object] = {
        "name": "northmarch",
        "outlet": "Northmarch Council",
        "kind": Kind.COUNCIL,
        "url": ADDRESS,
        "reader": "feed",
        "weekly": (0, 10),
        "verified": "made for this test",
        "verified_on": date(2026, 11, 21),
    }
    return Source(**(usual | stated))  # type: ignore[arg-type]  # each test states what it needs


def a_page(body: str | bytes, content_type: str = "text/html; charset=utf-8", url: str = ADDRESS) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page(url, url, 200, content_type, raw, NOW)


def a_feed(*items: str) -> Page:
    """An RSS feed of these items."""
    channel = f"<channel><title>Northmarch</title><link>{ADDRESS}</link>{''.join(items)}</channel>"
    return a_page(f"<rss version='2.0'>{channel}</rss>", "application/rss+xml")


def a_paper(*pages: str) -> bytes:
    """A PDF with the lines of each page, in the plainest form the format allows."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, page in enumerate(pages):
        drawn = (
            b"BT /F1 11 Tf 14 TL 50 800 Td " + b" ".join(_shown(line) for line in page.splitlines()) + b" ET"
        )
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * at} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    return _file(objects)


def _shown(line: str) -> bytes:
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + escaped.encode("cp1252") + b") Tj T*"


def _file(objects: list[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer
