"""What happens to an article once it is read: known or new, relevant or not, and which story it tells.

Everything about one article is written in one transaction, and articles are filed one at a time over all
processes: two reports of one event, read at the same moment, must not found two stories.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from newsdesk import copies, duplicates, urls
from newsdesk.copies import Known
from newsdesk.duplicates import Verdict
from newsdesk.excerpts import excerpt
from newsdesk.model import Article, Assessment, Lead, Report
from newsdesk.text import fingerprint, sketch, words
from scheduler import telling
from scheduler.alerting import raise_alerts
from scheduler.house import House
from scheduler.ruling import assessed, said_of
from storage import Outcome, StoredArticle, Transaction

TURN = "filing"


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of an article. `stories` are those it reports: none when it is not relevant, several for a
    round-up, and `story` the first of them."""

    outcome: Literal["new", "same", "revision", "copy"]
    article: int
    url: str
    outlet: str
    title: str
    assessment: Assessment
    stories: tuple[int, ...]
    why: str
    source: str | None = None
    matters: bool = False

    @property
    def story(self) -> int | None:
        return self.stories[0] if self.stories else None


def unguarded(_: Transaction) -> None:
    """Nobody else can be at work on it."""


def file(
    house: House,
    article: Article,
    *,
    lead: Lead | None = None,
    twins: Sequence[tuple[str, Lead]] = (),
    shown: Callable[[Transaction], None] = unguarded,
) -> Filed:
    """Judge an article, keep it, and put it into its story. With a lead, the lead is closed too.

    `twins` are leads of other sources that show the same page: they are closed as its duplicates. `shown` is
    called first in the transaction: it raises when somebody else has taken over what the lead belongs to.
    """
    source = house.sources.get(article.source or "")
    snippet = excerpt(article.text, source.snippet if source else 0)
    sampled = sketch(article.text)
    assessment = replace(house.desk.assess(article), snippet=snippet)
    with house.store.begin(turn=TURN) as tx:
        shown(tx)
        verdict = _judge(tx, article, sampled)
        if verdict.kind != "same" and (said := said_of(tx, verdict.of)):
            assessment = replace(assessed(house.desk, article, said), snippet=snippet)
        filed = _written(tx, article, sampled, assessment, verdict)
        settle = partial(tx.leads.settle, article=filed.article, now=house.clock())
        if lead is not None and article.source is not None:
            settle(article.source, lead, outcome=_lead_outcome(filed), reason=filed.why)
        for name, twin in twins:
            settle(name, twin, outcome="duplicate", reason=f"{article.source} shows the same page")
        if filed.outcome != "same":
            raise_alerts(house, tx, filed.stories)
    return filed


def title_key(title: str) -> int:
    """The same for two titles that differ only in case, spacing or punctuation."""
    return fingerprint(" ".join(words(title)))


def _judge(tx: Transaction, article: Article, sampled: frozenset[int]) -> Verdict:
    same = tx.articles.by_address(_keys(article))
    whose = article.source or article.outlet
    since = article.fetched_at - copies.SAME_SOURCE
    titled = tx.articles.same_title(whose, title_key(article.title), since=since)
    near = tx.articles.near(sampled, since=article.fetched_at - copies.ELSEWHERE, limit=copies.CANDIDATES)
    return duplicates.judge(
        article,
        sampled,
        same_address=_as_it_was(tx.articles.get(same), article) if same is not None else None,
        same_title=[_known(tx.articles.get(each)) for each in titled[: copies.CANDIDATES]],
        near=[_with_family(tx, _known(tx.articles.get(each))) for each, _ in near],
    )


def _keys(article: Article) -> set[int]:
    return {urls.key(each) for each in (article.url, article.canonical_url) if each and urls.canonical(each)}


def _as_it_was(stored: StoredArticle, today: Article) -> Known:
    """A text that was let go after its time counts as unchanged: nothing is left to compare with."""
    known = _known(stored)
    if stored.article.text or stored.fingerprint == fingerprint(""):
        return known
    return replace(known, article=replace(stored.article, text=today.text))


def _known(stored: StoredArticle) -> Known:
    return Known(stored.id, stored.article, stored.sketch, stored.duplicate_of)


def _with_family(tx: Transaction, known: Known) -> Known:
    return replace(known, family=tx.articles.family(known.original, limit=copies.FAMILY))


def _written(
    tx: Transaction, article: Article, sampled: frozenset[int], assessment: Assessment, verdict: Verdict
) -> Filed:
    if verdict.kind == "same":
        assert verdict.of is not None
        tx.articles.sighted(verdict.of, _keys(article))
        stored = tx.articles.get(verdict.of)
        stories = tuple(tx.stories.of_article(verdict.of))
        return _filed(article, stored.assessment, verdict, verdict.of, stories)
    if verdict.kind == "revision":
        return _revised(tx, article, sampled, assessment, verdict)
    added = tx.articles.add(
        article,
        assessment,
        keys=_keys(article),
        title_key=title_key(article.title),
        fingerprint=fingerprint(article.text),
        sketch=sampled,
        duplicate_of=verdict.of,
        why=verdict.why,
    )
    if verdict.of is not None and verdict.also:
        tx.articles.are_copies(verdict.of, verdict.also, f"the same text, as {article.url} shows")
    report = _report(added, article, assessment, duplicate_of=verdict.of)
    stories = telling.tell(tx, article, report, assessment) if assessment.relevant else ()
    return _filed(article, assessment, verdict, added, stories)


def _revised(
    tx: Transaction, article: Article, sampled: frozenset[int], assessment: Assessment, verdict: Verdict
) -> Filed:
    assert verdict.of is not None
    assert verdict.change is not None
    before = tx.articles.get(verdict.of)
    tx.articles.revise(
        verdict.of,
        article,
        assessment,
        keys=_keys(article),
        title_key=title_key(article.title),
        fingerprint=fingerprint(article.text),
        sketch=sampled,
        changed=", ".join(verdict.change.fields),
        diff=verdict.change.diff,
        matters=verdict.change.matters,
    )
    report = _report(verdict.of, article, assessment, duplicate_of=before.duplicate_of)
    stories = tuple(tx.stories.of_article(verdict.of))
    if stories:
        telling.tell_again(tx, article, report, stories, matters=verdict.change.matters)
    elif assessment.relevant:
        stories = telling.tell(tx, article, report, assessment)
    return _filed(article, assessment, verdict, verdict.of, stories)


def report_of(stored: StoredArticle) -> Report:
    """A stored article as a reader of its story sees it."""
    return _report(stored.id, stored.article, stored.assessment, duplicate_of=stored.duplicate_of)


def _report(article_id: int, article: Article, assessment: Assessment, *, duplicate_of: int | None) -> Report:
    return Report(
        article=article_id,
        url=article.canonical_url or article.url,
        outlet=article.outlet,
        kind=article.kind,
        title=article.title,
        published=article.published,
        fetched_at=article.fetched_at,
        snippet=assessment.snippet,
        duplicate_of=duplicate_of,
    )


def _filed(
    article: Article, assessment: Assessment, verdict: Verdict, article_id: int, stories: tuple[int, ...]
) -> Filed:
    return Filed(
        outcome=verdict.kind,
        article=article_id,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        assessment=assessment,
        stories=stories,
        why=verdict.why,
        source=article.source,
        matters=verdict.change.matters if verdict.change else False,
    )


def _lead_outcome(filed: Filed) -> Outcome:
    if filed.outcome in ("same", "copy"):
        return "duplicate"
    return "kept" if filed.assessment.relevant else "dropped"
