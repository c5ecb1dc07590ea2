"""Articles, assessments and stories made for the tests of placing and of telling."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from newsdesk.model import (
    Article,
    Assessment,
    CouncilRole,
    Event,
    Judgement,
    Kind,
    Report,
    Role,
    Scope,
    Story,
    Visit,
)
from newsdesk.stories import found

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
WORDS = "Caseloads turnover neglect supervision hubs thresholds referrals duty managers strategy"
FIRST = Visit("2025-10-21", "2025-10-22", 1)
SECOND = Visit("2026-01-27", "2026-01-28", 2)
_ids = count(1)


def article(
    title: str = "Northmarch told to improve", text: str = WORDS, *, days: int = 0, kind: Kind = Kind.LOCAL
) -> Article:
    at = AT + timedelta(days=days)
    return Article("http://x.example/1", "A paper", title, text, at, published=at, kind=kind)


def read(
    event: Event = Event.MONITORING_VISIT,
    *subjects: str,
    visit: Visit | None = None,
    scope: Scope = Scope.COUNCIL,
    judgements: tuple[Judgement, ...] = (),
    others: tuple[CouncilRole, ...] = (),
) -> Assessment:
    councils = tuple(CouncilRole(each, Role.SUBJECT) for each in subjects or ("northmarch",))
    if scope is Scope.NATIONAL:
        councils = ()
    return Assessment(True, 10.0, (), scope, event, (*councils, *others), judgements, visit)


def report(paper: Article) -> Report:
    return Report(
        next(_ids), paper.url, paper.outlet, paper.kind, paper.title, paper.published, paper.fetched_at
    )


def story(assessment: Assessment, paper: Article | None = None, number: int = 7) -> Story:
    return replace(found(report(paper or article()), assessment), id=number)
