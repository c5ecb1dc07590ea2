"""What scripts are promised: plain values, and times with London's offset of their day."""

import json
from datetime import UTC, datetime

from newsdesk.model import (
    Area,
    Assessment,
    Coming,
    CouncilRole,
    Event,
    Grade,
    Judgement,
    Kind,
    Outcome,
    Reason,
    Report,
    Role,
    Scope,
    Step,
    Story,
    Visit,
)
from presswatch import shapes

AT = datetime(2023, 8, 1, 23, 30, tzinfo=UTC)
COUNCILS = (CouncilRole("kent", Role.SUBJECT, "Kent was told."),)
JUDGEMENTS = (Judgement("kent", Area.OVERALL, Grade.GOOD, "2022-07", False, "It was good."),)
STORY = Story(
    id=7,
    headline="“A headline”",
    event=Event.MONITORING_VISIT,
    scope=Scope.COUNCIL,
    councils=COUNCILS,
    judgements=JUDGEMENTS,
    visit=Visit("2023-06", None, 2),
    first_seen=AT,
    last_seen=AT,
    reports=(Report(1, "https://x.example/1", "X", Kind.LOCAL, "T", None, AT, duplicate_of=3),),
    outcome=Outcome.PRIORITY_ACTION,
    coming=(Coming(Step.ACTION_PLAN, "2023-10", "A plan.", "kent"),),
    topics=("childrens-services",),
)


def test_a_story_is_told_in_full() -> None:
    assert shapes.story(STORY) == {
        "id": 7,
        "headline": "“A headline”",
        "event": "monitoring-visit",
        "scope": "council",
        "councils": [{"slug": "kent", "role": "subject"}],
        "judgements": [
            {"council": "kent", "area": "overall", "grade": "good", "date": "2022-07", "current": False}
        ],
        "visit": {"started": "2023-06", "ended": None, "ordinal": 2},
        "outcome": "priority-action",
        "coming": [{"step": "action-plan", "due": "2023-10", "council": "kent"}],
        "topics": ["childrens-services"],
        "first_seen": "2023-08-02T00:30:00+01:00",
        "last_seen": "2023-08-02T00:30:00+01:00",
        "articles": [
            {
                "url": "https://x.example/1",
                "outlet": "X",
                "kind": "local",
                "title": "T",
                "published": None,
                "duplicate": True,
            }
        ],
    }


def test_an_assessment_adds_the_sentences_that_speak_for_it() -> None:
    made = Assessment(
        relevant=True,
        score=2.5,
        reasons=(Reason("names-ofsted", 2.5, "Ofsted came."),),
        scope=Scope.COUNCIL,
        event=Event.INSPECTION,
        councils=COUNCILS,
        judgements=JUDGEMENTS,
        event_sentence="Ofsted came.",
    )
    told = shapes.assessment(made)
    assert told["reasons"] == [{"rule": "names-ofsted", "weight": 2.5, "line": "Ofsted came."}]
    assert told["councils"] == [{"slug": "kent", "role": "subject", "sentence": "Kent was told."}]
    assert told["judgements"][0]["sentence"] == "It was good."
    assert told["visit"] is None


def test_every_shape_is_plain_json() -> None:
    assert json.loads(json.dumps(shapes.story(STORY))) == shapes.story(STORY)


def test_the_date_of_a_time_is_londons() -> None:
    assert shapes.stamp(AT) == "2023-08-02T00:30:00+01:00"
    assert shapes.stamp(datetime(2023, 1, 1, tzinfo=UTC)) == "2023-01-01T00:00:00+00:00"
    assert shapes.stamp(None) is None
