"""A few deaths of every kind: nothing is lost and nothing doubled. `make torture` dies at every step."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from benchmarks.torture.cycle import CALLS, Fault
from benchmarks.torture.lives import Bench, Blow, Truth, Ward, ward
from benchmarks.torture.places import place
from benchmarks.torture.points import PHASES, Point, unreached
from benchmarks.torture.table import Torture, at_calls, at_moments
from benchmarks.torture.verdict import Outcome, judged
from benchmarks.torture.world import Mail

# In each phase where most hangs on the next step: something is acknowledged, and not written down yet.
_POINTS = (
    Blow(0, point=Point("crawl", "leave", "storage.leads:Leads.take_all")),
    Blow(0, point=Point("story", "leave", "storage.stories:Stories.join")),
    Blow(1, point=Point("digest", "leave", "storage.digests:Digests.freeze_all")),
    Blow(1, point=Point("send", "enter", "scheduler.ledger:Ledger.settle", 3)),
)


@pytest.fixture(scope="module")
def wards() -> Iterator[Ward]:
    with ward() as made:
        yield made


def _blows(truth: Truth) -> list[Blow]:
    faults = [at_calls(truth, call) for call in CALLS]
    middles = [each[len(each) * 3 // 4] for each in faults]
    return [*_POINTS, *at_moments(truth, len(PHASES), seed=1), *middles]


@pytest.mark.timeout(600)  # for a machine that has a lot else to do
def test_whatever_dies_or_fails_nothing_is_lost_and_nothing_doubled(store_url: str, wards: Ward) -> None:
    torture = Torture("this database", [Bench(place(store_url), wards)])
    assert unreached(torture.truth.counts) == []
    line = torture.line("a few of each", _blows(torture.truth))
    assert line.faults == []
    assert line.died >= len(_POINTS)
    assert line.repeated >= 1, "the mail that was taken and not marked did not leave again"


TRUTH = Outcome(
    articles=Counter(["/letter", "/trade"]),
    stories=Counter([("/letter", "/trade")]),
    digests=Counter([("one@a.example", "2026-03-06", ("/letter",))]),
    alerts=Counter(),
    messages=Counter([("one@a.example", "accepted")]),
    leads=Counter(["kept", "kept"]),
)
MAIL = Mail("one@a.example", "<1@presswatch.example>", b"Subject: one story")


def test_what_came_out_as_it_should_is_good_and_one_message_may_be_repeated() -> None:
    assert judged(TRUTH, TRUTH, [MAIL], [MAIL]).good
    twice = judged(TRUTH, TRUTH, [MAIL, MAIL], [MAIL])
    assert (twice.good, twice.repeated) == (True, 1)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (replace(TRUTH, digests=Counter()), "digests: "),
        (replace(TRUTH, messages=Counter([("one@a.example", "queued")])), "messages: "),
        (replace(TRUTH, articles=Counter(["/letter"])), "articles: /trade"),
    ],
)
def test_what_is_missing_is_lost(found: Outcome, told: str) -> None:
    assert told in judged(found, TRUTH, [MAIL], [MAIL]).lost[0]


def test_two_stories_of_one_event_are_a_story_doubled() -> None:
    found = replace(TRUTH, stories=Counter([("/letter",), ("/trade",)]))
    assert judged(found, TRUTH, [MAIL], [MAIL]).doubled == ("stories: ('/letter',)", "stories: ('/trade',)")


def test_mail_that_never_came_or_came_as_another_message_is_seen() -> None:
    assert judged(TRUTH, TRUTH, [], [MAIL]).lost == ("mail to one@a.example",)
    again = replace(MAIL, message_id="<2@presswatch.example>")
    assert judged(TRUTH, TRUTH, [MAIL, again], [MAIL]).doubled == (
        "mail to one@a.example, with another Message-ID",
    )


def test_a_message_repeated_too_often_or_changed_is_wrong() -> None:
    assert "2 messages were repeated" in judged(TRUTH, TRUTH, [MAIL] * 3, [MAIL]).wrong[0]
    changed = replace(MAIL, octets=b"Subject: two stories")
    assert "was not the same" in judged(TRUTH, TRUTH, [MAIL, changed], [MAIL]).wrong[0]


def test_a_blow_says_where_it_falls() -> None:
    assert str(Blow(1, fault=Fault("answer", 3))) == "run 1, answer 3 fails"
