"""Pages of the shapes that British papers, trade titles and councils have, read to the letter."""

from datetime import datetime

import pytest

from benchmarks.evaluate import metrics
from benchmarks.evaluate.corpora import Case, own_pages
from benchmarks.evaluate.peers import read_page

CASES = list(own_pages())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_article_is_read_and_nothing_that_stands_around_it(case: Case) -> None:
    answer, gold = read_page(case.html(), case.url), case.gold
    assert (answer.text or "").split() == [word for word in gold["body"].split() if word != "•"]
    assert answer.title == gold["title"]
    assert answer.day == gold["date"]
    if "author" in gold:
        assert metrics.names(answer.author) == metrics.names(gold["author"])
    if "datetime" in gold:
        assert answer.moment == datetime.fromisoformat(gold["datetime"])


def test_there_are_pages_of_every_family() -> None:
    families = {case.name.partition("-")[0] for case in CASES}
    assert {"newsquest", "reach", "national", "iliffe", "cypnow", "community", "lgc", "bbc"} <= families
    assert {"council", "govuk"} <= families
