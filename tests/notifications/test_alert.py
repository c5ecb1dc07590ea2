import pytest

from newsdesk.model import Area, CouncilRole, Event, Grade, Role, Scope, Story
from notifications.footer import Terms
from notifications.render import Press, Rendered
from tests.notifications.examples import COUNCILS, NOW, inspection, judgement, monitoring_visit, story
from tests.notifications.reader import Read

WHY = "your rule “inadequate”: a new grade of inadequate"


def alert(told: Story, why: str = WHY) -> Rendered:
    terms = Terms(unsubscribe=("https://digest.example/stop/abc",))
    return Press(COUNCILS).alert(told, why, name="Directors", now=NOW, terms=terms)


def areas(*grades: Grade) -> Story:
    named = zip((Area.LEADERS, Area.CARE_LEAVERS), grades, strict=True)
    return story(event=Event.INSPECTION, judgements=tuple(judgement(each, area=area) for area, each in named))


@pytest.mark.parametrize(
    ("told", "subject"),
    [
        (inspection(), "Inadequate: Stonebridge (Ofsted inspection)"),
        (areas(Grade.GOOD, Grade.INADEQUATE), "Inadequate for care leavers: Rivermouth (Ofsted inspection)"),
        (monitoring_visit(), "Second monitoring visit: Rivermouth (Ofsted letter)"),
        (story(event=Event.DIRECTION), "Statutory direction: Rivermouth (Department for Education)"),
        (story("Child named", event=Event.COURT), "Court case: Rivermouth"),
        (story(council=None, scope=Scope.NATIONAL, event=Event.POLICY), "National policy"),
    ],
)
def test_the_subject_says_what_where_and_by_whom_and_never_the_headline(told: Story, subject: str) -> None:
    assert alert(told).subject == subject


def test_the_first_lines_say_why_it_was_sent() -> None:
    told = alert(inspection())
    lines = told.text.splitlines()
    assert lines[:2] == ["INADEQUATE: STONEBRIDGE", "Alert, 07:00 on Friday 4 August 2023"]
    assert lines[3] == f"Why you get this now: {WHY}."
    read = Read(told.html)
    assert f"Why you get this now: {WHY}." in read.text
    assert read.preview == f"Alert: {WHY}"
    assert read.headings == [
        ("h1", "Inadequate: Stonebridge"),
        ("h2", "Stonebridge"),
        ("h3", "Stonebridge children’s services rated inadequate"),
    ]


def test_it_tells_the_story_as_a_digest_does_and_how_to_stop() -> None:
    told = alert(inspection())
    for part in (Read(told.html).text, " ".join(told.text.replace("\N{NO-BREAK SPACE}", " ").split())):
        assert "New judgement (before: 11 March 2019)" in part
        assert "the council’s action plan, published by 8 November 2023" in part
        assert "You subscribed to “Directors”" in part
    assert Read(told.html).links[0] == ("Unsubscribe", "https://digest.example/stop/abc")


def test_a_hostile_reason_and_title_stay_on_their_line() -> None:
    also = (CouncilRole("x\r\nbcc", Role.SUBJECT),)
    hostile = story("A\r\nBcc: b@evil.example", council=None, roles=also, event=Event.COURT)
    told = alert(hostile, "rule\r\nBcc: a@evil.example " + "x" * 9_000)
    assert "\n" not in told.subject + Read(told.html).preview
    assert "<script" not in told.html
    assert max(len(line) for line in told.text.splitlines()) < 300
