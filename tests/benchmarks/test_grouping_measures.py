"""How stories are scored, on cases whose figures can be told by hand, and on a made corpus."""

from pathlib import Path

import pytest

from benchmarks.archive.__main__ import main as archive
from benchmarks.evaluate import own_stories
from benchmarks.evaluate.groupings import b_cubed, b_cubed_of_several, pair_f1
from benchmarks.evaluate.labelled import Corpus

LETTER = '''
[[story]]
name = "northmarch visit two"
[[story.report]]
title = "{council} still slow, Ofsted finds"
published = "2025-11-03"
text = """Children in {council} wait too long for a social worker, Ofsted has told its children's services.

Inspectors made their second monitoring visit on 7 and 8 October 2025."""
[story.report.expect]
event = "monitoring-visit"
'''
AGAIN = """
[[story.report]]
title = "Second visit finds drift in children's services"
published = "2025-11-05"
text = "Ofsted's second monitoring visit to {council} Council in October found drift in children's services."
[story.report.expect]
event = "monitoring-visit"
also = [{also}]
"""


def whole(*groups: str) -> list[frozenset[str]]:
    return [frozenset(group.split()) for group in groups]


def found(*groups: set[int]) -> list[frozenset[int]]:
    return [frozenset(group) for group in groups]


def test_one_group_for_all_has_full_recall_and_half_the_precision() -> None:
    assert b_cubed("aabb", [1, 1, 1, 1]) == pytest.approx(2 * 0.5 / 1.5)
    assert pair_f1("aabb", [(0, 1), (2, 3)]) == 1


def test_where_each_has_one_group_both_measures_agree() -> None:
    gold, told = whole("a", "a", "b", "b", "b"), found({1}, {2}, {2}, {3}, {3})
    assert b_cubed_of_several(gold, told) == pytest.approx(b_cubed("aabbb", [1, 2, 2, 3, 3]))


def test_a_round_up_left_out_of_one_story_costs_recall_and_one_put_into_all_costs_precision() -> None:
    gold = whole("a", "b", "a b")
    assert b_cubed_of_several(gold, found({1}, {2}, {1, 2})) == 1
    left_out = b_cubed_of_several(gold, found({1}, {2}, {1}))
    assert b_cubed_of_several(gold, found({1, 2}, {2, 1}, {1, 2})) < 1
    assert left_out < 1


def a_corpus(folder: Path, *, also: str = "", council: str = "Northmarch") -> Path:
    corpus = folder / "labelled"
    (corpus / "stories").mkdir(parents=True)
    (corpus / "councils.csv").write_text(
        "slug,name,official_name,ambiguous,trust,aliases\n"
        "northmarch,Northmarch,Northmarch Council,,,\neastholme,Eastholme,Eastholme City Council,,,\n"
    )
    told = LETTER.format(council="Northmarch") + AGAIN.format(council=council, also=also)
    (corpus / "stories" / "one.toml").write_text(told)
    return corpus


def test_reports_of_one_visit_score_one_and_nothing_is_listed(tmp_path: Path) -> None:
    told = own_stories.placed(Corpus(a_corpus(tmp_path)))
    assert [list(each.into) for each in told] == [[1], [1]]
    assert list(own_stories.errors(told)) == []
    assert own_stories.score(told) == 1


def test_what_is_in_no_story_of_its_label_is_listed_with_the_reason(tmp_path: Path) -> None:
    told = own_stories.placed(Corpus(a_corpus(tmp_path, council="Eastholme")))
    listed = "\n".join(own_stories.errors(told))
    assert "missing from: northmarch visit two" in listed
    assert "because: no open story has this council" in listed
    assert own_stories.score(told) < 1


def test_the_cost_of_filing_is_told_for_each_archive(capsys: pytest.CaptureFixture[str]) -> None:
    assert archive(["--sizes", "400", "--filed", "6"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in lines[2:4]] == [["SQLite", "400", "14"], ["SQLite", "400", "3650"]]
