"""`presswatch explain`: everything that happened to one address, and why."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsdesk.errors import PresswatchError
from presswatch.cli.common import Json, console, opened, print_json

if TYPE_CHECKING:
    from scheduler.house import House
    from storage import LeadRow, Revision, StoredArticle


def explain(
    url: Annotated[str, typer.Argument(metavar="URL")],
    as_json: Json = False,
) -> None:
    """Show every step and reason for one address: lead, article, relevance, facts, duplicates, story."""
    with opened() as house:
        explanation = _explained(house, url)
    if as_json:
        print_json(explanation)
        return
    out = console()
    for line in _lines(explanation):
        out.print(line)


def _explained(house: "House", url: str) -> dict[str, Any]:
    """The whole explanation. Raises PresswatchError for an address that was never seen."""
    from newsdesk import urls

    if urls.canonical(url) is None:
        raise PresswatchError(f"{url} is no http or https address")
    with house.store.read() as tx:
        article = tx.articles.by_address([urls.key(url)])
        leads = tx.leads.trace(url)
        stored = tx.articles.get(article) if article is not None else None
        revisions = tx.articles.revisions(article) if article is not None else []
        original = tx.articles.get(stored.duplicate_of) if stored and stored.duplicate_of else None
    if stored is None and not leads:
        raise PresswatchError(f"{url} was never seen: no source has shown it and nobody added it")
    return {
        "url": url,
        "canonical": urls.canonical(url),
        "leads": [_lead(each) for each in leads],
        "revisions": [_revision(each) for each in revisions],
        **(_article(stored, original) if stored else _NOTHING),
    }


_NOTHING: dict[str, Any] = {
    "article": None,
    "relevant": None,
    "score": None,
    "threshold": None,
    "reasons": [],
    "councils": [],
    "event": None,
    "judgements": [],
    "duplicate_of": None,
    "story": None,
}


def _article(stored: "StoredArticle", original: "StoredArticle | None") -> dict[str, Any]:
    from presswatch import compose, shapes

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
        "threshold": compose.desk().topic.threshold,
        **shapes.assessment(stored.assessment),
        "duplicate_of": original.article.url if original else None,
        "identity": stored.why,
        "story": stored.story,
        "story_why": stored.why_story,
    }


def _lead(each: "LeadRow") -> dict[str, Any]:
    from presswatch import shapes

    return {
        "source": each.source,
        "title": each.title,
        "state": each.state,
        "reason": each.reason,
        "attempts": each.attempts,
        "first_seen": shapes.stamp(each.first_seen),
        "last_seen": shapes.stamp(each.last_seen),
        "next_attempt_at": shapes.stamp(each.next_attempt_at),
        "problem": each.problem.reason if each.problem else None,
    }


def _revision(each: "Revision") -> dict[str, Any]:
    from presswatch import shapes

    return {
        "noticed_at": shapes.stamp(each.noticed_at),
        "changed": each.changed,
        "matters": each.matters,
        "diff": each.diff,
    }


def _lines(told: dict[str, Any]) -> list[str]:
    """The explanation for people."""
    lines = [told["url"], f"  known as      {told['canonical']}"]
    for lead in told["leads"]:
        lines.append(
            f"  lead          {lead['source']}, first seen {lead['first_seen']}: {lead['state']} ({lead['reason']})"
        )
        if lead["problem"]:
            lines.append(f"                {lead['problem']}; next try {lead['next_attempt_at']}")
    article = told["article"]
    if article is None:
        return [*lines, "  article       none was read from it"]
    lines += [
        f"  title         {article['title']}  [{article['winners'].get('title', 'given')}]",
        f"  outlet        {article['outlet']}",
        f"  published     {article['published'] or 'not known'}  "
        f"[{article['winners'].get('published', '-')}: {article['published_printed'] or '-'}]",
        f"  identity      {told['identity']}",
        f"  duplicate of  {told['duplicate_of'] or 'nothing'}",
        f"  relevant      {'yes' if told['relevant'] else 'no'}: "
        f"score {told['score']} (needs {told['threshold']} and a core sign)",
    ]
    lines += [
        f"    {reason['weight']:+5.1f}  {reason['rule']}: {_short(reason['line'])}"
        for reason in told["reasons"]
    ]
    lines.append(f"  event         {told['event']}: {_short(told['event_sentence'])}")
    for council in told["councils"]:
        lines.append(f"  {council['role']:13} {council['slug']}: {_short(council['sentence'])}")
    for each in told["judgements"]:
        lines.append(
            f"  {'NEW' if each['current'] else 'old'} judgement {each['council']}, {each['area']}: {each['grade']} "
            f"({each['date'] or 'undated'}): {_short(each['sentence'])}"
        )
    if visit := told["visit"]:
        number = f", visit no. {visit['ordinal']}" if visit["ordinal"] else ""
        lines.append(f"  on site       {visit['started'] or 'not said'} to {visit['ended'] or '-'}{number}")
    for revision in told["revisions"]:
        kind = "matters" if revision["matters"] else "does not matter"
        lines.append(f"  edited        {revision['noticed_at']}: {revision['changed']} ({kind})")
        lines += [f"      {line}" for line in revision["diff"].splitlines()]
    story = f"{told['story']}: {told['story_why']}" if told["story"] else "none"
    return [*lines, f"  story         {story}"]


def _short(line: str) -> str:
    return line if len(line) <= 110 else f"{line[:109]}…"
