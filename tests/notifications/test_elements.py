"""What a reader must find in a digest for each kind of event, in both parts of the mail."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from newsdesk.history import History, Inspection
from newsdesk.model import (
    Area,
    Coming,
    CouncilRole,
    Digest,
    DigestItem,
    Event,
    Grade,
    Kind,
    Outcome,
    Role,
    Scope,
    Shown,
    Step,
    Story,
    Unseen,
    Visit,
)
from notifications.render import Press
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
from tests.notifications.reader import Read

RECORD = History(
    (
        Inspection("rivermouth", date(2022, 9, 21), None, "2022-07-29", {Area.OVERALL: Grade.INADEQUATE}),
        Inspection(
            "stonebridge",
            date(2019, 3, 11),
            "2019-02-04",
            "2019-02-15",
            {Area.OVERALL: Grade.GOOD, Area.LEADERS: Grade.INADEQUATE, Area.IN_CARE: Grade.GOOD},
        ),
    )
)
OFSTED = report(51, outlet="Ofsted", kind=Kind.INSPECTORATE, title="The letter itself", published=at(1))
PAPER = report(52, outlet="Rivermouth Echo", title="What the paper says")


def focused_visit() -> Story:
    return story(
        event=Event.FOCUSED_VISIT,
        visit=Visit("2023-07-04", "2023-07-05"),
        outcome=Outcome.PRIORITY_ACTION,
        reports=(PAPER, OFSTED),
    )


def without_overall_grade() -> Story:
    areas = (Area.LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS)
    return story(
        event=Event.INSPECTION,
        visit=Visit("2026-05-11", "2026-05-22"),
        judgements=tuple(judgement(Grade.GOOD, area=each) for each in areas),
        reports=(OFSTED,),
    )


def direction() -> Story:
    return story(
        event=Event.DIRECTION,
        roles=(CouncilRole("harrow-fen", Role.COMMISSIONER),),
        coming=(Coming(Step.REPORT, "2023-11", council="rivermouth"),),
        reports=(replace(OFSTED, outlet="Department for Education", kind=Kind.GOVERNMENT), PAPER),
    )


def partnership() -> Story:
    return story(
        event=Event.PARTNERSHIP, roles=(CouncilRole("kestrel-vale", Role.PARTNER),), reports=(PAPER,)
    )


def national() -> Story:
    return story(council=None, scope=Scope.NATIONAL, event=Event.POLICY, reports=(PAPER,))


KINDS: Sequence[tuple[str, Story, tuple[str, ...]]] = (
    (
        "ILACS judgement",
        inspection(),
        (
            "inspected 5 to 16 June 2023; published 1 August 2023",
            "New judgement",
            "Overall",
            "down from good",
            "Leaders",
            "as before",
            "Next: the council’s action plan, published by 8 November 2023",
            "Next: monitoring visits about every quarter",
            "Document: Inspection of Stonebridge local authority children’s services, Ofsted, 1 August 2023",
            "Also: Stonebridge Gazette",
        ),
    ),
    (
        "monitoring visit, whose grade is old",
        monitoring_visit(),
        (
            "Second monitoring visit",
            "visited 28 to 29 June 2023",
            "Last full inspection: Inadequate overall, July 2022",
            "Next: a monitoring visit, likely around September 2023",
            "Improvement partner: Kestrel Vale",
            "same text in Fenland Post and Vale Advertiser",
        ),
    ),
    (
        "focused visit",
        focused_visit(),
        (
            "visited 4 to 5 July 2023; published 1 August 2023",
            "Outcome: an area for priority action",
            "Next: the final action plan by 8 November 2023",
            "Document: The letter itself, Ofsted, 1 August 2023",
        ),
    ),
    (
        "SEND, failings",
        send_inspection(),
        (
            "inspected 12 to 30 June 2023; published 1 August 2023",
            "Outcome: widespread and/or systemic failings, the lowest of three; there are no grades",
            "Next: a priority action plan to Ofsted and CQC by 2 October 2023",
            "Next: a SEND monitoring inspection, likely around February 2025",
            "Next: a full SEND inspection, usually within 3 years",
            "Document: Area SEND inspection of Kestrel Vale Local Area Partnership, Ofsted and CQC",
        ),
    ),
    (
        "SEND, inconsistent",
        replace(send_inspection(Outcome.INCONSISTENT), coming=()),
        (
            "Outcome: inconsistent experiences and outcomes, the second of three",
            "Next: a full SEND inspection, usually within 3 years",
        ),
    ),
    (
        "SEND, positive",
        replace(send_inspection(Outcome.POSITIVE), coming=()),
        (
            "Outcome: typically positive experiences and outcomes, the best of three",
            "Next: a full SEND inspection, usually within 5 years",
        ),
    ),
    (
        "JTAI",
        joint_inspection(),
        (
            "Joint targeted area inspection",
            "inspected 19 to 23 June 2023",
            "Next: the written statement of action by 10 November 2023",
        ),
    ),
    (
        "inspection after April 2026",
        without_overall_grade(),
        ("Leaders", "Care leavers", "Inspections since April 2026 give no overall grade."),
    ),
    (
        "direction with a commissioner",
        direction(),
        (
            "Statutory direction",
            "Commissioner from: Harrow Fen",
            "Next: the commissioner’s advice on who should run the services, likely around November 2023",
            "Department for Education",
        ),
    ),
    ("partnership", partnership(), ("Improvement partnership", "Improvement partner: Kestrel Vale")),
    ("national item", national(), ("National", "National policy")),
)


def both_parts(*items: DigestItem, unseen: tuple[Unseen, ...] = ()) -> tuple[str, str]:
    """What a reader of the HTML part is told, and what a reader of the text part is."""
    told = Digest(1, "Directors", date(2023, 8, 4), items, unseen)
    made = Press(COUNCILS, history=RECORD).digest(told, now=NOW)
    return Read(made.html).text, " ".join(made.text.split())


@pytest.mark.parametrize(("told", "said"), [each[1:] for each in KINDS], ids=[each[0] for each in KINDS])
def test_both_parts_tell_all_that_is_known_of_it(told: Story, said: tuple[str, ...]) -> None:
    html, text = both_parts(DigestItem(told))
    for each in said:
        assert each in html
        assert _in_text(each) in text


def _in_text(said: str) -> str:
    """In the text part an outlet's address stands between a label and the next, and "Also:" on a line."""
    return said.partition(": ")[0] if said.startswith("Also: ") else said


