"""The labelled corpus is read whole, and its measures count what they say."""

from pathlib import Path

import pytest

from benchmarks.evaluate import facts, relevance
from benchmarks.evaluate.labelled import OWN, Corpus, corpora, read_items
from benchmarks.evaluate.table import OURS
from newsdesk.errors import Mistake

ITEMS = '''
[[item]]
name = "rated"
type = "local paper"
title = "Leeds children's services rated outstanding"
text = """Ofsted has rated Leeds City Council's children's services outstanding."""
published = "2026-03-05"
full = true
[item.expect]
relevant = true
event = "inspection"
subjects = ["leeds"]
historic = ["leeds overall outstanding"]

[[item]]
name = "a school"
type = "school"
title = "Village school rated good"
text = "Pupils are happy."
[item.expect]
relevant = false
'''


def corpus(folder: Path, items: str = ITEMS) -> Corpus:
    (folder / "labelled" / "items").mkdir(parents=True)
    (folder / "labelled" / "items" / "some.toml").write_text(items, encoding="utf-8")
    return Corpus(folder / "labelled")


def test_our_own_corpus_is_there_and_another_of_the_same_shape(tmp_path: Path) -> None:
    corpus(tmp_path)
    assert [each.folder for each in corpora(tmp_path)] == [OWN, tmp_path / "labelled"]
    own = Corpus(OWN)
    assert len(own.items) >= 300
    assert sum(each.relevant for each in own.items) * 2 <= len(own.items)
    assert sum(each.full for each in (*own.items, *own.reports)) >= 120
    assert [each.article.fetched_at for each in own.reports] == sorted(
        each.article.fetched_at for each in own.reports
    )


def test_what_is_wrong_is_counted_and_told(tmp_path: Path) -> None:
    """In the record's years a grade that was not published then is old; the label says otherwise."""
    one = corpus(tmp_path, ITEMS.replace("historic =", "current ="))
    (item, _) = one.items
    assert facts.wrong(one, item, "subjects") is None
    assert facts.wrong(one, item, "current grades") == (
        "some: rated: lacks ['leeds overall outstanding'], has too nothing"
    )


def test_an_operators_feedback_is_measured_without_a_floor(tmp_path: Path) -> None:
    path = corpus(tmp_path).folder / "items" / "some.toml"
    precision, recall = relevance.feedback(path)
    assert (precision.scores[OURS], recall.scores[OURS]) == (1.0, 1.0)
    assert precision.floor is None
    assert (precision.corpus, precision.n) == ("some.toml", 2)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('title = "Village', 'titel = "Village', "a school: 'title'"),
        ("relevant = false", "relevant =", "line"),
        ('published = "2026-03-05"', 'published = "5 March"', "rated: Invalid isoformat"),
    ],
)
def test_a_mistake_names_the_file_and_the_item(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    path = tmp_path / "items.toml"
    path.write_text(ITEMS.replace(right, wrong), encoding="utf-8")
    with pytest.raises(Mistake) as mistake:
        read_items(path)
    assert mistake.value.reason.startswith(str(path))
    assert said in mistake.value.reason
