"""Documents in files: each is read on its own, in the order in which they were named."""

from pathlib import Path

from crawlers.papers import Paper, read_all
from crawlers.settings import Limits
from newsdesk.model import Area, Event, Grade, Problem
from tests.crawlers.examples import a_paper

REPORT = """Inspection of Northmarch local authority children's services
Inspection dates: 9 to 20 June 2025
Lead inspector: A Person, His Majesty's Inspector
Judgement Grade
The impact of leaders on social work practice with children and families Good
The experiences and progress of children who need help and protection Good
The experiences and progress of children in care Good
The experiences and progress of care leavers Inadequate
Overall effectiveness Good
Children in Northmarch are mostly safe, and most of those who care for them are well known to them."""


def put(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


def test_files_are_read_in_the_order_given_whatever_is_in_them(tmp_path: Path) -> None:
    paths = [
        put(tmp_path, "page.pdf", b"<!DOCTYPE html><html><body>Not found</body></html>"),
        put(tmp_path, "report.pdf", a_paper(REPORT)),
        tmp_path / "nowhere.pdf",
        put(tmp_path, "scan.pdf", a_paper("")),
        put(tmp_path, "accounts.pdf", a_paper("The council's annual accounts.\n" * 20)),
    ]
    read = dict(read_all(paths))
    assert list(read) == paths
    problems = {path.name: each.reason for path, each in read.items() if isinstance(each, Problem)}
    assert problems == {
        "page.pdf": "what came is not a PDF, but an HTML page",
        "nowhere.pdf": "it cannot be opened: No such file or directory",
        "scan.pdf": "the PDF holds no text on its 1 pages: it is probably a scan",
        "accounts.pdf": "its text names no kind of inspection, visit or letter that is known here",
    }
    report = read[paths[1]]
    assert isinstance(report, Paper)
    assert report.document.kind is Event.INSPECTION
    assert report.document.grades[Area.CARE_LEAVERS] is Grade.INADEQUATE
    assert report.top.startswith("Inspection of Northmarch")


def test_a_file_above_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = put(tmp_path, "large.pdf", a_paper(REPORT) + b" " * (2 << 20))
    ((_, problem),) = read_all([path], limits=Limits(size=1 << 20))
    assert isinstance(problem, Problem)
    assert problem.code == "too-large"


def test_a_file_whose_reader_is_killed_does_not_take_the_others_along(tmp_path: Path) -> None:
    paths = [put(tmp_path, f"{name}.pdf", a_paper(REPORT)) for name in "ab"]
    read = [each for _, each in read_all(paths, limits=Limits(document=0.0))]
    assert [each.code for each in read if isinstance(each, Problem)] == ["parser-killed", "parser-killed"]


def test_no_file_is_no_work() -> None:
    assert list(read_all([])) == []


def test_a_table_that_was_drawn_column_by_column_is_read_by_its_place_on_the_page(tmp_path: Path) -> None:
    title, dates, lead, _, *rows = REPORT.splitlines()[:9]
    cut = [row.rpartition(" ") for row in rows]
    column = [(label, 50, 700 - 20 * at) for at, (label, _, _) in enumerate(cut)]
    column += [(grade, 480, 700 - 20 * at) for at, (_, _, grade) in enumerate(cut)]
    head = [(line, 50, 800 - 20 * at) for at, line in enumerate((title, dates, lead, "Judgement Grade"))]
    said = [("Children in Northmarch are mostly safe, and known to those who care for them.", 50, 500)] * 4
    path = put(tmp_path, "columns.pdf", a_drawing(*head, *column, *said))
    ((_, paper),) = read_all([path])
    assert isinstance(paper, Paper)
    assert paper.document.grades == {
        Area.LEADERS: Grade.GOOD,
        Area.HELP_AND_PROTECTION: Grade.GOOD,
        Area.IN_CARE: Grade.GOOD,
        Area.CARE_LEAVERS: Grade.INADEQUATE,
        Area.OVERALL: Grade.GOOD,
    }


def a_drawing(*words: tuple[str, int, int]) -> bytes:
    """A PDF of one page, with these words drawn in this order at these places (points from below left)."""
    drawn = " ".join(f"BT /F1 9 Tf {x} {y} Td ({text}) Tj ET" for text, x, y in words).encode("cp1252")
    empty = a_paper("")
    head, _, _ = empty.partition(b"<</Length")
    table = empty[empty.index(b"xref\n") : empty.rindex(b"startxref")]
    body = head + b"<</Length %d>>stream\n%s\nendstream\nendobj\n" % (len(drawn), drawn)
    return body + table + b"startxref\n%d\n%%%%EOF" % len(body)
