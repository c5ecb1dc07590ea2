"""What happens to an article once it is read: known or new, relevant or not, and which story it tells.

Everything about one article is written in one transaction, and articles are filed one at a time over all
processes: two reports of one event, read at the same moment, must not found two stories.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from newsdesk import duplicates, stories, urls
from newsdesk.duplicates import Known, Verdict
from newsdesk.excerpts import excerpt
from newsdesk.model import Article, Assessment, Lead, Report, Scope, Story
from newsdesk.text import fingerprint, sketch, words
from scheduler.house import House
from storage import Outcome, StoredArticle, Transaction

_TURN = "filing"
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of an article. `story` is None for one that is not relevant."""

    outcome: Literal["new", "same", "revision", "copy"]
    article: int
    url: str
    outlet: str
    title: str
    assessment: Assessment
    story: int | None
    why: str
    source: str | None = None
    matters: bool = False


def file(
    house: House, article: Article, *, lead: Lead | None = None, twins: Sequence[tuple[str, Lead]] = ()
) -> Filed:
    """Judge an article, keep it, and put it into its story. With a lead, the lead is closed too.

    `twins` are leads of other sources that show the same page: they are closed as its duplicates.
    """
    source = house.sources.get(article.source or "")
    snippet = excerpt(article.text, source.snippet if source else 0)
    assessment = replace(house.desk.assess(article), snippet=snippet)
    with house.store.begin(turn=_TURN) as tx:
        verdict = _judge(tx, article)
        filed = _written(tx, article, assessment, verdict)
        settle = partial(tx.leads.settle, article=filed.article, now=house.clock())
        if lead is not None and article.source is not None:
            settle(article.source, lead, outcome=_lead_outcome(filed), reason=filed.why)
        for name, twin in twins:
            settle(name, twin, outcome="duplicate", reason=f"{article.source} shows the same page")
    return filed


def title_key(title: str) -> int:
    """The same for two titles that differ only in case, spacing or punctuation."""
    return fingerprint(" ".join(words(title)))


def _judge(tx: Transaction, article: Article) -> Verdict:
    same = tx.articles.by_address(_keys(article))
    whose = article.source or article.outlet
    since = article.fetched_at - duplicates.SAME_SOURCE
    titled = tx.articles.same_title(whose, title_key(article.title), since=since)
    near = tx.articles.near(
        sketch(article.text), since=article.fetched_at - duplicates.ELSEWHERE, limit=_CANDIDATES
    )
    return duplicates.judge(
        article,
        same_address=_known(tx.articles.get(same)) if same is not None else None,
        same_title=[_known(tx.articles.get(each)) for each in titled[:_CANDIDATES]],
        near=[_known(tx.articles.get(each)) for each, _ in near],
    )


def _keys(article: Article) -> set[int]:
    return {urls.key(each) for each in (article.url, article.canonical_url) if each and urls.canonical(each)}


def _known(stored: StoredArticle) -> Known:
    return Known(stored.id, stored.article, stored.sketch)


def _written(tx: Transaction, article: Article, assessment: Assessment, verdict: Verdict) -> Filed:
    if verdict.kind == "same":
        assert verdict.of is not None
        tx.articles.sighted(verdict.of, _keys(article))
        stored = tx.articles.get(verdict.of)
        return _filed(article, stored.assessment, verdict, verdict.of, stored.story)
    if verdict.kind == "revision":
        return _revised(tx, article, assessment, verdict)
    added = tx.articles.add(
        article,
        assessment,
        keys=_keys(article),
        title_key=title_key(article.title),
        fingerprint=fingerprint(article.text),
        sketch=sketch(article.text),
        duplicate_of=verdict.of,
        why=verdict.why,
    )
    report = _report(added, article, assessment, duplicate_of=verdict.of)
    story = _place(tx, article, report, assessment) if assessment.relevant else None
    return _filed(article, assessment, verdict, added, story)


def _revised(tx: Transaction, article: Article, assessment: Assessment, verdict: Verdict) -> Filed:
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
        sketch=sketch(article.text),
        changed=", ".join(verdict.change.fields),
        diff=verdict.change.diff,
        matters=verdict.change.matters,
    )
    report = _report(verdict.of, article, assessment, duplicate_of=before.duplicate_of)
    story = before.story
    if story is not None:
        _retell(tx, story, matters=verdict.change.matters)
    elif assessment.relevant:
        story = _place(tx, article, report, assessment)
    return _filed(article, assessment, verdict, verdict.of, story)


def _place(tx: Transaction, article: Article, report: Report, assessment: Assessment) -> int:
    """Join the open story or found a new one; a copy goes where its original is."""
    original = tx.articles.get(report.duplicate_of).story if report.duplicate_of is not None else None
    if original is not None:
        story = tx.stories.get(original)
        assert story is not None
        tx.stories.join(stories.join(story, article, report, assessment), report.article, "the same text")
        return story.id
    open_stories = _open(tx, report, assessment)
    placement = stories.place(article, assessment, open_stories)
    if placement.story is None:
        return tx.stories.found(stories.found(article, report, assessment), report.article, placement.why).id
    story = next(each for each in open_stories if each.id == placement.story)
    tx.stories.join(stories.join(story, article, report, assessment), report.article, placement.why)
    return story.id


def _open(tx: Transaction, report: Report, assessment: Assessment) -> list[Story]:
    councils = assessment.subjects if assessment.scope is not Scope.NATIONAL else frozenset[str]()
    return tx.stories.candidates(
        councils, since=report.when - stories.PAPERS, until=report.when + stories.PAPERS
    )


def _retell(tx: Transaction, story_id: int, *, matters: bool) -> None:
    """Draw an edited article's story up afresh from all its reports: what an edit took back is gone.

    An edit that matters makes a new version of the story.
    """
    story = tx.stories.get(story_id)
    assert story is not None
    told: Story | None = None
    for report in story.reports:
        stored = tx.articles.get(report.article)
        told = (
            stories.join(told, stored.article, report, stored.assessment)
            if told
            else stories.found(stored.article, report, stored.assessment)
        )
    assert told is not None
    tx.stories.update(replace(told, id=story.id, version=story.version + matters))


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
    article: Article, assessment: Assessment, verdict: Verdict, article_id: int, story: int | None
) -> Filed:
    return Filed(
        outcome=verdict.kind,
        article=article_id,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        assessment=assessment,
        story=story,
        why=verdict.why,
        source=article.source,
        matters=verdict.change.matters if verdict.change else False,
    )


def _lead_outcome(filed: Filed) -> Outcome:
    if filed.outcome in ("same", "copy"):
        return "duplicate"
    return "kept" if filed.assessment.relevant else "dropped"
