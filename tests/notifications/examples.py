"""Invented councils and stories for the tests of this room."""

from datetime import UTC, date, datetime

from newsdesk.digests import in_order
from newsdesk.model import (
    Area,
    Coming,
    CouncilRole,
    Digest,
    DigestItem,
    Event,
    Grade,
    Judgement,
    Kind,
    Outcome,
    Report,
    Role,
    Scope,
    Step,
    Story,
    Unseen,
    Visit,
)

NOW = datetime(2023, 8, 4, 6, 0, tzinfo=UTC)
COUNCILS = {
    "rivermouth": "Rivermouth",
    "kestrel-vale": "Kestrel Vale",
    "stonebridge": "Stonebridge",
    "harrow-fen": "Harrow Fen",
}


def at(day: int, hour: int = 9, month: int = 8) -> datetime:
    return datetime(2023, month, day, hour, tzinfo=UTC)


PUBLISHED = at(2)


def report(
    article: int = 1,
    *,
    outlet: str = "Rivermouth Echo",
    kind: Kind = Kind.LOCAL,
    title: str = "Inspectors find children waiting too long",
    url: str | None = None,
    published: datetime | None = PUBLISHED,
    snippet: str = "",
    duplicate_of: int | None = None,
) -> Report:
    return Report(
        article=article,
        url=url or f"https://news.example/{article}",
        outlet=outlet,
        kind=kind,
        title=title,
        published=published,
        fetched_at=at(3),
        snippet=snippet,
        duplicate_of=duplicate_of,
    )


def judgement(
    grade: Grade,
    *,
    council: str = "rivermouth",
    area: Area = Area.OVERALL,
    current: bool = True,
    date: str | None = None,
) -> Judgement:
    return Judgement(council, area, grade, date, current)


def story(
    headline: str = "Monitoring visit letter for Rivermouth published",
    *,
    council: str | None = "rivermouth",
    event: Event = Event.MONITORING_VISIT,
    scope: Scope = Scope.COUNCIL,
    roles: tuple[CouncilRole, ...] = (),
    judgements: tuple[Judgement, ...] = (),
    visit: Visit | None = None,
    reports: tuple[Report, ...] = (),
    outcome: Outcome | None = None,
    coming: tuple[Coming, ...] = (),
    first_seen: datetime = PUBLISHED,
    last_seen: datetime | None = None,
) -> Story:
    subject = (CouncilRole(council, Role.SUBJECT),) if council else ()
    return Story(
        id=1,
        headline=headline,
        event=event,
        scope=scope,
        councils=(*subject, *roles),
        judgements=judgements,
        visit=visit,
        first_seen=first_seen,
        last_seen=last_seen or first_seen,
        reports=reports,
        outcome=outcome,
        coming=coming,
    )


def digest(*stories: Story, updated: frozenset[int] = frozenset(), unseen: tuple[Unseen, ...] = ()) -> Digest:
    """A digest of these stories; `updated` holds the places of those told of before."""
    items = in_order(DigestItem(each, place in updated) for place, each in enumerate(stories))
    return Digest(1, "Directors", date(2023, 8, 4), tuple(items), unseen)


def monitoring_visit() -> Story:
    """A letter, its copies in the local papers and the trade press; an old grade and a partner."""
    return story(
        "Rivermouth children’s services make progress but social workers leave too often, inspectors say",
        visit=Visit("2023-06-28", "2023-06-29", ordinal=2),
        judgements=(judgement(Grade.INADEQUATE, current=False, date="2022-07"),),
        roles=(CouncilRole("kestrel-vale", Role.PARTNER),),
        last_seen=at(3),
        reports=(
            report(
                11,
                outlet="Rivermouth Council",
                kind=Kind.COUNCIL,
                title="Ofsted publishes letter on its second monitoring visit",
                snippet="Inspectors visited in June and looked at the help children get when they "
                "first need it. They saw early signs of steadier work, from a low base.",
            ),
            report(12, outlet="Rivermouth Echo", title="Still some way to go for children’s services"),
            report(13, outlet="Fenland Post", title="Still some way to go", duplicate_of=12),
            report(14, outlet="Vale Advertiser", title="Still some way to go", duplicate_of=12),
            report(
                15,
                outlet="Care Weekly",
                kind=Kind.TRADE,
                title="Turnover slows improvement, letter warns",
                published=at(3),
            ),
        ),
    )


def inspection() -> Story:
    """A full inspection with grades of its own and one from before."""
    return story(
        "Stonebridge children’s services rated inadequate",
        council="stonebridge",
        event=Event.INSPECTION,
        visit=Visit("2023-06-05", "2023-06-16"),
        judgements=(
            judgement(Grade.INADEQUATE, council="stonebridge", date="2023-08-01"),
            judgement(Grade.INADEQUATE, council="stonebridge", area=Area.LEADERS, date="2023-08-01"),
            judgement(
                Grade.REQUIRES_IMPROVEMENT, council="stonebridge", area=Area.IN_CARE, date="2023-08-01"
            ),
            judgement(Grade.GOOD, council="stonebridge", area=Area.CARE_LEAVERS, date="2023-08-01"),
            judgement(Grade.GOOD, council="stonebridge", current=False, date="2019-03-11"),
        ),
        reports=(
            report(
                21,
                outlet="Ofsted",
                kind=Kind.INSPECTORATE,
                title="Inspection of Stonebridge local authority children’s services",
                published=at(1),
                snippet="Too many children in Stonebridge do not receive help early enough. Managers "
                "do not always know which children are waiting.",
            ),
            report(
                22, outlet="Stonebridge Gazette", title="Stonebridge children’s services rated inadequate"
            ),
        ),
    )


def send_inspection(outcome: Outcome = Outcome.FAILINGS) -> Story:
    """An area SEND inspection, which ends in one of three sentences and gives no grade."""
    return story(
        "Kestrel Vale families let down, inspectors find",
        council="kestrel-vale",
        event=Event.SEND_INSPECTION,
        visit=Visit("2023-06-12", "2023-06-30"),
        outcome=outcome,
        coming=(Coming(Step.ACTION_PLAN, "2023-10-02", council="kestrel-vale"),),
        reports=(
            report(31, outlet="Kestrel Courier", title="Kestrel Vale families let down"),
            report(
                32,
                outlet="Ofsted and CQC",
                kind=Kind.INSPECTORATE,
                title="Area SEND inspection of Kestrel Vale Local Area Partnership",
                published=at(1),
            ),
        ),
    )


def joint_inspection() -> Story:
    """A joint targeted area inspection whose letter asks for a written statement of action."""
    return story(
        "Harrow Fen partners praised for work on exploitation",
        council="harrow-fen",
        event=Event.JTAI,
        visit=Visit("2023-06-19", "2023-06-23"),
        coming=(Coming(Step.STATEMENT_OF_ACTION, "2023-11-10", council="harrow-fen"),),
        reports=(report(41, outlet="Ofsted", kind=Kind.INSPECTORATE, title="JTAI of Harrow Fen"),),
    )
