"""Mails of every shape: a full digest, an empty one, one that overflows, one of several days, an alert."""

from dataclasses import replace
from datetime import date

from newsdesk.digests import in_order
from newsdesk.history import History, Inspection
from newsdesk.model import (
    Area,
    CouncilRole,
    Digest,
    DigestItem,
    Event,
    Grade,
    Kind,
    Role,
    Scope,
    Shown,
    Story,
    Unseen,
    Visit,
)
from newsdesk.searches import Search
from notifications.footer import Terms
from notifications.render import Press, Rendered
from tests.notifications.examples import (
    COUNCILS,
    NOW,
    at,
    inspection,
    joint_inspection,
    judgement,
    monitoring_visit,
    report,
    send_inspection,
    story,
)

DAY = date(2023, 8, 4)
_BEFORE = Inspection(
    "stonebridge",
    date(2019, 3, 11),
    "2019-02-04",
    "2019-02-15",
    {Area.OVERALL: Grade.GOOD, Area.LEADERS: Grade.INADEQUATE, Area.IN_CARE: Grade.GOOD},
)
_TERMS = Terms(
    "Presswatch <digest@presswatch.example>",
    Search(councils=frozenset({"rivermouth", "stonebridge"}), grades=frozenset({Grade.INADEQUATE})),
    ("https://digest.example/stop/abc",),
    "https://digest.example/manage/abc",
)


def mails() -> dict[str, Rendered]:
    """Every sample by its name."""
    press = Press(
        COUNCILS, trusts={"stonebridge": "Stonebridge Children’s Trust"}, history=History((_BEFORE,))
    )
    many = tuple(DigestItem(replace(monitoring_visit(), headline=f"Story number {n}")) for n in range(200))
    digests = {
        "full": _full(),
        "empty": Digest(1, "Directors", DAY, ()),
        "overflow": Digest(1, "Directors", DAY, many),
        "several-days": replace(_full(), covers_from=date(2023, 7, 31)),
    }
    made = {name: press.digest(each, now=NOW, terms=_TERMS) for name, each in digests.items()}
    why = "your rule “inadequate”: a new grade of inadequate"
    return made | {"alert": press.alert(inspection(), why, name="Directors", now=NOW, terms=_TERMS)}


def _full() -> Digest:
    updated = DigestItem(monitoring_visit(), updated=True, shown=Shown((12, 13, 14)))
    judged = (inspection(), _four_areas(), send_inspection(), joint_inspection())
    others = (*judged, _commissioner(), _round_up(), _national())
    unseen = (
        Unseen("Care Weekly", "the server refused us", at(1)),
        Unseen("Harrow Fen Council", "its page asked for a login", at(2)),
    )
    return Digest(1, "Directors", DAY, tuple(in_order([updated, *map(DigestItem, others)])), unseen)


def _four_areas() -> Story:
    grades = {
        Area.LEADERS: Grade.OUTSTANDING,
        Area.HELP_AND_PROTECTION: Grade.GOOD,
        Area.IN_CARE: Grade.GOOD,
        Area.CARE_LEAVERS: Grade.REQUIRES_IMPROVEMENT,
    }
    papers = ("BBC News", "Care Weekly", "Fenland Post", "Vale Advertiser", "Fen Today", "Local Eye")
    press = tuple(report(60 + n, outlet=each, title="Harrow Fen judged") for n, each in enumerate(papers))
    own = report(
        51, outlet="Ofsted", kind=Kind.INSPECTORATE, title="Inspection of Harrow Fen", published=at(1)
    )
    return story(
        "Harrow Fen care leavers let down, but leaders praised",
        council="harrow-fen",
        event=Event.INSPECTION,
        visit=Visit("2026-05-11", "2026-05-22"),
        judgements=tuple(judgement(grade, council="harrow-fen", area=area) for area, grade in grades.items()),
        reports=(own, *press),
    )


def _commissioner() -> Story:
    said = "The Secretary of State has directed the council to work with a commissioner."
    title = "Direction issued to Kestrel Vale: August 2023"
    own = report(71, outlet="Department for Education", kind=Kind.GOVERNMENT, title=title, snippet=said)
    return story(
        "Minister sends commissioner to Kestrel Vale",
        council="kestrel-vale",
        event=Event.COMMISSIONER_APPOINTED,
        roles=(CouncilRole("harrow-fen", Role.COMMISSIONER),),
        reports=(own, report(72, outlet="Kestrel Courier")),
    )


def _round_up() -> Story:
    also = ("stonebridge", "harrow-fen", "kestrel-vale")
    return story(
        "Round-up of focused visit letters",
        event=Event.FOCUSED_VISIT,
        scope=Scope.SEVERAL,
        roles=tuple(CouncilRole(each, Role.SUBJECT) for each in also),
        reports=(report(81, outlet="Care Weekly", kind=Kind.TRADE),),
    )


def _national() -> Story:
    return story(
        "Ministers consult on a new inspection framework",
        council=None,
        event=Event.POLICY,
        scope=Scope.NATIONAL,
        reports=(report(91, outlet="Care Weekly", kind=Kind.TRADE),),
    )