def test_an_old_grade_is_never_told_as_new() -> None:
    for part in both_parts(DigestItem(monitoring_visit())):
        assert "New judgement" not in part
        assert "judgement" not in part


def test_the_primary_document_stands_before_the_press() -> None:
    for part in both_parts(DigestItem(focused_visit())):
        assert part.index("The letter itself") < part.index("Rivermouth Echo")


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (Shown((31,)), "outcome: systemic failings; new document from Ofsted and CQC"),
        (Shown((31, 32), outcome=Outcome.FAILINGS), "a report was corrected"),
    ],
)
def test_an_update_says_what_is_new(shown: Shown, said: str) -> None:
    for part in both_parts(DigestItem(send_inspection(), updated=True, shown=shown)):
        assert f"Updated since your last digest: {said}" in part


def test_national_news_comes_after_every_council_and_what_could_not_be_seen_last() -> None:
    unseen = (Unseen("Care Weekly", "did not let us read it", at(1)),)
    told = (DigestItem(national()), DigestItem(partnership()))
    for part in both_parts(*told, unseen=unseen):
        part = part.upper()
        places = [part.index(each) for each in ("RIVERMOUTH", "NATIONAL POLICY", "WHAT WE COULD NOT SEE")]
        assert places == sorted(places)
        assert "CARE WEEKLY: DID NOT LET US READ IT" in part


def test_the_subject_says_what_an_event_without_grades_came_to() -> None:
    told = Digest(1, "Directors", date(2023, 8, 4), (DigestItem(send_inspection()),))
    subject = Press(COUNCILS).digest(told, now=NOW).subject
    assert subject == "Kestrel Vale: SEND inspection finds systemic failings – Friday 4 August 2023"
