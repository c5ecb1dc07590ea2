"""Relevance: is an article about children's social care services in England? Precision and recall on the
items.

Beside it stand the best saved search that we could write for a feed reader, and TF-IDF with a linear model,
trained and tried on the same items in five folds.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from benchmarks.evaluate.labelled import Corpus, Labelled, corpora, read_items
from benchmarks.evaluate.table import OURS, Row
from newsdesk.queries import document, question

_FLOOR = 0.97
_FOLDS = 5
# What a careful user of a feed reader writes: the field's own names, and Ofsted where it speaks of councils.
# Words that rule out (school, nursery, adult) were tried and lose more news than noise.
SAVED_SEARCH = """
    "children's services" OR "children's social care" OR "childrens services" OR "child protection"
    OR "care leavers" OR "looked after children" OR "children in care" OR "safeguarding practice review"
    OR "joint targeted area inspection" OR "area send" OR "focused visit" OR "monitoring visit"
    OR "children's trust" OR "director of children"
"""

Answers = Sequence[bool]
Judge = Callable[[Corpus, Sequence[Labelled]], Answers]


def rows(folder: Path) -> Iterator[Row]:
    """Precision and recall on the items of each corpus, and recall on the reports of its stories."""
    for corpus in corpora(folder):
        if corpus.items:
            answers = {name: judge(corpus, corpus.items) for name, judge in _judges().items()}
            yield from _figures(corpus.name, corpus, corpus.items, answers)
        if corpus.reports:
            told = {name: JUDGES[name](corpus, corpus.reports) for name in (OURS, "saved search")}
            scores = {name: _recall(corpus.reports, found) for name, found in told.items()}
            missed = _missed(corpus, corpus.reports, told[OURS], relevant=True)
            yield Row(
                corpus.name,
                "relevance of stories, recall",
                scores,
                _FLOOR,
                n=len(corpus.reports),
                misses=missed,
            )


def feedback(file: Path) -> Iterator[Row]:
    """The same of a file of items, such as operators' feedback; no floor: it holds what was once wrong."""
    items = read_items(file)
    corpus = Corpus(file.parent)
    answers = {name: JUDGES[name](corpus, items) for name in (OURS, "saved search")}
    yield from _figures(file.name, corpus, items, answers, floor=None)


def _figures(
    name: str,
    corpus: Corpus,
    items: Sequence[Labelled],
    answers: Mapping[str, Answers],
    floor: float | None = _FLOOR,
) -> Iterator[Row]:
    for measure, of, relevant in (("precision", _precision, False), ("recall", _recall, True)):
        scores = {system: of(items, found) for system, found in answers.items()}
        misses = _missed(corpus, items, answers[OURS], relevant=relevant)
        yield Row(name, f"relevance, {measure}", scores, floor, n=len(items), misses=misses)


def _missed(corpus: Corpus, items: Sequence[Labelled], found: Answers, *, relevant: bool) -> tuple[str, ...]:
    """Every item of that label that was judged otherwise, after a line for each type that holds one."""
    of_label = [(each, got) for each, got in zip(items, found, strict=True) if each.relevant is relevant]
    kinds = Counter(_kind(each) for each, _ in of_label)
    wrong = Counter(_kind(each) for each, got in of_label if got is not relevant)
    split = [f"{kind}: {wrong[kind]} of {kinds[kind]} wrong" for kind in sorted(wrong)]
    told = [
        f"{each.name} (score {corpus.assess(each).score}): {each.article.title}"
        for each, got in of_label
        if got is not relevant
    ]
    return (*split, *told)


def _kind(each: Labelled) -> str:
    return str(each.expect.get("event", each.type)) if each.relevant else each.type


def _precision(items: Sequence[Labelled], found: Answers) -> float:
    taken = [each.relevant for each, got in zip(items, found, strict=True) if got]
    return sum(taken) / len(taken) if taken else 1.0


def _recall(items: Sequence[Labelled], found: Answers) -> float:
    wanted = [got for each, got in zip(items, found, strict=True) if each.relevant]
    return sum(wanted) / len(wanted) if wanted else 1.0


# ---------------------------------------------------------------- who judges


def _ours(corpus: Corpus, items: Sequence[Labelled]) -> Answers:
    return [corpus.assess(each).relevant for each in items]


def _saved_search(_: Corpus, items: Sequence[Labelled]) -> Answers:
    asked = question(" ".join(SAVED_SEARCH.split()))
    return [asked(document(title=[each.article.title], text=[each.article.text])) for each in items]


def _linear(_: Corpus, items: Sequence[Labelled]) -> Answers:
    """TF-IDF of words and pairs of words, a linear support vector machine, five folds."""
    words = import_module("sklearn.feature_extraction.text").TfidfVectorizer
    machine = import_module("sklearn.svm").LinearSVC
    selection, pipeline = import_module("sklearn.model_selection"), import_module("sklearn.pipeline")
    texts = [f"{each.article.title}. {each.article.title}. {each.article.text}" for each in items]
    model = pipeline.make_pipeline(
        words(ngram_range=(1, 2), sublinear_tf=True, min_df=2), machine(class_weight="balanced")
    )
    folds = selection.StratifiedKFold(_FOLDS, shuffle=True, random_state=1)
    labels = [each.relevant for each in items]
    return [bool(each) for each in selection.cross_val_predict(model, texts, labels, cv=folds)]


JUDGES: dict[str, Judge] = {
    OURS: _ours,
    "saved search": _saved_search,
    "scikit-learn TF-IDF": _linear,
}


def _judges() -> dict[str, Judge]:
    return {name: judge for name, judge in JUDGES.items() if judge is not _linear or find_spec("sklearn")}
