"""Whatever text and time goes in comes out the same on both databases, or is refused in words."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from newsdesk.errors import StoreError
from newsdesk.model import Problem, SourceState
from storage import Store
from storage.columns import storable
from tests.storage.made import NOW

ANY_TEXT = st.text(st.characters())  # NUL and lone surrogates included
NASTY = [
    "a\x00b",
    "lone \ud83d and \udc00",
    "👩‍👧‍👦 family",
    "Ynys Môn — “quoted” \N{RIGHT-TO-LEFT OVERRIDE}",
    r"\u0000 \ud800 back\\slash 'quote' \"double\" %s :name {x}",
    "\x1b[31m\ufffe\x0b",
    "é" * 500_000,
]


def kept(store: Store, state: SourceState) -> SourceState:
    with store.begin() as tx:
        tx.sources.save(state)
    with store.read() as tx:
        return tx.sources.states([state.name])[state.name]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_text_comes_back_with_only_the_unstorable_replaced(store: Store, text: str) -> None:
    given_ = SourceState("leeds", etag=text, problem=Problem("x", text, "retry"))
    back = kept(store, given_)
    assert back == SourceState("leeds", etag=storable(text), problem=Problem("x", storable(text), "retry"))


def test_only_nul_and_lone_surrogates_are_unstorable() -> None:
    assert storable("a\x00b\ud83dc") == "a\ufffdb\ufffdc"
    assert storable("👩‍👧 \x01\ufffe") == "👩‍👧 \x01\ufffe"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(ANY_TEXT)
def test_every_text_makes_the_round_trip(store: Store, text: str) -> None:
    back = kept(store, SourceState("leeds", etag=text, problem=Problem("x", text, "stop")))
    assert back.etag == storable(text)
    assert back.problem == Problem("x", storable(text), "stop")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.datetimes(
        datetime(1990, 1, 2),  # noqa: DTZ001
        datetime(2099, 12, 30),  # noqa: DTZ001
        timezones=st.sampled_from([UTC, ZoneInfo("Europe/London")]),
    )
)
def test_every_moment_makes_the_round_trip(store: Store, moment: datetime) -> None:
    back = kept(store, SourceState("leeds", visited_at=moment)).visited_at
    assert back is not None
    assert back == moment.astimezone(UTC)
    assert back.utcoffset() == timedelta(0)


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_in_october_stays_two_hours(store: Store, fold: int) -> None:
    moment = datetime(2026, 10, 25, 1, 30, fold=fold, tzinfo=ZoneInfo("Europe/London"))
    back = kept(store, SourceState("leeds", visited_at=moment)).visited_at
    assert back == datetime(2026, 10, 25, fold, 30, tzinfo=UTC)


def test_moments_of_other_zones_are_compared_as_moments(store: Store) -> None:
    noon_far_east = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=9)))
    with store.begin() as tx:
        assert tx.leases.claim(["leeds"], owner="a", now=NOW, until=noon_far_east) == {"leeds": 1}
        assert tx.leases.claim(["leeds"], owner="b", now=NOW, until=noon_far_east) == {"leeds": 2}


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 2, 9, 30), "no time zone"),  # noqa: DTZ001
        (datetime(1, 1, 1, tzinfo=UTC), "outside 1990"),
        (datetime(1989, 12, 31, 23, 59, tzinfo=UTC), "outside 1990"),
        (datetime(2100, 1, 1, tzinfo=UTC), "outside 1990"),
        (datetime(9999, 12, 31, tzinfo=UTC), "outside 1990"),
    ],
)
def test_a_time_that_cannot_be_right_is_refused_and_nothing_is_kept(
    store: Store, moment: datetime, words: str
) -> None:
    def save_both() -> None:
        with store.begin() as tx:
            tx.sources.save(SourceState("fine"))
            tx.sources.save(SourceState("leeds", visited_at=moment))

    with pytest.raises(StoreError, match=words):
        save_both()
    with store.read() as tx:
        assert tx.sources.states() == {}
