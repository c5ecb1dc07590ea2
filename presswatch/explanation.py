"""Everything that happened to one address, and why: what `presswatch explain` tells."""

from typing import Any

from newsdesk import urls
from newsdesk.errors import Mistake, PresswatchError
from presswatch import shapes
from scheduler.house import House
from storage import LeadRow, Revision, StoredArticle

# What is told of an address that was shown but never read: the same keys, so that scripts may rely on them.
_UNREAD: dict[str, Any] = {
    "article": None,
    "threshold": None,
    "relevant": None,
    "score": None,
    "reasons": [],
    "scope": None,
    "event": None,
    "event_sentence": None,
    "councils": [],
    "judgements": [],
    "visit": None,
    "lead_inspector": None,
    "outcome": None,
    "coming": [],
    "topics": [],
    "duplicate_of": None,
    "identity": None,
    "story": None,
    "story_why": None,
}


def explanation(house: House, url: str) -> dict[str, Any]:
    """Plain values, for `--json` and for people. Raises PresswatchError for an address never seen."""
    if urls.canonical(url) is None:
        raise Mistake(f'"{url}" is no http or https address')
    with house.store.read() as tx:
        article = tx.articles.by_address([urls.key(url)])
        leads = tx.leads.trace(url)
        stored = tx.articles.get(article) if article is not None else None
        revisions = tx.articles.revisions(article) if article is not None else []
        placed = tx.stories.placements(article) if article is not None else ()
        said = tx.evidence.of([article]) if article is not None else []
        original = tx.articles.get(stored.duplicate_of) if stored and stored.duplicate_of else None
    if stored is None and not leads:
        raise PresswatchError(f"{url} was never seen: no source has shown it and nobody added it")
    return {
        "url": url,
        "canonical": urls.canonical(url),
        "leads": [_lead(each) for each in leads],
        "revisions": [_revision(each) for each in revisions],
        **(_read(house, stored, original) if stored else _UNREAD),
        "stories": [{"story": each.story, "why": each.why} for each in placed],
        "evidence": [shapes.evidence(each) for each in said],
    }


def _read(house: House, stored: StoredArticle, original: StoredArticle | None) -> dict[str, Any]:
    article = stored.article
    return {
        "article": {
            "id": stored.id,
            "title": article.title,
            "outlet": article.outlet,
            "published": shapes.stamp(article.published),
            "published_printed": article.published_printed,
            "updated": shapes.stamp(article.updated),
            "byline": article.byline,
            "canonical_url": article.canonical_url,
            "media": article.media,
            "winners": dict(article.winners),
            "text": article.text,
        },
        "threshold": house.desk.threshold(stored.assessment.topics),
        **shapes.assessment(stored.assessment),
        "duplicate_of": original.article.url if original else None,
        "identity": stored.why,
        "story": stored.story,
        "story_why": stored.why_story,
    }


def _lead(each: LeadRow) -> dict[str, Any]:
    waits = each.problem is not None and each.next_attempt_at is not None
    return {
        "source": each.source,
        "title": each.title,
        "state": each.state,
        "reason": each.reason,
        "attempts": each.attempts,
        "first_seen": shapes.stamp(each.first_seen),
        "last_seen": shapes.stamp(each.last_seen),
        "next_attempt_at": shapes.stamp(each.next_attempt_at),
        "problem": each.problem.reason if each.problem and waits else None,
    }


def _revision(each: Revision) -> dict[str, Any]:
    return {
        "noticed_at": shapes.stamp(each.noticed_at),
        "changed": each.changed,
        "matters": each.matters,
        "diff": each.diff,
    }
