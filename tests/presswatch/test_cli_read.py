"""`presswatch read`: one object a line, errors among them, and exit code 3 where there is one."""

import csv
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from crawlers.papers import Paper
from newsdesk.model import Area, Event, Grade, OfficialDocument, Problem
from presswatch.cli.read import read, shape
from presswatch.compose import desk
from tests.crawlers.examples import a_paper
from tests.crawlers.test_papers import REPORT
from tests.recorded import RECORDED, needs_recorded

GAZETTEER = desk().gazetteer
OFSTED = RECORDED / "ofsted"


def run(*arguments: object) -> Result:
    app = typer.Typer()
    app.command()(read)
    return CliRunner().invoke(app, [str(each) for each in arguments])


def told(document: OfficialDocument, top: str = "") -> dict[str, object]:
    return shape(Path("a.pdf"), Paper(document, top), GAZETTEER)


def test_each_file_is_a_line_and_a_bad_one_makes_the_exit_code_3(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(a_paper(REPORT.replace("Northmarch", "Leeds")))
    bad.write_bytes(b"<html>gone</html>")
    answer = run(good, bad, "--json")
    assert answer.exit_code == 3
    first, second = map(json.loads, answer.stdout.splitlines())
    assert first == {
        "file": str(good),
        "kind": "inspection",
        "council": "leeds",
        "council_name": "Leeds",
        "urn": "80481",
        "published": None,
        "inspection_start": "2025-06-09",
        "inspection_end": "2025-06-20",
        "lead_inspector": "A Person",
        "grades": {
            "leaders": "good",
            "help_and_protection": "good",
            "in_care": "good",
            "care_leavers": "inadequate",
            "overall": "good",
        },
    }
    assert second == {
        "file": str(bad),
        "error": "could not read: what came is not a PDF, but an HTML page",
    }


def test_people_get_words_and_errors_apart(tmp_path: Path) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(a_paper(REPORT.replace("Northmarch", "Leeds")))
    answer = run(good, tmp_path / "nowhere.pdf")
    assert answer.exit_code == 3
    assert "inspection: Leeds (URN 80481)" in answer.stdout
    assert "care leavers               inadequate" in answer.stdout
    assert "nowhere.pdf: could not read: it cannot be opened" in answer.stderr
    assert run(good).exit_code == 0


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Portsmouth City", "portsmouth"),
        ("City of Bradford Metropolitan District Council", "bradford"),
        ("Kingston Upon Hull City Council", "kingston-upon-hull"),
        ("Hull", "kingston-upon-hull"),
        ("Reading", "reading"),
        ("St. Helens Metropolitan Borough Council", "st-helens"),
        ("the London Borough of Ealing", "ealing"),
        ("Bath & North East Somerset", "bath-and-north-east-somerset"),
        ("Northmarch", None),
    ],
)
def test_a_council_is_known_by_the_names_that_titles_give_it(name: str, slug: str | None) -> None:
    found = told(OfficialDocument(Event.INSPECTION, council_name=name))
    assert found["council"] == slug
    assert (found["urn"] is None) is (slug is None)
    assert found["council_name"] == (GAZETTEER.names[slug] if slug else name)


def test_without_a_name_in_the_title_the_first_words_must_name_one_council_alone() -> None:
    letter = OfficialDocument(Event.FOCUSED_VISIT)
    assert told(letter, "Director of Children's Services, Leeds City Council")["council"] == "leeds"
    assert told(letter, "Leeds City Council and Kent County Council")["council"] is None
    assert told(letter, "Reading the letter")["council"] is None


def test_one_grade_for_care_and_leaving_care_stands_under_both_names() -> None:
    grades = {Area.IN_CARE_AND_CARE_LEAVERS: Grade.GOOD}
    assert told(OfficialDocument(Event.INSPECTION, grades=grades))["grades"] == {
        "in_care_and_care_leavers": "good",
        "in_care": "good",
    }


def test_a_report_without_certain_grades_says_so_and_a_letter_need_not() -> None:
    assert "warning" in told(OfficialDocument(Event.INSPECTION))
    assert "warning" not in told(OfficialDocument(Event.FOCUSED_VISIT))
    assert "error" in shape(Path("a.pdf"), Problem("unreadable", "it is a scan", "skip"), GAZETTEER)


def test_letters_say_their_outcome_instead_of_a_grade() -> None:
    send = Paper(OfficialDocument(Event.SEND_INSPECTION), "", send_outcome=3, priority_action=True)
    letter = shape(Path("a.pdf"), send, GAZETTEER)
    assert (letter["send_outcome"], letter["priority_action"], letter["grades"]) == (3, True, {})
    report = told(OfficialDocument(Event.INSPECTION, grades={Area.OVERALL: Grade.GOOD}))
    assert "send_outcome" not in report
    assert "priority_action" not in report


@needs_recorded
def test_a_sample_of_recorded_documents_is_read_to_the_right_council() -> None:
    rows = list(csv.DictReader((OFSTED / "index.csv").open(encoding="utf-8")))[::13]
    files = [OFSTED / row["file"] for row in rows]
    answer = run(*files, "--json")
    read_ = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [each["file"] for each in read_] == [str(each) for each in files]
    for row, each in zip(rows, read_, strict=True):
        assert "error" in each or each["urn"] == row["ofsted_urn"], each
