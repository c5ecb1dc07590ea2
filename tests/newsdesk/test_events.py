"""Events: what happened, told in many ways, and what is easily taken for it."""

from datetime import UTC, datetime

import pytest

from newsdesk.events import kind
from newsdesk.model import Article, Event, OfficialDocument
from newsdesk.passage import Passage
from tests.newsdesk.desks import topic

NOW = datetime(2026, 3, 5, tzinfo=UTC)


def article(title: str, text: str = "", document: OfficialDocument | None = None) -> Article:
    return Article("http://x.example/1", "A paper", title, text, NOW, published=NOW, document=document)


def told(title: str, text: str = "") -> Event:
    return kind(Passage(title, text), topic(), article(title, text))[0]


SENTENCES = {
    Event.INSPECTION: [
        "Northmarch children's services rated inadequate",
        "Ofsted judges children's services in Northmarch to be good",
        "Council's care for children is outstanding, says Ofsted report",
        "Children's services handed lowest rating by watchdog",
        "Children's services move up from requires improvement to good",
        "Outcome of the inspection of local authority children's services (ILACS)",
    ],
    Event.MONITORING_VISIT: [
        "Ofsted monitoring visit finds children still wait too long",
        "Inspectors' second visit since the inadequate judgement sees progress",
        "Council publishes letter from third monitoring visit",
        "Inspectors have returned to Northmarch since it was rated inadequate",
        "Agenda item: Ofsted monitoring letter",
    ],
    Event.FOCUSED_VISIT: [
        "Focused visit praises support for care leavers",
        "Ofsted finds two areas for priority action in Northmarch",
        "Inspectors carry out a focused inspection of the front door",
    ],
    Event.JTAI: [
        "Joint targeted area inspection of Northmarch",
        "JTAI letter published by safeguarding partners",
        "Ofsted, the Care Quality Commission and HMICFRS looked at the work of police and council",
    ],
    Event.SEND_INSPECTION: [
        "Area SEND inspection finds widespread and systemic failings",
        "Ofsted and CQC criticise special educational needs services in Northmarch",
        "SEND inspection: council must write a priority action plan",
    ],
    Event.SEND_MONITORING: [
        "SEND monitoring inspection sees effective action",
        "Inspectors revisit SEND services in Northmarch",
        "Council has not taken effective action on SEND weaknesses",
    ],
    Event.IMPROVEMENT_NOTICE: [
        "Improvement notice issued to Northmarch Council: March 2026",
        "Council is served with improvement notice over children's services",
        "Children's services under a formal notice to improve",
    ],
    Event.DIRECTION: [
        "Direction issued to Northmarch Council: March 2026",
        "Minister issues statutory direction to council over children's services",
        "Government steps in: education secretary orders council to improve",
    ],
    Event.COMMISSIONER_APPOINTED: [
        "Children's services commissioner appointed for Northmarch",
        "Government names commissioner to review failing children's services",
        "New commissioner for Northmarch's children's services",
    ],
    Event.TRUST: [
        "Northmarch stripped of control of children's services",
        "Children's services to be run by a new independent trust",
        "Children's trust wound up as services return to council control",
        "Council takes children's services back in-house",
    ],
    Event.INTERVENTION_ENDED: [
        "Government lifts improvement notice on Northmarch",
        "Direction revoked as children's services improve",
        "Children's services no longer under government intervention",
        "Northmarch leaves special measures",
    ],
    Event.PARTNERSHIP: [
        "Eastholme to help Northmarch sort out children's services",
        "Council agrees improvement partnership for children's services",
        "Neighbouring council named as improvement partner",
    ],
    Event.LEADERSHIP: [
        "Northmarch appoints new director of children's services",
        "Director of children's services steps down",
        "Children's services boss quits",
        "Cabinet member for children resigns",
        "Interim director of children's services named by council",
    ],
    Event.SAFEGUARDING_REVIEW: [
        "Child safeguarding practice review finds chances were missed",
        "Serious case review published into toddler's death",
        "Review into death of boy criticises social workers",
    ],
    Event.FUNDING: [
        "Children's services overspend reaches £9m",
        "Cost of placements for children in care doubles",
        "Budget gap blamed on children's social care",
    ],
    Event.COURT: [
        "High Court rules against council over child's care",
        "Ombudsman orders council to pay foster carers",
        "Family court judge criticises social workers",
    ],
    Event.STRIKE: [
        "Social workers to strike over caseloads",
        "Children's social workers vote for industrial action",
        "Unison to hold strike ballot in children's services",
    ],
    Event.POLICY: [
        "Government announces reform of children's social care",
        "Ofsted to consult on new inspection framework",
        "Children's social work workforce statistics published",
    ],
    Event.OTHER: [
        "Council praises its foster carers",
        "Children in care visit the seaside",
        "A day in the life of a social worker",
    ],
}


@pytest.mark.parametrize(
    ("event", "title"), [(event, title) for event, titles in SENTENCES.items() for title in titles]
)
def test_a_title_tells_what_happened(event: Event, title: str) -> None:
    assert told(title) is event


@pytest.mark.parametrize(
    ("event", "title", "text"),
    [
        (
            Event.INSPECTION,
            "Northmarch children's services rated inadequate",
            "Ofsted will carry out monitoring visits. The government is expected to issue a direction.",
        ),
        (
            Event.MONITORING_VISIT,
            "Progress too slow for children, Ofsted warns",
            "The council was rated inadequate in 2022. A monitoring visit in June found high turnover.",
        ),
        (
            Event.FOCUSED_VISIT,
            "Ofsted praises care leavers' advisers",
            "A focused visit took place in May. The council was rated good at its last inspection in 2022.",
        ),
        (
            Event.LEADERSHIP,
            "New director of children's services appointed",
            "She takes over a department that was rated good by Ofsted last year.",
        ),
        (
            Event.SEND_INSPECTION,
            "Families let down by SEND services, say inspectors",
            "Ofsted and the CQC carried out an area SEND inspection. A monitoring inspection will follow.",
        ),
        (
            Event.JTAI,
            "Agencies told to share more",
            "A joint targeted area inspection took place. Unlike a focused visit it looked at police too.",
        ),
        (
            Event.DIRECTION,
            "Minister issues direction to council",
            "It follows an Ofsted inspection that found the services inadequate. A commissioner will report.",
        ),
        (
            Event.TRUST,
            "Council takes children's services back from trust",
            "Ofsted rated services good in 2023. The trust will close in September.",
        ),
    ],
)
def test_background_does_not_hide_what_happened(event: Event, title: str, text: str) -> None:
    assert told(title, text) is event


def test_what_is_only_to_come_counts_half() -> None:
    assert (
        told("Council news", "Social workers protest. A focused visit is due in May.") is Event.FOCUSED_VISIT
    )
    assert (
        told("Council news", "A focused visit is due in May. The ombudsman has ordered a payment.")
        is Event.COURT
    )


def test_an_inspectorates_document_says_its_kind_itself() -> None:
    document = OfficialDocument(kind=Event.FOCUSED_VISIT)
    paper = article("Children's services rated inadequate", document=document)
    assert kind(Passage(paper.title, ""), topic(), paper) == (Event.FOCUSED_VISIT, paper.title)


def test_the_sentence_that_shows_it_is_given() -> None:
    paper = article("Council news", "It rained. Social workers will strike on Monday.")
    assert (
        kind(Passage(paper.title, paper.text), topic(), paper)[1] == "Social workers will strike on Monday."
    )
