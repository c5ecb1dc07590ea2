"""Saved searches: what they want, why, and their life as a query string."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from newsdesk.errors import Mistake
from newsdesk.kinds import Area, Event, Grade, Kind, Role, Scope
from newsdesk.model import CouncilRole, Judgement, Report, Story
from newsdesk.searches import Places, Search, asked_of, wanted

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
PLACES = Places(
    regions={"leeds": "North", "york": "North", "kent": "South", "bury": "North"},
    neighbours={"kent": ["york", "bury"]},
)
STORY = Story(
    1,
    "Inspectors back children's services",
    Event.INSPECTION,
    Scope.COUNCIL,
    (
        CouncilRole("york", Role.SUBJECT),
        CouncilRole("leeds", Role.PARTNER),
        CouncilRole("bury", Role.COMPARED),
    ),
    (
        Judgement("york", Area.OVERALL, Grade.GOOD, "2026-03", current=True),
        Judgement("york", Area.OVERALL, Grade.INADEQUATE, "2022", current=False),
    ),
    None,
    AT,
    AT,
    (Report(1, "https://paper.example/1", "The Paper", Kind.LOCAL, "York praised", AT, AT, "A snippet."),),
    topics=("childrens-services", "housing"),
)
TOPICS = ("childrens-services", "housing", "youth-justice")


def asks(query_string: str, story: Story = STORY, *texts: str) -> bool:
    search = Search.of(query_string, PLACES, TOPICS)
    return wanted(search, story, lambda: asked_of(story, texts), PLACES).yes


@pytest.mark.parametrize(
    ("query_string", "expected"),
    [
        ("", True),
        ("council=york", True),
        ("council=leeds", True),  # the partner's news too
        ("council=bury", False),  # a yardstick is nobody's news
        ("council=kent&council=york", True),
        ("region=North", True),
        ("region=South", False),
        ("neighbours=kent", True),
        ("neighbours=york", False),
        ("event=inspection&event=direction", True),
        ("event=direction", False),
        ("grade=good", True),
        ("grade=inadequate", False),  # the old grade
        ("outlet=The+Paper", True),
        ("outlet=Another", False),
        ("topic=housing", True),
        ("topic=youth-justice&topic=housing", True),
        ("topic=youth-justice", False),
        ("q=topic%3Ahousing", True),
        ("q=topic%3Ayouth-justice", False),
        ("q=praised", True),
        ("q=title%3Asnippet", False),
        ("q=caseloads", False),
        ("council=york&event=direction", False),
    ],
)
def test_values_widen_and_keys_narrow(query_string: str, expected: bool) -> None:
    assert asks(query_string) is expected


def test_a_query_reads_the_texts_of_the_reports() -> None:
    assert asks("q=caseloads", STORY, "Caseloads have come down.")


def test_national_news_is_for_every_council_but_not_for_every_event() -> None:
    national = replace(STORY, scope=Scope.NATIONAL, councils=(), event=Event.POLICY, judgements=())
    assert asks("council=kent", national)
    assert not asks("council=kent&event=inspection", national)


def test_it_says_why() -> None:
    search = Search.of("council=york&event=inspection&grade=good&topic=housing", PLACES, TOPICS)
    found = wanted(search, STORY, lambda: asked_of(STORY), PLACES)
    assert found.why == (
        "about inspection: it is inspection",
        "about york",
        "a new grade among good",
        "on housing",
    )
    missed = wanted(Search.of("council=kent", PLACES), STORY, lambda: asked_of(STORY), PLACES)
    assert missed.why == ("not about kent",)


@given(
    st.builds(
        Search,
        councils=st.frozensets(st.sampled_from(["leeds", "york"])),
        regions=st.frozensets(st.sampled_from(["North", "South"])),
        events=st.frozensets(st.sampled_from(Event)),
        grades=st.frozensets(st.sampled_from(Grade)),
        topics=st.frozensets(st.sampled_from(TOPICS)),
        outlets=st.frozensets(st.text(min_size=1).filter(str.isprintable), max_size=3),
        query=st.sampled_from(["", '"care leavers" OR +dfe', "title:a&b"]),
    )
)
def test_a_search_survives_its_life_as_an_address(search: Search) -> None:
    assert Search.of(str(search), PLACES, TOPICS) == search


def test_everything_that_means_nothing_is_told_at_once() -> None:
    with pytest.raises(Mistake) as told:
        Search.of("council=yorck&evnt=inspection&grade=fair&q=(a", PLACES)
    assert told.value.mistakes[0].startswith('council: there is no "yorck"')
    assert 'did you mean "york"' in told.value.mistakes[0]
    assert len(told.value.mistakes) == 4


def test_a_topic_that_nobody_knows_is_told_with_those_that_are_known() -> None:
    with pytest.raises(Mistake) as told:
        Search.of("topic=houses", PLACES, TOPICS)
    known = "childrens-services, housing, youth-justice"
    assert told.value.mistakes == (
        f'topic: there is no "houses" (there are {known}), did you mean "housing"?',
    )
