"""The metrics, on cases whose figures can be told by hand."""

import pytest

from benchmarks.evaluate import metrics


def test_a_text_equal_to_its_label_scores_one_and_nothing_at_all_scores_nought() -> None:
    gold = "one two three four five"
    assert metrics.shingles_f1([(gold, gold)]) == 1
    assert metrics.shingles_f1([(gold, "")]) == 0


def test_shingles_are_runs_of_four_words_counted_as_often_as_they_come() -> None:
    gold, got = "a b c d e", "a b c d x"  # abcd bcde; abcd bcdx
    assert metrics.shingles_f1([(gold, got)]) == pytest.approx(0.5)
    assert metrics.shingles_f1([("a b c d", "a b c d a b c d")]) == pytest.approx(2 * 0.2 / 1.2)


def test_precision_and_recall_are_averaged_over_the_pages_before_they_meet() -> None:
    pages = [("a b c d", "a b c d"), ("a b c d", "x y z w")]
    assert metrics.shingles_f1(pages) == pytest.approx(0.5)


def test_case_counts_in_shingles_and_not_in_bags_of_words() -> None:
    assert metrics.shingles_f1([("A b c d", "a b c d")]) == 0
    assert metrics.words_f1([("A b c d", "d c b a")]) == 1


def test_bags_are_scored_page_by_page() -> None:
    pages = [("a b", "a b"), ("a b", "a c")]
    assert metrics.words_f1(pages) == pytest.approx(0.75)


def test_segments_are_sought_with_spaces_folded_and_counted_over_all_pages() -> None:
    pages = [(["kept  whole", "lost"], ["menu"], "This is kept\nwhole. Menu"), (["b"], ["c"], "b c")]
    assert metrics.segments_f1(pages) == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))


@pytest.mark.parametrize(
    ("gold", "got", "line", "same"),
    [
        ("Council  warned", "Council warned", True, True),
        ("Council’s plan", "council's plan", False, True),
        ("Council warned", "Council warned again", False, False),
        ("Council warned", None, False, False),
    ],
)
def test_titles_agree_to_the_letter_or_only_in_their_words(
    gold: str, got: str | None, line: bool, same: bool
) -> None:
    assert (metrics.same_line(gold, got), metrics.same_words(gold, got)) == (line, same)


def test_names_are_a_set_whatever_parts_them() -> None:
    assert metrics.names("Ann Writer, Bob Other") == metrics.names("BOB OTHER; Ann  Writer")
    assert metrics.names("Ann Writer and Bob Other") == metrics.names("Ann Writer & Bob Other")
    assert metrics.names(None) == frozenset()
