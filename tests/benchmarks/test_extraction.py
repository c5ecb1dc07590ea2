"""Corpora of made pages, read and scored as the real ones are."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.evaluate import extraction
from benchmarks.evaluate.__main__ import main
from benchmarks.evaluate.corpora import cases
from benchmarks.evaluate.table import OURS

BODY = (
    "The council has appointed a new director of children's services, who begins in autumn, after a search.",
    "She comes from a neighbouring county, where she led the work with families for six years and more.",
)
PAGE = (
    "<html><head><title>New director appointed | Courier</title>"
    "<meta property='og:title' content='New director appointed'>"
    "<meta property='article:published_time' content='2024-06-02T08:00:00+01:00'>"
    "<meta name='author' content='A Writer'></head><body><article><h1>New director appointed</h1>"
    f"<p>{BODY[0]}</p><p>{BODY[1]}</p></article></body></html>"
)
GOLD = {
    "id": "1",
    "file": "html/1.html.gz",
    "url": "https://courier.example/1",
    "title": "New director appointed",
    "author": "A Writer",
    "date": "2024-06-02",
    "body": "\n".join(BODY),
}


def a_corpus(folder: Path, **other: object) -> Path:
    """A folder of corpora with one page, labelled rightly but for what is given."""
    corpus = folder / "article-n4k"
    (corpus / "html").mkdir(parents=True)
    (corpus / "html/1.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (corpus / "gold.jsonl.gz").write_bytes(gzip.compress(json.dumps(GOLD | other).encode() + b"\n"))
    return folder


def test_a_case_is_a_page_with_its_label(tmp_path: Path) -> None:
    (case,) = cases(a_corpus(tmp_path) / "article-n4k")
    assert (case.corpus, case.name, case.gold["title"]) == ("article-n4k", "1", GOLD["title"])
    assert case.html() == PAGE.encode()


def test_a_name_that_is_no_address_is_replaced_by_one(tmp_path: Path) -> None:
    (case,) = cases(a_corpus(tmp_path, url="saved::page.html") / "article-n4k")
    assert case.url.startswith("https://")


def test_a_corpus_that_is_not_there_has_no_cases(tmp_path: Path) -> None:
    assert list(cases(tmp_path / "article-n4k")) == []


def test_a_page_read_rightly_scores_one_everywhere(tmp_path: Path) -> None:
    rows = {row.measure: row for row in extraction.rows(a_corpus(tmp_path))}
    measures = ("body, 4-shingle F1", "title, exact", "date, exact day", "author, exact set")
    assert [rows[measure].scores[OURS] for measure in measures] == [1, 1, 1, 1]
    assert rows["CPU ms per page"].scores[OURS] > 0
    assert rows["fell over"].scores[OURS] == 0


def test_the_command_writes_its_table_and_fails_below_a_floor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "table.json"
    folder = a_corpus(tmp_path / "corpora", title="Another headline", date="2024-06-03")
    assert main(["--corpora", str(folder), "--json", str(table), "--only", "extraction"]) == 1
    below = {row["measure"] for row in json.loads(table.read_text()) if row["verdict"] == "BELOW"}
    assert {"title, exact", "date, exact day"} <= below
    assert "BELOW: article-n4k, title, exact: 0.000, floor 0.910" in capsys.readouterr().err


def test_the_command_says_where_it_found_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpora", str(tmp_path), "--only", "extraction"]) == 2
    assert str(tmp_path) in capsys.readouterr().err
