"""The words of an article beside those of open stories."""

from collections.abc import Sequence

from newsdesk.model import Event, Story
from newsdesk.portrait import Portrait, portrait
from newsdesk.wording import Wording
from tests.newsdesk.told import AT, read, story

BALLOT = "Unison members voted for walkouts over caseloads of thirty. Rota talks broke down on Tuesday."
AGAIN = "Walkouts follow after Unison said rota talks had failed; each has thirty families as a caseload."
NEW_HEAD = "Fenby Grange lost its headteacher at Easter. Governors advertised in Wales, then chose a deputy."
FIELD = "Ofsted said social workers help children in care."
STRIKE = story(read(Event.STRIKE))


def wording(*texts: str, recent: Sequence[Portrait] = ()) -> Wording:
    def reports(_: Story) -> list[Portrait]:
        return [portrait("", text) for text in texts]

    return Wording(AT, ["north-vale"], lambda: recent, reports)


def test_the_same_event_is_alike_and_what_everybody_in_the_field_says_is_not() -> None:
    found = wording(BALLOT)(AGAIN, STRIKE)
    assert found.spare > 0
    assert {"unison", "rota"} & set(found.words)
    assert wording(f"{BALLOT} {FIELD}")(f"{NEW_HEAD} {FIELD}", STRIKE).spare < 0


def test_the_name_of_the_council_counts_for_nothing() -> None:
    named = wording(f"North Vale: {BALLOT}")(f"North Vale: {FIELD}", STRIKE)
    assert "north" not in named.words
    assert "vale" not in named.words


def test_words_of_these_days_count_less() -> None:
    busy = [portrait("", "Unison walkouts rota talks")] * 60
    assert wording(BALLOT, recent=busy)(AGAIN, STRIKE).score < wording(BALLOT)(AGAIN, STRIKE).score


def test_a_story_without_portraits_is_like_nothing() -> None:
    assert wording()(AGAIN, STRIKE).score == 0
