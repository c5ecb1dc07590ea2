"""What `--json` prints: plain values from the house's nouns. These shapes are a promise to scripts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from newsdesk.dates import local
from newsdesk.evidence import Evidence
from newsdesk.model import Assessment, Coming, CouncilRole, Judgement, Report, Story, Visit
from newsdesk.readers import Subscription
from newsdesk.slots import DAYS
from storage import Transaction


def story(each: Story) -> dict[str, Any]:
    """A story; times are ISO 8601 with London's offset, dates as coarse as known ("2022-07")."""
    return {
        "id": each.id,
        "headline": each.headline,
        "event": each.event.value,
        "scope": each.scope.value,
        "councils": councils(each.councils),
        "judgements": judgements(each.judgements),
        "visit": visit(each.visit),
        "outcome": each.outcome and each.outcome.value,
        "coming": coming(each.coming),
        "topics": list(each.topics),
        "first_seen": stamp(each.first_seen),
        "last_seen": stamp(each.last_seen),
        "articles": [report(one) for one in each.reports],
    }


def report(each: Report) -> dict[str, Any]:
    return {
        "url": each.url,
        "outlet": each.outlet,
        "kind": each.kind.value,
        "title": each.title,
        "published": stamp(each.published),
        "duplicate": each.duplicate_of is not None,
    }


def evidence(each: Evidence) -> dict[str, Any]:
    """What an operator said. `story` came out of it, of the stories `former`."""
    return {
        "kind": each.kind,
        "at": stamp(each.at),
        "by": each.by,
        "why": each.why,
        "story": each.story,
        "former": list(each.former),
    }


def assessment(each: Assessment) -> dict[str, Any]:
    return {
        "relevant": each.relevant,
        "score": each.score,
        "reasons": [
            {"rule": reason.rule, "weight": reason.weight, "line": reason.line} for reason in each.reasons
        ],
        "scope": each.scope.value,
        "event": each.event.value,
        "event_sentence": each.event_sentence,
        "councils": councils(each.councils, sentences=True),
        "judgements": judgements(each.judgements, sentences=True),
        "visit": visit(each.visit, sentence=True),
        "lead_inspector": {"name": each.inspector.name, "sentence": each.inspector.sentence}
        if each.inspector
        else None,
        "outcome": each.outcome and each.outcome.value,
        "coming": coming(each.coming, sentences=True),
        "topics": list(each.topics),
    }


def councils(all_: Sequence[CouncilRole], *, sentences: bool = False) -> list[dict[str, Any]]:
    return [
        {"slug": each.council, "role": each.role.value} | ({"sentence": each.sentence} if sentences else {})
        for each in all_
    ]


def coming(all_: Sequence[Coming], *, sentences: bool = False) -> list[dict[str, Any]]:
    return [
        {"step": each.step.value, "due": each.due, "council": each.council}
        | ({"sentence": each.sentence} if sentences else {})
        for each in all_
    ]


def judgements(all_: Sequence[Judgement], *, sentences: bool = False) -> list[dict[str, Any]]:
    return [
        {
            "council": each.council,
            "area": each.area.value,
            "grade": each.grade.value,
            "date": each.date,
            "current": each.current,
        }
        | ({"sentence": each.sentence} if sentences else {})
        for each in all_
    ]


def visit(each: Visit | None, *, sentence: bool = False) -> Mapping[str, Any] | None:
    if each is None:
        return None
    return {"started": each.started, "ended": each.ended, "ordinal": each.ordinal} | (
        {"council": each.council, "sentence": each.sentence} if sentence else {}
    )


def stamp(at: datetime | None) -> str | None:
    """ISO 8601 with London's offset of that day, so that its date is the date people printed."""
    return local(at).isoformat() if at else None


def subscription(each: Subscription) -> dict[str, Any]:
    """A subscription; `search` is its query string."""
    bell = each.bell
    return {
        "id": each.id,
        "name": each.name,
        "address": each.address,
        "search": str(each.search),
        "cadence": bell.cadence.value,
        "at": bell.at,
        "zone": bell.zone,
        "weekday": DAYS[bell.weekday] if bell.cadence == "weekly" else None,
        "channel": each.channel,
        "send_empty": each.send_empty,
        "alerts": sorted(each.rules),
        "quiet": each.quiet,
        "since": stamp(each.since),
        "ended_at": stamp(each.ended_at),
    }


def subscriber_record(tx: Transaction, subscriber: int) -> dict[str, Any]:
    """All that is kept about one subscriber, for them to have."""
    known = tx.subscribers.get(subscriber)
    assert known is not None
    return {
        "address": known.address,
        "state": known.state,
        "created_at": stamp(known.created_at),
        "confirmed_at": stamp(known.confirmed_at),
        "left_at": stamp(known.left_at),
        "subscriptions": [
            subscription(each) for each in tx.subscriptions.list(subscriber=subscriber, ended=True)
        ],
        "consents": [
            {"kind": each.kind.value, "at": stamp(each.at), "wording": each.wording}
            | {"source": each.source, "evidence": each.evidence}
            for each in tx.subscribers.consents(subscriber)
        ],
        "stories_told": sorted(tx.digests.told([subscriber])[subscriber]),
    }
