"""What `--json` prints: plain values from the house's nouns. These shapes are a promise to scripts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from newsdesk.dates import local
from newsdesk.model import Assessment, CouncilRole, Judgement, Report, Story, Visit


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
    }


def councils(all_: Sequence[CouncilRole], *, sentences: bool = False) -> list[dict[str, Any]]:
    return [
        {"slug": each.council, "role": each.role.value} | ({"sentence": each.sentence} if sentences else {})
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
        {"sentence": each.sentence} if sentence else {}
    )


def stamp(at: datetime | None) -> str | None:
    """ISO 8601 with London's offset of that day, so that its date is the date people printed."""
    return local(at).isoformat() if at else None
